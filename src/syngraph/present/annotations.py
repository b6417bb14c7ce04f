"""The quotes of a case as W3C Web Annotations (JSON-LD), with their provenance in the words of W3C PROV-O."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent
from uuid import NAMESPACE_URL, uuid5

from syngraph.analyses.agreement import Models
from syngraph.analyses.evidence import Evidence
from syngraph.evidence.lock import QuoteKey
from syngraph.evidence.places import Place
from syngraph.evidence.verify import Verdict
from syngraph.evidence.wording import value_text
from syngraph.model.case import Case
from syngraph.model.sources import Source
from syngraph.present.formats import Object

# https://www.w3.org/TR/annotation-model/ section 3.1: this context must be there, by this name
CONTEXT: list[object] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "schema": "http://schema.org/"},
]


@dataclass(frozen=True, slots=True)
class _Known:
    """What annotations are made from: sources and texts by name, who said which fact, and what records model."""

    sources: Mapping[str, Source]
    texts: Mapping[str, str]
    said_by: Mapping[str, str]
    models: Sequence[Models]


def annotations_document(cases: Sequence[Case], evidence: Evidence, *, version: str) -> Object:
    """A collection with one annotation for each quote that has a place: read in its text, or kept by the lock."""
    known = _known(cases, evidence)
    cited = {v.quote.key: v for v in reversed(evidence.verdicts) if v.status.quoted}
    items = [
        _annotation(cited[key], known) for key in dict.fromkeys(v.quote.key for v in evidence.verdicts) if key in cited
    ]
    name = cases[0].name
    page = {"id": _urn(name, "page"), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": _urn(name, "collection"),
        "type": "AnnotationCollection",
        "label": cases[0].title.to("en"),
        "generator": {"type": "Software", "name": "Syngraph", "schema:softwareVersion": version},
        "total": len(items),
        **({"first": page} if items else {}),
    }


def _known(cases: Sequence[Case], evidence: Evidence) -> _Known:
    return _Known(
        {source.head.name: source for case in reversed(cases) for source in case.sources},
        {name: read.text for name, read in evidence.shelf.reads.items()},
        {fact.head.name: fact.dating.said_by for case in reversed(cases) for fact in case.facts},
        evidence.agreed.models,
    )


def _annotation(verdict: Verdict, known: _Known) -> Object:
    key, source = verdict.quote.key, known.sources[verdict.quote.key.source]
    models = tuple(dict.fromkeys(_modelled(verdict, known.models)))
    targets = [_target(place, verdict, source, known.texts.get(key.source)) for place in verdict.places]
    said_by = known.said_by.get(key.record, "") if key.section == "facts" else ""
    return {
        "id": _urn(key.section, key.record, key.source, key.exact, str(key.occurrence)),
        "type": "Annotation",
        "motivation": "describing" if models else "linking",
        "body": _body(key, models, [str(target["id"]) for target in targets])
        | {"prov:wasAttributedTo": {"id": f"#parties/{said_by}" if said_by else _iri(source)}},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _modelled(verdict: Verdict, models: Sequence[Models]) -> Iterator[tuple[str, str]]:
    """The fields of the record whose words stand in the quote, with what these are read as."""
    key = verdict.quote.key
    for one in models:
        here = any(p.start <= one.mention.start and one.mention.end <= p.end for p in verdict.places)
        if (one.section, one.record, one.source) == (key.section, key.record, key.source) and here:
            yield one.field, value_text(one.mention)


def _body(key: QuoteKey, models: Sequence[tuple[str, str]], passages: Sequence[str]) -> Object:
    """The record that cites, and the values of it that the quote states."""
    properties = [{"type": "schema:PropertyValue", "schema:name": f, "schema:value": said} for f, said in models]
    return {
        "id": f"#{percent(key.section)}/{percent(key.record)}",
        "type": ["TextualBody", "prov:Entity"],
        "format": "text/plain",
        "value": f"{key.section}.{key.record}",
        **({"schema:additionalProperty": properties} if properties else {}),
        "prov:wasDerivedFrom": [{"id": passage} for passage in passages],
    }


def _target(place: Place, verdict: Verdict, source: Source, text: str | None) -> Object:
    """The passage: positions count code points; a fragment of RFC 5147 is its name.

    `schema:creativeWorkStatus` is `snapshot` where the text is not there and the lock vouches for the quote.
    """
    key, entry = verdict.quote.key, verdict.entry
    return {
        "id": f"{_iri(source)}#char={place.start},{place.end}",
        "type": ["SpecificResource", "prov:Entity"],
        "source": {
            "id": _iri(source),
            "type": "Text",
            "format": "text/plain",
            "language": source.language,
            "schema:sha256": verdict.snapshot,
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": key.exact if text is None else text[place.start : place.end],
                "prefix": entry.prefix if entry else "",
                "suffix": entry.suffix if entry else "",
            },
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
        ],
        "schema:creativeWorkStatus": verdict.status.value,
        "prov:wasQuotedFrom": {"id": _iri(source)},
    }


def _iri(source: Source) -> str:
    """The file of a source, relative to the folder of the case."""
    return percent(source.file)


def _urn(*parts: str) -> str:
    """The same name for the same parts, at any time and place."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(parts))}"
