"""By which names people ask, and what they are told when there is no such thing."""

from __future__ import annotations

from functools import cache

import pytest

from pmogen.errors import PmogenError
from pmogen.explain import KINDS, Explanations
from pmogen.explain.tree import About
from pmogen.playbook import compute
from tests.render.test_render import example
from tests.workspaces import service, workspace


@cache
def explanations() -> Explanations:
    return Explanations(example())


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_of_every_kind_has_an_explanation(kind):
    assert explanations().ids[kind]
    for identifier in explanations().ids[kind]:
        assert explanations().ask(f"{kind}:{identifier}")[0] == f"{kind}:{identifier}"


@pytest.mark.parametrize(
    ("bare", "name"),
    [
        ("pm-skills", "gap:pm-skills"),
        ("quality-assurance", "aspect:quality-assurance"),
        ("pm-training", "service:pm-training"),
        ("2026-q4", "wave:2026-q4"),
        ("finance", "audience:finance"),
        ("costs", "roadmap:costs"),
        ("handoff:job-family-for-project-managers", "hand-off:job-family-for-project-managers"),
    ],
)
def test_the_kind_may_be_left_out(bare, name):
    """Of the explanations of an aspect the widest is meant: that of its gap, which holds the others."""
    assert explanations().ask(bare)[0] == name


def test_an_id_of_two_things_is_not_guessed():
    clash = {"standard/services.yml": {"services": [service("visibility")]}}
    with pytest.raises(PmogenError) as raised:
        Explanations(compute(workspace(clash))).ask("visibility")
    assert raised.value.message == "visibility could mean gap:visibility or service:visibility"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("gap:pm-skils", "gap:pm-skills"),
        ("pm-skils", "gap:pm-skills"),
        ("servce:pm-training", "service:pm-training"),
        ("wave:2026q4", "wave:2026-q4"),
        ("wave:never", "there are wave:2026-q3"),
        ("xyz", "PMO401"),
        ("", "PMO401"),
        (":", "PMO401"),
        ("gap:", "PMO401"),
    ],
)
def test_what_does_not_exist_gets_the_likeliest_names(asked, hint):
    with pytest.raises(PmogenError) as raised:
        explanations().ask(asked)
    assert hint in raised.value.hint


def test_a_wave_says_decision_and_reasons_of_its_launches():
    _, wave = explanations().ask("wave:2026-q4")
    (launches,) = [part for part in wave.inputs if part.name == "Launches"]
    overview = next(part for part in launches.inputs if part.name == "Resource overview for scarce roles")
    assert overview.shown == "offered"
    assert overview.how == "pinned"
    assert any("Pinned here by Chief operating officer" in reason for reason in overview.why)


def test_a_service_says_what_was_decided_where_it_is_placed_and_why():
    parts = {part.name: part for part in explanations().of("service", "resource-overview").inputs}
    assert parts["Decision"].shown == "offered"
    assert parts["Decision"].why
    assert parts["Launch"].about == About("wave", "2026-q4")
    assert parts["Launch"].why


def test_a_service_without_a_wave_says_why():
    absent = example().plan.absences
    assert absent
    for absence in absent:
        parts = {part.name: part for part in explanations().of("service", absence.service).inputs}
        assert parts["Launch"].shown == "in no wave"
        assert parts["Launch"].why[: len(absence.why)] == absence.why
