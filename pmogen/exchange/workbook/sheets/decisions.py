"""Candidates with the decisions on them, and gaps that stay open on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.parts.services import kind_of, tier_of
from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Column, Form, Part, Row, editable
from pmogen.exchange.workbook.kinds import Day, Number, Words
from pmogen.exchange.workbook.sheets import offered
from pmogen.exchange.workbook.sheets.assessment import level
from pmogen.language import _
from pmogen.model.decisions import AcceptedGap, ServiceDecision
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace

FILE = "content/decisions.yml"


def services_form(workspace: Workspace) -> Form:
    """One row a service of the catalogue, those that close a gap first."""
    part = Part("decision", FILE, workspace.decisions, "services", "service", ServiceDecision, head="decision")
    return Form(
        "decisions",
        _("Candidates and decisions"),
        _("Decisions"),
        _(
            "Every product or service that closes a part of a gap, whatever it costs, then all others. A decision says who "
            "decided, when and why; with undecided it is taken back."
        ),
        (part,),
        (
            Column("service", _("Product / Service"), Words(), 30),
            Column("kind", _("Kind"), Words(), 16),
            Column("size", _("Gap size (L, M, H)"), Words(), 12, badge=True),
            Column("aspects", _("Addresses aspect"), Words(long=True), 34),
            Column("days", _("Person-days to establish"), Number(0, 1e9), 11, badge=True),
            Column("fte", _("FTE to run"), Number(0, 1e9), 9, badge=True),
            Column("wave", _("Planned in"), Words(), 20),
            editable(
                "decision.decision", _("Decision"), offered.decisions(), 14, _("Choose from the list."), badge=True
            ),
            editable("decision.who", _("Who"), Words(), 18, _("Role or board that decided, never a name.")),
            editable("decision.when", _("When"), Day(), 12, _("Day of the decision.")),
            editable("decision.why", _("Why"), Words(long=True), 46, _("Everybody may read it.")),
            editable("decision.until", _("Looked at again"), Day(), 12, _("May stay empty.")),
        ),
        (),
        frozen=2,
        id_width=22,
    )


def services_rows(told: Told, _form: Form) -> Iterator[Row]:
    planned = offered.planned_in(told)
    candidates = {candidate.service: candidate for candidate in told.document.candidates}
    reasons = {entry.service: entry.reason for entry in told.document.not_applicable}
    others = [service.id for service in told.document.services if service.id not in candidates]
    for identifier in (*candidates, *others):
        service = told.services[identifier]
        closes = candidates[identifier].closes if identifier in candidates else ()
        sizes = [told.gaps[one.aspect].size or "" for one in closes]
        largest = next((letter for letter in "HML" if letter in sizes), None)
        computed = {
            "service": service.name,
            "kind": f"{kind_of(service)}, {tier_of(service)}",
            "size": offered.size(largest),
            "aspects": "\n".join(told.name("aspects", one.aspect) for one in closes) or reasons.get(identifier, ""),
            "days": level(service.expected_days),
            "fte": level(service.run_fte),
            "wave": planned.get(identifier, ""),
        }
        yield Row(identifier, computed, shade=largest or "")


def gaps_form(workspace: Workspace) -> Form:
    """One row a gap."""
    part = Part("accepted", FILE, workspace.decisions, "accepted_gaps", "aspect", AcceptedGap)
    return Form(
        "acceptances",
        _("Gaps that stay open on purpose"),
        _("Accepted gaps"),
        _(
            "A gap that nobody closes can be accepted: by whom, why, and until when. Empty all four cells to take an "
            "acceptance back."
        ),
        (part,),
        (
            Column("aspect", _("Aspect"), Words(), 26),
            Column("size", _("Gap size (L, M, H)"), Words(), 12, badge=True),
            Column("priority", _("Priority"), Words(), 12, badge=True),
            Column("how", _("Who closes it"), Words(), 18),
            editable("accepted.who", _("Accepted by"), Words(), 22, _("Role or board, never a name.")),
            editable("accepted.when", _("When"), Day(), 12, _("Day it was accepted.")),
            editable("accepted.why", _("Why"), Words(long=True), 56, _("Everybody may read it.")),
            editable("accepted.until", _("Looked at again"), Day(), 12, _("An acceptance ends on a day.")),
        ),
        (),
        id_width=22,
    )


def gaps_rows(told: Told, form: Form) -> Iterator[Row]:
    shown = [gap.aspect for gap in told.ranked_gaps]
    for aspect in (*shown, *(other for other in form.values if other not in shown)):
        gap, closing = told.gaps.get(aspect), told.closings.get(aspect)
        computed = {
            "aspect": told.name("aspects", aspect),
            "size": offered.size(gap.size if gap else None),
            "priority": offered.size(gap.priority if gap else None),
            "how": word("way", closing.how) if closing else "",
        }
        yield Row(aspect, computed, shade=(gap.size or "") if gap else "")
