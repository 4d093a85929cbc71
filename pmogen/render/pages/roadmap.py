"""Roadmap: the waves, what launches when and why, who has to change what, and what comes later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pmogen.analysis.progress import started
from pmogen.language import N_, _, ngettext
from pmogen.model.catalogue import Service
from pmogen.model.roadmap import Launched, Progress, Wave
from pmogen.planning.binding import bindings, left
from pmogen.planning.insight_words import best_helps, gain_in_words, insights_of, summary, what_helps
from pmogen.planning.plan import Absence, AbsenceCode, Placement
from pmogen.render.book import Book
from pmogen.render.markdown import month
from pmogen.render.page import Nav, Page
from pmogen.render.pages import audiences, kpis, scenarios
from pmogen.render.pages.audiences import counts
from pmogen.render.pages.deployment import LATER, SOON, adoption_of, audiences_in, launched_in, objections, tasks_of
from pmogen.render.pages.home import result


@dataclass(frozen=True)
class Launch:
    """A launch with what its page says about it. `estimate` is in person-days."""

    service: Service
    placement: Placement
    aspects: tuple[str, ...]
    really: Launched | None
    estimate: Fraction


@dataclass(frozen=True)
class Group:
    """Services that are in no wave for the same kind of reason."""

    id: str
    title: str
    lead: str
    absences: tuple[Absence, ...]


REASONS: dict[AbsenceCode, tuple[str, str]] = {
    "no room": (
        N_("No room yet"),
        N_("They would help, but what the PMO can build, what it can run or what people can take is used up."),
    ),
    "black-out": (
        N_("Nothing may launch for their people"),
        N_("They would help, but in all waves in which they would, nothing may launch for somebody they concern."),
    ),
    "prerequisite": (N_("Waiting for another service"), N_("They need something that is not in the plan itself.")),
    "redundant": (
        N_("Already covered"),
        N_(
            "Services that are in the plan close all they would close. To have one all the same, pin it: its page says where it fits."
        ),
    ),
    "alternative": (
        N_("Something else was taken"),
        N_("Only one of several services is to be, and another one is in the plan."),
    ),
    "accepted": (N_("Their gaps were accepted"), N_("What they would close was accepted as it is.")),
    "not useful": (N_("Not useful here"), N_("They close no gap of this organisation.")),
    "deferred": (N_("Deferred"), N_("It was decided to look at them later.")),
    "dropped": (N_("Dropped"), N_("They were started and given up.")),
    "declined": (N_("Declined"), N_("It was decided not to offer them.")),
}
"""Why services are in no wave, in the order of interest."""


def launch(book: Book, placement: Placement) -> Launch:
    """A launch and its reasons."""
    candidate = book.candidate(placement.service)
    return Launch(
        service=book.workspace.service(placement.service),
        placement=placement,
        aspects=tuple(aspect for aspect, _closed in candidate.closes) if candidate else (),
        really=book.launched(placement.service),
        estimate=book.expected_days(placement.service),
    )


def offered(book: Book) -> tuple[Absence, ...]:
    """What was decided to be offered and is in no wave all the same."""
    return tuple(absence for absence in book.plan.absences if book.decision_state(absence.service) == "offer")


def groups(book: Book) -> tuple[Group, ...]:
    """Everything else that is in no wave, by reason; what is covered by the same services stands together."""
    found = []
    rest = [absence for absence in book.plan.absences if book.decision_state(absence.service) != "offer"]
    for code, (title, lead) in REASONS.items():
        own = sorted((absence for absence in rest if absence.code == code), key=lambda each: (each.by, each.service))
        if own:
            found.append(Group(code.replace(" ", "-"), _(title), _(lead), tuple(own)))
    return tuple(found)


def progress_in(book: Book, wave: Wave) -> tuple[Progress, ...]:
    """What was started or dropped in the wave and is not live."""
    entries = started(book.workspace).values()
    return tuple(
        entry
        for entry in entries
        if any(day and wave.starts <= day <= wave.ends for day in (entry.started, entry.dropped))
    )


def wave_page(book: Book, wave: Wave) -> Page:
    """The page of one wave."""
    return Page(
        path=f"roadmap/{wave.id}.md",
        title=wave.name,
        template="pages/roadmap/wave.md.j2",
        values=lambda: _of_wave(book, wave),
        sources=(book.span("roadmap", "waves", book.wave_number(wave.id) - 1), *book.plan_from[1:]),
        description=wave.goal,
    )


def _of_wave(book: Book, wave: Wave) -> dict[str, Any]:
    number = book.wave_number(wave.id)
    return {
        "wave": wave,
        "number": number,
        "before": book.waves[number - 2] if number > 1 else None,
        "after": book.waves[number] if number < len(book.waves) else None,
        "launches": tuple(launch(book, placement) for placement in book.wave_services(wave.id)),
        "work": book.wave_work(wave.id),
        "progress": progress_in(book, wave),
        "use": book.use(wave.id),
        "bindings": bindings(book.workspace, book.plan, wave.id),
        "left": left(book.plan, wave.id),
        "tasks": tuple(tasks_of(book, service) for service in launched_in(book, wave)),
        "people": audiences_in(book, wave),
        "objections": lambda plan: objections(book, plan),
        "adoption": tuple(adoption_of(service) for service in launched_in(book, wave)),
        "looks": (wave.ends + SOON, wave.ends + LATER),
        "loads": tuple(load for load in book.loads(wave.id) if counts(load)),
        "lists": (
            (_("What must hold before it starts"), "entry", wave.entry),
            (_("What must hold before the next one starts"), "exit", wave.exit),
            (_("Who hears what, from whom"), "communication", wave.communication),
            (_("Training"), "training", wave.training),
        ),
    }


def in_short(book: Book) -> str:
    """The result in one or two sentences."""
    if not book.plan.placements:
        return _("Nothing launches yet: no service is planned.")
    waves = {placement.wave for placement in book.plan.placements}
    said = _(
        "{services} in {waves}, until {month}.",
        services=ngettext("{count} service", "{count} services", len(book.plan.placements)),
        waves=ngettext("{count} wave", "{count} waves", len(waves)),
        month=month(book.waves[-1].ends),
    )
    reached = result(book)
    if not reached.gaps:
        return said
    gaps = ngettext("{count} gap", "{count} gaps", reached.gaps)
    fully = ngettext("{count} of {gaps} is closed then", "{count} of {gaps} are closed then", reached.fully, gaps=gaps)
    if not reached.partly:
        return f"{said} {fully}."
    partly = ngettext("{count} more is smaller", "{count} more are smaller", reached.partly)
    both = _("{fully}, and {partly}.", fully=fully, partly=partly)
    return f"{said} {both}"


def overview(book: Book) -> dict[str, Any]:
    """What the page of the whole roadmap says beside the plan: the result in short, and what would help."""
    published = book.playbook.plan_state == "published"
    found = insights_of(book.workspace, book.plan) if published else None
    return {
        "in_short": in_short(book),
        "insights": found,
        "sentences": tuple(summary(book.workspace, book.plan, found)) if found else (),
        "helps": best_helps(found) if found else (),
        "what_helps": lambda entry: what_helps(book.workspace, entry),
        "gain": lambda entry: gain_in_words(book.plan, entry.gain),
    }


def pages(book: Book) -> Iterator[Page]:
    """The overview, one page a wave, one for the audiences and one for what comes later."""
    about = _("Which service comes when, and why: {playbook}.", playbook=book.settings.title)
    yield Page(
        "roadmap/index.md", _("Roadmap"), "pages/roadmap/index.md.j2", lambda: overview(book), book.plan_from, about
    )
    for wave in book.waves:
        yield wave_page(book, wave)
    yield from audiences.pages(book)
    yield kpis.page(book)
    yield from scenarios.pages(book)
    yield Page(
        path="roadmap/later.md",
        title=_("What comes later, or not at all"),
        template="pages/roadmap/later.md.j2",
        values=lambda: {"groups": groups(book), "offered": offered(book)},
        sources=book.plan_from,
        description=_("Every service that is in no wave, with the reason."),
    )


def nav(book: Book) -> Iterator[Nav]:
    """One group with the waves."""
    waves = tuple(Nav(wave.name, f"roadmap/{wave.id}.md") for wave in book.waves)
    rest = (
        *audiences.nav(book),
        Nav(_("What is measured"), kpis.PATH),
        *scenarios.nav(book),
        Nav(_("Later, or not at all"), "roadmap/later.md"),
    )
    yield Nav(_("Roadmap"), "roadmap/index.md", (*waves, *rest))
