"""The dates of a playbook as iCalendar (RFC 5545): waves, hand-offs, decisions to look at again, the next assessment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.exchange.plain import one_line, plain
from pmogen.exchange.told import Told, number
from pmogen.language import _
from pmogen.model.terms import word

LINE_BYTES = 75
"""No line of the file is longer; longer ones are folded."""
REASSESSED_AFTER = dt.timedelta(days=365)
"""After so many days `pmogen check` calls an assessment too old."""


@dataclass(frozen=True)
class Event:
    """Something that takes whole days. `id` stays the same as long as its entry does."""

    id: str
    first: dt.date
    last: dt.date
    summary: str
    description: str


def events_of(told: Told) -> tuple[Event, ...]:
    """All dates of the playbook, by day."""
    found = (*_waves(told), *_hand_offs(told), *_decisions(told), *_accepted(told), _reassessment(told))
    return tuple(sorted(found, key=lambda event: (event.first, event.last, event.id)))


def calendar_ics(told: Told) -> str:
    """The text of a .ics: the same playbook gives the same bytes."""
    settings = told.settings
    whose = hashlib.sha256(f"{settings.organisation}\n{settings.title}".encode()).hexdigest()[:12]
    stamp = f"{_compact(told.as_of)}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pmogen//playbook//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(one_line(settings.title))}",
    ]
    for event in events_of(told):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.id}-{whose}@pmogen",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{_compact(event.first)}",
            f"DTEND;VALUE=DATE:{_compact(_after(event.last))}",
            f"SUMMARY:{_escaped(one_line(event.summary))}",
            f"DESCRIPTION:{_escaped(plain(event.description))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _after(day: dt.date) -> dt.date:
    """The day after; the end of an event is the first day that it does not take."""
    return day + dt.timedelta(days=1) if day < dt.date.max else day


def _compact(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    r"""The line in parts of at most 75 bytes, none of which ends within a character.

    >>> folded("A" * 80) == "A" * 75 + "\r\n " + "A" * 5
    True
    """
    parts, part, room = [], "", LINE_BYTES
    used = 0
    for sign in line:
        size = len(sign.encode())
        if used + size > room:
            parts.append(part)
            part, used, room = "", 0, LINE_BYTES - 1
        part += sign
        used += size
    return "\r\n ".join((*parts, part))


def _waves(told: Told) -> Iterator[Event]:
    for wave in told.document.plan.waves:
        launches = [f"- {told.name('services', service)}" for service in told.launched_in(wave.id)]
        days = _(
            "{used} of at most {limit} person-days of building are planned.",
            used=number(wave.use.build_days, 1),
            limit=number(wave.use.build_limit, 1),
        )
        heading = (_("Launches:"),) if launches else ()
        text = "\n".join((wave.goal, *heading, *launches, days))
        yield Event(f"wave-{wave.id}", wave.starts, wave.ends, wave.name, text)


def _hand_offs(told: Told) -> Iterator[Event]:
    for entry in told.document.hand_offs:
        text = "\n".join(
            (
                entry.asked,
                _("Unit: {unit}", unit=told.entity(entry.entity)),
                _("Who answers for it: {contact}", contact=entry.contact),
                _("State: {state}", state=word("status", entry.status)),
            )
        )
        yield Event(f"hand-off-{entry.id}", entry.due, entry.due, _("Due: {hand_off}", hand_off=entry.title), text)


def _decisions(told: Told) -> Iterator[Event]:
    """Decisions with a day on which they are looked at again; of several on one service the last."""
    for made in {entry.service: entry for entry in told.document.decisions}.values():
        if made.until:
            summary = _("Look again at {service}", service=told.name("services", made.service))
            text = "\n".join((word("decision", made.decision), made.why, made.who))
            yield Event(f"decision-{made.service}", made.until, made.until, summary, text)


def _accepted(told: Told) -> Iterator[Event]:
    for accepted in {entry.aspect: entry for entry in told.document.accepted_gaps}.values():
        summary = _("Accepted until today: the gap in {aspect}", aspect=told.name("aspects", accepted.aspect))
        text = f"{accepted.why}\n{accepted.who}"
        yield Event(f"accepted-{accepted.aspect}", accepted.until, accepted.until, summary, text)


def _reassessment(told: Told) -> Event:
    """A year after the current assessment it counts as old."""
    date = told.document.assessment.date
    day = date + REASSESSED_AFTER if date < dt.date.max - REASSESSED_AFTER else date
    text = _("The current assessment ({title}) is a year old.", title=told.document.assessment.title)
    return Event("reassessment", day, day, _("Assess again"), text)
