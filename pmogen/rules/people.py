"""PMO74x: how the audiences of a wave are won."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO741", "error")
def audience_won_twice(facts: Facts) -> Iterator[Finding]:
    """An audience stands twice among the people of a wave.

    Wrong:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              people: [{audience: sponsors, gain: Fewer surprises.}, {audience: sponsors, help: The PMO.}]

    Right:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              people: [{audience: sponsors, gain: Fewer surprises., help: The PMO.}]
    """
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        seen: set[str] = set()
        for place, plan in enumerate(wave.people):
            if plan.audience in seen:
                span = facts.span("roadmap", "waves", number, "people", place, "audience")
                yield Finding(
                    _("`{audience}` stands twice in `{wave}`", audience=plan.audience, wave=wave.id),
                    span,
                    _("put both into one entry"),
                )
            seen.add(plan.audience)


@rule("PMO742", "warning")
def objection_without_answer(facts: Facts) -> Iterator[Finding]:
    """An objection is expected of an audience, but nobody has written the honest answer, so it is not shown.

    Wrong:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              people: [{audience: sponsors, objection: One more form.}]

    Right:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              people: [{audience: sponsors, objection: One more form., answer: Two others fall away.}]
    """
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        for place, plan in enumerate(wave.people):
            if plan.objection is not None and plan.answer is None:
                span = facts.span("roadmap", "waves", number, "people", place, "objection")
                yield Finding(_("there is no answer to this objection, so it is not shown"), span, _("add `answer`"))


RULES = (audience_won_twice, objection_without_answer)
