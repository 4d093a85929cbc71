"""The roadmap as MS Project XML: waves as summary tasks, services below them, hand-offs as milestones; dates are manual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pmogen.exchange import records as out
from pmogen.exchange.plain import one_line, plain
from pmogen.exchange.records import decimal
from pmogen.exchange.told import Told
from pmogen.language import _
from pmogen.model.terms import word

NAMESPACE = "http://schemas.microsoft.com/project"
HOURS = 8
WEEK = range(5)
"""Days of the week that are worked, Monday first."""
FINISH_TO_FINISH, FINISH_TO_START = 0, 1
_PERSON_DAYS, _IDENTIFIER = 188743767, 188743731
"""Fields Number1 and Text1, which hold the person-days and the id."""
_LONGEST_NAME = 255


@dataclass(frozen=True)
class After:
    """What a task waits for: the UID of the other task, and which ends have to be in order."""

    uid: int
    kind: int


@dataclass(frozen=True)
class Task:
    """A line of the plan. A level of 1 is a summary with tasks of level 2 below it.

    `days` are person-days: of a service all that it takes, of a wave all building that falls into it.
    """

    uid: int
    id: str
    name: str
    level: int
    first: dt.date
    last: dt.date
    days: Fraction = Fraction(0)
    done: bool = False
    milestone: bool = False
    notes: str = ""
    after: tuple[After, ...] = ()


def tasks_of(told: Told) -> tuple[Task, ...]:
    """Waves with their services, then the hand-offs."""
    tasks = tuple(replace(task, uid=number) for number, task in enumerate((*_waves(told), *_hand_offs(told)), 1))
    known = {task.id: task for task in tasks if task.level > 1 and not task.milestone}
    return tuple(replace(task, after=tuple(_after(told, task, known))) for task in tasks)


def project_xml(told: Told) -> bytes:
    """The bytes of an .xml that MS Project, ProjectLibre and others open; the same playbook gives the same bytes."""
    tasks = tasks_of(told)
    root = Element("Project", xmlns=NAMESPACE)
    first = min(task.first for task in tasks)
    created = f"{told.as_of.isoformat()}T00:00:00"
    for name, value in (
        ("SaveVersion", "14"),
        ("Name", "roadmap.xml"),
        ("Title", one_line(told.settings.title)),
        ("Company", one_line(told.settings.organisation)),
        ("CreationDate", created),
        ("LastSaved", created),
        ("ScheduleFromStart", "1"),
        ("StartDate", _begin(first)),
        ("FinishDate", _end(max(task.last for task in tasks))),
        ("CalendarUID", "1"),
        ("DefaultStartTime", "08:00:00"),
        ("DefaultFinishTime", "17:00:00"),
        ("MinutesPerDay", "480"),
        ("MinutesPerWeek", "2400"),
        ("DaysPerMonth", "20"),
        ("StatusDate", _end(told.as_of)),
        ("NewTasksAreManual", "1"),
    ):
        SubElement(root, name).text = value
    _fields(SubElement(root, "ExtendedAttributes"))
    _calendar(SubElement(SubElement(root, "Calendars"), "Calendar"))
    listed = SubElement(root, "Tasks")
    for number, (task, outline) in enumerate(zip(tasks, _outline(tasks), strict=True), 1):
        _task(SubElement(listed, "Task"), task, number, outline)
    SubElement(root, "Resources")
    SubElement(root, "Assignments")
    indent(root)
    body: bytes = tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body + b"\n"


# what the tasks are


def _waves(told: Told) -> Iterator[Task]:
    for wave in told.document.plan.waves:
        services = [place for place in told.document.plan.placements if place.wave == wave.id]
        own = [_service(told, place, wave) for place in services]
        first = min((task.first for task in own), default=wave.starts)
        finished = wave.status == "finished"
        days, begin = wave.use.build_days, min(first, wave.starts)
        yield Task(0, wave.id, wave.name, 1, begin, wave.ends, days, finished, notes=wave.goal)
        yield from own


def _service(told: Told, place: out.PlacementRecord, wave: out.WaveRecord) -> Task:
    """A service: from the first wave in which it is built to the end of the wave in which it launches."""
    worked = [told.waves[work.wave] for work in place.work if work.days > 0 and work.wave in told.waves]
    first = min((entry.starts for entry in worked), default=wave.starts)
    days = sum((work.days for work in place.work), Fraction(0))
    notes = "\n".join(place.why)
    name = told.name("services", place.service)
    return Task(0, place.service, name, 2, first, wave.ends, days, wave.status == "finished", notes=notes)


def _hand_offs(told: Told) -> Iterator[Task]:
    entries = sorted(told.document.hand_offs, key=lambda entry: (entry.due, entry.id))
    if not entries:
        return
    done = all(entry.status == "done" for entry in entries)
    yield Task(0, "hand-offs", _("Hand-offs"), 1, entries[0].due, entries[-1].due, done=done)
    for entry in entries:
        state = _("State: {state}", state=word("status", entry.status))
        notes = "\n".join((entry.asked, f"{told.entity(entry.entity)}, {entry.contact}", state))
        yield Task(
            0, entry.id, entry.title, 2, entry.due, entry.due, done=entry.status == "done", milestone=True, notes=notes
        )


def _after(told: Told, task: Task, known: dict[str, Task]) -> Iterator[After]:
    """What a service needs; finish to start where the dates allow it, else it must not finish before."""
    if task.level == 1 or task.milestone:
        return
    service = told.workspace.service(task.id)
    for identifier in dict.fromkeys((*service.requires, *service.requires_same_wave)):
        other = known.get(identifier)
        if other is not None:
            yield After(other.uid, FINISH_TO_START if other.last < task.first else FINISH_TO_FINISH)


def _outline(tasks: tuple[Task, ...]) -> Iterator[str]:
    top = below = 0
    for task in tasks:
        top, below = (top + 1, 0) if task.level == 1 else (top, below + 1)
        yield str(top) if task.level == 1 else f"{top}.{below}"


# how they are written


def _task(element: Element, task: Task, number: int, outline: str) -> None:
    begin, end = _begin(task.first), _end(task.last)
    worked = _working_days(task.first, task.last)
    length = f"PT{worked * HOURS}H0M0S"
    if task.milestone:
        begin, length = end, "PT0H0M0S"
    for name, value in (
        ("UID", str(task.uid)),
        ("ID", str(number)),
        ("Name", one_line(task.name)[:_LONGEST_NAME]),
        ("Active", "1"),
        ("Manual", "1"),
        ("Type", "1"),
        ("IsNull", "0"),
        ("WBS", outline),
        ("OutlineNumber", outline),
        ("OutlineLevel", str(task.level)),
        ("Priority", "500"),
        ("Start", begin),
        ("Finish", end),
        ("Duration", length),
        ("ManualStart", begin),
        ("ManualFinish", end),
        ("ManualDuration", length),
        ("DurationFormat", "7"),
        ("EffortDriven", "0"),
        ("Estimated", "0"),
        ("Milestone", str(int(task.milestone))),
        ("Summary", str(int(task.level == 1))),
        ("PercentComplete", "100" if task.done else "0"),
        ("CalendarUID", "-1"),
        ("Notes", plain(task.notes)),
    ):
        SubElement(element, name).text = value
    for after in task.after:
        link = SubElement(element, "PredecessorLink")
        for name, value in (
            ("PredecessorUID", str(after.uid)),
            ("Type", str(after.kind)),
            ("CrossProject", "0"),
            ("LinkLag", "0"),
            ("LagFormat", "7"),
        ):
            SubElement(link, name).text = value
    _extended(element, _IDENTIFIER, task.id)
    if not task.milestone:
        _extended(element, _PERSON_DAYS, str(decimal(task.days)))


def _extended(element: Element, field: int, value: str) -> None:
    made = SubElement(element, "ExtendedAttribute")
    SubElement(made, "FieldID").text = str(field)
    SubElement(made, "Value").text = value


def _fields(element: Element) -> None:
    for field, name, alias in ((_IDENTIFIER, "Text1", "id"), (_PERSON_DAYS, "Number1", _("Person-days"))):
        made = SubElement(element, "ExtendedAttribute")
        for key, value in (("FieldID", str(field)), ("FieldName", name), ("Alias", alias)):
            SubElement(made, key).text = value


def _calendar(element: Element) -> None:
    for name, value in (("UID", "1"), ("Name", "Standard"), ("IsBaseCalendar", "1"), ("BaseCalendarUID", "-1")):
        SubElement(element, name).text = value
    week = SubElement(element, "WeekDays")
    for number in range(1, 8):
        day = SubElement(week, "WeekDay")
        works = (number - 2) % 7 in WEEK
        SubElement(day, "DayType").text = str(number)
        SubElement(day, "DayWorking").text = str(int(works))
        if works:
            times = SubElement(day, "WorkingTimes")
            for start, end in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")):
                time = SubElement(times, "WorkingTime")
                SubElement(time, "FromTime").text = start
                SubElement(time, "ToTime").text = end


def _begin(day: dt.date) -> str:
    return f"{day.isoformat()}T08:00:00"


def _end(day: dt.date) -> str:
    return f"{day.isoformat()}T17:00:00"


def _working_days(first: dt.date, last: dt.date) -> int:
    """Days from Monday to Friday between two days, both counted."""
    days = max((last - first).days + 1, 0)
    weeks, rest = divmod(days, 7)
    return weeks * len(WEEK) + sum((first.weekday() + number) % 7 in WEEK for number in range(rest))
