"""Partnership structures as code."""

from syngraph.base.version import VERSION

__version__ = VERSION

__all__ = ["__version__"]
