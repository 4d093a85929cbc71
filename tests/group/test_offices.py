"""Offices built beside each other: each in a process of its own, whichever way that is begun."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from click import echo

from pmogen.aside import JOBS_VARIABLE
from pmogen.group.settings import Office
from pmogen.language import speaking, spoken
from pmogen.site import offices as module
from pmogen.site.offices import Way, build_offices
from tests.group.offices import small_office

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux only")


def offices(*names):
    return tuple(Office(id=name, name=name.upper(), folder=name) for name in names)


def built(root, names, run, jobs=2, **more):
    for name in names:
        (root / name).mkdir(exist_ok=True)
    way = Way((), jobs, run, more.get("prepare", lambda _folders: None))
    return build_offices(root, offices(*names), way, more.get("done", lambda _number: None))


def test_each_says_its_own_and_ends_with_its_own_code(tmp_path):
    def run(arguments):
        echo("built " + arguments[1].rpartition("/")[2])
        echo("a word of warning", err=True)
        os.system("echo said by a child")
        return 3 if arguments[1].endswith("b") else 0

    found = built(tmp_path, "abc", run)
    assert [(one.office.id, one.code) for one in found] == [("a", 0), ("b", 3), ("c", 0)]
    assert all(one.said == f"built {one.office.id}\na word of warning\nsaid by a child" for one in found)


def test_one_that_dies_does_not_stop_the_others_and_says_how(tmp_path):
    def run(arguments):
        if arguments[1].endswith("a"):
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    dead, alive = built(tmp_path, "ab", run)
    assert (alive.code, dead.code) == (0, -9)
    assert "signal 9" in dead.said


def test_all_begin_with_what_was_prepared_once(tmp_path):
    known = []

    def prepare(folders):
        known.append(sorted(folder.name for folder in folders))

    def run(_arguments):
        echo(known)
        known.append("something of its own")
        return 0

    assert {one.said for one in built(tmp_path, "abc", run, prepare=prepare)} == {"[['a', 'b', 'c']]"}
    assert known == [["a", "b", "c"]]


def test_none_speaks_the_language_of_the_group(tmp_path):
    def run(_arguments):
        echo(spoken().code)
        return 0

    with speaking("de"):
        (found,) = built(tmp_path, "a", run)
    assert found.said == "en"


@pytest.mark.parametrize(("names", "jobs", "shares"), [("a", 4, ["4"]), ("ab", 4, ["2", "2"]), ("abc", 1, ["1"] * 3)])
def test_together_they_use_as_many_processes_as_were_asked_for(tmp_path, names, jobs, shares):
    def run(_arguments):
        echo(os.environ[JOBS_VARIABLE])
        time.sleep(0.3)
        return 0

    before = os.environ.get(JOBS_VARIABLE)
    assert [one.said for one in built(tmp_path, names, run, jobs)] == shares
    assert os.environ.get(JOBS_VARIABLE) == before


def test_no_more_run_than_were_asked_for(tmp_path):
    def run(arguments):
        running = tmp_path / f"{arguments[1].rpartition('/')[2]}.running"
        running.touch()
        time.sleep(0.05)
        echo(len(list(tmp_path.glob("*.running"))))
        running.unlink()
        return 0

    assert max(int(one.said) for one in built(tmp_path, "abcdef", run, 2)) <= 2


def test_an_interrupted_build_ends_its_offices_and_they_may_put_things_away(tmp_path):
    def run(arguments):
        if arguments[1].endswith("a"):
            while not (tmp_path / "begun").is_file():
                time.sleep(0.01)
            return 0
        signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that run behind others begin without
        try:
            (tmp_path / "begun").touch()
            time.sleep(60)
        except KeyboardInterrupt:
            (tmp_path / "put away").touch()
            raise
        return 0

    def interrupt(_number):
        raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, "ab", run, done=interrupt)
    assert (tmp_path / "put away").is_file()
    assert time.monotonic() - begin < 30


def test_where_nothing_can_be_forked_each_is_a_program_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_can_fork", lambda: False)
    small_office(tmp_path / "a")
    (tmp_path / "b").mkdir()

    def never(_arguments):
        raise AssertionError

    way = Way(("--builder", "none"), 2, never, lambda _folders: None)
    good, bad = build_offices(tmp_path, offices("a", "b"), way, lambda _number: None)
    assert (good.code, bad.code) == (0, 1)
    assert "no content/ folder" in bad.said
    assert (tmp_path / "a/build/api/v1/playbook.json").is_file()


def test_a_folder_that_is_not_there_or_leaves_the_group_is_not_built(tmp_path):
    root = tmp_path / "group"
    root.mkdir()
    (tmp_path / "outside").mkdir()
    (root / "link").symlink_to(tmp_path / "outside")

    def never(_arguments):
        raise AssertionError

    found = build_offices(root, offices("none", "link"), Way((), 2, never, lambda _folders: None), lambda _number: None)
    assert [one.code for one in found] == [1, 1]
    assert all("there is no folder" in one.said for one in found)
