"""The page of all diagnostic codes, from the word files."""

from syngraph.present.words import Words

_HEAD = """\
# Diagnostics

Every finding of `syngraph check` has a code that stays the same between versions. Names in braces stand for what was
found in the case. This page is made from the word files; a test fails when it is out of date:
`pytest --update-golden` makes it anew.
"""


def reference_page(english: Words, chinese: Words) -> str:
    """A section for each code, by name: what it says and what to do, in both languages."""
    codes = sorted(key.removeprefix("diagnostics.") for key in english.texts if key.startswith("diagnostics."))
    return "\n".join([_HEAD, *(_section(code, english, chinese) for code in codes)])


def _section(code: str, english: Words, chinese: Words) -> str:
    lines = []
    for language in (english, chinese):
        said, way_out = language.texts[f"diagnostics.{code}"], language.texts[f"ways_out.{code}"]
        lines.append(f"{_plain(said)}\\\n→ {_plain(way_out)}\n")
    return f"## {code}\n\n" + "\n".join(lines)


def _plain(template: str) -> str:
    """Braces that are meant as such are doubled in a word file."""
    return template.replace("{{", "{").replace("}}", "}")
