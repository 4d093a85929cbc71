"""One line edited gives exactly the chain that follows from it, and nothing else is blamed."""

from __future__ import annotations

import pytest

from pmogen.diff import compare
from tests.diff.states import ASSESSMENT, before, chain, compared, edited, now, with_file, without

TARGET = (ASSESSMENT, r"(aspect: governance\n    target:) 3\.5", r"\1 4")
GOAL = ("content/roadmap.yml", r"goal: Everybody can look up.*$", "goal: Everybody finds every project.")
ANSWER = ("content/foundation.yml", r"(question: authority\n    state:) open", r"\1 assumed")
STALE = {("plan", "plan", "state"), ("plan", "plan", "value_waves"), ("plan", "plan", "proven")}


def ids(comparison, kind):
    return {change.key.id for change in comparison.changes if change.key.kind == kind}


def test_a_target_leads_to_gap_ranks_and_a_stale_plan():
    found = compared(TARGET)
    assert chain(found) == STALE | {
        ("target", "governance", "target"),
        ("gap", "governance", "amount"),
        *(("rank", aspect, "rank") for aspect in ("governance", "planning-estimating", "portfolio")),
    }
    (edit,) = found.edits
    assert edit.path == ("aspects", "governance", "target")
    assert (edit.place.file, edit.place.line) == (ASSESSMENT, 19)
    assert all(change.causes == (edit,) for change in found.changes)


def test_a_text_changes_nothing_that_is_computed():
    found = compared(GOAL)
    assert chain(found) == {("wave", "2026-q3", "goal")}
    assert found.changes[0].causes == found.edits


def test_an_answer_of_the_foundation_is_told_as_such():
    assert chain(compared(ANSWER)) == {("foundation", "authority", "state")}


def test_each_of_several_edits_is_blamed_for_its_own_changes_only():
    found = compared(TARGET, GOAL, ANSWER)
    blamed = {change.key.kind: {cause.path[0] for cause in change.causes} for change in found.changes}
    assert blamed["wave"] == {"waves"}
    assert blamed["foundation"] == {"answers"}
    assert all(blamed[kind] == {"aspects"} for kind in ("target", "gap", "rank", "plan"))


def test_capacity_moves_services_and_with_them_the_load_of_people():
    found = compared(("content/roadmap.yml", r"(id: 2026-q4(?:\n.*?)*?    fte:) 3\.5", r"\1 1.5"))
    (edit,) = found.edits
    assert ids(found, "launch")
    assert ids(found, "load")
    assert {("capacity", "2026-q4", name) for name in ("fte", "build_limit", "run_limit")} <= chain(found)
    assert all(change.causes == (edit,) for change in found.changes)


def test_a_declined_service_falls_out_because_of_its_decision_alone():
    decision = ("content/decisions.yml", r"(service: status-reporting\n    decision:) offer", r"\1 decline")
    found = compared(decision, TARGET)
    fell = next(
        change for change in found.changes if change.key.id == "status-reporting" and change.key.kind == "launch"
    )
    assert fell.new is None
    assert fell.importance == 3
    assert [cause.path for cause in fell.causes] == [("services", "status-reporting", "decision")]


def test_a_threshold_of_the_method_is_blamed_for_every_size_it_changes():
    found = compared(("catalog/method.yml", r"high_from: 2(\.0)?$", "high_from: 1.5"))
    sizes = [change for change in found.changes if change.key.kind == "gap" and change.key.field == "size"]
    assert len(sizes) > 1
    assert {cause.part for change in sizes for cause in change.causes} == {"method"}


def test_an_estimate_of_the_catalogue_is_blamed_for_work_it_changes():
    found = compared(
        (
            "catalog/services/basic-information.yml",
            r"(id: portfolio-dashboard(?:\n.*?)*?establish_days: \{[^}]*high:) ?(\d+)|(id: portfolio-dashboard(?:\n.*?)*?\n      high:) (\d+)",
            r"\1\3 90",
        )
    )
    assert ("work", "portfolio-dashboard", "days") in chain(found)
    work = next(
        change for change in found.changes if change.key.kind == "work" and change.key.id == "portfolio-dashboard"
    )
    assert {(cause.part, cause.path[0]) for cause in work.causes} == {("services", "portfolio-dashboard")}


def causes_of(comparison, kind, identifier, field):
    keys = {change.key: change for change in comparison.changes}
    found = [change for key, change in keys.items() if (key.kind, key.id, key.field) == (kind, identifier, field)]
    assert found
    return {(cause.part, cause.path) for change in found for cause in change.causes}


