"""How values of changes are said, in the language that is spoken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.diff.changes import Key, Value
from pmogen.diff.names import Names, short
from pmogen.language import _, pgettext, spoken
from pmogen.model.terms import word

NONE = "\N{EN DASH}"
LONGEST = 160
"""Letters of a text that are quoted."""


def value_in_words(key: Key, value: Value, names: Names) -> str:
    """The value of a fact as people read it; a dash for nothing."""
    if value is None or isinstance(value, bool):
        return NONE if value is None else _("yes") if value else _("no")
    if isinstance(value, Fraction):
        return in_words(value)
    if isinstance(value, dt.date):
        return spoken().day(value)
    if isinstance(value, tuple):
        kind = "aspects" if key.kind in ("hand-off", "customer") else ""
        return ", ".join(names(kind, part) for part in value) or NONE
    return str(value) if isinstance(value, int) else _text_in_words(key, value, names)


def _text_in_words(key: Key, value: str, names: Names) -> str:
    listed: Mapping[tuple[str, str], str] = {
        ("gap", "size"): "size",
        ("priority", "priority"): "size",
        ("decision", "decision"): "decision",
        ("hand-off", "status"): "status",
        ("wave", "status"): "status",
        ("foundation", "state"): "state",
        ("closing", "how"): "way",
    }
    if key.kind == "launch" and key.field == "wave":
        return names("waves", value)
    if key.kind == "hand-off" and key.field == "entity":
        return names("entities", value)
    if key.kind == "load" and key.field == "band":
        return band(value)
    if (key.kind, key.field) == ("plan", "state"):
        return plan_state(value)
    kind = listed.get((key.kind, key.field))
    return word(kind, value) if kind else short(value, LONGEST)


def band(value: str) -> str:
    """How full a change load is."""
    return {
        "calm": pgettext("change load", "calm"),
        "busy": pgettext("change load", "busy"),
        "full": pgettext("change load", "full"),
        "over": pgettext("change load", "over the limit"),
    }.get(value, value)


def plan_state(value: str) -> str:
    """Whether the plan is up to date."""
    return {
        "published": pgettext("state of the plan", "up to date"),
        "stale": pgettext("state of the plan", "out of date"),
        "none": pgettext("state of the plan", "not published"),
    }.get(value, value)


def field_in_words(key: Key) -> str:
    """What of a thing differs; the path in the file where it has no name of its own."""
    known = {
        ("hand-off", "title"): _("Title"),
        ("hand-off", "entity"): _("Unit"),
        ("hand-off", "asked"): _("What is asked"),
        ("hand-off", "pmo_part"): _("Part of the PMO"),
        ("hand-off", "contact"): _("Contact"),
        ("hand-off", "due"): _("Due"),
        ("hand-off", "status"): _("Status"),
        ("hand-off", "agreed_on"): _("Agreed on"),
        ("hand-off", "note"): _("Note"),
        ("hand-off", "follow_up"): _("Follow-up"),
        ("hand-off", "aspects"): _("Aspects"),
        ("capacity", "fte"): _("PMO team (FTE)"),
        ("capacity", "build_days"): _("Building (person-days)"),
        ("capacity", "build_limit"): _("Limit for building (person-days)"),
        ("capacity", "run_fte"): _("Running (FTE)"),
        ("capacity", "run_limit"): _("Limit for running (FTE)"),
        ("wave", "name"): _("Name"),
        ("wave", "starts"): _("Starts"),
        ("wave", "ends"): _("Ends"),
        ("wave", "status"): _("Status"),
        ("wave", "goal"): _("Goal"),
        ("decision", "decision"): _("Decision"),
        ("decision", "who"): _("Who decided"),
        ("decision", "when"): _("Decided on"),
        ("decision", "why"): _("Reason"),
        ("decision", "until"): _("Until"),
        ("acceptance", "who"): _("Who accepted it"),
        ("acceptance", "when"): _("Accepted on"),
        ("acceptance", "why"): _("Reason"),
        ("acceptance", "until"): _("Until"),
        ("foundation", "state"): _("State"),
        ("foundation", "answer"): _("Answer"),
        ("customer", "name"): _("Name"),
        ("level", "talk_first"): _("Talk before planning"),
        ("level", "current"): _("Level today"),
        ("target", "target"): _("Target"),
        ("target", "target_by"): _("Target by"),
        ("target", "target_owner"): _("Who wants the target"),
        ("gap", "amount"): _("Gap (levels)"),
        ("gap", "size"): _("Size"),
        ("priority", "priority"): _("Priority"),
        ("rank", "rank"): _("Rank"),
        ("closing", "how"): _("How it can be closed"),
        ("closing", "remains"): _("Levels that would remain"),
        ("candidate", "candidate"): _("Candidate"),
        ("launch", "wave"): _("Launch"),
        ("launch", "pinned"): _("Pinned"),
        ("work", "days"): _("Building (person-days)"),
        ("plan", "state"): _("Plan"),
        ("plan", "value_waves"): _("Value of the plan"),
        ("plan", "proven"): _("Proven to be the best"),
        ("plan", "conflicts"): _("Wishes that contradict each other"),
        ("load", "points"): _("Change points"),
        ("load", "capacity"): _("Points they can take"),
        ("load", "band"): _("How full that is"),
        ("load", "black_out"): _("Black-out"),
    }
    return known.get((key.kind, key.field)) or key.field.replace(".", " ").replace("_", " ")
