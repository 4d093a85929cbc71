"""Filled-in surveys as they come back: made from the exported forms, as people and programs fill them in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence

from pmogen.exchange.survey import Survey, survey_csv
from pmogen.exchange.survey.own import FORMAT
from pmogen.exchange.survey.replies import Answer

Answers = Mapping[str, Answer]


def some_answers(survey: Survey, group: str, seed: int = 0) -> dict[str, Answer]:
    """Answers of a group to everything that it is asked, no two people the same."""
    kinds = ("1", "2", "3", "4", "5", "dk", "na")
    made = {}
    for number, aspect in enumerate(survey.asked(group)):
        at = number * 3 + seed
        level = at % 3 != 2
        made[aspect.id] = Answer(
            current=kinds[at % len(kinds)],
            target=str(at % 5 + 1) if level else "",
            importance=str((at * 2) % 5 + 1) if level else "",
            comment=f"Zähe Wege, {seed}; “so” \N{EN DASH} weiter" if at % 4 == 0 else "",
        )
    return made


def own_file(group: str, answers: Answers, copy: str = "abc", revision: int = 1) -> bytes:
    """What the form saves."""
    parts = ("current", "target", "importance", "comment")
    told = {
        aspect: {part: getattr(answer, part) for part in parts if getattr(answer, part)}
        for aspect, answer in answers.items()
    }
    return json.dumps(
        {"format": FORMAT, "group": group, "copy": copy, "revision": revision, "answers": told}, indent=1
    ).encode()


def own_text(group: str, answers: Answers, copy: str = "abc", revision: int = 1) -> str:
    """What the form gives for a mail."""
    lines = [FORMAT, f"[GROUP] {group}", f"[COPY] {copy} {revision}"]
    for aspect, answer in answers.items():
        levels = ((part, getattr(answer, part)) for part in ("current", "target", "importance"))
        said = ", ".join(f"{part} {level}" for part, level in levels if level)
        lines += [f"[{aspect}] {said}"] if said else []
        lines += [f"[{aspect}:comment] {answer.comment}"] if answer.comment else []
    return "\n".join([*lines, "[END]", ""])


def filled_table(survey: Survey, group: str, answers: Answers) -> list[list[str]]:
    """Our own table, filled in."""
    text = survey_csv(survey).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if text.split("\r\n")[0].count(";") > 3 else ","))
    columns = {sign: number for number, cell in enumerate(rows[0]) for sign in re.findall(r"\[([A-Z]+)\]", cell)}
    for row in rows:
        if row[0] == "[GROUP]":
            row[columns["CURRENT"]] = group
        answer = answers.get(row[0].strip("[]"))
        if answer:
            row[columns["CURRENT"]] = {"dk": "0", "na": "9"}.get(answer.current, answer.current)
            row[columns["TARGET"]] = answer.target
            row[columns["IMPORTANCE"]] = answer.importance
            row[columns["COMMENT"]] = answer.comment
    return rows


def as_forms(survey: Survey, people: Sequence[tuple[str, Answers]], *, google: bool = False) -> list[list[str]]:
    """The table of Microsoft Forms or Google Forms, with what they add by themselves; one row a respondent.

    The columns of each group stand in their own section, so the same question comes several times.
    """
    before = (
        ["Zeitstempel", "E-Mail-Adresse"] if google else ["ID", "Hora de inicio", "Completion time", "Email", "Name"]
    )
    grid = "Where? [{}]" if google else "{}"
    head = [*before, "[GROUP] Which group?"]
    places: list[tuple[str, str, str]] = []
    for group in survey.groups:
        for aspect in survey.asked(group.id):
            head += [
                f"[{aspect.id}] {aspect.question}2"
                if group is not survey.groups[0]
                else f"[{aspect.id}] {aspect.question}"
            ]
            head += [f"[{aspect.id}:comment] Why?", grid.format(f"[{aspect.id}:target] {aspect.name}")]
            head += [
                f"Points - [{aspect.id}] {aspect.question}",
                grid.format(f"[{aspect.id}:importance] {aspect.name}"),
            ]
            places += [(group.id, aspect.id, part) for part in ("current", "comment", "target", "points", "importance")]
    levels = {aspect.id: aspect.levels for aspect in survey.aspects}
    rows = [head]
    for number, (group, answers) in enumerate(people, 1):
        when = f"2026/06/{number % 28 + 1:02} 3:0{number % 10}:00 PM GMT+3"
        own = (
            [when, f"person{number}@example.org"]
            if google
            else [str(number), when, when, f"person{number}@example.org", f"Person {number}"]
        )
        cells = [
            _cell(answers.get(aspect), part, levels[aspect]) if group == own_group else ""
            for own_group, aspect, part in places
        ]
        rows.append([*own, f"Anything [{group}]", *cells])
    return rows


def _cell(answer: Answer | None, part: str, levels: Sequence[str]) -> str:
    if answer is None:
        return ""
    if part == "points":
        return "5"
    said = str(getattr(answer, part))
    if part == "current" and said:
        return {"dk": "0 - Weiß nicht", "na": "9 \N{EN DASH} no procede"}.get(
            said
        ) or f"{said} - {levels[int(said) - 1]}"
    return f"{said} - egal" if said and part != "comment" else said


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """A table as a program saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """The same as a workbook, digits as numbers."""
    import xlsxwriter

    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Form1")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell.isdigit():
                    sheet.write_number(number, column, int(cell))
                elif cell != "":
                    sheet.write_string(number, column, str(cell))
    return raw.getvalue()
