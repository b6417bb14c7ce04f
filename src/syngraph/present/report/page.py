"""The whole report: one HTML file without script and without network, in both languages."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from syngraph.analyses.study import Study
from syngraph.explain.origins import OriginNode
from syngraph.present.numbers import day_text
from syngraph.present.report import money, records
from syngraph.present.report.markup import Markup, Tag, html, tag
from syngraph.present.report.view import View, section
from syngraph.present.words import words

_LANGUAGES = (("en", "en", "English"), ("zh-Hant", "zh", "繁體中文"))


def render(study: Study, *, version: str) -> str:
    """The report of a study."""
    style = (files("syngraph.present.report") / "style.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = study.first.case.title
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        Tag("meta", (("http-equiv", "Content-Security-Policy"), ("content", policy))),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title.to('en')} · syngraph"),
    )
    switches: list[Markup] = []
    for i, (_, prefix, _) in enumerate(_LANGUAGES):
        chosen = (("checked", ""),) if i == 0 else ()
        switches.append(Tag("input", (("type", "radio"), ("name", "language"), ("id", f"show-{prefix}"), *chosen)))
    labels = [tag("label", name, for_=f"show-{prefix}", lang=language) for language, prefix, name in _LANGUAGES]
    bodies = [_body(study, language, prefix, version) for language, prefix, _ in _LANGUAGES]
    top = tag("header", tag("strong", "syngraph"), tag("nav", *labels))
    text = html(tag("body", *switches, top, *bodies))
    opened = html(head).removesuffix("</head>")
    return f'<!doctype html>\n<html lang="en">{opened}<style>{style}</style></head>{text}</html>\n'


def _body(study: Study, language: str, prefix: str, version: str) -> Tag:
    view = View(study, words(language), prefix)
    title = study.first.case.title.to(language)
    case = study.first.case
    made = {"paths": f"{study.paths:,}", "seed": str(study.seed), "today": day_text(case.today, language)}
    lead = tag("p", view.words("lead", until=day_text(case.horizon.until, language), **made), class_="lead")
    made_of = (money.summary, money.plans, money.payments, money.supply, money.dependence, *_RECORDS)
    parts = [part for make in made_of if (part := make(view)) is not None]
    digests = ", ".join(f"{r.case.plan} {r.result.sha256[:16]}" for r in study.runs)
    foot = tag("footer", view.words("made", version=version, digests=digests, **made))
    return tag("main", tag("h1", title), lead, *parts, _origins(view), foot, lang=language, class_=prefix)


_RECORDS = (records.events, records.terms, records.stances, records.checks, records.inputs, records.sources)


def _origins(view: View) -> Tag:
    """Every origin a figure leads to."""
    entries = [_origin(view, entry, node) for entry, node in view.nodes.items()]
    return section(view, "origins", view.words("origins.answer", all=str(len(entries))), *entries)


def _origin(view: View, entry: str, node: OriginNode) -> Tag:
    own = tag("span", view.said.text(f"tags.{node.own.name.lower()}"), class_=node.own.name.lower())
    head = tag("h4", node.name, " ", own, " ", tag("code", node.span.line_place()))
    lines: list[Markup] = []
    if node.expression:
        lines.append(tag("p", tag("code", " ".join(node.expression.split()))))
    if node.bound != "exact":
        lines.append(tag("p", view.words(f"bounds.{node.bound}")))
    if node.reading:
        lines.append(tag("p", view.said.text("explain.reading", use=node.reading, all=", ".join(node.readings))))
    for quote in node.quotes:
        place = f"{quote.source}:{quote.line}:{quote.column}" if quote.line else quote.source
        status = view.said.text(f"statuses.{quote.status}", hash=quote.snapshot[:12])
        lines.append(tag("p", tag("q", quote.quote), " ", tag("small", f"{place} {status}")))
    for name, reason in node.whys:
        lines.append(tag("p", view.said.text("explain.why", field=f"{name}: " if name else "", reason=reason)))
    links = [tag("a", view.nodes[b].name, href=f"#{b}") for b in dict.fromkeys(view.below[entry])]
    if links:
        spaced = [m for link in links for m in (link, " ")]
        lines.append(tag("p", view.words("origins.rests_on"), " ", *spaced))
    return tag("article", head, *lines, id=entry)
