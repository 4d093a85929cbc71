"""Parts made side by side: the same as one after the other, on any number of cores."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import pytest

from pmogen.analysis.gaps import find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.services import choose
from pmogen.planning import absent
from pmogen.planning.absent import absences
from pmogen.planning.beside import made_beside, made_of_each
from pmogen.planning.formulation import formulate
from pmogen.planning.solve import solve
from pmogen.playbook import compute
from tests.planning.generated import generated

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forking is used on Linux only")


@pytest.fixture(params=["1", "3"])
def jobs(monkeypatch, request):
    """One process, or three of them."""
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setenv("PMOGEN_JOBS", request.param)
    return int(request.param)


def test_what_is_made_of_each_comes_in_their_order(jobs):
    assert made_of_each(lambda number: number * number, range(100)) == [number * number for number in range(100)]


def test_what_another_process_cannot_make_is_made_here(jobs):
    here = os.getpid()

    def make(number):
        if os.getpid() != here:
            os._exit(3)
        return number

    assert made_of_each(make, range(20)) == list(range(20))
    assert made_beside(lambda: make(7))() == 7


def test_something_is_made_beside(jobs):
    made = made_beside(os.getpid)()
    assert (made == os.getpid()) is (jobs == 1)


def test_what_goes_wrong_beside_is_told_here(jobs):
    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        made_beside(fail)()
    with pytest.raises(LookupError):
        made_of_each(lambda _number: fail(), range(3))


@pytest.mark.parametrize("searches", [2, 7, 150])
def test_reasons_are_the_same_however_many_processes_look_for_them(monkeypatch, jobs, searches):
    """And as many services are asked about."""
    workspace = generated(8)
    gaps = find_gaps(workspace, levels_of(workspace, workspace.current))
    formulation = formulate(workspace, gaps, choose(workspace, gaps))
    schedule = solve(formulation.problem).schedule
    monkeypatch.setattr(absent, "SEARCHES", searches)
    one_by_one = absences(workspace, formulation, schedule)
    monkeypatch.setattr(absent, "PART", 2)
    assert absences(workspace, formulation, schedule) == one_by_one
    assert sum(entry.service not in schedule.launches for entry in one_by_one) > 10


def test_a_playbook_is_the_same_however_many_processes_work_at_it(monkeypatch, jobs):
    workspace = generated(7)
    expected = compute(replace(workspace))
    monkeypatch.setattr("pmogen.playbook.MANY", 1)
    monkeypatch.setattr("pmogen.planning.MANY", 1)
    assert compute(replace(workspace)) == expected
