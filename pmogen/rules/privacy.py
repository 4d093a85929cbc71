"""PMO8xx: what protects the people who answered, and people in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pmogen.analysis.privacy import told_apart
from pmogen.language import _
from pmogen.model.decisions import Decisions
from pmogen.model.foundation import Foundation
from pmogen.rules.rule import Facts, Finding, rule

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Monsieur|Madame|Señor|Señora)\b\.?\s+[A-Z]")
_TWO_NAMES = re.compile(r"^[A-ZÀ-Þ][a-zß-ÿ'-]+ (?:[A-Z]\. )?[A-ZÀ-Þ][a-zß-ÿ'-]+$")
_WORDS_OF_ROLES = frozenset(
    [
        "accounts",
        "administration",
        "administrator",
        "advisor",
        "agency",
        "analyst",
        "architect",
        "asset",
        "assurance",
        "audit",
        "auditor",
        "billing",
        "board",
        "bureau",
        "business",
        "buyer",
        "chair",
        "chief",
        "city",
        "client",
        "coach",
        "commercial",
        "committee",
        "communications",
        "compliance",
        "control",
        "controller",
        "coordinator",
        "corporate",
        "council",
        "customer",
        "data",
        "delivery",
        "department",
        "deputy",
        "design",
        "desk",
        "development",
        "digital",
        "director",
        "division",
        "electricity",
        "energy",
        "engineer",
        "engineering",
        "enterprise",
        "executive",
        "facilities",
        "facilitator",
        "finance",
        "financial",
        "forum",
        "grid",
        "group",
        "head",
        "health",
        "heating",
        "helpdesk",
        "human",
        "information",
        "infrastructure",
        "internal",
        "investment",
        "it",
        "joint",
        "lead",
        "leader",
        "learning",
        "legal",
        "line",
        "maintenance",
        "management",
        "manager",
        "marketing",
        "medical",
        "member",
        "network",
        "nursing",
        "office",
        "officer",
        "operating",
        "operations",
        "owner",
        "partner",
        "people",
        "personnel",
        "planning",
        "pmo",
        "policy",
        "portfolio",
        "president",
        "procurement",
        "product",
        "production",
        "programme",
        "project",
        "projects",
        "property",
        "public",
        "purchasing",
        "quality",
        "regional",
        "regulation",
        "regulatory",
        "relations",
        "representative",
        "research",
        "resource",
        "resources",
        "risk",
        "safety",
        "sales",
        "secretary",
        "security",
        "senior",
        "service",
        "services",
        "site",
        "specialist",
        "sponsor",
        "staff",
        "steering",
        "strategy",
        "supervisor",
        "supply",
        "support",
        "supervisory",
        "team",
        "technical",
        "technology",
        "transformation",
        "treasurer",
        "treasury",
        "unit",
        "vice",
        "water",
        "works",
        "workshop",
    ]
)


@rule("PMO801", "note")
def group_too_small(facts: Facts) -> Iterator[Finding]:
    """A respondent group has fewer people than may be shown.

    Its answers are folded into "other", or withheld where that is still too small. Ask more people of
    the group, or nobody of it.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
          r2,sponsors,visibility,2
          r3,sponsors,visibility,3
          r4,sponsors,visibility,2
          r5,sponsors,visibility,1
    """
    minimum = facts.workspace.catalogue.method.privacy.minimum_group
    current = facts.workspace.current
    people: dict[str, set[str]] = {}
    for answer in current.answers:
        people.setdefault(answer.group, set()).add(answer.respondent)
    for group, respondents in sorted(people.items()):
        if len(respondents) < minimum:
            row = min(answer.row for answer in current.answers if answer.group == group)
            message = _(
                "the group `{group}` has fewer than {minimum} respondents and is never shown by itself",
                group=group,
                minimum=minimum,
            )
            yield Finding(message, facts.span("answers", current.name, row), _("ask more people of this group"))


@rule("PMO802", "warning")
def respondent_is_a_person(facts: Facts) -> Iterator[Finding]:
    """A respondent is called by a name or a mail address.

    Answers stay out of the site, but the file is in the repository. Use codes such as r1, r2.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          someone@company.example,sponsors,visibility,2

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
    """
    for dated in facts.workspace.assessments:
        told: set[str] = set()
        for answer in dated.answers:
            if answer.respondent not in told and looks_like_a_person(answer.respondent):
                told.add(answer.respondent)
                place = facts.span("answers", dated.name, answer.row)
                yield Finding(_("a respondent is called by name or mail address"), place, _("use a code such as r1"))


@rule("PMO803", "warning")
def name_instead_of_role(facts: Facts) -> Iterator[Finding]:
    """A person is named where a role is asked.

    A playbook outlives the people in it, and is often published. Roles stay.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Maria Example, when: 2027-01-10, why: Wanted.}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Head of operations, when: 2027-01-10, why: Wanted.}]
    """
    for path, text in _roles_in(facts.workspace.foundation, facts.workspace.decisions):
        if looks_like_a_person(text):
            yield Finding(
                _("`{text}` looks like a person, not a role", text=text), facts.span(*path), _("name the role")
            )


@rule("PMO804", "warning")
def comment_names_somebody(facts: Facts) -> Iterator[Finding]:
    """A comment that is to be published names a person or a respondent.

    What a moderator marks with `publish` is quoted on the site, for everybody, word by word. Shorten it to
    what it says about the matter, or leave it in the file.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current,comment,publish
          r1,sponsors,visibility,2,Ask Mr Example about it.,yes

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current,comment,publish
          r1,sponsors,visibility,2,Ask Mr Example about it.,no
          r2,sponsors,visibility,2,Reports come late.,yes
    """
    for dated in facts.workspace.assessments:
        codes = {answer.respondent.lower() for answer in dated.answers}
        for answer in dated.answers:
            words = {word.strip(".,;:!?()'\"").lower() for word in (answer.quotation or "").split()}
            if answer.quotation and (looks_like_a_person(answer.quotation) or words & codes):
                place = facts.span("answers", dated.name, answer.row)
                yield Finding(
                    _("a comment to be published names a person"), place, _("take `publish` away, or the name")
                )


@rule("PMO805", "error")
def answers_can_be_subtracted(facts: Facts) -> Iterator[Finding]:
    """Answers are carried over from an earlier assessment, and a few people came or went.

    Whoever has both playbooks could subtract one from the other and read what those few said. An assessment
    asks everybody anew. Where that is too much, state the levels with a reason and leave the answers out.

    Wrong:
        content/assessments/2026-01-31.yml:
          date: 2026-01-31
          title: First
          method: Asked.
          aspects: [{aspect: visibility, target: 3}]
        content/assessments/2026-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,2
          r2,sponsors,2
          r3,sponsors,3
          r4,sponsors,3
          r5,sponsors,3
        content/assessments/2027-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,2
          r2,sponsors,2
          r3,sponsors,3
          r4,sponsors,3
          r5,sponsors,3
          r6,sponsors,1

    Right:
        content/assessments/2026-01-31.yml:
          date: 2026-01-31
          title: First
          method: Asked.
          aspects: [{aspect: visibility, target: 3}]
        content/assessments/2026-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,2
          r2,sponsors,2
          r3,sponsors,3
          r4,sponsors,3
          r5,sponsors,3
        content/assessments/2027-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,3
          r2,sponsors,2
          r3,sponsors,3
          r4,sponsors,4
          r5,sponsors,3
          r6,sponsors,1
    """
    minimum = facts.workspace.catalogue.method.privacy.minimum_group
    for earlier, later in combinations(facts.workspace.assessments, 2):
        aspects = told_apart(earlier, later, minimum)
        if aspects:
            message = (
                _(
                    "the answers are carried over from {day}: what few people said of `{aspect}` could be worked out",
                    day=earlier.name,
                    aspect=aspects[0],
                )
                if len(aspects) == 1
                else _(
                    "the answers are carried over from {day}: what few people said of `{aspect}` and {others} more could be worked out",
                    day=earlier.name,
                    aspect=aspects[0],
                    others=len(aspects) - 1,
                )
            )
            place = facts.span("answers", later.name, 1)
            yield Finding(message, place, _("ask everybody again, or state the levels and delete this file"))


def looks_like_a_person(text: str) -> bool:
    """True for mail addresses, names after a title, and two capitalised words that no role is made of."""
    if _EMAIL.search(text) or _TITLE.search(text):
        return True
    return bool(_TWO_NAMES.match(text)) and not any(word in _WORDS_OF_ROLES for word in text.lower().split())


def _roles_in(foundation: Foundation, decisions: Decisions) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every field that asks for a role in words."""
    for number, stakeholder in enumerate(foundation.stakeholders):
        yield ("foundation", "stakeholders", number, "role"), stakeholder.role
        yield ("foundation", "stakeholders", number, "owner"), stakeholder.owner
    for number, answer in enumerate(foundation.answers):
        if answer.owner:
            yield ("foundation", "answers", number, "owner"), answer.owner
    for part in ("services", "accepted_gaps"):
        for number, made in enumerate(getattr(decisions, part)):
            yield ("decisions", part, number, "who"), made.who
    for number, hand_off in enumerate(decisions.hand_offs):
        yield ("decisions", "hand_offs", number, "contact"), hand_off.contact


RULES = (
    group_too_small,
    respondent_is_a_person,
    name_instead_of_role,
    comment_names_somebody,
    answers_can_be_subtracted,
)
