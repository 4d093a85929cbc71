"""What the fields of files are called by people who never saw the files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pmogen.language import _, pgettext, spoken


def field_word(name: str, kind: str = "") -> str:
    """The field in words, of entries of a kind where it means something else there; its own name where it has no other."""
    known = _known(spoken().code)
    return known.get(f"{kind}.{name}") or known.get(name) or name.replace("_", " ").replace("-", " ")


def entry_word(name: str) -> str:
    """One entry of a list, or the list itself, in words: `hand_offs` is a hand-off."""
    return field_word(f"{name}[]") if f"{name}[]" in _known(spoken().code) else field_word(name)


@cache
def _known(_code: str) -> Mapping[str, str]:
    """All words of the language that is spoken; entries of lists by the list's name and brackets."""
    entries = {f"{name}[]": word for name, word in _entries().items()}
    return {**entries, **_texts(), **_numbers(), **_lists()}


def _entries() -> Mapping[str, str]:
    return {
        "accepted_gaps": _("Accepted gap"),
        "alternatives": pgettext("one of several", "Alternative"),
        "answers": _("Answer"),
        "aspects": _("Aspect"),
        "assessments": _("Assessment"),
        "audiences": _("Audience"),
        "background": _("Other change at the time"),
        "benefit_assumptions": _("Assumption on a benefit"),
        "black_outs": _("Black-out"),
        "customers": _("Customer"),
        "deadlines": _("Deadline"),
        "dimensions": _("Dimension"),
        "entities": _("Unit"),
        "expects": _("Expected benefit"),
        "glossary": _("Term"),
        "groups": _("Weight of a group"),
        "hand_offs": _("Hand-off"),
        "launched": pgettext("a service in a wave", "Launched"),
        "left_out": _("Left out of the assessment"),
        "lifts": _("Lift"),
        "not_before": _("Not before"),
        "objectives": _("Objective"),
        "people": _("How a group is won"),
        "pins": _("Pin"),
        "practices": _("Practice"),
        "problems": _("Problem"),
        "progress": _("Progress"),
        "questions": _("Question"),
        "resistance": _("Objection"),
        "roles": _("Role"),
        "scenarios": _("Scenario"),
        "services": _("Service"),
        "stakeholders": _("Stakeholder"),
        "team": _("Position"),
        "templates": _("Template"),
        "waves": _("Wave"),
    }


def _texts() -> Mapping[str, str]:
    return {
        "about": _("About"),
        "agreed_on": _("Agreed on"),
        "answer": _("Answer"),
        "approach": _("Approach"),
        "as_of": _("As of"),
        "asked": _("What is asked"),
        "benefit": _("Expected benefit"),
        "by": pgettext("a day", "By"),
        "case": _("Why now"),
        "comment": _("Comment"),
        "contact": _("Contact"),
        "current_reason": _("Reason of the level"),
        "current_source": _("Source of the level"),
        "date": _("Date"),
        "description": _("Description"),
        "due": _("Due"),
        "ends": _("Ends"),
        "entity": _("Unit"),
        "evidence": _("Evidence"),
        "expected": _("Expected in"),
        "facilitator": _("Facilitated by"),
        "follow_up": _("Follow-up"),
        "goal": _("Goal"),
        "interest": _("Interest"),
        "learned": _("What was learned"),
        "live": _("Live since"),
        "meaning": _("Meaning"),
        "measure": _("Measure"),
        "method_text": _("How it was done"),
        "name": _("Name"),
        "note": _("Note"),
        "noticed_by": _("How it is noticed"),
        "objection": _("Objection"),
        "objective": _("Objective"),
        "organisation": _("Organisation"),
        "owner": _("Owner"),
        "pain": _("Complaint it answers"),
        "pmo_part": _("Part of the PMO"),
        "priority_reason": _("Reason of the priority"),
        "purpose": _("Purpose"),
        "question": _("Question"),
        "reason": _("Reason"),
        "role": _("Role"),
        "source": _("Source"),
        "starts": _("Starts"),
        "started": _("Started"),
        "summary": _("Summary"),
        "symptom": _("Symptom"),
        "target_by": _("Target by"),
        "target_owner": _("Who wants the target"),
        "target_reason": _("Reason of the target"),
        "title": _("Title"),
        "until": _("Until"),
        "version": _("Version"),
        "voice": _("What they say"),
        "what": pgettext("of a change", "What"),
        "when": _("When"),
        "who": _("Who"),
        "why": _("Reason"),
    }


def _numbers() -> Mapping[str, str]:
    return {
        "capacity": _("Points they can take"),
        "current": _("Level today"),
        "decision": _("Decision"),
        "effort_days": _("Effort (person-days)"),
        "establish_days": _("Building (person-days)"),
        "fte": _("Full-time equivalents"),
        "waves.fte": _("PMO team (FTE)"),
        "services.by": _("Levels it adds"),
        "high": pgettext("of an estimate", "high"),
        "influence": _("Influence"),
        "kind": _("Kind"),
        "likely": pgettext("of an estimate", "likely"),
        "load": _("Change load"),
        "low": pgettext("of an estimate", "low"),
        "pmo_can_close": _("How far a PMO can close a gap"),
        "points": _("Change points"),
        "priority": _("Priority"),
        "run_fte": _("Running (FTE)"),
        "stance": _("Stance"),
        "state": _("State"),
        "status": _("Status"),
        "strength": _("Strength"),
        "target": _("Target"),
        "tier": _("Tier"),
        "up_to": _("Up to level"),
        "wave": _("Wave"),
        "weight": _("Weight"),
    }


def _lists() -> Mapping[str, str]:
    return {
        "accountable": _("Accountable"),
        "aspects": _("Aspects"),
        "audiences": _("Audiences"),
        "available": _("Available from"),
        "benefits": _("Expected benefits"),
        "changes": _("What changes"),
        "communication": _("Communication"),
        "consulted": _("Consulted"),
        "culture_change": _("Change of culture"),
        "deliverables": _("Deliverables"),
        "entry": _("To begin with"),
        "exit": _("To end with"),
        "informed": _("Informed"),
        "levels": _("Levels"),
        "messengers": _("Messengers"),
        "method": _("Method"),
        "requires": _("Needs in an earlier wave"),
        "requires_same_wave": _("Needs in the same wave"),
        "responsible": _("Responsible"),
        "lifts": _("Lifts"),
        "service": _("Service"),
        "services": _("Services"),
        "aspect": _("Aspect"),
        "audience": _("Audience"),
        "sponsor_acts": _("What the sponsor does"),
        "stays": _("What stays"),
        "steps": _("Steps"),
        "training": _("Training"),
    }
