"""Issue forms of GitHub: what people fill in to challenge a score, propose a service, report a hand-off, or say something.

Their words belong to the organisation once they are written. Only the lists between `# list: aspects ...` and `# end of list`
are kept equal to the playbook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pmogen.language import _
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace

FOLDER = ".github/ISSUE_TEMPLATE"
STATES = ("proposed", "agreed", "under way", "done", "refused")

_LIST = re.compile(r"^( *)# list: ([a-z-]+)(.*)\n(?:.*\n)*?\1# end of list$", re.MULTILINE)
_PLACE = re.compile(r"^( *)- '?<([a-z-]+)>'?$", re.MULTILINE)
_MENTION = re.compile(r"@(?=\w)")


def read_forms(root: Path) -> dict[str, str]:
    """The issue forms of a workspace, by path below it."""
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted((root / FOLDER).glob("*.yml"))
        if path.is_file() and not path.is_symlink()
    }


def new_forms(workspace: Workspace) -> dict[str, str]:
    """The forms that a workspace begins with, in the language that is spoken."""
    forms = {"challenge-a-score": _score(), "propose-a-service": _service(), "report-a-hand-off": _hand_off()}
    written = {f"{FOLDER}/{name}.yml": _written(form) for name, form in (*forms.items(), ("discuss", _discuss()))}
    return current_forms(written, workspace)


def current_forms(forms: Mapping[str, str], workspace: Workspace) -> dict[str, str]:
    """The same forms, their lists as the playbook has them now. A list that is not known stays as it is."""
    lists = lists_of(workspace)

    def filled(found: re.Match[str]) -> str:
        indent, name, said = found.groups()
        if name not in lists:
            return found[0]
        options = [f"{indent}- {_quoted(option)}" for option in lists[name]]
        return "\n".join((f"{indent}# list: {name}{said}", *options, f"{indent}# end of list"))

    return {path: _LIST.sub(filled, text) for path, text in forms.items()}


def without_lists(form: str) -> str:
    """A form without what the playbook fills in."""
    return _LIST.sub(r"\1# list: \2", form)


def lists_of(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """What can be chosen from, by name of the list: `pm-skills: Project management skills`."""
    catalogue, decisions = workspace.catalogue, workspace.decisions
    assessed = [entry.aspect for entry in workspace.current.assessment.aspects]
    names = {aspect.id: aspect.name for aspect in catalogue.aspects}
    return {
        "aspects": tuple(f"{aspect}: {names[aspect]}" for aspect in dict.fromkeys(assessed) if aspect in names),
        "audiences": tuple(f"{audience.id}: {audience.name}" for audience in catalogue.audiences),
        "hand-offs": tuple(f"{entry.id}: {entry.title}" for entry in decisions.hand_offs),
        "levels": tuple(f"{level.level}: {level.name}" for level in catalogue.method.levels),
        "services": tuple(f"{service.id}: {service.name}" for service in catalogue.services),
        "units": tuple(f"{unit.id}: {unit.name}" for unit in decisions.entities),
    }


def _quoted(option: str) -> str:
    """As a text of YAML on one line. A name that could be a mention calls nobody when an issue is made of it."""
    plain = _MENTION.sub("@\u200b", option)
    dumped: str = yaml.safe_dump(plain, allow_unicode=True, default_style='"', width=100_000)
    return dumped.strip()


def _written(form: Mapping[str, Any]) -> str:
    dumped: str = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=100_000)
    kept = _("kept current by {command}", command="`pmogen forms`")
    return _PLACE.sub(rf"\1# list: \2, {kept}" + r"\n\1# end of list", dumped)


def _form(name: str, description: str, label: str, *body: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "description": description, "labels": [label], "body": list(body)}


def _line(identifier: str, label: str, about: str = "", *, needed: bool = False) -> dict[str, Any]:
    return _field("input", identifier, {"label": label} | ({"description": about} if about else {}), needed=needed)


def _text(identifier: str, label: str, about: str = "", *, needed: bool = False) -> dict[str, Any]:
    return _field("textarea", identifier, {"label": label} | ({"description": about} if about else {}), needed=needed)


def _choice(identifier: str, label: str, *options: str, many: bool = False, needed: bool = False) -> dict[str, Any]:
    several = {"multiple": True} if many else {}
    return _field("dropdown", identifier, {"label": label, **several, "options": list(options)}, needed=needed)


def _field(kind: str, identifier: str, attributes: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    return {"type": kind, "id": identifier, "attributes": attributes, "validations": {"required": needed}}


def _page() -> dict[str, Any]:
    return _line("page", _("Page of the playbook"), _("Filled in by the link at the foot of each page."))


def _no_names() -> dict[str, Any]:
    said = _("Others can read this: please name roles, not people, and nothing that a single person answered.")
    return {"type": "markdown", "attributes": {"value": said}}


def _score() -> dict[str, Any]:
    return _form(
        _("Challenge a score"),
        _("A level, a target or a priority that looks wrong from where I stand"),
        "assessment",
        _no_names(),
        _page(),
        _choice("aspect", _("Aspect"), "<aspects>", needed=True),
        _choice("score", _("What looks wrong"), _("The level today"), _("The target"), _("The priority"), needed=True),
        _choice("level", _("Level that fits better"), "<levels>"),
        _text("evidence", _("What makes me say so"), _("What can be seen, counted or read."), needed=True),
        _line("role", _("My role")),
    )


def _service() -> dict[str, Any]:
    return _form(
        _("Propose a service"),
        _("A product or service that the PMO should offer"),
        "service",
        _no_names(),
        _line("name", _("What it would be called"), needed=True),
        _choice("aspects", _("Gaps that it would close"), "<aspects>", many=True, needed=True),
        _text("pain", _("What is hard today"), needed=True),
        _text("deliverables", _("What would be there afterwards"), needed=True),
        _choice("service", _("Something like it in the catalogue"), "<services>"),
        _choice("audiences", _("Who would have to change something"), "<audiences>", many=True),
        _page(),
    )


def _hand_off() -> dict[str, Any]:
    return _form(
        _("Report a hand-off"),
        _("Something that the PMO cannot close and another unit can, or how far such a thing is"),
        "hand-off",
        _no_names(),
        _choice("hand-off", _("Hand-off"), _("A new one"), "<hand-offs>", needed=True),
        _choice("unit", _("Unit that is asked"), _("A unit that is not in the list"), "<units>", needed=True),
        _choice("aspect", _("Gap that it helps to close"), "<aspects>"),
        _choice("status", _("How far it is"), *(word("status", state) for state in STATES)),
        _text("asked", _("What is asked, or what has happened"), needed=True),
        _line("contact", _("Role that answers for it")),
        _line("due", _("By when it is needed")),
        _page(),
    )


def _discuss() -> dict[str, Any]:
    return _form(
        _("Say something about a page"),
        _("A question, a mistake, or another view"),
        "discussion",
        _page(),
        _line("id", _("What it is about"), _("Its short name, as in gap:pm-skills, where there is one.")),
        _text("said", _("What I want to say"), needed=True),
        _no_names(),
    )
