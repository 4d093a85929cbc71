"""Scenarios: planned on request, kept with a fingerprint, compared without solving."""

from __future__ import annotations

from dataclasses import replace

import yaml

from pmogen.model.scenarios import PlannedScenarios, Scenario, Scenarios
from pmogen.planning.scenarios import compare_scenarios, plan_scenario, planned_scenarios
from tests.planning.builders import organisation, plan, service

MORE = Scenario(id="more", name="More people", why="Somebody is free.", changes=("pmo_fte=+1",))
LESS = Scenario(id="less", name="Fewer", why="Somebody leaves.", changes=("pmo_fte=-0.9",))
MADE = replace(
    organisation(service("big", days=90), service("small", days=30)), scenarios=Scenarios(scenarios=(MORE, LESS))
)


def solved(workspace=MADE):
    before = plan(workspace)
    plans = tuple(plan_scenario(workspace, each, before)[0] for each in workspace.scenarios.scenarios)
    return replace(workspace, planned_scenarios=PlannedScenarios(scenarios=plans))


def states(workspace):
    return {found.scenario.id: found.comparison is not None for found in compare_scenarios(workspace, plan(workspace))}


def test_what_is_kept_says_the_same_as_what_was_solved():
    workspace, before = solved(), plan(MADE)
    for found in compare_scenarios(workspace, before):
        assert found.comparison == plan_scenario(MADE, found.scenario, before)[1]
    more, less = (found.comparison for found in compare_scenarios(workspace, before))
    assert [move.service for move in more.comes_in] == ["big"]
    assert [move.service for move in less.falls_out] == ["small"]


def test_the_file_is_small_sorted_and_read_back():
    plans = solved().planned_scenarios
    text = planned_scenarios(plans)
    assert text.splitlines()[1:] == [
        "scenarios:",
        "  - id: more",
        f"    fingerprint: {plans.scenarios[0].fingerprint}",
        "    engine: list scheduling and local search",
        f'    value_waves: "{plans.scenarios[0].value_waves}"',
        "    launches:",
        "      - {wave: w1, services: [big, small]}",
        "  - id: less",
        f"    fingerprint: {plans.scenarios[1].fingerprint}",
        "    engine: list scheduling and local search",
        '    value_waves: "0"',
        "    launches: []",
    ]
    assert PlannedScenarios.model_validate(yaml.safe_load(text)) == plans
    assert PlannedScenarios.model_validate(yaml.safe_load(planned_scenarios(PlannedScenarios()))) == PlannedScenarios()


def test_nothing_is_known_before_planning():
    assert states(MADE) == {"more": False, "less": False}


def test_a_changed_input_makes_all_stale_and_a_changed_scenario_only_itself():
    workspace = solved()
    assert states(workspace) == {"more": True, "less": True}
    dearer = as_if_dearer(workspace)
    assert states(dearer) == {"more": False, "less": False}
    other = MORE.model_copy(update={"changes": ("pmo_fte=+2",)})
    assert states(replace(workspace, scenarios=Scenarios(scenarios=(other, LESS)))) == {"more": False, "less": True}
    renamed = MORE.model_copy(update={"name": "Other", "why": "Other."})
    assert states(replace(workspace, scenarios=Scenarios(scenarios=(renamed, LESS)))) == {"more": True, "less": True}


def as_if_dearer(workspace):
    services = (service("big", days=91), service("small", days=30))
    return replace(workspace, catalogue=workspace.catalogue.model_copy(update={"services": services}))


def test_what_can_no_longer_be_or_was_edited_by_hand_is_stale():
    workspace = solved()
    gone = MORE.model_copy(update={"changes": ("pmo_fte@w9=+1",)})
    assert states(replace(workspace, scenarios=Scenarios(scenarios=(gone,)))) == {"more": False}
    first = workspace.planned_scenarios.scenarios[1]
    for launches in (
        [{"wave": "w1", "services": ["big"]}],
        [{"wave": "w9", "services": []}, {"wave": "w9", "services": ["big"]}],
        [{"wave": "w1", "services": ["ghost"]}],
    ):
        edited = type(first).model_validate({**first.model_dump(), "launches": launches})
        assert states(replace(workspace, planned_scenarios=PlannedScenarios(scenarios=(edited,))))["less"] is False
