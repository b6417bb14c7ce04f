"""A pytest plugin: one failing example is enough, it need not be the smallest."""

from hypothesis import Phase, settings

settings.register_profile("no_shrink", phases=[Phase.explicit, Phase.generate])
settings.load_profile("no_shrink")
