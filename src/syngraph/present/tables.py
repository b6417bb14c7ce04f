"""Plain text tables, aligned by what a terminal shows."""

from collections.abc import Sequence

from syngraph.present.display import width


def table(rows: Sequence[Sequence[str]], *, left: int = 1, indent: str = "  ") -> str:
    """Rows in columns: the first `left` to the left, the others to the right."""
    if not rows:
        return ""
    columns = max(len(r) for r in rows)
    padded = [[*r, *[""] * (columns - len(r))] for r in rows]
    sizes = [max(width(r[i]) for r in padded) for i in range(columns)]
    lines = []
    for row in padded:
        cells = [
            text + " " * (size - width(text)) if i < left else " " * (size - width(text)) + text
            for i, (text, size) in enumerate(zip(row, sizes, strict=True))
        ]
        lines.append((indent + "  ".join(cells)).rstrip())
    return "\n".join(lines) + "\n"
