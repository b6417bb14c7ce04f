"""The commands that compute: what they answer, what they refuse, and how they end."""

import json
from pathlib import Path

import pytest
from check_samples import CASE as QUOTED
from check_samples import sample, syngraph

CASE = """\
case: sums
title: Sums
currency: USD
today: 2025-01-01
simulate: {until: 2028-01-01, step: year}
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
assumptions:
  revenue: {value: 10 bn USD/year, why: round}
  share: {value: 20 %, why: round}
agreements:
  deal:
    parties: [lab, cloud]
    why: made up
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: share * revenue, why: made up}
plans:
  less: {title: Less, changes: [{path: assumptions.share.value, value: 10 %}]}
checks:
  paid_enough: {value: cum(deal.fee.paid), at: 2027-01-01, at_least: 3.9 bn USD, breaks_in: [less]}
  is_less: {better: cum(deal.fee.paid), plan: base, than: less, at_least: 100 %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    return tmp_path


def test_run_gives_what_multiplication_gives(folder: Path) -> None:
    ran = syngraph("run", str(folder), "--paths", "10", "--format", "json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    series = {(s["name"], s["fold"]): s for s in answer["series"]}
    # every year is one year long
    assert series["deal.fee.paid", "year_sum"]["mean"] == pytest.approx([2e9, 2e9, 2e9], rel=1e-12)
    assert series["received(cloud)", "cumulative"]["mean"] == pytest.approx([2e9, 4e9, 6e9], rel=1e-12)
    assert series["paid(lab)", "cumulative"]["mean"] == series["received(cloud)", "cumulative"]["mean"]
    checks = {c["name"]: (c["holding"], c["figure"]) for c in answer["checks"]}
    assert checks["paid_enough"] == ("holds", pytest.approx(4e9 + 2e9 / 365))  # at the end of 1 January 2027
    assert checks["is_less"] == ("holds", 1.0)


def test_without_a_discount_a_present_value_is_undefined_and_said_to_be(folder: Path) -> None:
    ran = syngraph("run", str(folder), "--paths", "10")
    assert "present value: undefined, the case has no discount rate" in ran.out


def test_an_expected_breach_that_comes_is_no_failure_and_one_that_does_not_is(folder: Path) -> None:
    assert syngraph("run", str(folder), "--plan", "less", "--paths", "10").code == 0
    case = folder / "case.yaml"
    case.write_text(CASE.replace("value: 10 %}]", "value: 30 %}]"), "utf-8")
    ran = syngraph("run", str(folder), "--plan", "less", "--paths", "10", "--format", "json")
    found = {c["name"]: c for c in json.loads(ran.out)["checks"]}
    assert (ran.code, found["paid_enough"]["failed"], found["is_less"]["holding"]) == (1, True, "violated")


def test_a_decision_of_the_past_keeps_its_day(folder: Path) -> None:
    events = "events:\n  ruling: {by: lab, date: 2024-03-05, outcomes: {grant: 100 %, refuse: rest}, why: ours}\n"
    (folder / "case.yaml").write_text(CASE.replace("agreements:\n", f"{events}agreements:\n"), "utf-8")
    rows = [line for line in syngraph("run", str(folder), "--paths", "10").out.splitlines() if "ruling" in line]
    assert [row.split() for row in rows] == [
        ["ruling", "100%", "2024-03-05", "assumed"],
        ["ruling.grant", "100%"],
        ["ruling.refuse", "0%"],
    ]


def test_compare_takes_the_period_asked_for(folder: Path) -> None:
    """A tenth of 10 bn a year less: in the second quarter 91 days of 365 of it."""
    case = folder / "case.yaml"
    case.write_text(CASE.replace("step: year", "step: quarter").replace("2028-01-01", "2027-01-01"), "utf-8")
    asked = [part for date in ("@2026-Q2", "@2026-05-01", "@2026", "") for part in ("--measure", f"deal.fee{date}")]
    ran = syngraph("compare", "base", "less", str(folder), *asked, "--format", "json")
    rows = {r["asked"]: r["difference"]["median"] for r in json.loads(ran.out)["differences"]}
    quarter, year = pytest.approx(-1e9 * 91 / 365), pytest.approx(-1e9)
    assert (rows["2026-34"], rows["2026-05-01"], rows["2026"]) == (quarter, quarter, year)
    assert rows[None] < -1e9
    never = syngraph("compare", "base", "less", str(folder), "--measure", "deal.fee@2050")
    assert (never.code, never.out) == (1, "")
    assert "period-not-run" in never.err


def test_explain_says_which_fields_a_quote_agrees_with(tmp_path: Path) -> None:
    made = sample(tmp_path / "case", case=f"{QUOTED}measures:\n  spent: {{stock: 1 * invested, of: maker}}\n")
    ran = syngraph("explain", "spent", str(made), "--paths", "10", "--format", "json")
    (fact,) = json.loads(ran.out)["explanation"]["rests_on"]
    assert [(q["agrees"], q["status"]) for q in fact["quotes"]] == [(["value"], "verified")]
    assert "verified now, says the same as: value" in syngraph("explain", "spent", str(made), "--paths", "10").out


def test_compare_is_the_difference(folder: Path) -> None:
    ran = syngraph("compare", "base", "less", str(folder), "--measure", "deal.fee@2026", "--format", "json")
    (row,) = json.loads(ran.out)["differences"]
    assert row["difference"]["median"] == row["difference"]["mean"] == pytest.approx(-1e9)
    assert (row["higher"], row["equal"], row["lower"]) == (0.0, 0.0, 1.0)
    assert syngraph("compare", "base", "less", str(folder), "--exit-code").code == 1
    assert syngraph("compare", "base", "base", str(folder), "--exit-code").code == 0


def test_compare_asks_again_under_every_other_reading(folder: Path) -> None:
    """The fee of 2026 is a share of a revenue: read as half of it, and so is the difference."""
    case = folder / "case.yaml"
    readings = "value: {readings: {whole: 10 bn USD/year, half: 5 bn USD/year}, use: whole}, why: round"
    assert CASE.count("value: 10 bn USD/year, why: round") == 1
    case.write_text(CASE.replace("value: 10 bn USD/year, why: round", readings), "utf-8")
    asked = ("compare", "base", "less", str(folder), "--measure", "deal.fee@2026", "--readings")
    first, second = json.loads(syngraph(*asked, "--format", "json").out)["differences"]
    assert (first["under"], second["under"]) == (None, {"record": "revenue", "reading": "half"})
    assert second["difference"]["median"] == pytest.approx(first["difference"]["median"] / 2)
    out = syngraph(*asked).out
    assert "if revenue is read as half" in out
    assert "Other readings tried, one at a time: 1." in out


def test_explain_walks_to_the_reasons(folder: Path) -> None:
    ran = syngraph("explain", "deal.fee@2026", str(folder), "--format", "json")
    root = json.loads(ran.out)["explanation"]
    assert (root["name"], root["central"], root["weakest"]) == ("deal.fee.paid", pytest.approx(2e9), "assumed")
    assert {c["name"]: c["why"] for c in root["rests_on"]} == {"revenue": {"": "round"}, "share": {"": "round"}}


QUARTERLY = (
    CASE.replace("until: 2028-01-01, step: year", "until: 2028-01-01, step: quarter")
    .replace(
        "plans:\n",
        "measures:\n  paid: {stock: 'cum(deal.fee.paid, 0 USD)'}\n  pace: {rate: revenue}\n  part: {stock: deal.fee.paid / over(revenue)}\nplans:\n",
    )
    .replace("why: made up}\n", "until: 2027-05-16, why: made up}\n")
)


@pytest.mark.parametrize(
    ("name", "days", "over", "central"),
    [
        # 2 bn USD in 365 days, from 2025-01-01 to 2027-05-15
        ("deal.fee", ("2025-01-01", "2027-12-31"), "flow", 2e9 * (730 + 135) / 365),
        ("deal.fee@2026", ("2026-01-01", "2026-12-31"), "flow", 2e9),
        ("deal.fee@2026-Q2", ("2026-04-01", "2026-06-30"), "flow", 2e9 * 91 / 365),
        ("deal.fee@2026-34", ("2026-04-01", "2026-06-30"), "flow", 2e9 * 91 / 365),
        ("deal.fee@2026-06-30", ("2026-04-01", "2026-06-30"), "flow", 2e9 * 91 / 365),
        ("deal.fee@2026-04-01", ("2026-04-01", "2026-06-30"), "flow", 2e9 * 91 / 365),
        ("deal.fee@2027-05-01", ("2027-04-01", "2027-06-30"), "flow", 2e9 * 45 / 365),  # two segments, one period
        ("deal.fee@2026-40", ("2026-01-01", "2026-06-30"), "flow", 2e9 * 181 / 365),
        ("deal.fee@2025-12/2026-03", ("2025-12-01", "2026-03-31"), "", None),
        ("received(cloud)@2026-Q2", ("2026-04-01", "2026-06-30"), "flow", 2e9 * 91 / 365),
        ("paid@2026-Q2", ("2026-04-01", "2026-06-30"), "level", 2e9 * (365 + 181) / 365),
        ("paid@2026-06-30", ("2026-04-01", "2026-06-30"), "level", 2e9 * (365 + 181) / 365),
        ("paid@2026-05-17", ("2026-04-01", "2026-06-30"), "level", 2e9 * (365 + 137) / 365),  # at the end of the day
        ("paid@2027-05-01", ("2027-04-01", "2027-06-30"), "level", 2e9 * (730 + 121) / 365),
        ("paid@2027-12-31", ("2027-10-01", "2027-12-31"), "level", 2e9 * 865 / 365),
        ("paid@2025-01-01", ("2025-01-01", "2025-03-31"), "level", 2e9 / 365),
        ("part@2026", ("2026-01-01", "2026-12-31"), "ratio", 0.2),
        ("part@2027", ("2027-01-01", "2027-12-31"), "ratio", 0.2 * 135 / 365),  # not the share of its last quarter
        ("part@2027-05-01", ("2027-04-01", "2027-06-30"), "ratio", 0.2 * 45 / 91),
        ("part", ("2025-01-01", "2027-12-31"), "ratio", 0.2 * 865 / 1095),
        ("pace@2026-Q2", ("2026-04-01", "2026-06-30"), "mean", 10e9),
        ("share@2026-Q2", ("2026-04-01", "2026-06-30"), "", 0.2),
    ],
)
def test_explain_takes_the_period_asked_for(
    folder: Path, name: str, days: tuple[str, str], over: str, central: float | None
) -> None:
    (folder / "case.yaml").write_text(QUARTERLY, "utf-8")
    ran = syngraph("explain", name, str(folder), "--paths", "10", "--format", "json")
    if central is None:
        assert (ran.code, ran.out) == (1, "") and "2025-Q1 … 2027-Q4" in ran.err
        return
    answer = json.loads(ran.out)
    assert tuple(answer["period"]) == days
    asked = name.partition("@")[2]
    assert answer["day"] == (asked if asked.count("-") == 2 else None)
    assert (answer["explanation"]["over"], answer["explanation"]["central"]) == (over, pytest.approx(central))
    assert answer["explanation"]["range"] == pytest.approx([central, central], rel=1e-6)


def test_a_period_is_said_in_words(folder: Path) -> None:
    (folder / "case.yaml").write_text(QUARTERLY, "utf-8")
    said = {
        "deal.fee@2026-Q2": "deal.fee.paid  $499M  assumed  plan base, from 2026-04-01 to 2026-06-30\n",
        "paid@2026-Q2": "paid  $2.99B  assumed  plan base, at the end of 2026-06-30\n",
        "paid@2026-05-17": "paid  $2.75B  assumed  plan base, at the end of 2026-05-17\n",
        "part@2027": "part  7.40%  assumed  plan base, quotient of what flows from 2027-01-01 to 2027-12-31\n",
    }
    for name, first in said.items():
        assert syngraph("explain", name, str(folder), "--paths", "10").out.startswith(first)
    ran = syngraph("explain", "deal.fee@2026-Q2", str(folder), "--paths", "10", "--lang", "zh-Hant")
    assert ran.out.startswith("deal.fee.paid  4.99億美元  假設  方案 base，2026-04-01 至 2026-06-30\n")


def test_compare_takes_a_level_at_the_end_of_a_day(folder: Path) -> None:
    (folder / "case.yaml").write_text(QUARTERLY, "utf-8")
    days = {"2026-05-17": 365 + 137, "2025-01-01": 1, "2027-12-31": 865}  # the fee ends on 16 May 2027
    asked = [part for day in days for part in ("--measure", f"paid@{day}")]
    ran = syngraph("compare", "base", "less", str(folder), *asked, "--paths", "10", "--format", "json")
    rows = {r["asked"]: [f["median"] for f in r["figures"]] for r in json.loads(ran.out)["differences"]}
    assert rows == {day: pytest.approx([2e9 * n / 365, 1e9 * n / 365]) for day, n in days.items()}
    never = syngraph("compare", "base", "less", str(folder), "--measure", "paid@2028-01-01")
    assert (never.code, never.out) == (1, "") and "period-not-run" in never.err


@pytest.mark.parametrize(
    "command", [("explain", "deal.fee"), ("explain", "deal.fee", "--format", "json"), ("report", "-o", "page.html")]
)
def test_a_chain_of_5000_measures_has_every_answer(folder: Path, command: tuple[str, ...]) -> None:
    chain = "".join(f"  m{i}: {{rate: {f'm{i - 1}' if i else 'revenue'} * 1}}\n" for i in range(5_000))
    case = CASE.replace("amount: share * revenue", "amount: share * m4999")
    (folder / "case.yaml").write_text(f"{case}measures:\n{chain}", "utf-8")
    ran = syngraph(*command, "--case", str(folder), "--paths", "10", cwd=folder)
    assert (ran.code, ran.err) == (0, "")


def test_explain_walks_from_a_check(folder: Path) -> None:
    ran = syngraph("explain", "paid_enough", str(folder), "--paths", "10", "--format", "json")
    root = json.loads(ran.out)["explanation"]
    assert (root["kind"], root["mean"], root["unit"]) == ("check", pytest.approx(4e9 + 2e9 / 365), "USD")
    assert [c["name"] for c in root["rests_on"]] == ["deal.fee.paid"]


def test_explain_sums_what_a_party_receives(folder: Path) -> None:
    ran = syngraph("explain", "received(cloud)", str(folder), "--format", "json")
    root = json.loads(ran.out)["explanation"]
    assert [c["name"] for c in root["rests_on"]] == ["deal.fee.paid"]


@pytest.mark.parametrize(
    ("tokens", "code", "said"),
    [
        (("explain", "deal.fe"), 1, "Nearest: deal.fee"),
        (
            ("explain", "deal.fee@2099"),
            1,
            "error[period-not-run]: 2099 is no period of this run, which has 2025 … 2027.",
        ),
        (("explain", "deal.fee@2026-06"), 1, "2026-06 is no period of this run"),
        (("explain", "deal.fee@soon"), 2, "a year, quarter, month or day is expected"),
        (("explain", "deal.fee@"), 2, "a year, quarter, month or day is expected"),
        (("run", "--plan", "les"), 1, "less"),
        (("run", "--chunk", "1000"), 2, "4,096"),
        (("run", "--paths", "0"), 2, "1"),
        (("run", "--as-of", "2024-01-01"), 1, "2025-01-01"),
        (("compare", "base", "more"), 1, "more"),
        (("compare", "base", "less", "--measure", "nothing"), 1, "nothing"),
    ],
)
def test_what_is_refused_is_said(folder: Path, tokens: tuple[str, ...], code: int, said: str) -> None:
    ran = syngraph(*tokens, *(("--case", str(folder)) if tokens[0] != "run" else (str(folder),)))
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_as_of_ends_the_run_at_the_end_of_that_day(folder: Path) -> None:
    ran = syngraph("run", str(folder), "--as-of", "2025-12-31", "--format", "json", "--paths", "10")
    series = {(s["name"], s["fold"]): s for s in json.loads(ran.out)["series"]}
    assert series["deal.fee.paid", "cumulative"]["mean"] == pytest.approx([2e9])


def test_a_run_that_meets_no_number_has_no_result(folder: Path) -> None:
    case = folder / "case.yaml"
    case.write_text(CASE.replace("amount: share * revenue", "amount: revenue / (share - 20 %)"), "utf-8")
    ran = syngraph("run", str(folder), "--paths", "10")
    assert (ran.code, ran.out) == (1, "")
    assert "not-a-number" in ran.err
    assert "deal.fee" in ran.err


def test_a_broken_case_is_never_run(folder: Path) -> None:
    case = folder / "case.yaml"
    case.write_text(CASE.replace("share * revenue", "share * revnue"), "utf-8")
    for tokens in (("run",), ("report",)):
        ran = syngraph(*tokens, str(folder), cwd=folder)
        assert (ran.code, ran.out) == (1, "")
        assert "unknown-name" in ran.err
    assert not (folder / "build").exists()


def test_what_was_not_known_yet_is_refused(folder: Path) -> None:
    case = folder / "case.yaml"
    source = "sources:\n  press: {file: press.txt, language: en, published: 2024-06-01}\nfacts:\n"
    source += "  rate: {value: 20 %, cite: {press: a fifth}}\n"
    case.write_text(
        CASE.replace("share * revenue", "rate * revenue").replace("parties:\n  lab", source + "parties:\n  lab")
    )
    (folder / "press.txt").write_text("It pays a fifth.", "utf-8")
    assert syngraph("run", str(folder), "--known", "2024-06-01", "--paths", "10").out.startswith("Sums")
    ran = syngraph("run", str(folder), "--known", "2024-05-31", "--paths", "10")
    assert (ran.code, ran.out) == (1, "")
    assert "error[not-known]: rate was not known on 2024-05-31" in ran.err


@pytest.mark.parametrize("command", [("run",), ("explain", "deal.fee"), ("compare", "base", "less"), ("report",)])
def test_every_answer_reads_texts_kept_elsewhere(folder: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    source = (
        "sources:\n  press: {file: press.txt, language: en}\nfacts:\n  rate: {value: 20 %, cite: {press: a fifth}}\n"
    )
    case = CASE.replace("share * revenue", "(share + rate - 20 %) * revenue")
    (folder / "case.yaml").write_text(case.replace("parties:\n  lab", source + "parties:\n  lab"), "utf-8")
    for text, code in (("It pays a fifth.", 0), ("It pays nothing.", 1)):
        (tmp_path / "kept.txt").write_text(text, "utf-8")
        given = ("--source", f"press={tmp_path / 'kept.txt'}", "--case", str(folder), "--paths", "10")
        ran = syngraph(*command, *given, cwd=tmp_path)
        assert (ran.code, "quote-" in ran.err) == (code, bool(code)), ran.err


def test_the_small_case_of_the_design_runs() -> None:
    ran = syngraph("run", str(Path(__file__).parents[1] / "cases" / "small"), "--paths", "400", "--format", "json")
    answer = json.loads(ran.out)
    series = {(s["name"], s["fold"]): s for s in answer["series"]}
    assert ran.code == 0
    paid = series["partnership.revenue_share.paid", "year_sum"]
    assert paid["mean"][paid["columns"].index(2030)] > 0
    assert paid["mean"][paid["columns"].index(2031)] == 0.0  # read as through 2030
    assert {c["name"]: c["holding"] for c in answer["checks"]} == {
        "converts_only_with_approval": "undecided",
        "pays_until_2030": "holds",
    }
