"""The calendar: read back by a parser of RFC 5545, its dates those of playbook.json."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from pmogen.exchange.calendar import calendar_ics, events_of, folded
from pmogen.exchange.told import Told
from tests.exchange.playbooks import HOSTILE, example_told, hostile_told, small_told


def parsed(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Properties of the calendar and of its events; strict about lines, folding, order and escapes."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    raw = text.encode()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    for line in raw.split(b"\r\n"):
        line.decode()  # no character is cut
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    calendar: dict[str, str] = {}
    events: list[dict[str, str]] = []
    into = calendar
    for line in lines[1:-1]:
        name, colon, value = line.partition(":")
        assert colon, line
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*", name), line
        if line == "BEGIN:VEVENT":
            assert into is calendar
            into = {}
            events.append(into)
        elif line == "END:VEVENT":
            into = calendar
        else:
            assert name not in into
            assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), value
            into[name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
    return calendar, events


def by_uid(told: Told) -> dict[str, dict[str, str]]:
    return {event["UID"].rsplit("-", 1)[0]: event for event in parsed(calendar_ics(told))[1]}


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")


def test_every_date_of_playbook_json_is_there():
    told = example_told()
    found = by_uid(told)
    document = told.document
    for wave in document.plan.waves:
        event = found[f"wave-{wave.id}"]
        assert date(event["DTSTART;VALUE=DATE"]) == wave.starts
        assert date(event["DTEND;VALUE=DATE"]) == wave.ends + dt.timedelta(days=1)
        assert event["SUMMARY"] == wave.name
        assert all(told.name("services", service) in event["DESCRIPTION"] for service in told.launched_in(wave.id))
    for entry in document.hand_offs:
        assert date(found[f"hand-off-{entry.id}"]["DTSTART;VALUE=DATE"]) == entry.due
    for accepted in document.accepted_gaps:
        assert date(found[f"accepted-{accepted.aspect}"]["DTSTART;VALUE=DATE"]) == accepted.until
    for made in document.decisions:
        if made.until:
            assert date(found[f"decision-{made.service}"]["DTSTART;VALUE=DATE"]) == made.until
    assert date(found["reassessment"]["DTSTART;VALUE=DATE"]) == document.assessment.date + dt.timedelta(days=365)
    assert len(found) == len(events_of(told))


def test_ids_are_unique_and_stay():
    told = example_told()
    before = [event["UID"] for event in parsed(calendar_ics(told))[1]]
    assert len(set(before)) == len(before)
    settings = told.settings.model_copy(update={"version": "2027.1", "as_of": dt.date(2027, 1, 1)})
    later = Told(replace(told.playbook, workspace=replace(told.workspace, settings=settings)))
    assert [event["UID"] for event in parsed(calendar_ics(later))[1]] == before


@pytest.mark.parametrize("told", [example_told(), small_told(), hostile_told()], ids=["example", "small", "hostile"])
def test_it_can_be_read_whatever_the_texts_say(told):
    calendar, events = parsed(calendar_ics(told))
    assert calendar["VERSION"] == "2.0"
    assert events
    assert all({"UID", "DTSTAMP", "SUMMARY"} <= event.keys() for event in events)


def test_texts_come_back_as_they_were():
    told = hostile_told()
    said = " ".join(event["DESCRIPTION"] for event in parsed(calendar_ics(told))[1])
    for text in HOSTILE[:6]:
        assert text in said


def test_lines_are_folded_between_characters():
    line = "SUMMARY:" + "ü漢🏗" * 40
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded(line).split("\r\n"))
    assert folded("A" * 75) == "A" * 75
