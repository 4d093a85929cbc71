"""What the rules say of the published plan, of wishes, and of progress: where, with which numbers, and how many."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from pmogen.model.plan import PublishedPlan
from pmogen.planning.published import current_fingerprint
from pmogen.planning.seal import seal
from pmogen.rules import check
from pmogen.rules.rule import Facts
from tests.workspaces import Changes, service, workspace

WAVES = [
    {"id": "one", "name": "One", "starts": "2027-01-01", "ends": "2027-03-31", "goal": "Start.", "fte": 2},
    {"id": "two", "name": "Two", "starts": "2027-04-01", "ends": "2027-06-30", "goal": "Go on.", "fte": 2},
]
GOOD = [
    {"service": "register", "wave": "one", "work": [{"wave": "one", "days": 5}]},
    {"service": "reporting", "wave": "two", "work": [{"wave": "two", "days": 5}]},
]


def found(
    plan: list[dict[str, Any]], changes: Changes | None = None, **roadmap: Any
) -> list[tuple[str, str, int, str]]:
    """Code, severity, line and message of what is said when this plan is published with the fingerprint that matches."""
    made: Changes = {"content/roadmap.yml": {"waves": WAVES, **roadmap}, **(changes or {})}
    facts = Facts(workspace(made))
    matching = current_fingerprint(facts.workspace, facts.gaps, facts.choice)
    said: dict[str, Any] = {"fingerprint": matching, "engine": "me", "value_waves": "1"}
    sealed = seal(PublishedPlan.model_validate({**said, "services": plan}))
    text = f"fingerprint: {matching}\nengine: me\nvalue_waves: '1'\nservices:\n"
    text += "".join(
        f"  - {line}\n" for entry in plan for line in [yaml.safe_dump(entry, default_flow_style=True).strip()]
    )
    text = text.replace("\n   ", " ") + f"seal: {sealed}\n"
    diagnostics = check(workspace({**made, "content/plan.yml": text}))
    return [(d.code, d.severity, d.span.line, d.message) for d in diagnostics if d.code.startswith("PMO7")]


def test_a_plan_that_holds_is_not_mentioned():
    assert found(GOOD) == []


def test_each_limit_that_an_edited_plan_breaks_is_an_error_at_its_service():
    edited = [
        {"service": "register", "wave": "two", "work": [{"wave": "one", "days": 5}]},
        {"service": "reporting", "wave": "two", "work": [{"wave": "two", "days": 99}]},
    ]
    assert found(edited) == [
        (
            "PMO721",
            "error",
            6,
            "the published plan: `reporting` launches in `two`, but `register`, which it needs, is not live in an earlier wave",
        ),
        ("PMO721", "error", 6, "the published plan: wave `two`: building takes 99 of 65.5 person-days"),
        ("PMO721", "error", 6, "the published plan: `reporting` takes 5 person-days, but its work adds up to 99"),
    ]


def test_names_that_lead_nowhere_are_told_and_what_only_follows_from_them_is_not():
    edited = [{"service": "registre", "wave": "one"}, {"service": "register", "wave": "nine"}, *GOOD[1:], *GOOD[1:]]
    assert [(code, line, message) for code, _, line, message in found(edited)] == [
        ("PMO722", 5, "the published plan: `registre` cannot be planned"),
        ("PMO722", 6, "the published plan: there is no wave `nine`"),
        ("PMO722", 8, "the published plan: `reporting` is planned twice"),
    ]


def test_a_plan_that_is_out_of_date_says_what_it_would_break():
    plan = {"fingerprint": "f" * 64, "engine": "me", "value_waves": "1", "services": GOOD}
    dearer = {"standard/services.yml": {"services": [service("register", establish_days={"low": 8, "high": 8})]}}
    (said,) = [d for d in check(workspace({"content/plan.yml": plan, **dearer})) if d.code.startswith("PMO7")]
    assert (said.code, said.severity, said.span.line) == ("PMO720", "warning", 1)
    assert "as it stands it would break 4 rules: `reporting` cannot be planned" in said.message
    assert "`register` takes 8 person-days, but its work adds up to 5" in [other.message for other in said.related]


def test_a_pin_that_cannot_hold_is_no_fault_of_the_plan():
    """The best plan misses it; the rule about the wishes says so, with the place of every statement."""
    pins = [{"service": "reporting", "wave": "two", "who": "Board", "why": "Wanted."}]
    waits = [{"service": "register", "wave": "two", "why": "The tool."}]
    late = [{"service": "register", "wave": "two", "work": [{"wave": "two", "days": 5}]}]
    ((code, severity, _, message),) = found(late, pins=pins, not_before=waits)
    assert (code, severity) == ("PMO723", "warning")
    assert message == (
        "these cannot all hold: Reporting is pinned to Two; Register must not launch before Two; "
        "Reporting needs Register in an earlier wave"
    )
    (said,) = [d for d in check(workspace(_roadmap(pins=pins, not_before=waits))) if d.code == "PMO723"]
    assert said.span.file == "content/roadmap.yml"
    assert [other.span.file for other in said.related] == ["content/roadmap.yml", "standard/services.yml"]
    assert len({said.span, *(other.span for other in said.related)}) == 3


def test_a_deadline_of_what_is_not_offered_is_an_error_at_its_line():
    decisions = {
        "services": [{"service": "register", "decision": "defer", "who": "B", "when": "2027-01-10", "why": "No."}]
    }
    wish = {"service": "register", "wave": "two", "who": "Board", "why": "Wanted."}
    roadmap = {"waves": WAVES, "deadlines": [wish]}
    said = check(workspace({"content/roadmap.yml": roadmap, "content/decisions.yml": decisions}))
    (single,) = [wrong for wrong in said if wrong.code == "PMO703"]
    assert (single.severity, single.message) == ("error", "`register` has a deadline, but is not offered")


def test_what_a_rule_says_of_a_single_pin_is_not_said_again():
    pins = [{"service": "reporting", "wave": "one", "who": "Board", "why": "Wanted."}]
    assert [d.code for d in check(workspace(_roadmap(pins=pins)))] == ["PMO707"]


def test_a_broken_plan_cannot_be_allowed_or_lowered():
    settings = {"rules": [{"rule": "PMO721", "severity": "ignore", "reason": "We know."}]}
    assert "PMO028" in {d.code for d in check(workspace({"content/playbook.yml": settings}))}


def _roadmap(**roadmap: Any) -> Changes:
    return {"content/roadmap.yml": {"waves": WAVES, **roadmap}}


def _progress(*entries: dict[str, Any], **roadmap: Any) -> list[tuple[str, str]]:
    running = [{**WAVES[0], "status": "running"}, WAVES[1]]
    made = _roadmap(**{"waves": running, "progress": list(entries), **roadmap})
    return [(d.code, d.message) for d in check(workspace(made)) if d.code.startswith("PMO73")]


def test_progress_that_fits_is_not_mentioned():
    assert _progress({"service": "register", "started": "2027-01-11", "effort_days": 2, "expected": "two"}) == []


def test_every_date_that_cannot_be_is_told():
    assert _progress({"service": "register", "started": "2027-04-11"}) == [
        ("PMO730", "`register` was started in `two`, which is only planned")
    ]
    went_live = [{"service": "register", "started": "2027-05-02", "live": "2027-05-01"}]
    waves = [{**WAVES[0], "status": "running", "launched": went_live}, WAVES[1]]
    assert _progress(waves=waves) == [
        ("PMO730", "`register` was live before it was started"),
        ("PMO730", "`register` went live on 2027-05-01, which is not within `one`"),
    ]


def test_a_service_is_told_once():
    entry = {"service": "register", "started": str(dt.date(2027, 1, 11))}
    assert _progress(entry, dict(entry)) == [("PMO731", "the progress of `register` is told twice")]


def test_what_was_dropped_is_wanted_by_nobody():
    gone = {
        "service": "register",
        "started": "2027-01-11",
        "dropped": "2027-02-01",
        "why": "No use.",
        "expected": "two",
    }
    wish = {"service": "register", "wave": "two", "who": "Board", "why": "Wanted."}
    assert _progress(gone, pins=[wish], deadlines=[dict(wish)]) == [
        ("PMO732", "`register` was dropped, so it is expected in no wave"),
        ("PMO732", "`register` was dropped, and yet it is wanted in `two`"),
        ("PMO732", "`register` was dropped, and yet it is wanted in `two`"),
    ]


def test_work_on_what_was_declined_is_a_warning():
    made = {
        **_roadmap(
            waves=[{**WAVES[0], "status": "running"}], progress=[{"service": "register", "started": "2027-01-11"}]
        ),
        "content/decisions.yml": {
            "services": [
                {"service": "register", "decision": "decline", "who": "Board", "when": "2027-01-12", "why": "No."}
            ]
        },
    }
    assert ("PMO734", "warning") in {(d.code, d.severity) for d in check(workspace(made))}


def test_a_plan_edited_by_hand_that_breaks_no_limit_is_a_note_while_its_inputs_are_the_same():
    def said(text: str) -> list[tuple[str, str, int, str]]:
        made: Changes = {"content/roadmap.yml": {"waves": WAVES}, "content/plan.yml": text}
        diagnostics = check(workspace(made))
        return [(d.code, d.severity, d.span.line, d.message) for d in diagnostics if d.code.startswith("PMO72")]

    facts = Facts(workspace({"content/roadmap.yml": {"waves": WAVES}}))
    matching = current_fingerprint(facts.workspace, facts.gaps, facts.choice)
    text = f"fingerprint: {matching}\nengine: me\nvalue_waves: '1'\n"
    none = "the published plan has no seal, as if it had been edited by hand: nothing proves how good it is"
    assert said(text) == [("PMO724", "note", 1, none)]
    other = "the published plan was edited by hand: nothing proves how good it is"
    assert said(f"{text}seal: {'f' * 64}\n") == [("PMO724", "note", 4, other)]
    assert [code for code, *_ in said(text.replace(matching, "f" * 64))] == ["PMO720"]
