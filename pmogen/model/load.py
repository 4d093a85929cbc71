"""Sources to a workspace: parse, merge layers, validate the shape of everything, and keep the places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from pmogen.diagnostics import Diagnostic, Span, has_errors, in_order, without_floods
from pmogen.language import _, spoken
from pmogen.model.allowances import Allowance, allowances_in
from pmogen.model.answers import read_answers
from pmogen.model.assessment import Assessment, Respondent
from pmogen.model.beside import UNSAID, beside, chosen
from pmogen.model.catalogue import Catalogue
from pmogen.model.decisions import Decisions
from pmogen.model.foundation import Foundation
from pmogen.model.method import Method
from pmogen.model.plan import PublishedPlan
from pmogen.model.playbook import Settings
from pmogen.model.reading import Reading
from pmogen.model.roadmap import Roadmap
from pmogen.model.scenarios import PlannedScenarios, Scenarios
from pmogen.model.workspace import CATALOGUE_KINDS, DatedAssessment, HandPage, Workspace
from pmogen.source.csv import parse_csv
from pmogen.source.files import STANDARD, Sources
from pmogen.source.group import GROUP
from pmogen.source.kept import Kept, Same
from pmogen.source.layers import Entry, Layer, Origin
from pmogen.source.text import SourceText
from pmogen.source.yaml import Document

M = TypeVar("M", bound=BaseModel)

_GENERATED = {"plan": "pmogen plan", "scenarios-plan": "pmogen plan --scenarios"}
"""Files in content/ that a command writes."""


@dataclass(frozen=True)
class Loaded:
    """A workspace, or None when mistakes are in the way; with everything found so far, and what could be read."""

    workspace: Workspace | None
    diagnostics: tuple[Diagnostic, ...]
    places: FoundPlaces
    documents: Mapping[str, Document]
    """The YAML of each file without mistakes of form, by its name."""


@dataclass(frozen=True)
class FoundPlaces:
    """Places of all values of a workspace (see `Places`)."""

    contents: Mapping[str, Origin]
    entries: Mapping[str, Mapping[str, Entry]]

    def span(self, *path: str | int, key: bool = False) -> Span:
        """The place of the value, or with `key` of its key."""
        first, rest = str(path[0]), path[1:]
        if first in self.entries and rest:
            entry = self.entries[first].get(str(rest[0]))
            return entry.span(*rest[1:], key=key) if entry else Span(f"catalog/{first}")
        if first == "answers":
            return Span(f"content/assessments/{rest[0]}.csv", int(rest[1]))
        if first == "assessments" and rest:
            first, rest = f"assessments/{rest[0]}", rest[1:]
        origin = self.contents.get(first)
        return origin.span(*rest, key=key) if origin else Span(f"content/{first}.yml")


def load(
    sources: Sources,
    language: str | None = None,
    read_before: Mapping[str, Document] = MappingProxyType({}),
    kept: Kept | None = None,
) -> Loaded:
    """The workspace in the sources, its texts in a language, by default in the main one.

    Every mistake of form in every file is reported at once. Files whose text is the same as in `read_before` are not
    parsed again: another state of the same workspace differs in few of them. With what was `kept` of an earlier load, all
    that is as it was is the same object as then.
    """
    kept = Kept() if kept is None else kept
    name = ("load", spoken().code, language)
    return kept.once(name, sources, lambda: _load(Reading(sources, language, read_before, kept)))


def _load(reading: Reading) -> Loaded:
    contents: dict[str, Origin] = {}
    settings = _settings(reading, contents)
    layers = _layers(reading, settings)
    entries, catalogue = _catalogue(reading, layers, settings)
    foundation = _content(reading, contents, "foundation", Foundation)
    decisions = _content(reading, contents, "decisions", Decisions, optional=True)
    roadmap = _content(reading, contents, "roadmap", Roadmap)
    published = _generated(reading, contents, "plan", PublishedPlan)
    scenarios = _content(reading, contents, "scenarios", Scenarios, optional=True)
    planned = _generated(reading, contents, "scenarios-plan", PlannedScenarios)
    assessments = reading.same("assessments", tuple(_assessments(reading, contents)))
    if not assessments:
        hint = _("add content/assessments/2027-01-31.yml, see the example workspace")
        if not reading.sources.below("content/assessments"):
            reading.found.append(
                Diagnostic("PMO021", "error", _("there is no assessment"), Span("content/assessments"), hint)
            )
    pages, other_pages = _pages(reading)
    documents = _template_texts(reading, layers)
    _unused_files(reading)
    allowances = _allowances(reading)
    found = without_floods(in_order(reading.found))
    if reading.method:
        contents["method"] = reading.method
    places = FoundPlaces(contents, entries)
    whole = {name: document for name, document in reading.documents.items() if name not in reading.faulty}
    if has_errors(found) or not (settings and catalogue and foundation and decisions and roadmap and assessments):
        return Loaded(None, found, places, whole)
    workspace = Workspace(
        settings,
        catalogue,
        foundation,
        assessments,
        decisions,
        roadmap,
        pages,
        documents,
        places,
        allowances,
        reading.ignored,
        published,
        scenarios or Scenarios(),
        planned,
        reading.same("untranslated", tuple(reading.untranslated)),
        other_pages,
    )
    return Loaded(workspace, found, places, whole)


def _settings(reading: Reading, contents: dict[str, Origin]) -> Settings | None:
    """content/playbook.yml, once more when it says in which languages it is to be read."""
    settings = _content(reading, contents, "playbook", Settings)
    if settings is None:
        return None
    reading.speak(settings)
    origin = contents["playbook"]
    return reading.model(Settings, origin.document.value, origin, _("the file"))


def _content(
    reading: Reading, contents: dict[str, Origin], stem: str, shape: type[M], optional: bool = False
) -> M | None:
    name = f"content/{stem}.yml"
    if name not in reading.sources.files:
        if optional:
            return reading.empty(shape)
        hint = _("make it; `pmogen init` shows an example")
        reading.found.append(Diagnostic("PMO021", "error", _("{file} is missing", file=name), Span(name), hint))
        return None
    document = reading.document(name)
    if document is None:
        return None
    contents[stem] = Origin(document, ())
    if optional and document.value is None:
        return reading.empty(shape)
    return reading.model(shape, document.value, contents[stem], _("the file"))


def _generated(reading: Reading, contents: dict[str, Origin], stem: str, shape: type[M]) -> M | None:
    """What a command wrote, when there is such a file. A broken one is written anew, not mended by hand."""
    if f"content/{stem}.yml" not in reading.sources.files:
        return None
    before = len(reading.found)
    plan = _content(reading, contents, stem, shape)
    hint = _("delete the file and run `{command}`", command=_GENERATED[stem])
    reading.found[before:] = [replace(found, hint=hint) for found in reading.found[before:]]
    return plan


def _layers(reading: Reading, settings: Settings | None) -> tuple[Layer, ...]:
    """Catalogue layers in order, each with its documents; a folder named twice counts once."""
    names = settings.catalogue if settings else (STANDARD, "catalog")
    layers: dict[str, Layer] = {}
    for position, name in enumerate(names):
        folder = reading.sources.standard_is if name == STANDARD else name
        files = [file for file, _raw in reading.sources.below(folder) if file.endswith((".yml", ".yaml"))]
        if not files and name not in (STANDARD, "catalog"):
            place = reading.documents["content/playbook.yml"].span(("catalogue", position))
            hint = _("make the folder {folder} or take it out of `catalogue`", folder=f"{name.rstrip('/')}/")
            if name.startswith(f"{GROUP}/"):
                hint = _("group.yml has to name this workspace as an office, and the layer under `layers`")
            reading.found.append(
                Diagnostic("PMO022", "error", _("the layer `{name}` has no files", name=name), place, hint)
            )
        documents = tuple(document for file in files if (document := reading.document(file)) is not None)
        layers.setdefault(folder, (name, documents))
    for _name, documents in layers.values():
        for document in documents:
            _known_kinds(reading, document)
    return tuple(layers.values())


def _known_kinds(reading: Reading, document: Document) -> None:
    if document.value is None:
        return
    if not isinstance(document.value, dict):
        message = _("a file of the catalogue must have keys such as `services:`")
        reading.found.append(Diagnostic("PMO020", "error", message, document.span(())))
        return
    for key in document.value:
        if key not in (*CATALOGUE_KINDS, "method"):
            hint = _("known are {names}", names=", ".join((*CATALOGUE_KINDS, "method")))
            place = document.span((key,), key=True)
            reading.found.append(
                Diagnostic("PMO023", "error", _("`{key}` is no kind of the catalogue", key=key), place, hint)
            )


def _catalogue(
    reading: Reading, layers: tuple[Layer, ...], settings: Settings | None
) -> tuple[dict[str, dict[str, Entry]], Catalogue | None]:
    entries: dict[str, dict[str, Entry]] = {}
    kinds: dict[str, tuple[Any, ...]] = {}
    for kind in CATALOGUE_KINDS:
        laid = reading.laid(kind, layers)
        entries[kind] = {entry.identifier: entry for entry in laid.entries}
        shape = Catalogue.model_fields[kind].annotation.__args__[0]  # type: ignore[union-attr]  # tuple[Shape, ...]
        built = (reading.entry(shape, entry, entries[kind]) for entry in laid.entries)
        kinds[kind] = reading.same(kind, tuple(model for model in built if model is not None))
    method = _method(reading, layers, settings)
    if method is None:
        return entries, None
    whole = Same(method, *kinds.values())
    return entries, reading.once(("catalogue",), whole, lambda: Catalogue.model_construct(None, method=method, **kinds))


def _method(reading: Reading, layers: tuple[Layer, ...], settings: Settings | None) -> Method | None:
    """method.yml of all layers, then the changes in content/playbook.yml, key by key."""
    value: dict[str, Any] = {}
    origin: Origin | None = None
    for _name, documents in layers:
        for document in documents:
            if not isinstance(document.value, dict) or "method" not in document.value:
                continue
            origin = reading.method = Origin(document, ("method",))
            if isinstance(document.value["method"], dict):
                value = _over(value, document.value["method"])
            else:
                place = origin.span()
                reading.found.append(
                    Diagnostic("PMO020", "error", _("`method` must have keys"), place, _("see catalog/method.yml"))
                )
    if settings and settings.method.model_fields_set:
        value = _over(value, settings.method.model_dump(exclude_unset=True))
        origin = Origin(reading.documents["content/playbook.yml"], ("method",))
    if origin is None:
        place = Span("catalog/method.yml")
        reading.found.append(Diagnostic("PMO021", "error", _("no layer of the catalogue has a method"), place))
        return None
    return reading.model(Method, value, origin, "`method`")


def _over(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        merged[key] = _over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _assessments(reading: Reading, contents: dict[str, Origin]) -> Iterator[DatedAssessment]:
    read: list[DatedAssessment] = []
    for name, _raw in reading.sources.below("content/assessments"):
        if not name.endswith((".yml", ".yaml")):
            continue
        stem = name.rsplit("/", 1)[1].rsplit(".", 1)[0]
        document = reading.document(name)
        if document is None:
            continue
        origin = contents[f"assessments/{stem}"] = Origin(document, ())
        assessment = reading.model(Assessment, document.value, origin, _("the file"))
        if assessment is None:
            continue
        answers = f"content/assessments/{stem}.csv"
        rows: tuple[Respondent, ...] = ()
        if answers in reading.sources.files:
            source = reading.decoded(answers)
            if source is not None:
                rows, wrong = reading.once(("answers", stem), source, partial(_answers, source))
                reading.found += wrong
        if stem != assessment.date.isoformat():
            hint = _("rename the file to {file}", file=f"{assessment.date.isoformat()}.yml")
            message = _(
                "the date in the file is {day}, its name says {name}", day=assessment.date.isoformat(), name=stem
            )
            reading.found.append(Diagnostic("PMO024", "error", message, origin.span("date"), hint))
        reading.found += _second_of_a_day(assessment.date, read, origin, name)
        read.append(
            reading.once(("assessment", name), Same(assessment, rows), partial(DatedAssessment, stem, assessment, rows))
        )
    yield from sorted(read, key=lambda dated: dated.assessment.date)


def _answers(source: SourceText) -> tuple[tuple[Respondent, ...], tuple[Diagnostic, ...]]:
    table, wrong = parse_csv(source)
    rows, more = read_answers(table)
    return rows, (*wrong, *more)


def _second_of_a_day(
    day: dt.date, earlier: Iterable[DatedAssessment], origin: Origin, name: str
) -> Iterator[Diagnostic]:
    if any(dated.assessment.date == day for dated in earlier):
        message = _("{file} is the second assessment of {day}", file=name, day=day.isoformat())
        hint = _("keep one of the two files: which of them is current could not be said")
        yield Diagnostic("PMO026", "error", message, origin.span("date"), hint)


def _pages(reading: Reading) -> tuple[tuple[HandPage, ...], tuple[HandPage, ...]]:
    """The pages in the language that is read, or the one that comes nearest; and the same in the other languages."""
    below = "content/pages/"
    names = [name.removeprefix(below) for name, _raw in reading.sources.below(below) if name.endswith(".md")]
    shown: list[HandPage] = []
    others: list[HandPage] = []
    for path, files in sorted(beside(names, reading.languages).items()):
        own = chosen(files, reading.languages)
        reading.lack(files, Span(f"{below}{files[own]}"))
        for code, file in files.items():
            content = (path, reading.text(f"{below}{file}"), file)
            page = reading.once(("page", file), content, partial(HandPage, *content))
            (shown if code == own else others).append(page)
    return reading.same("pages", tuple(shown)), reading.same("other pages", tuple(others))


def _template_texts(reading: Reading, layers: tuple[Layer, ...]) -> dict[str, str]:
    """Markdown of the document templates, by id; a higher layer's file replaces a lower one's.

    One whose name says no language replaces those of lower layers in all languages.
    """
    found: dict[str, dict[str, str]] = {}
    for name, _documents in layers:
        folder = reading.sources.standard_is if name == STANDARD else name
        names = [file for file, _raw in reading.sources.below(f"{folder}/templates") if file.endswith(".md")]
        for path, files in beside(names, reading.languages).items():
            identifier = path.rsplit("/", 1)[1].removesuffix(".md")
            found[identifier] = files if UNSAID in files else {**found.get(identifier, {}), **files}
    texts: dict[str, str] = {}
    for identifier, files in found.items():
        file = files[chosen(files, reading.languages)]
        reading.lack(files, Span(file))
        texts[identifier] = reading.text(file)
    return reading.once(("documents",), texts, lambda: texts)


def _allowances(reading: Reading) -> tuple[Allowance, ...]:
    allowed: list[Allowance] = []
    for document in reading.documents.values():
        source = document.source
        more, wrong = reading.once(("allowances", document.name), source, partial(allowances_in, source))
        allowed += more
        reading.found += wrong
    found = tuple(sorted(allowed, key=lambda allowance: (allowance.span, allowance.code)))
    return reading.once(("allowances",), found, lambda: found)


_CONTENT = {"playbook", "foundation", "decisions", "roadmap", "scenarios", *_GENERATED}


def _unused_files(reading: Reading) -> None:
    """Files in content/ that nothing reads are probably misnamed."""
    for name in reading.sources.files:
        parts = name.split("/")
        if parts[:2] == ["content", "assessments"] and name.endswith(".csv"):
            _answers_without_assessment(reading, name)
        if parts[0] != "content" or parts[1] in ("assessments", "pages"):
            continue
        stem, _dot, suffix = parts[-1].rpartition(".")
        if len(parts) == 2 and stem in _CONTENT and suffix == "yml":
            continue
        hint = _("files in content/ are {names}", names=", ".join(f"{stem}.yml" for stem in sorted(_CONTENT)))
        reading.found.append(
            Diagnostic("PMO025", "warning", _("{file} is read by nothing", file=name), Span(name), hint)
        )


def _answers_without_assessment(reading: Reading, name: str) -> None:
    stem = name.removesuffix(".csv")
    if f"{stem}.yml" not in reading.sources.files and f"{stem}.yaml" not in reading.sources.files:
        message = _("{file} is read by nothing, as there is no {other}", file=name, other=f"{stem}.yml")
        hint = _("give both files the name of the day of the assessment")
        reading.found.append(Diagnostic("PMO025", "warning", message, Span(name), hint))