def test_how_far_services_lift_is_blamed_for_levels_to_come_and_for_what_remains():
    """Where a service says nothing itself, the method does."""
    found = compared(("catalog/method.yml", r"^    primary: 1\.0", "    primary: 2"))
    assert causes_of(found, "projected", "change-adoption", "level") == {("method", ("lift", "primary"))}
    assert [change.key for change in found.changes if not change.causes] == []


def test_how_far_services_lift_in_this_playbook_is_blamed_as_well():
    found = compared(("content/playbook.yml", r"\Z", "  lift: {primary: 2}\n"))
    assert causes_of(found, "projected", "change-adoption", "level") == {("playbook", ("method", "lift"))}


def test_the_tier_of_a_service_is_blamed_for_its_ceiling():
    tier = ("catalog/services/basic-people.yml", r"(id: role-profiles(?:\n.*?)*?tier:) basic", r"\1 advanced")
    found = compared(tier, GOAL)
    raised = [change for change in found.changes if change.key.kind in ("projected", "closing")]
    assert raised
    assert {cause.path for change in raised for cause in change.causes} == {("role-profiles", "tier")}


def test_what_a_pmo_can_close_is_blamed_for_how_a_gap_is_closed():
    found = compared(
        ("catalog/aspects/delivery.yml", r"(id: risk-issue(?:\n.*?)*?pmo_can_close:) fully", r"\1 not"), GOAL
    )
    assert causes_of(found, "closing", "risk-issue", "how") == {("aspects", ("risk-issue", "pmo_can_close"))}


def test_a_gap_that_closes_is_blamed_on_what_closed_it_alone():
    """Not on hand-offs, decisions or whatever else its page would say."""
    lower = (ASSESSMENT, r"(aspect: governance\n    target:) 3\.5", r"\1 1")
    found = compared(lower, ("content/roadmap.yml", r"(id: 2027-q3(?:\n.*?)*?    fte:) 5\.5", r"\1 4"))
    assert causes_of(found, "closing", "governance", "how") == {(ASSESSMENT[8:-4], ("aspects", "governance", "target"))}


def test_history_that_is_planned_again_is_blamed_for_work_that_is_estimated_again():
    found = compared(("content/roadmap.yml", r"status: finished", "status: planned"), GOAL)
    assert causes_of(found, "work", "pm-community", "days") == {("roadmap", ("waves", "2026-q3", "status"))}


def test_what_the_playbook_changes_of_the_method_is_told_as_the_method():
    found = compared(("content/playbook.yml", r"\Z", "  gap: {high_from: 1.9}\n"))
    assert [(change.key.kind, change.importance) for change in found.changes if change.key.kind != "plan"] == [
        ("method", 2)
    ]


def test_work_that_only_goes_on_in_another_wave_has_a_cause():
    found = compared(
        ("content/roadmap.yml", r"(audience: finance\n    background:\n(?:.*\n){6}.*\n.*points:) \d", r"\1 2")
    )
    assert [change.key for change in found.changes if not change.causes] == []


def test_answers_are_counted_and_never_told():
    name = "content/assessments/2026-06-26.csv"
    lines = before().sources.files[name].decode().splitlines(keepends=True)
    found = compare(before(), now(with_file(name, "".join(lines[:-1]))))
    edit = next(edit for edit in found.edits if edit.part == "answers")
    assert (edit.old, edit.new) == (len(lines), len(lines) - 1)


def test_a_hand_written_page_that_is_gone_is_told():
    page = next(name for name in before().sources.files if name.startswith("content/pages/"))
    found = compare(before(), now(without(page)))
    assert chain(found) == {("page", f"pages/{page}", "")}


@pytest.mark.parametrize(("file", "pattern", "by"), [TARGET, GOAL, ANSWER])
def test_a_side_with_mistakes_is_compared_by_what_was_edited(file, pattern, by):
    broken = now(edited((file, pattern, by), ("content/decisions.yml", r"decision: offer$", "decision: offfer")))
    assert broken.document is None
    found = compare(before(), broken)
    assert {edit.part for edit in found.edits} >= {"decisions"}
    assert len(found.edits) == 2


def test_errors_that_leave_ids_alone_do_not_hinder():
    """Declining what an offered service needs is an error, and all the same it can be said what it would do."""
    found = compared(("content/decisions.yml", r"(service: status-reporting\n    decision:) offer", r"\1 decline"))
    assert {mistake.code for mistake in found.new.mistakes} == {"PMO602"}
    assert ("launch", "status-reporting", "wave") in chain(found)
