"""What stands in a hand-written page besides its words: front matter, links by id, and computed values that it names.

Pages are not templates. A computed value is named as `{{ gap('pm-skills').size }}` and nothing more: a function of
`FUNCTIONS`, one id in quotes, one of its fields. There is nothing to run, so there is nothing to escape from, and the time
it takes grows with the length of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import N_, _
from pmogen.model.base import Line, Model
from pmogen.model.workspace import HandPage, Workspace
from pmogen.source.text import SourceText
from pmogen.source.yaml import parse_yaml

SECTIONS = (
    "foundation",
    "assessment",
    "gaps",
    "services",
    "hand-offs",
    "roadmap",
    "knowledge",
    "method",
)
"""Parts of the navigation that a page may stand under."""

LINK = re.compile(r"(?<!!)\[[^\[\]\n]*\]\((?P<target>[^()\s]+)(?:[^\S\n][^()\n]*)?\)")
"""A link in Markdown. Its parts cannot overlap, so that no text makes the search take long."""

KINDS = {
    "aspect": "aspects",
    "audience": "audiences",
    "gap": "aspects",
    "service": "services",
    "wave": "waves",
    "entity": "entities",
    "hand-off": "hand_offs",
    "role": "roles",
    "term": "glossary",
    "practice": "practices",
    "problem": "problems",
    "template": "templates",
    "customer": "customers",
}
"""What a link by id may lead to, with the kind of its ids."""

BY_ID = re.compile(rf"^(?P<kind>{'|'.join(KINDS)}):(?P<id>.*)$")

FUNCTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gap": ("gap", ("current", "target", "amount", "size", "priority", "rank", "name")),
    "aspect": ("aspect", ("current", "target", "name")),
    "service": ("service", ("name", "purpose", "decision", "wave", "days", "fte")),
    "wave": ("wave", ("name", "goal", "starts", "ends", "status", "fte", "services")),
    "audience": ("audience", ("name",)),
    "entity": ("entity", ("name",)),
    "hand_off": ("hand-off", ("title", "due", "status", "contact")),
}
"""Functions that name a thing: what they link to when no field is asked for, and the fields that may be asked for."""

FIGURES = (
    *("gaps", "gaps_closed", "aspects", "services_planned", "services_live", "waves", "hand_offs"),
    *("build_days", "run_fte", "assessed_on", "as_of", "version"),
)
"""What `figure('...')` knows."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_INLINE_CODE = re.compile(r"`[^`]*`")
_OPEN = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}|\{%|\{\{")
_CALL = re.compile(
    r"""\s*(?P<function>[a-z_]+)\(\s*(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)")\s*\)(?:\.(?P<field>[a-z_]+))?\s*"""
)


class FrontMatter(Model):
    """What a page may say about itself, between two lines of `---` at its beginning."""

    title: Line | None = Field(default=None, description="Name in the navigation; default the first heading.")
    under: str | None = Field(default=None, description="Section of the navigation; default More to read.")
    order: int = Field(default=0, ge=-1000, le=1000, description="Place among the hand-written pages of a section.")


@dataclass(frozen=True)
class ValueName:
    """A computed value that a page names: what stands where in its line. Without a function it cannot be understood."""

    span: Span
    start: int
    end: int
    written: str
    function: str = ""
    argument: str = ""
    field: str = ""


def body_of(page: HandPage) -> str:
    """The page without its front matter."""
    return _FRONT_MATTER.sub("", page.text.replace("\r\n", "\n"))


def front_matter(page: HandPage) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """What the page says about itself, and what is wrong with that; what is wrong is as if it were not there."""
    found = _FRONT_MATTER.match(page.text.replace("\r\n", "\n"))
    if found is None:
        return FrontMatter(), ()
    document, problems = parse_yaml(SourceText(page.file, "\n" + found["yaml"]))
    wrong = tuple(Diagnostic("PMO905", "error", told.message, told.span, told.hint) for told in problems)
    if wrong or document.value is None:
        return FrontMatter(), wrong
    try:
        read = FrontMatter.model_validate(document.value)
    except ValidationError as error:
        return FrontMatter(), tuple(_told(document, problem) for problem in error.errors())
    if read.under is not None and read.under not in SECTIONS:
        message = _("there is no section `{section}`", section=read.under)
        hint = _("sections are {names}", names=", ".join(SECTIONS))
        return FrontMatter(), (Diagnostic("PMO905", "error", message, document.span(("under",)), hint),)
    return read, ()


def _told(document: Any, problem: Any) -> Diagnostic:
    """What is wrong with a key, in our words."""
    path = tuple(problem["loc"])
    key = ".".join(str(part) for part in path) or _("front matter")
    unknown = problem["type"] == "extra_forbidden"
    message = (
        _("`{key}` is not known here", key=key)
        if unknown
        else _("`{key}` has the wrong shape: {problem}", key=key, problem=_in_words(problem))
    )
    hint = _("known are {names}", names=", ".join(_keys(FrontMatter)))
    return Diagnostic("PMO905", "error", message, document.span(path, key=unknown), hint)


_PROBLEMS = {
    "greater_than_equal": N_("input should be greater than or equal to {ge}"),
    "int_type": N_("input should be a valid integer"),
    "less_than_equal": N_("input should be less than or equal to {le}"),
    "model_type": N_("input should be a valid dictionary or instance of frontmatter"),
    "string_too_long": N_("string should have at most {max_length} characters"),
    "string_too_short": N_("string should have at least 1 character"),
    "string_type": N_("input should be a valid string"),
}


def _in_words(problem: Any) -> str:
    """What pydantic says, in small letters."""
    kind = problem["type"]
    return _(_PROBLEMS[kind], **problem.get("ctx", {})) if kind in _PROBLEMS else str(problem["msg"].lower())


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a page, each with whether it is inside a fenced code block."""
    fence = ""
    for line in text.split("\n"):
        marks = line.lstrip()[:3]
        if marks in ("```", "~~~") and fence in ("", marks):
            fence = "" if fence else marks
        yield line, bool(fence)


