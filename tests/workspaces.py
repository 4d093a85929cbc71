"""A small complete workspace in memory, and ways to change it: what most tests start from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pmogen.model.load import Loaded, load
from pmogen.model.workspace import Workspace
from pmogen.source.files import Sources, read_sources
from pmogen.source.text import SourceText
from pmogen.source.yaml import parse_yaml

ROOT = Path(__file__).resolve().parent.parent

SMALL: dict[str, str] = {
    "standard/method.yml": """
method:
  levels:
    - {level: 1, name: absent, meaning: Nothing.}
    - {level: 2, name: in places, meaning: Here and there.}
    - {level: 3, name: defined, meaning: Agreed.}
    - {level: 4, name: measured, meaning: Measured.}
    - {level: 5, name: improving, meaning: Better and better.}
""",
    "standard/lists.yml": """
dimensions: [{id: direction, name: Direction, question: Where to?}]
audiences:
  - {id: sponsors, name: Sponsors, description: Those who pay.}
  - {id: project-managers, name: Project managers, description: Those who do.}
roles: [{id: pmo-head, name: Head of the PMO, side: pmo, purpose: Leads., tasks: [Lead, Plan]}]
questions: [{id: sponsor, topic: Sponsor, question: Who is the sponsor?, help: A role., blocks: true}]
""",
    "standard/aspects.yml": """
aspects:
  - id: visibility
    dimension: direction
    name: Visibility
    core: true
    question: Does everybody know how projects stand?
    why: Surprises are dear.
    levels: [Nobody knows, Some know, Most know, All trust it, It is felt at once]
    evidence: [Three reports]
    ask: [sponsors]
    pmo_can_close: fully
""",
    "content/playbook.yml": """
title: Small playbook
organisation: Small
about: It is small.
version: "1"
as_of: 2027-01-31
owner: Head of the PMO
""",
    "content/foundation.yml": """
summary: We want to see where projects stand.
answers: [{question: sponsor, state: known, answer: The head of operations.}]
customers:
  - id: boards
    name: Boards
    expects: [{id: no-surprises, benefit: No surprises., weight: 5, aspects: [visibility]}]
""",
    "content/assessments/2027-01-31.yml": """
date: 2027-01-31
title: First look
method: A workshop.
aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 3}]
""",
    "content/decisions.yml": "{}\n",
    "content/roadmap.yml": """
waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}]
""",
}


def service(identifier: str, **changes: Any) -> dict[str, Any]:
    """A complete catalogue entry of a service."""
    return {
        "id": identifier,
        "name": identifier.capitalize(),
        "kind": "product",
        "tier": "basic",
        "purpose": "It helps.",
        "description": "It is there.",
        "pain": "We know nothing.",
        "noticed_by": "We know.",
        "lifts": [{"aspect": "visibility", "strength": "primary"}],
        "establish_days": {"low": 4, "high": 6},
        "run_fte": 0.1,
        "estimate_source": "Test",
        "audiences": [{"audience": "sponsors", "load": "low", "what": "Read it"}],
        "deliverables": ["It"],
        "customer_gives": "Time.",
        "request": "Ask.",
        "service_level": "Soon.",
        "roles": {"accountable": "pmo-head", "responsible": ["pmo-head"]},
        "steps": [{"step": "Ask", "share": 40}, {"step": "Build", "share": 40}, {"step": "Launch", "share": 20}],
        "kpi": {"name": "Use", "measure": "Count.", "unit": "number", "frequency": "monthly"},
    } | changes


SMALL["standard/services.yml"] = yaml.safe_dump(
    {"services": [service("register"), service("reporting", requires=["register"])]}
)


Changes = dict[str, str | dict[str, Any] | None]


def parsed(text: str) -> Any:
    """The value of a YAML text, read as pmogen reads it; it must be free of mistakes."""
    document, found = parse_yaml(SourceText("test.yml", text))
    assert not found, found
    return document.value


def changed(changes: Changes) -> Sources:
    """The small workspace with files replaced (text), top-level keys replaced (mapping) or files taken away (None)."""
    files = dict(SMALL)
    for name, change in changes.items():
        if change is None:
            files.pop(name)
        elif isinstance(change, str):
            files[name] = change
        else:
            files[name] = yaml.safe_dump((parsed(files[name]) if name in files else {}) | change, sort_keys=False)
    return Sources({name: text.encode() for name, text in files.items()})


def loaded(changes: Changes) -> Loaded:
    """What loading the changed workspace gives."""
    return load(changed(changes))


def workspace(changes: Changes | None = None) -> Workspace:
    """The changed workspace; it must load."""
    result = loaded(changes or {})
    assert result.workspace is not None, result.diagnostics
    return result.workspace


def example() -> Workspace:
    """The example workspace of the repository."""
    result = load(read_sources(ROOT))
    assert result.workspace is not None, result.diagnostics
    return result.workspace
