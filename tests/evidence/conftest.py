"""The source article and its claims: kept beside the repository, since the text may not be passed on."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

SHARED = Path(__file__).parents[3] / "shared"


@dataclass(frozen=True, slots=True)
class Article:
    text: str
    quotes: tuple[str, ...]


@pytest.fixture(scope="session")
def article() -> Article:
    source, claims = SHARED / "sources" / "article.zh-Hant.txt", SHARED / "cases" / "article_claims.yaml"
    if not (source.exists() and claims.exists()):
        pytest.skip("the text of the article and its claims are not beside the repository (../shared)")
    listed = yaml.safe_load(claims.read_text(encoding="utf-8"))["claims"]
    quotes = tuple(claim["quote"] for claim in listed if claim["cls"] in ("fact", "position"))
    return Article(source.read_text(encoding="utf-8"), quotes)
