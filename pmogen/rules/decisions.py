"""PMO6xx: decisions that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.diagnostics import Related
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO601", "error")
def decided_twice(facts: Facts) -> Iterator[Finding]:
    """Two decisions on the same service.

    Keep the one that holds; git remembers the other.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: decline, who: Board, when: 2027-02-10, why: No.}

    Right:
        content/decisions.yml:
          services:
            - {service: register, decision: decline, who: Board, when: 2027-02-10, why: No.}
    """
    first: dict[str, int] = {}
    for number, made in enumerate(facts.workspace.decisions.services):
        if made.service in first:
            related = Related("the other one", facts.span("decisions", "services", first[made.service]))
            place = facts.span("decisions", "services", number, "service")
            yield Finding(f"`{made.service}` is decided twice", place, "keep the decision that holds", (related,))
        first.setdefault(made.service, number)


@rule("PMO602", "error")
def declined_prerequisite(facts: Facts) -> Iterator[Finding]:
    """A service is offered, but one that it requires is declined or put off.

    Wrong:
        content/decisions.yml:
          services:
            - {service: reporting, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}

    Right:
        content/decisions.yml:
          services:
            - {service: reporting, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: offer, who: Board, when: 2027-01-10, why: Needed.}
    """
    made = {entry.service: (number, entry.decision) for number, entry in enumerate(facts.workspace.decisions.services)}
    for service, (number, decision) in made.items():
        if decision != "offer":
            continue
        entry = facts.workspace.service(service)
        for needed in (*entry.requires, *entry.requires_same_wave):
            other, state = made.get(needed, (0, "undecided"))
            if state in ("decline", "defer"):
                related = Related(
                    f"`{needed}` is {state}d here".replace("deferd", "deferred"),
                    facts.span("decisions", "services", other),
                )
                place = facts.span("decisions", "services", number, "service")
                message = f"`{service}` is offered, but it requires `{needed}`, which is not"
                yield Finding(message, place, f"offer `{needed}` too, or defer `{service}`", (related,))


@rule("PMO603", "warning")
def offered_without_gap(facts: Facts) -> Iterator[Finding]:
    """A service is offered that lifts no gap and that no offered service requires.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 3, current_source: workshop, target: 3}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
    """
    candidates = {candidate.service for candidate in facts.choice.candidates}
    offered = [entry.service for entry in facts.workspace.decisions.services if entry.decision == "offer"]
    needed = {
        other
        for service in offered
        for other in (*facts.workspace.service(service).requires, *facts.workspace.service(service).requires_same_wave)
    }
    for number, made in enumerate(facts.workspace.decisions.services):
        if made.decision == "offer" and made.service not in candidates | needed:
            place = facts.span("decisions", "services", number, "service")
            yield Finding(
                f"`{made.service}` is offered, but lifts no gap here", place, "decline it, or look at the targets again"
            )


RULES = (decided_twice, declined_prerequisite, offered_without_gap)
