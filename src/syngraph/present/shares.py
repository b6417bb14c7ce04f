"""How much of each source a case quotes, as lines."""

from collections.abc import Sequence

from syngraph.evidence.renewal import Share
from syngraph.present.display import visible
from syngraph.present.words import Words

_NAMED = 3


def shares_text(shares: Sequence[Share], said: Words) -> str:
    """A line for each source that is quoted, and one for all that are not."""
    quoted = "".join(f"{_share(share, said)}\n" for share in shares if share.quoted)
    return quoted + _unquoted([share for share in shares if not share.quoted], said)


def _share(share: Share, said: Words) -> str:
    numbers = {"quoted": f"{share.quoted:,}", "total": f"{share.total:,}", "share": f"{_percent(share):.1f}"}
    return said.text("check.share", source=share.source, **numbers)


def _percent(share: Share) -> float:
    return 100 * share.quoted / share.total if share.total else 0.0


def _unquoted(shares: Sequence[Share], said: Words) -> str:
    if len(shares) <= 1:
        return "".join(f"{_share(share, said)}\n" for share in shares)
    named = said.text("findings.separator").join(visible(s.source) for s in shares[:_NAMED])
    more = said.text("check.and_more", count=f"{len(shares) - _NAMED:,}") if len(shares) > _NAMED else ""
    return said.text("check.unquoted", sources=said.count("source", len(shares)), named=named + more) + "\n"
