"""What the product promises of the source case: its size, its sentences, its report, its equal bits."""

import json
import re
import shutil
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "apps"))
from check_samples import syngraph

from syngraph.compile.case import compile_plans
from syngraph.ir.prune import prune
from syngraph.load.case import load_case
from syngraph.model.assumptions import Assumption, Certain

ROOT = Path(__file__).parents[2]
CASE, ALLIANCE = ROOT / "cases" / "openai-microsoft", ROOT / "cases" / "alliance"
ARTICLE = ROOT.parent / "shared" / "sources" / "article.zh-Hant.txt"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    ran = syngraph("report", str(CASE), "-o", str(path), "--paths", "500")
    assert (ran.code, ran.out.strip()) == (0, str(path)), ran.err
    return path.read_text("utf-8")


def test_it_is_a_real_model() -> None:
    compiled = compile_plans(load_case(CASE).cases)
    assert [c.case.plan for c in compiled] == ["status_quo", "december_2024", "may_2025"]
    for one in compiled:
        assert one.program is not None
        assert len(prune(one.program).stretch) >= 120
        assert len(one.program.segments) >= 40
        uncertain = [a for a in one.case.assumptions if isinstance(a, Assumption) and not isinstance(a.draw, Certain)]
        assert len(uncertain) >= 12
        compute = next(w for w in one.case.waterfalls if w.head.name == "compute")
        assert len({p for tier in compute.tiers for p, _ in tier.shares}) >= 3


def test_no_party_of_it_is_named_in_the_program() -> None:
    case = load_case(CASE).cases[0]
    names = {p.head.name for p in case.parties} - {"others", "court", "nonprofit", "operating"}
    names |= {t for p in case.parties for _, t in p.title.entries if re.fullmatch(r"[A-Z][A-Za-z]{3,}", t)}
    names -= {"encode", "Encode", "meta", "Meta"}  # words of their own
    assert len(names) > 15
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in (".py", ".toml", ".css", ".yaml"):
            words = set(re.findall(r"[A-Za-z_]+", path.read_text("utf-8")))
            assert not words & names, path


