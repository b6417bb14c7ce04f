"""The whole report: one HTML file without script and without network, in both languages."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from syngraph.analyses.study import Study
from syngraph.base.texts import LocalText
from syngraph.present.numbers import day_text
from syngraph.present.report import coverage, entries, money, records
from syngraph.present.report.charts import Drawings
from syngraph.present.report.entries import Shared
from syngraph.present.report.markup import Markup, Tag, html, tag
from syngraph.present.report.origins import Origins
from syngraph.present.report.view import View
from syngraph.present.words import words

_LANGUAGES = (("en", "en", "English"), ("zh-Hant", "zh", "繁體中文"))
_SECTIONS = (
    money.summary,
    money.plans,
    money.payments,
    money.supply,
    money.claims,
    money.dependence,
    records.events,
    records.terms,
    records.stances,
    records.checks,
    records.sources,
)


def render(study: Study, *, version: str, language: str = "en") -> str:
    """The report of a study, opened in a language."""
    style = (files("syngraph.present.report") / "style.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        Tag("meta", (("http-equiv", "Content-Security-Policy"), ("content", policy))),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", _title(study.first.case.title, language)),
    )
    opened = html(head).removesuffix("</head>")
    return (
        f'<!doctype html>\n<html lang="{language}">{opened}<style>{style}</style></head>'
        f"{html(_page(study, version, language))}</html>\n"
    )


def _title(title: LocalText, first: str) -> str:
    """The title in every language of the file, said once if they agree."""
    others = (language for language, _, _ in _LANGUAGES)
    return " · ".join(dict.fromkeys(title.to(language) for language in (first, *others)))


def _page(study: Study, version: str, opened: str) -> Tag:
    switches: list[Markup] = []
    for language, prefix, _ in _LANGUAGES:
        chosen = (("checked", ""),) if language == opened else ()
        switches.append(Tag("input", (("type", "radio"), ("name", "language"), ("id", f"show-{prefix}"), *chosen)))
    labels = [tag("label", name, for_=f"show-{prefix}", lang=language) for language, prefix, name in _LANGUAGES]
    top = tag("header", tag("strong", "syngraph"), tag("nav", *labels))
    origins, drawings = Origins(study), Drawings()
    views = tuple(View(study, words(language), prefix, origins, drawings) for language, prefix, _ in _LANGUAGES)
    bodies = [_body(view) for view in views]
    return tag("body", *switches, top, drawings.all(), *bodies, _shared(Shared(views), version))


def _body(view: View) -> Tag:
    """What is said in one language."""
    case = view.study.first.case
    days = {"today": day_text(case.today, view.language), "until": day_text(case.horizon.until, view.language)}
    lead = tag("p", view.words("lead", **_made(view.study), **days), class_="lead")
    parts = [part for make in _SECTIONS if (part := make(view)) is not None]
    title = tag("h1", case.title.to(view.language))
    return tag("main", title, lead, *parts, lang=view.language, class_=view.prefix)


def _shared(shared: Shared, version: str) -> Tag:
    """What stands there once: inputs, origins, and how the file was made."""
    study = shared.views[0].study
    shared.origins.enter_inputs()
    digests = " ".join(f"{r.case.plan} {r.result.sha256[:16]}" for r in study.runs)
    foot = tag("footer", *shared.words("made", version=version, digests=digests, **_made(study)))
    sections = (entries.inputs(shared), entries.origins(shared), *coverage.coverage(shared))
    return tag("aside", *entries.legend(shared), *sections, foot, class_="both")


def _made(study: Study) -> dict[str, str]:
    return {"paths": f"{study.paths:,}", "seed": str(study.seed)}
