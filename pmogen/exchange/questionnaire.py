"""The questions of the foundation that are not settled: who is asked gets them as a form, and the answers come back as changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmogen.edit import Append, Change, Delete, Put
from pmogen.errors import PmogenError
from pmogen.exchange.survey.handed import Handed, decoded, mail_text
from pmogen.exchange.survey.marks import clean
from pmogen.language import _
from pmogen.model.catalogue import Question
from pmogen.model.foundation import Answer, Foundation
from pmogen.model.workspace import Workspace

FORMAT = "pmogen-foundation-1"
"""What the file of the form says it is, and the first line of the text for a mail."""
FILE = "content/foundation.yml"

_STATES = ("confirmed", "known", "assumed", "open")
_LINE = re.compile(r"[\s>|*]*\[\s*(?P<name>[A-Za-z0-9-]+)\s*(?::\s*(?P<part>answer|source)\s*)?\]\s*(?P<said>.*)")
_STATE = re.compile(rf"\bstate\W{{0,3}}({'|'.join(_STATES)})\b")
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Unsettled:
    """A question with what is known of its answer."""

    question: Question
    answer: Answer | None

    @property
    def state(self) -> str:
        """Open, where nobody has said anything."""
        return self.answer.state if self.answer else "open"


@dataclass(frozen=True)
class Topic:
    """Questions under one heading."""

    name: str
    questions: tuple[Unsettled, ...]


@dataclass(frozen=True)
class Questionnaire:
    """What the form asks."""

    title: str
    organisation: str
    owner: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Said:
    """What came back for one question; empty where nothing was said."""

    state: str = ""
    answer: str = ""
    source: str = ""


def questionnaire_of(workspace: Workspace) -> Questionnaire:
    """The questions that are open or assumed, by topic; there may be none."""
    answers = {answer.question: answer for answer in workspace.foundation.answers}
    topics: dict[str, tuple[Unsettled, ...]] = {}
    for question in workspace.catalogue.questions:
        entry = Unsettled(question, answers.get(question.id))
        if entry.state != "known":
            topics[question.topic] = (*topics.get(question.topic, ()), entry)
    settings = workspace.settings
    return Questionnaire(
        settings.title, settings.organisation, settings.owner, tuple(Topic(*topic) for topic in topics.items())
    )


def questionnaire_title(asked: Questionnaire) -> str:
    """What the form is called."""
    return _("Open questions for {playbook}", playbook=asked.title)


# what comes back


def read_questionnaire(file: Handed, workspace: Workspace) -> tuple[dict[str, Said], tuple[str, ...]]:
    """What is said to each question, and the ids that are no questions. Raises `PmogenError` when the file is no answer."""
    text = decoded(file.raw)
    if FORMAT not in text:
        text = mail_text(file)
    if FORMAT not in text or re.match(r"\s*<!doctype html", text, re.IGNORECASE):
        raise PmogenError(
            _("{file} holds no answers of the questionnaire", file=file.name),
            _("open the form, press the button that saves the answers, and import the file that it gives"),
        )
    found = _of_file(file.name, text) if text.lstrip("\ufeff \r\n\t").startswith("{") else _of_text(text)
    known = workspace.ids["questions"]
    said = {question: told for question, told in found.items() if question in known and told != Said()}
    return said, tuple(question[:60] for question in found if question not in known)


def _of_file(name: str, text: str) -> dict[str, Said]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("answers"), dict):
        raise PmogenError(_("{file} is damaged: no answers can be read", file=name), _("ask for the file once more"))
    return {question: _said(parts) for question, parts in told["answers"].items() if isinstance(parts, dict)}


def _of_text(text: str) -> dict[str, Said]:
    """The last reply in a text of mails."""
    parts: dict[str, dict[str, str]] = {}
    about: tuple[str, str] | None = None
    lines = text.replace("\r\n", "\n").replace("\N{NO-BREAK SPACE}", " ").rpartition(FORMAT)[2].split("\n")
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            if about:
                parts[about[0]][about[1]] += " " + line.strip(" >|")
            continue
        about = None
        if found["name"] == "END":
            break
        if found["name"] in ("COPY", "GROUP"):
            continue
        own = parts.setdefault(found["name"], {})
        if found["part"]:
            about = found["name"], found["part"]
            own[found["part"]] = found["said"]
        elif state := _STATE.search(found["said"]):
            own["state"] = state[1]
    return {question: _said(told) for question, told in parts.items()}


def _said(parts: Mapping[str, Any]) -> Said:
    def text(part: str) -> str:
        value = parts.get(part)
        return value if isinstance(value, str) else ""

    paragraphs = (clean(paragraph) for paragraph in _PARAGRAPHS.split(text("answer").replace("\r\n", "\n")))
    state = text("state")
    return Said(
        state=state if state in _STATES else "",
        answer="\n\n".join(filter(None, paragraphs)),
        source=clean(text("source"))[:400],
    )


# as changes of the foundation


def answers_as_changes(
    workspace: Workspace, written: Any, said: Mapping[str, Said], language: str | None = None
) -> tuple[Change, ...]:
    """The changes that write down what came back; `written` is the file as it stands, before it becomes a model.

    Where a text is given in several languages, only that of the answer changes: `language`, by default the main one.
    """
    numbers = {answer.question: number for number, answer in enumerate(workspace.foundation.answers)}
    language = language or workspace.settings.language
    changes: list[Change] = []
    for question in (one.id for one in workspace.catalogue.questions if one.id in said):
        told = said[question]
        number = numbers.get(question)
        if number is None:
            changes += _new(workspace, question, told, changes)
        else:
            own = written["answers"][number]
            changes += _changed(own if isinstance(own, dict) else {}, number, told, language)
    return tuple(changes)


def _new(workspace: Workspace, question: str, told: Said, before: list[Change]) -> Iterator[Change]:
    entry = {"question": question, "state": _state(told, told.answer), "answer": told.answer, "source": told.source}
    entry = {key: value for key, value in entry.items() if value}
    if workspace.foundation.answers or any(change.path == ("answers",) for change in before):
        yield Append(FILE, ("answers",), entry)
    else:
        yield Put(FILE, ("answers",), [entry], tuple(Foundation.model_fields))


def _state(told: Said, answer: Any) -> str:
    """The state that the answer gets: without any text it is open, and an answer without a state is an assumption."""
    if not answer:
        return "open"
    return {"confirmed": "known", "": "assumed"}.get(told.state, told.state)


def _changed(own: Mapping[str, Any], number: int, told: Said, language: str) -> Iterator[Change]:
    path, order = ("answers", number), tuple(Answer.model_fields)
    anew = bool(told.answer) and told.state != "confirmed"
    state = _state(told, told.answer or own.get("answer"))
    yield Put(FILE, (*path, "state"), state, order)
    if anew:
        several = isinstance(own.get("answer"), dict)
        yield Put(FILE, (*path, "answer", language) if several else (*path, "answer"), told.answer, order)
    if told.source:
        several = isinstance(own.get("source"), dict)
        yield Put(FILE, (*path, "source", language) if several else (*path, "source"), told.source, order)
    elif anew and "source" in own:
        yield Delete(FILE, (*path, "source"))
    if state == "known" and "due" in own:
        yield Delete(FILE, (*path, "due"))
