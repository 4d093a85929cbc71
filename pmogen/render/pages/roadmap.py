"""Roadmap: the waves, what launches when and why, who has to change what, and what comes later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmogen.model.catalogue import Audience, AudienceChange, Service
from pmogen.model.roadmap import Launched, Wave
from pmogen.planning.plan import Absence, AbsenceCode, ChangeLoad, Placement
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page


@dataclass(frozen=True)
class Launch:
    """A launch with what its page says about it. `estimate` is in person-days."""

    service: Service
    placement: Placement
    aspects: tuple[str, ...]
    really: Launched | None
    estimate: Fraction


@dataclass(frozen=True)
class Change:
    """What a launch asks of an audience."""

    service: Service
    change: AudienceChange


@dataclass(frozen=True)
class AudienceView:
    """What the whole roadmap asks of an audience: loads, and the changes by wave."""

    audience: Audience
    loads: tuple[ChangeLoad, ...]
    changes: Mapping[str, tuple[Change, ...]]


@dataclass(frozen=True)
class Group:
    """Services that are in no wave for the same kind of reason."""

    id: str
    title: str
    lead: str
    absences: tuple[Absence, ...]


REASONS: dict[AbsenceCode, tuple[str, str]] = {
    "no room": (
        "No room yet",
        "They would help, but what the PMO can build, what it can run or what people can take is used up.",
    ),
    "prerequisite": ("Waiting for another service", "They need something that is not planned itself."),
    "deferred": ("Deferred", "It was decided to look at them later."),
    "redundant": ("Already covered", "They would help, but what they close is closed by services that are planned."),
    "not useful": ("Not useful here", "They close no gap of this organisation."),
    "declined": ("Declined", "It was decided not to offer them."),
}
"""Why services are in no wave, in the order of interest."""


def launch(book: Book, placement: Placement) -> Launch:
    """A launch and its reasons."""
    candidate = book.candidate(placement.service)
    return Launch(
        service=book.workspace.service(placement.service),
        placement=placement,
        aspects=tuple(aspect for aspect, _ in candidate.closes) if candidate else (),
        really=book.launched(placement.service),
        estimate=book.expected_days(placement.service),
    )


def changes(book: Book, placements: tuple[Placement, ...]) -> dict[str, tuple[Change, ...]]:
    """What launches ask of people, by audience in the order of the catalogue."""
    found: dict[str, tuple[Change, ...]] = {audience.id: () for audience in book.catalogue.audiences}
    for placement in placements:
        service = book.workspace.service(placement.service)
        for change in service.audiences:
            found[change.audience] = (*found.get(change.audience, ()), Change(service, change))
    return {audience: entries for audience, entries in found.items() if entries}


def audience_views(book: Book) -> tuple[AudienceView, ...]:
    """Every audience of the catalogue: those with something to do first."""
    by_wave = {wave.id: changes(book, book.wave_services(wave.id)) for wave in book.waves}
    views = [
        AudienceView(
            audience,
            tuple(load for wave in book.waves if (load := book.load(wave.id, audience.id)) and counts(load)),
            {wave: asked[audience.id] for wave, asked in by_wave.items() if audience.id in asked},
        )
        for audience in book.catalogue.audiences
    ]
    return tuple(sorted(views, key=lambda view: not view.loads))


def counts(load: ChangeLoad) -> bool:
    """True when something happens to the audience in the wave, or nothing may."""
    return bool(load.points) or load.black_out is not None


def groups(book: Book) -> tuple[Group, ...]:
    """What is in no wave, by reason."""
    found = []
    for code, (title, lead) in REASONS.items():
        absences = tuple(absence for absence in book.plan.absences if absence.code == code)
        if absences:
            found.append(Group(code.replace(" ", "-"), title, lead, absences))
    return tuple(found)


def wave_page(book: Book, wave: Wave) -> Page:
    """The page of one wave."""
    number = book.wave_number(wave.id)
    placements = book.wave_services(wave.id)
    return Page(
        path=f"roadmap/{wave.id}.md",
        title=wave.name,
        template="pages/roadmap/wave.md.j2",
        values={
            "wave": wave,
            "number": number,
            "before": book.waves[number - 2] if number > 1 else None,
            "after": book.waves[number] if number < len(book.waves) else None,
            "launches": tuple(launch(book, placement) for placement in placements),
            "work": book.wave_work(wave.id),
            "use": book.use(wave.id),
            "changes": changes(book, placements),
            "loads": tuple(load for load in book.loads(wave.id) if counts(load)),
            "lists": (
                ("What must hold before it starts", "entry", wave.entry),
                ("What must hold before the next one starts", "exit", wave.exit),
                ("Who hears what, from whom", "communication", wave.communication),
                ("Training", "training", wave.training),
            ),
        },
        sources=(book.span("roadmap", "waves", number - 1),),
        description=wave.goal,
    )


def pages(book: Book) -> Iterator[Page]:
    """The overview, one page a wave, one for the audiences and one for what comes later."""
    source = (book.span("roadmap", "waves"),)
    about = f"Which service comes when, and why: {book.settings.title}."
    yield Page("roadmap/index.md", "Roadmap", "pages/roadmap/index.md.j2", {}, source, about)
    for wave in book.waves:
        yield wave_page(book, wave)
    yield Page(
        path="roadmap/audiences.md",
        title="Who has to change what, and when",
        template="pages/roadmap/audiences.md.j2",
        values={"views": audience_views(book)},
        sources=(book.span("roadmap", "audiences"),),
        description="What changes for each group of people, wave by wave.",
    )
    yield Page(
        path="roadmap/later.md",
        title="What comes later, or not at all",
        template="pages/roadmap/later.md.j2",
        values={"groups": groups(book)},
        sources=(book.span("decisions", "services"), *source),
        description="Every service that is in no wave, with the reason.",
    )


def nav(book: Book) -> Iterator[Nav]:
    """One group with the waves."""
    waves = tuple(Nav(wave.name, f"roadmap/{wave.id}.md") for wave in book.waves)
    rest = (
        Nav("Who has to change what", "roadmap/audiences.md"),
        Nav("Later, or not at all", "roadmap/later.md"),
    )
    yield Nav("Roadmap", "roadmap/index.md", (*waves, *rest))