def links_in(page: HandPage) -> Iterator[tuple[Span, str]]:
    """Targets of the links of a page, with their places. Code blocks are not looked into."""
    for number, (line, is_code) in enumerate(lines_of(page.text), 1):
        if not is_code:
            for link in LINK.finditer(line):
                target = link.group("target")
                yield Span(page.file, number, link.start("target") + 1, len(target)), target


def names_in_line(line: str, file: str = "", number: int = 1) -> Iterator[ValueName]:
    """What a line names in double braces; code in backquotes is not looked into."""
    if "{{" not in line and "{%" not in line:
        return
    looked = _INLINE_CODE.sub(lambda code: " " * len(code[0]), line)
    for opened in _OPEN.finditer(looked):
        call = _CALL.fullmatch(opened["inside"]) if opened["inside"] is not None else None
        place = Span(file, number, opened.start() + 1, len(opened[0]))
        told = ValueName(place, opened.start(), opened.end(), opened[0])
        if call is None:
            yield told
        else:
            argument = call["double"] if call["single"] is None else call["single"]
            yield replace(told, function=call["function"], argument=argument, field=call["field"] or "")


def names_in(page: HandPage) -> Iterator[ValueName]:
    """The computed values that a page names, with their places."""
    for number, (line, is_code) in enumerate(lines_of(page.text.replace("\r\n", "\n")), 1):
        if not is_code:
            yield from names_in_line(line, page.file, number)


def ids_of(workspace: Workspace, kind: str) -> frozenset[str]:
    """Ids that exist, by what links and functions call their kind."""
    if KINDS[kind] == "hand_offs":
        return frozenset(entry.id for entry in workspace.decisions.hand_offs)
    return workspace.ids[KINDS[kind]]
