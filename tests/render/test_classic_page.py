"""The candidate table of a classic planning page comes out of the standard catalogue."""

from __future__ import annotations

import re

from pmogen.model.load import load
from pmogen.model.workspace import Workspace
from pmogen.playbook import compute
from pmogen.render import render
from pmogen.site.templates import read_templates
from pmogen.source.files import Sources
from tests.workspaces import ROOT, changed

LEVELS = {"governance": (1, 3.5), "methodology": (1.5, 3), "pm-skills": (2, 3), "communication": (2.5, 3)}
"""Sizes H, M, M and L. All other aspects are left out."""

CLASSIC = """
| Product / Service | Gap size (L, M, H) | Addresses aspect |
| --- | --- | --- |
| Governance framework (roles, decision rights, escalation) | H | Project governance |
| Methodology management (common life cycle) | M | Project management methodology |
| Project manager training | M | Project manager skills and career |
| Project manager certification support | M | Project manager skills and career |
| Coaching and mentoring | M | Project manager skills and career |
| Project communication plan kit | L | Project communication and stakeholders |
"""
"""What a facilitator wrote on the page: for each product or service the aspect it is there for in the first place."""

SERVICES = (
    ("governance-framework", "governance"),
    ("methodology-core", "methodology"),
    ("pm-training", "pm-skills"),
    ("pm-certification", "pm-skills"),
    ("coaching-mentoring", "pm-skills"),
    ("communication-kit", "communication"),
)


def planning_page() -> Workspace:
    """A workspace on the standard catalogue with just these gaps."""
    stated = [
        {"aspect": aspect, "current": now, "current_source": "workshop", "target": target, "target_reason": "Wanted."}
        for aspect, (now, target) in LEVELS.items()
    ]
    expects = [{"id": "clear", "benefit": "It is clear who decides.", "weight": 5, "aspects": ["governance"]}]
    small = changed(
        {
            "content/assessments/2027-01-31.yml": {"aspects": stated},
            "content/foundation.yml": {"customers": [{"id": "boards", "name": "Boards", "expects": expects}]},
        }
    )
    content = {name: raw for name, raw in small.files.items() if name.startswith("content/")}
    standard = {
        f"standard/{path.relative_to(ROOT / 'catalog').as_posix()}": path.read_bytes()
        for path in sorted((ROOT / "catalog").rglob("*"))
        if path.is_file()
    }
    loaded = load(Sources({**standard, **content}))
    assert loaded.workspace is not None, loaded.diagnostics
    return loaded.workspace


def test_the_table_of_a_classic_planning_page() -> None:
    """Word for word: names, sizes and aspects are those of the workspace."""
    made = planning_page()
    playbook = compute(made)
    sizes = {gap.aspect: gap.size for gap in playbook.gaps}
    candidates = {candidate.service: dict(candidate.closes) for candidate in playbook.choice.candidates}
    rows = ["| Product / Service | Gap size (L, M, H) | Addresses aspect |", "| --- | --- | --- |"]
    for service, aspect in SERVICES:
        assert aspect in candidates[service]
        first = next(lift.aspect for lift in made.service(service).lifts if lift.strength == "primary")
        assert first == aspect
        rows.append(f"| {made.service(service).name} | {sizes[aspect]} | {made.name_of('aspects', aspect)} |")
    assert "\n".join(rows) == CLASSIC.strip()


def test_the_page_of_the_site_has_these_rows() -> None:
    """With all aspects a service closes something of, in the order of their rank."""
    playbook = compute(planning_page())
    text = str(render(playbook, read_templates(ROOT)).files["build/playbook/services/candidates.md"])
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)|\*\*([LMH])\*\*\{[^}]*\}", lambda found: found[1] or found[2], text)
    lines = plain.split("\n")
    for row in CLASSIC.strip().split("\n")[2:]:
        name, size, aspect = (cell.strip() for cell in row.strip("|").split("|"))
        (line,) = [line for line in lines if line.startswith(f"| {name} |")]
        _, sizes, aspects = (cell.strip() for cell in line.strip("|").split("|"))
        assert (aspect, size) in zip(aspects.split(", "), sizes.split(", "), strict=True)


def test_only_what_lifts_one_of_the_four_is_a_candidate() -> None:
    """The rest of the catalogue is not applicable here, and says why."""
    playbook = compute(planning_page())
    for candidate in playbook.choice.candidates:
        assert set(dict(candidate.closes)) <= LEVELS.keys()
    for entry in playbook.choice.not_applicable:
        assert "not assessed" in entry.reason or "already" in entry.reason
