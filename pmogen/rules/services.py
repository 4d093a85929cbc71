"""PMO5xx: entries of the catalogue that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.money import day_rate, range_of
from pmogen.language import _
from pmogen.model.money import Amount, BenefitAssumption
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO501", "error")
def steps_do_not_add_up(facts: Facts) -> Iterator[Finding]:
    """The shares of a service's steps do not add up to 100 per cent.

    Wrong:
        catalog/own.yml:
          services:
            - {id: register, steps: [{step: Ask, share: 40}, {step: Build, share: 40}, {step: Launch, share: 10}]}

    Right:
        catalog/own.yml:
          services:
            - {id: register, steps: [{step: Ask, share: 40}, {step: Build, share: 40}, {step: Launch, share: 20}]}
    """
    for service in facts.workspace.catalogue.services:
        total = sum(step.share for step in service.steps)
        if total != 100:
            place = facts.span("services", service.id, "steps", key=True)
            yield Finding(
                _("the steps of `{service}` add up to {total} per cent", service=service.id, total=total),
                place,
                _("make them 100"),
            )


@rule("PMO502", "error")
def effort_out_of_order(facts: Facts) -> Iterator[Finding]:
    """The effort of a service is not low <= likely <= high.

    Wrong:
        catalog/own.yml:
          services: [{id: register, establish_days: {low: 10, high: 5}}]

    Right:
        catalog/own.yml:
          services: [{id: register, establish_days: {low: 5, likely: 7, high: 10}}]
    """
    for service in facts.workspace.catalogue.services:
        effort = service.establish_days
        likely = effort.likely if effort.likely is not None else effort.low
        if not effort.low <= likely <= effort.high and not effort.low <= effort.high == likely:
            place = facts.span("services", service.id, "establish_days")
            yield Finding(
                _("the effort of `{service}` is not low, likely, high in this order", service=service.id),
                place,
                _("correct the numbers"),
            )


@rule("PMO503", "warning")
def lift_given_twice(facts: Facts) -> Iterator[Finding]:
    """A service lifts the same aspect twice.

    Wrong:
        catalog/own.yml:
          services:
            - id: register
              lifts: [{aspect: visibility, strength: primary}, {aspect: visibility, strength: secondary}]

    Right:
        catalog/own.yml:
          services:
            - id: register
              lifts: [{aspect: visibility, strength: primary}]
    """
    for service in facts.workspace.catalogue.services:
        seen: set[str] = set()
        for number, lift in enumerate(service.lifts):
            if lift.aspect in seen:
                place = facts.span("services", service.id, "lifts", number, "aspect")
                yield Finding(
                    _("`{service}` lifts `{aspect}` twice", service=service.id, aspect=lift.aspect),
                    place,
                    _("keep one"),
                )
            seen.add(lift.aspect)


@rule("PMO504", "warning")
def template_without_text(facts: Facts) -> Iterator[Finding]:
    """A document template is listed, but its file is missing or empty.

    Wrong:
        catalog/own.yml:
          templates: [{id: charter, name: Charter, purpose: To start., used_when: At the start.}]

    Right:
        catalog/own.yml:
          templates: [{id: charter, name: Charter, purpose: To start., used_when: At the start.}]
        catalog/templates/charter.md: |
          # Charter
    """
    for template in facts.workspace.catalogue.templates:
        if not facts.workspace.documents.get(template.id, "").strip():
            place = facts.span("templates", template.id, "id")
            yield Finding(
                _("the document of the template `{template}` is missing", template=template.id),
                place,
                _("write catalog/templates/{template}.md", template=template.id),
            )


@rule("PMO505", "warning")
def role_named_twice(facts: Facts) -> Iterator[Finding]:
    """A role is both consulted and informed, or named twice in the same list.

    Being accountable and doing the work may go together; the rest says the same thing twice.

    Wrong:
        catalog/own.yml:
          services:
            - {id: register, roles: {accountable: pmo-head, responsible: [pmo-head], consulted: [pmo-head]}}

    Right:
        catalog/own.yml:
          services:
            - {id: register, roles: {accountable: pmo-head, responsible: [pmo-head]}}
    """
    for service in facts.workspace.catalogue.services:
        roles = service.roles
        listed = (*roles.responsible, *roles.consulted, *roles.informed)
        for role in sorted({role for role in listed if listed.count(role) > 1}):
            place = facts.span("services", service.id, "roles")
            yield Finding(
                _("`{role}` is named twice in the roles of `{service}`", role=role, service=service.id),
                place,
                _("keep the strongest part"),
            )


@rule("PMO506", "warning")
def prerequisite_given_twice(facts: Facts) -> Iterator[Finding]:
    """A prerequisite is listed twice, or both as earlier and as same wave.

    Wrong:
        catalog/own.yml:
          services: [{id: reporting, requires: [register], requires_same_wave: [register]}]

    Right:
        catalog/own.yml:
          services: [{id: reporting, requires: [], requires_same_wave: [register]}]
    """
    for service in facts.workspace.catalogue.services:
        listed = (*service.requires, *service.requires_same_wave)
        for needed in sorted({needed for needed in listed if listed.count(needed) > 1}):
            place = facts.span("services", service.id, "requires")
            yield Finding(
                _("`{service}` requires `{needed}` twice", service=service.id, needed=needed), place, _("keep one")
            )


@rule("PMO507", "warning")
def basic_requires_advanced(facts: Facts) -> Iterator[Finding]:
    """A basic service requires an advanced one, so it can hardly be basic.

    Wrong:
        catalog/own.yml:
          services: [{id: register, tier: advanced}]

    Right:
        catalog/own.yml:
          services: [{id: register, tier: advanced}, {id: reporting, tier: advanced}]
    """
    tier = {service.id: service.tier for service in facts.workspace.catalogue.services}
    for service in facts.workspace.catalogue.services:
        for needed in (*service.requires, *service.requires_same_wave):
            if service.tier == "basic" and tier.get(needed) == "advanced":
                place = facts.span("services", service.id, "tier")
                yield Finding(
                    _(
                        "`{service}` is basic, but requires `{needed}`, which is advanced",
                        service=service.id,
                        needed=needed,
                    ),
                    place,
                    _("make both alike"),
                )


@rule("PMO508", "error")
def lifts_nothing_at_all(facts: Facts) -> Iterator[Finding]:
    """A lift that can never raise anything: its ceiling is level 1.

    Wrong:
        catalog/own.yml:
          services: [{id: register, lifts: [{aspect: visibility, strength: primary, up_to: 1}]}]

    Right:
        catalog/own.yml:
          services: [{id: register, lifts: [{aspect: visibility, strength: primary, up_to: 2}]}]
    """
    for service in facts.workspace.catalogue.services:
        for number, lift in enumerate(service.lifts):
            if lift.up_to is not None and lift.up_to <= 1:
                place = facts.span("services", service.id, "lifts", number, "up_to")
                yield Finding(
                    _("`{service}` cannot lift `{aspect}` beyond level 1", service=service.id, aspect=lift.aspect),
                    place,
                    _("give the level it can reach"),
                )


Amounts = Iterator[tuple[str, tuple[str | int, ...], Amount | BenefitAssumption]]


def _amounts(facts: Facts) -> Amounts:
    """Every amount of money, with what it is and its place."""
    workspace = facts.workspace
    money = workspace.settings.money
    if money is not None and isinstance(money.day_rate, Amount):
        yield _("the day rate"), ("playbook", "money", "day_rate"), money.day_rate
    for service in workspace.catalogue.services:
        if service.cost is not None:
            what = _("the cost of `{service}`", service=service.id)
            yield what, ("services", service.id, "cost"), service.cost
        if service.cost_a_year is not None:
            what = _("the cost a year of `{service}`", service=service.id)
            yield what, ("services", service.id, "cost_a_year"), service.cost_a_year
    for number, assumption in enumerate(workspace.foundation.benefit_assumptions):
        yield _("the benefit assumed"), ("foundation", "benefit_assumptions", number), assumption


@rule("PMO509", "error")
def money_out_of_order(facts: Facts) -> Iterator[Finding]:
    """An amount of money is not low <= likely <= high, or the day rate is less than nothing.

    Wrong:
        content/playbook.yml:
          money: {currency: EUR, day_rate: {low: 900, high: 700}}

    Right:
        content/playbook.yml:
          money: {currency: EUR, day_rate: {low: 700, likely: 800, high: 900}}
    """
    for what, path, amount in _amounts(facts):
        told = range_of(amount)
        if not told.low <= told.likely <= told.high:
            yield Finding(
                _("{what} is not low, likely, high in this order", what=what),
                facts.span(*path),
                _("correct the numbers"),
            )
    rate = day_rate(facts.workspace)
    if rate is not None and rate.low < 0:
        place = facts.span("playbook", "money", "day_rate")
        yield Finding(_("the day rate is less than nothing"), place, _("correct the number"))


@rule("PMO510", "note")
def money_without_currency(facts: Facts) -> Iterator[Finding]:
    """Amounts of money are given, but the playbook does not say in which currency, so none is shown.

    Wrong:
        catalog/own.yml:
          services: [{id: register, cost: {low: 2000, high: 4000}}]

    Right:
        catalog/own.yml:
          services: [{id: register, cost: {low: 2000, high: 4000}}]
        content/playbook.yml:
          money: {currency: EUR}
    """
    first = next(_amounts(facts), None)
    if first is not None and facts.workspace.settings.money is None:
        what, path, _amount = first
        hint = _("add `money:` with `currency:` to content/playbook.yml")
        yield Finding(_("{what} is given, but no currency, so it is not shown", what=what), facts.span(*path), hint)


RULES = (
    steps_do_not_add_up,
    effort_out_of_order,
    lift_given_twice,
    template_without_text,
    role_named_twice,
    prerequisite_given_twice,
    basic_requires_advanced,
    lifts_nothing_at_all,
    money_out_of_order,
    money_without_currency,
)
