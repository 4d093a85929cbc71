"""Knowledge: practices, problems, roles, document templates and the glossary of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pmogen.analysis.problems import ProblemHere, problems_here
from pmogen.language import _
from pmogen.model.catalogue import DocumentTemplate, Practice, Problem, Role, Service
from pmogen.render.book import Book
from pmogen.render.markdown import Md, document
from pmogen.render.page import Nav, Page
from pmogen.render.pages.raci import raci_page

MOST_NAMED = 60
"""So many products and services are named in one sentence; where there are more, a table of all of them tells it better."""

_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_HEADING = re.compile(r"^(#{1,5})(?=\s)")


@dataclass(frozen=True)
class ProblemView:
    """A problem of the catalogue with the signs for it that hold here."""

    problem: Problem
    here: ProblemHere


@dataclass(frozen=True)
class PracticeView:
    """A practice with the gaps of this organisation that it belongs to."""

    practice: Practice
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class RoleView:
    """A role with the services in which it has a part: accountable, responsible, consulted, informed."""

    role: Role
    parts: tuple[tuple[str, tuple[Service, ...]], ...]


def parts() -> dict[str, str]:
    """Parts that a role can have in a service, the heaviest first, in words."""
    return {
        "accountable": _("Answers for (accountable)"),
        "responsible": _("Does the work (responsible)"),
        "consulted": _("Is asked before (consulted)"),
        "informed": _("Is told (informed)"),
    }


def sides() -> dict[str, str]:
    """Where roles stand, in words."""
    return {
        "pmo": _("In the PMO"),
        "around": _("Around the PMO"),
        "playbook": _("In making this playbook"),
    }


def problem_views(book: Book) -> tuple[ProblemView, ...]:
    """All problems, those that this organisation's data makes likely first."""
    playbook = book.playbook
    problems = {problem.id: problem for problem in book.catalogue.problems}
    return tuple(
        ProblemView(problems[here.problem], here)
        for here in problems_here(book.workspace, playbook.levels, playbook.gaps)
    )


def practice_views(book: Book) -> tuple[PracticeView, ...]:
    """All practices, those for the best-ranked gaps first, then in the order of the catalogue."""
    rank = {gap.aspect: gap.rank for gap in book.gaps}
    last = len(rank) + 1
    views = [
        PracticeView(practice, tuple(sorted((a for a in practice.aspects if a in rank), key=lambda a: rank[a])))
        for practice in book.catalogue.practices
    ]
    return tuple(sorted(views, key=lambda view: rank[view.gaps[0]] if view.gaps else last))


def role_view(book: Book, role: Role) -> RoleView:
    """The role with its part in every service of the catalogue."""
    held = ((part, book.services_with(part, role.id)) for part in parts())
    return RoleView(role, tuple((part, having) for part, having in held if having))


def below_title(text: str) -> Md:
    """The text of a document without its title, which the page says; other h1 headings move all one level down."""
    first, _end, rest = text.lstrip().partition("\n")
    lines = tuple(_marked((rest if first.startswith("# ") else text).split("\n")))
    deeper = any(is_text and line.startswith("# ") for is_text, line in lines)
    return document("\n".join(_HEADING.sub(r"#\1", line) if deeper and is_text else line for is_text, line in lines))


def _marked(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it is text: not part of a code block."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        yield not (fence or mark), line


def download_name(template: str) -> str:
    """Where the file itself stands below assets/: not .md, as that would be taken for a page."""
    return f"templates/{template}.txt"


def document_files(book: Book) -> Iterator[tuple[str, str]]:
    """The documents as files to take away: path below the playbook's root, and text."""
    for template in book.catalogue.templates:
        if template.id in book.workspace.documents:
            yield f"assets/{download_name(template.id)}", book.workspace.documents[template.id].strip("\n") + "\n"


def used_by(book: Book, template: str) -> tuple[Service, ...]:
    """Services that hand the document out."""
    return tuple(service for service in book.catalogue.services if template in service.templates)


def template_page(book: Book, template: DocumentTemplate) -> Page:
    """The page of a document: its text for reading, and the file."""
    return Page(
        path=f"knowledge/templates/{template.id}.md",
        title=template.name,
        template="pages/knowledge/template.md.j2",
        values=partial(_of_template, book, template),
        sources=(book.span("templates", template.id),),
        description=template.purpose,
    )


def _of_template(book: Book, template: DocumentTemplate) -> dict[str, Any]:
    text = book.workspace.documents.get(template.id)
    return {
        "template": template,
        "text": None if text is None else below_title(text),
        "file": download_name(template.id),
        "services": used_by(book, template.id),
    }


def pages(book: Book) -> Iterator[Page]:
    """The section's overview, one page a kind, and one page a document."""
    kinds = (
        ("index", _("Knowledge"), "roles", _("What works, what goes wrong, who does what.")),
        (
            "problems",
            _("Common problems"),
            "problems",
            _("What often goes wrong with a PMO, and whether it is likely here."),
        ),
        ("practices", _("Practices that work"), "practices", _("What works.")),
        ("roles", _("Roles"), "roles", _("Who does what.")),
        ("glossary", _("Glossary"), "glossary", _("The words of this playbook.")),
    )
    for name, title, kind, description in kinds:
        values, sources = partial(_values, book, name), book.files_of(kind)
        yield Page(f"knowledge/{name}.md", title, f"pages/knowledge/{name}.md.j2", values, sources, description)
    yield raci_page(book)
    yield Page(
        path="knowledge/templates/index.md",
        title=_("Document templates"),
        template="pages/knowledge/templates.md.j2",
        values=lambda: {"services": lambda template: used_by(book, template)},
        sources=book.files_of("templates"),
        description=_("Documents that the services hand out, to read and to take away."),
    )
    for template in book.catalogue.templates:
        yield template_page(book, template)


def _values(book: Book, name: str) -> dict[str, Any]:
    """What the template of a kind gets beside the book."""
    match name:
        case "practices":
            return {"views": practice_views(book)}
        case "roles":
            roles = book.catalogue.roles
            by_side = (
                (heading, tuple(role_view(book, role) for role in roles if role.side == side))
                for side, heading in sides().items()
            )
            return {"sides": tuple(by_side), "words": parts(), "most": MOST_NAMED}
        case "glossary":
            return {"terms": tuple(sorted(book.catalogue.glossary, key=lambda term: term.term.casefold()))}
    problems = problem_views(book)
    return {
        "likely": tuple(view for view in problems if view.here.likely),
        "others": tuple(view for view in problems if not view.here.likely),
    }


def nav(book: Book) -> Iterator[Nav]:
    """Knowledge: problems, practices, roles, document templates, glossary."""
    templates = tuple(
        Nav(template.name, f"knowledge/templates/{template.id}.md") for template in book.catalogue.templates
    )
    children = (
        Nav(_("Common problems"), "knowledge/problems.md"),
        Nav(_("Practices that work"), "knowledge/practices.md"),
        Nav(_("Roles"), "knowledge/roles.md"),
        Nav(_("Who answers for what"), "knowledge/raci.md"),
        Nav(_("Document templates"), "knowledge/templates/index.md", templates),
        Nav(_("Glossary"), "knowledge/glossary.md"),
    )
    yield Nav(_("Knowledge"), "knowledge/index.md", children)
