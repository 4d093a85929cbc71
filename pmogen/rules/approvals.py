"""PMO6xx: approvals that do not hold for what stands there now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.decisions import AcceptedGap, Approval, HandOff, ServiceDecision
from pmogen.model.history import Part, Remembered
from pmogen.rules.rule import Facts, Finding, first_of, rule

_SHOWN = 3
"""Files that a finding names; of more it says how many there are."""


@dataclass(frozen=True)
class _Approved:
    """An entry that somebody has approved; the playbook as a whole has no entry and no id."""

    part: Part
    about: str
    entry: ServiceDecision | AcceptedGap | HandOff | None
    approval: Approval
    span: Span
    known: Remembered


def _approved(facts: Facts) -> Iterator[_Approved]:
    decisions, history = facts.workspace.decisions, facts.workspace.history
    lists: tuple[tuple[Part, str, tuple[ServiceDecision | AcceptedGap | HandOff, ...]], ...] = (
        ("services", "service", decisions.services),
        ("accepted_gaps", "aspect", decisions.accepted_gaps),
        ("hand_offs", "id", decisions.hand_offs),
    )
    for part, key, entries in lists:
        for number, entry in enumerate(entries):
            if entry.approved is not None:
                about, span = getattr(entry, key), facts.span("decisions", part, number, "approved")
                yield _Approved(part, about, entry, entry.approved, span, history.of(part, about))
    whole = facts.workspace.settings.approved
    if whole is not None:
        yield _Approved("playbook", "", None, whole, facts.span("playbook", "approved"), history.of("playbook"))


@rule("PMO612", "warning")
def approved_before_decided(facts: Facts) -> Iterator[Finding]:
    """An approval is older than the decision it is for.

    One of the two days is wrong, or the decision was made anew since and needs a new approval.

    Wrong:
        content/decisions.yml:
          services:
            - service: register
              decision: offer
              who: Board
              when: 2027-01-31
              why: Wanted.
              approved: {by: Executive board, on: 2027-01-10}

    Right:
        content/decisions.yml:
          services:
            - service: register
              decision: offer
              who: Board
              when: 2027-01-31
              why: Wanted.
              approved: {by: Executive board, on: 2027-02-10}
    """
    for each in _approved(facts):
        if isinstance(each.entry, ServiceDecision | AcceptedGap) and each.approval.on < each.entry.when:
            message = _(
                "`{about}` was approved on {day}, before it was decided on {decided}",
                about=each.about,
                day=each.approval.on,
                decided=each.entry.when,
            )
            yield Finding(message, each.span, _("correct the day, or ask for a new approval"))


@rule("PMO613", "warning")
def approved_in_no_commit(facts: Facts) -> Iterator[Finding]:
    """An approval names a commit that does not hold what was approved.

    Either no such commit led to the state that is checked out, as when a branch was squashed into another, or what was approved
    did not stand in it yet. Name the commit of the main branch, or none: then the one that brought the approval counts. This
    is known only where git and the whole history are there; a shallow clone says nothing.

    Wrong:
        content/decisions.yml:
          services:
            - service: register
              decision: offer
              who: Board
              when: 2027-01-31
              why: Wanted.
              approved: {by: Executive board, on: 2027-02-10, commit: "0000000"}

    Right:
        content/decisions.yml:
          services:
            - service: register
              decision: offer
              who: Board
              when: 2027-01-31
              why: Wanted.
              approved: {by: Executive board, on: 2027-02-10}
    """
    for each in _approved(facts):
        commit, hint = each.approval.commit, _("name a commit of the main branch that holds it, or none")
        if each.known.since == "no commit":
            yield Finding(_("the history here has no commit `{commit}`", commit=commit), each.span, hint)
        elif each.known.since == "not there" and each.known.approved_in is not None:
            short = each.known.approved_in.short
            yield Finding(_("what is approved did not stand in commit `{commit}`", commit=short), each.span, hint)


@rule("PMO614", "warning")
def changed_since_approval(facts: Facts) -> Iterator[Finding]:
    """A decision says something else than what was approved.

    It is compared with the commit that the approval names, or with the one that brought the approval; comments, quotes and line
    breaks do not count. This is known only where git and the whole history are there; a shallow clone says nothing.

    Wrong:
        content/decisions.yml:
          services:
            - service: register
              decision: decline
              who: Board
              when: 2027-01-31
              why: Offered when it was approved.
              approved: {by: Executive board, on: 2027-02-10}

    Right:
        content/decisions.yml:
          services:
            - service: register
              decision: decline
              who: Board
              when: 2027-01-31
              why: Offered when it was approved.
    """
    for each in _approved(facts):
        if each.entry is not None and each.known.since == "changed" and each.known.approved_in is not None:
            message = _(
                "`{about}` has changed since it was approved on {day} (commit `{commit}`)",
                about=each.about,
                day=each.approval.on,
                commit=each.known.approved_in.short,
            )
            yield Finding(message, each.span, _("ask for a new approval, or take this one out"))


@rule("PMO615", "note")
def playbook_changed_since_approval(facts: Facts) -> Iterator[Finding]:
    """The playbook as a whole says something else than what was approved.

    All files of content/ and of its own catalogue count, compared with the commit that the approval names, or with the one that
    brought the approval; comments, quotes and line breaks of YAML do not. That is how it should be while the next version is
    written. It is known only where git and the whole history are there; a shallow clone says nothing.

    Wrong:
        content/playbook.yml: {approved: {by: Executive board, on: 2027-01-10}, title: Changed since then}

    Right:
        content/playbook.yml: {title: Not approved yet}
    """
    for each in _approved(facts):
        if each.entry is None and each.known.since == "changed":
            files = first_of(each.known.changed, _SHOWN)
            message = _(
                "the playbook has changed since it was approved on {day}: {files}", day=each.approval.on, files=files
            )
            yield Finding(message, each.span, _("ask for a new approval when this version is agreed"))


RULES = (
    approved_before_decided,
    approved_in_no_commit,
    changed_since_approval,
    playbook_changed_since_approval,
)

OF_THE_HISTORY = frozenset(("PMO613", "PMO614", "PMO615"))
"""Rules that find nothing where the history is not known."""
