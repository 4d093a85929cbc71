"""What people can ask for in a what-if: every kind of change, and what is said when it cannot be."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from pmogen.analysis.as_if import Amount
from pmogen.analysis.changes import KINDS, as_if, said, tried
from pmogen.errors import PmogenError
from pmogen.model.roadmap import Progress
from tests.planning.builders import launched, limit, organisation, roles, service, wave
from tests.workspaces import ROOT

MADE = organisation(
    service("live"),
    service("big", days=90, asks={"managers": "medium"}),
    service("gone"),
    roadmap=(
        wave(1, status="finished", launched=(launched("live"),)),
        wave(2, fte=3, roles=roles(pmo_head=1)),
        wave(3, fte=2),
    ),
    limits=[limit("managers", 8, {"w2": 3}, {"w3": "Year end"})],
    decided={"gone": "decline"},
    pins={"big": "w2"},
    not_before={"big": "w2"},
)


def roadmap(*changes):
    return as_if(MADE, changes).workspace.roadmap


def test_people_of_the_pmo_change_in_all_waves_to_come_or_in_one():
    assert [w.fte for w in roadmap("pmo_fte=+1").waves] == [1, 4, 3]
    assert [w.fte for w in roadmap("pmo_fte@w3=+0.5").waves] == [1, 3, 2.5]
    assert [w.fte for w in roadmap("pmo_fte=-10%").waves] == [1, 2.7, 1.8]
    assert [w.fte for w in roadmap("pmo_fte=4").waves] == [1, 4, 4]


def test_what_files_cannot_say_is_granted_beside_the_workspace():
    days, running, points = as_if(MADE, ["days@w2=+10", "run_fte=+0.5", "audience.managers.capacity@w3=12"]).grants
    assert (days.kind, days.wave, days.amount) == ("days", "w2", Amount(Fraction(10), "more"))
    assert (running.kind, running.wave) == ("running", "")
    assert (points.kind, points.of, points.amount.of(Fraction(8))) == ("points", "managers", 12)


def test_audiences_can_take_more_have_other_change_and_black_outs():
    assert roadmap("audience.managers.capacity=+4").audiences[0].capacity == 12
    assert roadmap("audience.sponsors.capacity=-10%").audiences[-1].capacity == 9
    assert [(b.wave, b.points) for b in roadmap("audience.managers.background@w2=+2").audiences[0].background] == [
        ("w2", 5)
    ]
    assert roadmap("audience.managers.background@w2=0").audiences[0].background == ()
    assert roadmap("no-black-out=managers").audiences[0].black_outs == ()
    outs = roadmap("black-out=managers@w2").audiences[0].black_outs
    assert sorted(out.wave for out in outs) == ["w2", "w3"]


def test_decisions_take_pins_with_them_when_nothing_is_offered():
    declined = as_if(MADE, ["decline=big"]).workspace
    assert [(d.service, d.decision) for d in declined.decisions.services] == [("gone", "decline"), ("big", "decline")]
    assert declined.roadmap.pins == ()
    assert as_if(MADE, ["defer=big"]).workspace.decisions.services[-1].decision == "defer"
    assert as_if(MADE, ["offer=gone"]).workspace.decisions.services[-1].decision == "offer"


def test_high_changes_are_counted_in_whole_numbers():
    for change, most in (("high_changes=+1", 2), ("high_changes=0", 0), ("high_changes=3", 3)):
        assert as_if(MADE, [change]).workspace.catalogue.method.change.high_per_wave == most
    for change in ("high_changes=+0.5", "high_changes=-2", "high_changes=many"):
        with pytest.raises(PmogenError):
            as_if(MADE, [change])


def test_an_accepted_gap_is_to_be_closed_after_all():
    made = organisation(service("a", {"risk": 1}), accepted=["risk"])
    assert as_if(made, ["unaccept=risk"]).workspace.decisions.accepted_gaps == ()
    for change in ("unaccept=ghost", "unaccept=cost"):
        with pytest.raises(PmogenError):
            as_if(made, [change])
    with pytest.raises(PmogenError, match="not accepted"):
        as_if(made, ["unaccept=risk", "unaccept=risk"])


def test_what_was_dropped_goes_on_where_it_was_left_and_is_offered():
    given_up = Progress(
        service="big", started="2027-01-04", effort_days=30, dropped="2027-02-01", who="Board", why="No."
    )
    made = replace(MADE, roadmap=MADE.roadmap.model_copy(update={"progress": (given_up,)}))
    resumed = as_if(made, ["resume=big"]).workspace
    assert [(e.dropped, e.who, e.why, e.effort_days) for e in resumed.roadmap.progress] == [(None, None, None, 30)]
    assert [(e.service, e.decision) for e in resumed.decisions.services][-1] == ("big", "offer")
    with pytest.raises(PmogenError, match="not dropped"):
        as_if(made, ["resume=gone"])


def test_dates_are_set_and_taken_away():
    assert [(p.service, p.wave) for p in roadmap("pin=big@w3").pins] == [("big", "w3")]
    assert roadmap("unpin=big").pins == ()
    assert [w.wave for w in roadmap("not-before=big@w3").not_before] == ["w3"]
    assert [d.wave for d in roadmap("deadline=big@w3").deadlines] == ["w3"]
    free = roadmap("any-time=big")
    assert (free.pins, free.not_before, free.deadlines) == ((), (), ())
    offered = as_if(MADE, ["offer=gone", "pin=gone@w3"]).workspace.roadmap
    assert offered.pins[-1].service == "gone"


def test_efforts_change_for_what_is_still_to_come():
    def efforts(*changes):
        return {s.id: s.establish_days.high for s in as_if(MADE, changes).workspace.catalogue.services}

    assert efforts("effort=+20%") == {"live": 10, "big": 108, "gone": 12}
    assert efforts("service.big.days=-30") == {"live": 10, "big": 60, "gone": 10}
    assert efforts("service.big.days=45")["big"] == 45


def test_targets_priorities_and_waves():
    aspect = as_if(MADE, ["target.risk=3", "priority.risk=L"]).workspace.current.assessment.aspects[0]
    assert (aspect.target, aspect.priority) == (3, "L")
    assert as_if(MADE, ["target.risk=-1"]).workspace.current.assessment.aspects[0].target == 4
    waves = roadmap("waves=+2").waves
    assert [w.id for w in waves[3:]] == ["what-if-1", "what-if-2"]
    assert [(w.fte, w.ends - w.starts) for w in waves[3:]] == [(2, waves[2].ends - waves[2].starts)] * 2
    assert waves[3].starts > waves[2].ends
    assert waves[4].starts > waves[3].ends


def test_changes_hold_in_their_order():
    assert [w.fte for w in roadmap("pmo_fte=1", "pmo_fte@w3=+1").waves] == [1, 1, 2]


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        ("", "`` is not a change", "pmo_fte, days, run_fte"),
        ("pmo_fte", "`pmo_fte` is not a change", "write for example pmo_fte=\\+1"),
        ("pmo_fte=nan", "`nan` is not such a number", "pmo_fte=-10%"),
        ("pmo_fte=1e3", "`1e3` is not such a number", "pmo_fte=4"),
        ("pmo_fte=10%", "`10%` is not such a number", "pmo_fte=-10%"),
        ("pmo_fte=-99", "the PMO's FTE in Wave 2 would be -96", "it is 3 now, and can be 0 to 100"),
        ("pmo_fte=101", "the PMO's FTE in Wave 2 would be 101", "can be 0 to 100"),
        ("pmo_fte@w1=+1", "Wave 1 is over", "waves to come are w2, w3"),
        ("pmo_fte@=+1", "the wave is missing|no wave belongs here", "pmo_fte"),
        ("pmo_ftes=+1", "`pmo_ftes` cannot be changed", "did you mean `pmo_fte`"),
        ("weather=fine", "`weather` cannot be changed", "what can be changed: pmo_fte"),
        ("days=-5", "days can only be added", "pmo_fte=-0.5"),
        ("days=10", "days can only be added", "write \\+10"),
        ("audience.nobody.capacity=3", "no `nobody` among the audiences", "managers, sponsors"),
        ("audience.manager.capacity=3", "no `manager` among the audiences", "did you mean `managers`"),
        ("audience.managers.capacity=-30", "what they can take would be -22", "0 to 1000"),
        ("audience.managers.background=3", "the wave is missing", "audience.ID.background@WAVE=0"),
        ("black-out=managers", "it names no wave", "black-out=AUDIENCE@WAVE"),
        ("no-black-out=sponsors", "there is no such black-out", "managers@w3"),
        ("offer@w2=big", "no wave belongs here", "offer=ID"),
        ("decline=bigg", "no `bigg` among the services", "did you mean `big`"),
        ("decline=live", "`live` is live already", "what has happened stays"),
        ("pin=big", "it names no wave", "pin=ID@WAVE"),
        ("pin=big@w9", "no `w9` among the waves", "did you mean|the waves are"),
        ("pin=gone@w2", "`gone` is declined", "offer=gone pin=gone@w2"),
        ("unpin=gone", "`gone` has no pin", "with one are big"),
        ("effort=20", "change by a percentage", "effort=\\+20%"),
        ("service.big.days=-91", "the effort of `big` would be -1", "it is 90 now"),
        ("target.risk=6", "the target would be 6", "levels are 1 to 5"),
        ("target.cost=3", "no `cost` among the assessed aspects", "risk"),
        ("priority.risk=X", "`X` is not a priority", "L, M or H"),
        ("waves=+9", "`\\+9` is not such a number", "at most \\+4"),
        ("role.pmo-head.fte=+1", "no `pmo-head` among the roles", "there are no roles"),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_possible(change, message, hint):
    with pytest.raises(PmogenError, match=message) as caught:
        as_if(MADE, [change])
    assert re.search(hint, caught.value.hint), caught.value.hint


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(PmogenError, match="2 of these changes cannot be made") as caught:
        as_if(MADE, ["pmo_fte=nan", "pmo_fte=+1", "decline=bigg"])
    assert "`bigg`" in caught.value.message
    assert "`nan`" in caught.value.message
    made, wrong = tried(MADE, ["pmo_fte=nan", "pmo_fte=+1", "decline=bigg"])
    assert [number for number, _ in wrong] == [0, 2]
    assert made.workspace.roadmap.waves[1].fte == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("pmo_fte@w3=+1", "+1 FTE in the PMO in Wave 3"),
        ("audience.managers.capacity=12", "managers can take 12 change points"),
        ("pin=big@w3", "BIG is pinned to Wave 3"),
        ("no-black-out=managers", "No black-out for managers"),
        ("no-black-out=managers@w3", "No black-out for managers in Wave 3"),
        ("target.risk=3", "Target of Risk: 3"),
        ("nonsense", "nonsense"),
    ],
)
def test_changes_can_be_said_in_plain_words(change, words):
    assert said(MADE, change) == words


def test_every_kind_is_in_the_documentation():
    page = (ROOT / "docs/planning.md").read_text("utf-8")
    assert [kind.form for kind in KINDS if f"`{kind.form}`" not in page] == []
