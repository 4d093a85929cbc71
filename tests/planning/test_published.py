"""The published plan: written, read back, used as it stands, and what planning again moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import yaml
from hypothesis import given, settings

from pmogen.errors import PmogenError
from pmogen.planning import plan_roadmap
from pmogen.planning.exact import Budget, available
from pmogen.planning.published import adopt, current_fingerprint, publish, published, read, waves_of
from pmogen.planning.seal import seal
from tests.planning.any_organisation import organisations
from tests.planning.builders import gaps_and_choice, launches, organisation, plan, service

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}
MADE = organisation(
    service("b", {"risk": 1}, days=33.3), service("a", {"cost": 1}, days=60), service("huge", days=999), gaps=TWO_GAPS
)


def written(workspace, found=None):
    return publish(workspace, *gaps_and_choice(workspace), found or plan(workspace))


def sealed(value):
    return value.model_copy(update={"seal": seal(value)})


def test_the_file_is_small_sorted_and_readable():
    text = published(written(MADE))
    assert text.splitlines()[3:] == [
        "engine: list scheduling and local search",
        'value_waves: "11"',
        "services:",
        "  - {service: b, wave: w1, work: [{wave: w1, days: 33.3}]}",
        "  - {service: a, wave: w2, work: [{wave: w2, days: 60}]}",
        "left_out:",
        "  - huge",
        "kept: []",
    ]


@settings(max_examples=40, deadline=None)
@given(organisations())
def test_what_is_written_is_read_back_and_gives_the_same_plan(workspace):
    found = plan(workspace)
    text = published(written(workspace, found))
    assert read(text) == sealed(written(workspace, found))
    assert yaml.safe_load(text)
    assert adopt(workspace, *gaps_and_choice(workspace), read(text)) == found


@settings(max_examples=25, deadline=None)
@given(organisations())
def test_planning_unchanged_input_again_moves_nothing(workspace):
    found = plan(workspace)
    known = waves_of(written(workspace, found))
    again = plan_roadmap(workspace, *gaps_and_choice(workspace), known)
    assert launches(again) == launches(found)


@pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")
def test_a_proof_is_published_and_holds_while_the_inputs_do():
    proven = plan_roadmap(MADE, *gaps_and_choice(MADE), budget=Budget())
    assert proven.proof == "proven optimal"
    kept = adopt(MADE, *gaps_and_choice(MADE), read(published(written(MADE, proven))))
    assert kept == proven
    changed = organisation(service("b", {"risk": 1}, days=33.3), service("a", {"cost": 1}, days=60), gaps=TWO_GAPS)
    assert adopt(changed, *gaps_and_choice(changed), sealed(written(MADE, proven))).proof == ""


@pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")
@pytest.mark.parametrize("keep", ["value", "nothing"])
def test_a_plan_edited_by_hand_that_breaks_no_rule_is_not_called_proven(keep):
    """Left out, or moved to a later wave; also when the file goes on to claim less than it did."""
    proven = sealed(written(MADE, plan_roadmap(MADE, *gaps_and_choice(MADE), budget=Budget())))
    later = proven.services[0].model_copy(update={"wave": "w3", "work": ()})
    work = (proven.services[0].work[0].model_copy(update={"wave": "w3"}),)
    moved = (later.model_copy(update={"work": work}), *proven.services[1:])
    for services in (proven.services[1:], moved):
        edited = proven.model_copy(update={"services": services})
        if keep == "nothing":
            edited = edited.model_copy(update={"value_waves": "1/0", "left_out": ()})
        found = adopt(MADE, *gaps_and_choice(MADE), edited)
        assert found.value_waves < Fraction(proven.value_waves)
        assert (found.proof, found.bound, found.least_effort, found.unique) == ("", None, False, False)


@pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")
def test_an_edit_of_the_same_value_is_not_called_proven():
    """Both close the same gap and take as long: whoever swaps them by hand has proven nothing."""
    twins = organisation(service("b", {"risk": 1}, days=60), service("a", {"risk": 1}, days=60), gaps=TWO_GAPS)
    proven = read(published(written(twins, plan_roadmap(twins, *gaps_and_choice(twins), budget=Budget()))))
    one, two = proven.services
    swapped = (one.model_copy(update={"service": two.service}), two.model_copy(update={"service": one.service}))
    for edited in (
        proven.model_copy(update={"services": swapped}),
        proven.model_copy(update={"seal": None}),
        proven.model_copy(update={"engine": "my own head"}),
    ):
        found = adopt(twins, *gaps_and_choice(twins), edited)
        assert (str(found.value_waves), found.proof) == (proven.value_waves, "")
    assert adopt(twins, *gaps_and_choice(twins), proven).proof == "proven optimal"


def test_a_bound_that_is_no_number_or_below_the_value_proves_nothing():
    good = written(MADE)
    for bound in ("1/0", "one", "0"):
        edited = sealed(good.model_copy(update={"bound": bound, "least_effort": True, "unique": True}))
        assert adopt(MADE, *gaps_and_choice(MADE), edited) == plan(MADE)


def test_the_fingerprint_is_of_what_the_plan_depends_on_and_of_nothing_else():
    def mark(workspace):
        return current_fingerprint(workspace, *gaps_and_choice(workspace))

    services = tuple(s.model_copy(update={"name": "Other", "description": "Other"}) for s in MADE.catalogue.services)
    renamed = replace(MADE, catalogue=MADE.catalogue.model_copy(update={"services": services[::-1]}))
    assert mark(renamed) == mark(MADE)
    dearer = (MADE.catalogue.services[0].model_copy(update={"run_fte": 0.1}), *MADE.catalogue.services[1:])
    assert mark(replace(MADE, catalogue=MADE.catalogue.model_copy(update={"services": dearer}))) != mark(MADE)
    moved = MADE.roadmap.model_copy(update={"a_move": 4})
    assert mark(replace(MADE, roadmap=moved)) != mark(MADE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"wave": "w9"}, "the published plan names `w9`, which cannot be planned any more"),
        ({"service": "ghost"}, "the published plan names `ghost`, which cannot be planned any more"),
        ({"wave": "w2"}, "the published plan breaks a rule: wave `w2`: building takes 93.3 of 65 person-days"),
        ({"work": ()}, "the published plan breaks a rule: `b` takes 33.3 person-days, but its work adds up to 0"),
    ],
)
def test_a_plan_edited_by_hand_is_refused_with_the_reason(change, said):
    good = written(MADE)
    edited = good.model_copy(update={"services": (good.services[0].model_copy(update=change), *good.services[1:])})
    if change == {"wave": "w2"}:
        entry = edited.services[0]
        work = (entry.work[0].model_copy(update={"wave": "w2"}),)
        edited = edited.model_copy(update={"services": (entry.model_copy(update={"work": work}), edited.services[1])})
    with pytest.raises(PmogenError, match=said.replace("{", r"\{").replace("}", r"\}")):
        adopt(MADE, *gaps_and_choice(MADE), edited)


@pytest.mark.parametrize("name", ["no", "2027", "1e3", "null", "plain-name"])
def test_ids_that_look_like_something_else_stay_ids(name):
    made = organisation(service(name))
    assert [entry.service for entry in read(published(written(made))).services] == [name]


def test_a_move_has_to_be_worth_it():
    """A little more value does not move what people know; a lot does."""
    services = (service("a", {"risk": 1}, days=60), service("b", {"risk": 1.2}, days=60))
    made = organisation(*services)
    known = {"a": "w1", "b": "w2"}
    assert launches(plan(made)) == {"b": "w1", "a": "w2"}
    assert launches(plan_roadmap(made, *gaps_and_choice(made), known)) == known
    free = replace(made, roadmap=made.roadmap.model_copy(update={"a_move": 0}))
    assert launches(plan_roadmap(free, *gaps_and_choice(free), known)) == {"b": "w1", "a": "w2"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "fingerprint|file"),
        ("fingerprint: x\nengine: me\n", "fingerprint"),
        ("a: [", "content/plan.yml cannot be read"),
    ],
)
def test_what_is_no_plan_is_refused(text, said):
    with pytest.raises(PmogenError, match=said):
        read(text)
