"""Partnership structures as code."""

from syngraph.api.door import (
    annotations,
    check,
    compare,
    cover,
    draft,
    explain,
    init,
    mentions,
    open,  # noqa: A004
    report,
    run,
)
from syngraph.base.errors import Interrupted, MissingExtra, SyngraphError, UndefinedValue
from syngraph.base.version import VERSION

__version__ = VERSION

__all__ = [
    "Interrupted",
    "MissingExtra",
    "SyngraphError",
    "UndefinedValue",
    "__version__",
    "annotations",
    "check",
    "compare",
    "cover",
    "draft",
    "explain",
    "init",
    "mentions",
    "open",
    "report",
    "run",
]
