"""HTML as nested values: everything is text until it is escaped here, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from syngraph.present.display import visible


@dataclass(frozen=True, slots=True)
class Tag:
    """An element with its attributes and what stands in it."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Markup", ...] = ()


Markup = str | Tag

_VOID = frozenset({"input", "meta", "br"})


def tag(element: str, /, *children: Markup, **attributes: str) -> Tag:
    """An element; `class_` and `for_` lose their underscore, other underscores become hyphens."""
    named = tuple((k.rstrip("_").replace("_", "-"), v) for k, v in attributes.items())
    return Tag(element, named, children)


def html(markup: Markup) -> str:
    """The text of an element and all in it."""
    return "".join(_pieces(markup))


def _pieces(markup: Markup) -> Iterator[str]:
    if isinstance(markup, str):
        yield "\n".join(escape(visible(line), quote=False) for line in markup.split("\n"))
        return
    yield f"<{markup.name}" + "".join(f' {k}="{escape(visible(v))}"' for k, v in markup.attributes) + ">"
    if markup.name in _VOID:
        return
    for child in markup.children:
        yield from _pieces(child)
    yield f"</{markup.name}>"