def test_every_quote_is_verified_and_little_is_quoted() -> None:
    if not ARTICLE.exists():
        pytest.skip("the article is kept elsewhere")
    ran = syngraph("check", str(CASE), "--source", f"article={ARTICLE}", "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, [d["code"] for d in found["diagnostics"]]) == (0, ["central-tie"])
    (share,) = found["sources"]
    assert share["quoted"] / share["characters"] <= 0.30


def test_without_the_text_quotes_stand_against_the_snapshot(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "case", ignore=shutil.ignore_patterns("sources"))
    ran = syngraph("explain", "partnership.revenue_share@2030", str(tmp_path / "case"), "--paths", "100")
    assert ran.code == 0
    assert re.search("「承諾在2030年前持續分享收入」 .*snapshot [0-9a-f]{12}.*not present", ran.out)


def test_the_revenue_share_of_2030_ends_at_the_sentence_and_at_the_reason_of_its_rate() -> None:
    ran = syngraph("explain", "partnership.revenue_share@2030", str(CASE), "--paths", "200")
    assert ran.code == 0
    lines = ran.out.splitlines()
    at = next(i for i, line in enumerate(lines) if "revenue_share_end  " in line)
    assert any("「承諾在2030年前持續分享收入」" in line for line in lines[at : at + 4])
    assert any("named in the sentence, not in the quote: openai, microsoft" in line for line in lines[at : at + 5])
    rate = next(i for i, line in enumerate(lines) if "revenue_share_rate  " in line)
    assert any("the article gives no rate" in line for line in lines[rate : rate + 4])


def test_an_unrelated_case_is_explained_to_its_quote() -> None:
    cases = load_case(ALLIANCE).cases
    payments = [t for a in cases[0].agreements for t in a.terms if hasattr(t, "payer") and t.head.cites]
    ran = syngraph("explain", payments[0].head.name, str(ALLIANCE), "--paths", "50")
    assert ran.code == 0
    assert payments[0].head.cites[0].quote in ran.out
    assert "verified now" in ran.out


def test_equal_bits_for_any_chunk() -> None:
    digests = []
    for chunk in ("4096", "8192", "12288"):
        ran = syngraph("run", str(CASE), "--paths", "9000", "--chunk", chunk, "--format", "json")
        digests.append(json.loads(ran.out)["sha256"])
    assert len(set(digests)) == 1


def test_compare_uses_the_same_draws() -> None:
    ran = syngraph("compare", "status_quo", "may_2025", str(CASE), "--paths", "300", "--format", "json")
    rows = {r["name"]: r for r in json.loads(ran.out)["differences"]}
    assert rows["equity_value"]["difference"]["median"] == 0.0
    assert rows["equity_value"]["equal"] == 1.0
    gain = rows["microsoft_stake"]
    before, after = (f["mean"] for f in gain["figures"])
    assert gain["difference"]["mean"] == pytest.approx(after - before, rel=1e-9)


# the report


class _Reader(HTMLParser):
    """Elements with their attributes, and whether every one is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Reader()
    reader.feed(text)
    assert reader.open == []
    return reader.elements


def test_every_figure_of_the_report_has_an_origin_that_resolves(report: str) -> None:
    elements = _elements(report)
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [str(a["href"]) for tag, a in elements if tag == "a"]
    assert len(links) > 1_000
    origins = {a["id"] for tag, a in elements if tag in ("article", "u", "mark") and "id" in a}
    assert all(link.startswith("#") and link[1:] in origins for link in links)


def test_the_report_is_one_small_file(report: str) -> None:
    assert len(report.encode("utf-8")) <= 350_000


def test_the_report_asks_no_network_and_runs_no_script(report: str) -> None:
    assert not re.findall(r"<script|https?:|url\(|@import|\bon\w+=|\bstyle=", report)
    (style,) = re.findall(r"<style>(.*?)</style>", report, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in report.replace("&#x27;", "'")


def test_the_report_speaks_both_languages(report: str) -> None:
    elements = _elements(report)
    assert [a["lang"] for tag, a in elements if tag == "main"] == ["en", "zh-Hant"]
    assert "OpenAI 與微軟的夥伴關係" in report
    assert report[: report.index("<aside")].count('class="eyebrow"') % 2 == 0
    assert "{" not in re.sub(r"<style>.*?</style>", "", report, flags=re.DOTALL)


def test_an_assumption_changed_changes_the_headline(report: str, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(CASE, case)
    path = case / "assumptions.yaml"
    text = path.read_text("utf-8")
    changed = text.replace("microsoft_cap: {value: 92 bn USD", "microsoft_cap: {value: 392 bn USD")
    assert changed != text
    path.write_text(changed, "utf-8")
    ran = syngraph("report", str(case), "-o", str(tmp_path / "r.html"), "--paths", "500")
    assert ran.code == 0

    def headline(page: str) -> str:
        return re.findall(r"<h2>(.*?)</h2>", page)[0]

    assert headline((tmp_path / "r.html").read_text("utf-8")) != headline(report)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "case: hostile\ntitle: '</title><script>alert(1)</script><!-- \u202e'\ncurrency: USD\ntoday: 2025-01-01\n"
        "simulate: {until: 2027-01-01, step: year}\n"
        "parties:\n  a: {form: person, name: '<b>x</b>'}\n  b: {form: person}\n"
        "assumptions:\n  fee: {value: 1 USD/year, why: '<img src=x>'}\n"
        "agreements:\n  deal:\n    parties: [a, b]\n    why: test\n    terms:\n"
        "      pay: {pays: {from: a, to: b}, amount: fee, why: '-->'}\n",
        "utf-8",
    )
    ran = syngraph("report", str(tmp_path), "-o", str(tmp_path / "r.html"), "--paths", "10")
    assert ran.code == 0, ran.err
    page = (tmp_path / "r.html").read_text("utf-8")
    assert not re.findall(r"<script|<b>|<img|<!--|\u202e", page)
    _elements(page)
