"""PMO78x: scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.changes import tried
from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO781", "error")
def scenario_cannot_be(facts: Facts) -> Iterator[Finding]:
    """A change of a scenario cannot be read, names what does not exist, or is impossible.

    Changes are written as for `pmogen plan --what-if`. Each is tried with those before it made.

    Wrong:
        content/scenarios.yml:
          scenarios:
            - {id: more-people, name: One more, why: Somebody is free., changes: [pmo_fte=+1, offer=registerr]}

    Right:
        content/scenarios.yml:
          scenarios:
            - {id: more-people, name: One more, why: Somebody is free., changes: [pmo_fte=+1, offer=register]}
    """
    for number, scenario in enumerate(facts.workspace.scenarios.scenarios):
        for place, error in tried(facts.workspace, scenario.changes)[1]:
            yield Finding(error.message, facts.span("scenarios", "scenarios", number, "changes", place), error.hint)


@rule("PMO782", "error")
def scenario_named_twice(facts: Facts) -> Iterator[Finding]:
    """Two scenarios have the same id.

    Wrong:
        content/scenarios.yml:
          scenarios:
            - {id: more, name: One more, why: Somebody is free., changes: [pmo_fte=+1]}
            - {id: more, name: Two more, why: Two are free., changes: [pmo_fte=+2]}

    Right:
        content/scenarios.yml:
          scenarios:
            - {id: one-more, name: One more, why: Somebody is free., changes: [pmo_fte=+1]}
            - {id: two-more, name: Two more, why: Two are free., changes: [pmo_fte=+2]}
    """
    seen: set[str] = set()
    for number, scenario in enumerate(facts.workspace.scenarios.scenarios):
        if scenario.id in seen:
            place = facts.span("scenarios", "scenarios", number, "id")
            yield Finding(
                _("there is a scenario `{scenario}` already", scenario=scenario.id), place, _("give it another id")
            )
        seen.add(scenario.id)


@rule("PMO783", "note")
def scenario_without_plan(facts: Facts) -> Iterator[Finding]:
    """A scenario has no plan yet, so the page about scenarios cannot compare it.

    The plans of scenarios stand in content/scenarios-plan.yml. Whether one that is there is out of date takes an analysis
    of its own: `pmogen plan --check` does that.

    Wrong:
        content/scenarios.yml:
          scenarios:
            - {id: more, name: One more, why: Somebody is free., changes: [pmo_fte=+1]}

    Right:
        content/scenarios.yml:
          scenarios:
            - {id: more, name: One more, why: Somebody is free., changes: [pmo_fte=+1]}
        content/scenarios-plan.yml:
          scenarios:
            - id: more
              fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
              engine: list scheduling and local search
              value_waves: "3"
              launches: [{wave: one, services: [register]}]
    """
    planned = facts.workspace.planned_scenarios
    known = {entry.id for entry in planned.scenarios} if planned else set()
    for number, scenario in enumerate(facts.workspace.scenarios.scenarios):
        if scenario.id not in known:
            place = facts.span("scenarios", "scenarios", number, "id")
            message = _("the scenario `{scenario}` has no plan yet", scenario=scenario.id)
            yield Finding(message, place, _("run `pmogen plan --scenarios` and commit the file"))


RULES = (scenario_cannot_be, scenario_named_twice, scenario_without_plan)
