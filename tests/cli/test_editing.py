"""`decide`, `handoff` and `progress`: small changes of files that people keep."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.site import edited

DECISION = ["--who", "Executive board", "--when", "2026-10-01", "--why", "Wanted: now."]
GIVEN = ["--who", "Board", "--when", "2026-10-01", "--why", "Yes.", "--until", "2027-06-30"]


@pytest.fixture
def workspace(example, tmp_path, monkeypatch):
    for part in ("content", "catalog"):
        shutil.copytree(example / part, tmp_path / part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(text):
    """Lines that a patch takes out and puts in."""
    return [line for line in text.split("\n") if line[:1] in "+-" and not line.startswith(("+++", "---")) and line]


def contents(workspace):
    return {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}


def test_a_decision_changes_its_own_lines_only(workspace, capsys):
    before = (workspace / "content/decisions.yml").read_text()
    assert run(["decide", "change-control", "decline", *DECISION, "--yes"]) == 0
    said = capsys.readouterr()
    assert lines(said.out) == [
        "-    decision: defer",
        "-    who: Portfolio board",
        "-    when: 2026-09-22",
        "-    why: The change board of the capital plan covers the large changes. Small ones have to wait for the common method.",
        "+    decision: decline",
        "+    who: Executive board",
        "+    when: 2026-10-01",
        '+    why: "Wanted: now."',
    ]
    assert "next: pmogen plan" in said.err
    now = (workspace / "content/decisions.yml").read_text()
    assert len(set(before.split("\n")) - set(now.split("\n"))) <= 4


def test_the_patch_is_what_git_applies(workspace, capsys):
    before = contents(workspace)
    assert run(["decide", "change-control", "decline", *DECISION]) == 1
    said = capsys.readouterr()
    assert contents(workspace) == before
    assert "--yes writes it" in said.err
    subprocess.run(["git", "apply", "-"], input=said.out.encode(), check=True)
    assert run(["decide", "change-control", "decline", *DECISION]) == 0
    assert "it is so already" in capsys.readouterr().err


def test_a_new_decision_stands_with_its_like(workspace, capsys):
    """Behind the last one that says the same; in the example, before the heading of those that are deferred."""
    service = undecided(workspace)
    assert run(["decide", f"service:{service}", "decline", *DECISION, "--yes"]) == 0
    text = (workspace / "content/decisions.yml").read_text()
    assert text.index(f"service: {service}") < text.index("# Deferred")
    assert text.index(f"service: {service}") > text.index("# Declined")
    assert run(["decide", service, "undecided", "--yes"]) == 0
    assert f"service: {service}" not in (workspace / "content/decisions.yml").read_text()


def undecided(workspace):
    from pmogen import check

    found = check(workspace).workspace
    assert found is not None
    made = {entry.service for entry in found.decisions.services}
    return next(
        service.id for service in found.catalogue.services if service.id not in made and service.tier == "advanced"
    )


def test_taking_back_what_was_added_leaves_the_file_as_it_was(workspace):
    before = contents(workspace)
    service = undecided(workspace)
    assert run(["decide", service, "defer", *DECISION, "--until", "2027-06-30", "--yes"]) == 0
    assert contents(workspace) != before
    assert run(["decide", service, "undecided", "--yes"]) == 0
    assert contents(workspace) == before


def test_gaps_are_accepted_until_a_day(workspace, capsys):
    assert run(["decide", "gap:communication", "accept", *GIVEN[:-2], "--yes"]) == 1
    assert "--until" in capsys.readouterr().err
    assert run(["decide", "gap:communication", "accept", *GIVEN, "--yes"]) == 0
    assert "+  - aspect: communication" in lines(capsys.readouterr().out)
    assert run(["decide", "gap:communication", "undecided", "--yes"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["decide", "ppm-tol", "offer", *DECISION], "did you mean `ppm-tool`?"),
        (["decide", "gap:pm-skils", "accept", *GIVEN], "did you mean `pm-skills`?"),
        (["decide", "ppm-tool", "accept", *DECISION], "pmogen decide gap:ppm-tool accept"),
        (["decide", "gap:pm-skills", "decline", *DECISION], "pmogen decide gap:pm-skills undecided"),
        (["handoff", "staff-directory-fed", "--status", "done"], "did you mean `staff-directory-feed`?"),
        (["handoff", "something-else", "--status", "done"], "--title, --entity, --asked, --aspect, --contact, --due"),
        (["handoff", "staff-directory-feed", "--entity", "it-operation"], "did you mean `it-operations`?"),
        (["handoff", "staff-directory-feed", "--aspect", "nothing"], "list of aspects"),
        (["progress", "status-report", "--started", "2026-10-01"], "did you mean `status-reporting`?"),
        (["progress", "status-reporting", "--expected", "2027-q9"], "did you mean `2027-q"),
        (["progress", "status-reporting", "--live", "2031-01-01"], "is in no wave"),
        (["progress", "role-profiles", "--effort-days", "3"], "say --started"),
        (["progress", "project-register", "--left-days", "3"], "is live since `2026-q3`"),
        (["progress", "status-reporting", "--live", "2026-09-30", "--left-days", "3"], "--left-days"),
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, list) else "",
)
def test_what_does_not_exist_is_refused_with_a_way_out(workspace, arguments, said, capsys):
    before = contents(workspace)
    assert run([*arguments, "--yes"]) == 1
    assert said in capsys.readouterr().err
    assert contents(workspace) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["decide", "ppm-tool", "offer"],
        ["decide", "ppm-tool", "undecided", "--who", "Board"],
        ["decide", "ppm-tool", "offer", "--who", "x", "--when", "tomorrow", "--why", "x"],
        ["handoff", "staff-directory-feed"],
        ["progress", "status-reporting"],
        ["progress", "status-reporting", "--live", "2026-09-30", "--dropped", "2026-09-30"],
        ["progress", "status-reporting", "--effort-days", "-1"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2(workspace, arguments, capsys):
    assert run(arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_nothing_is_written_that_would_bring_errors(workspace, capsys):
    """The errors are shown as `pmogen check` shows them, at the lines of the new text."""
    before = contents(workspace)
    assert run(["decide", "status-reporting", "decline", *DECISION, "--yes"]) == 1
    said = capsys.readouterr().err
    assert "[PMO602]" in said
    assert "would bring the errors above" in said
    assert contents(workspace) == before


def test_errors_that_were_there_already_are_no_hindrance(workspace, capsys):
    path = workspace / "content/roadmap.yml"
    path.write_text(path.read_text().replace("live: 2026-07-27", "live: 2026-12-27", 1))
    assert run(["check"]) == 1
    assert run(["handoff", "staff-directory-feed", "--status", "agreed", "--yes"]) == 0


def test_a_playbook_that_cannot_be_read_is_left_alone(workspace, capsys):
    (workspace / "content/foundation.yml").write_text("answers: [\n")
    assert run(["handoff", "staff-directory-feed", "--status", "agreed", "--yes"]) == 1
    assert "content/foundation.yml:" in capsys.readouterr().err


def test_a_hand_off_moves_on(workspace, capsys):
    note = (
        "They will deliver in March, with the eleven fields, and tell us a week before; the sign-in comes with it, too."
    )
    options = ["--status", "agreed", "--agreed-on", "2026-10-04", "--note", note, "--due", "2027-03-31"]
    assert run(["handoff", "hand-off:staff-directory-feed", *options, "--yes"]) == 0
    assert lines(capsys.readouterr().out) == [
        "-    due: 2027-06-30",
        "-    status: proposed",
        "-    note: IT operations will answer in November, when the dates for moving the platform are fixed.",
        "+    due: 2027-03-31",
        "+    status: agreed",
        "+    agreed_on: 2026-10-04",
        "+    note: >-",
        f"+      {note}",
    ]


def test_a_new_hand_off_is_proposed(workspace, capsys):
    options = ["--title", "Ask", "--entity", "it-operations", "--asked", "Do it.", "--aspect", "tools-data"]
    options += ["--contact", "Head of IT", "--due", "2027-01-31"]
    assert run(["handoff", "ask-it", *options, "--yes"]) == 0
    assert lines(capsys.readouterr().out) == [
        "+  - id: ask-it",
        "+    title: Ask",
        "+    entity: it-operations",
        "+    aspects: [tools-data]",
        "+    asked: Do it.",
        "+    contact: Head of IT",
        "+    due: 2027-01-31",
        "+    status: proposed",
    ]


def test_what_goes_live_moves_to_its_wave(workspace, capsys):
    assert run(["progress", "status-reporting", "--effort-days", "7.5", "--yes"]) == 0
    assert "+    effort_days: 7.5 # the short report was tried out" in capsys.readouterr().out
    assert run(["progress", "status-reporting", "--live", "2026-09-30", "--note", "Done", "--yes"]) == 0
    assert [line for line in lines(capsys.readouterr().out) if line[0] == "+"] == [
        "+      - service: status-reporting",
        "+        started: 2026-09-21",
        "+        live: 2026-09-30",
        "+        effort_days: 7.5",
        "+        note: Done",
        "+progress: []",
    ]
    assert run(["progress", "status-reporting", "--live", "2026-09-29", "--yes"]) == 0
    assert lines(capsys.readouterr().out) == ["-        live: 2026-09-30", "+        live: 2026-09-29"]
    assert run(["check"]) == 0


def test_what_is_started_or_dropped_is_said(workspace, capsys):
    assert run(["progress", "governance-framework", "--started", "2026-09-28", "--expected", "2027-q1", "--yes"]) == 0
    assert lines(capsys.readouterr().out) == [
        "+  - service: governance-framework",
        "+    started: 2026-09-28",
        "+    expected: 2027-q1",
    ]
    assert run(["progress", "status-reporting", "--dropped", "2026-10-02", "--yes"]) == 1
    assert "[PMO732]" in capsys.readouterr().err
    assert run(["progress", "status-reporting", "--dropped", "2026-10-02", "--who", "B", "--why", "No.", "--yes"]) == 0


def test_who_changes_the_file_meanwhile_wins(workspace, monkeypatch, capsys):
    path = workspace / "content/decisions.yml"
    write = edited.write_edited

    def meanwhile(root, changes):
        path.write_text(path.read_text() + "# somebody else\n")
        write(root, changes)

    monkeypatch.setattr(edited, "write_edited", meanwhile)
    assert run(["handoff", "staff-directory-feed", "--status", "agreed", "--yes"]) == 1
    assert "was changed while it was read" in capsys.readouterr().err
    assert "status: agreed\n    note: IT operations" not in path.read_text()
    assert path.read_text().endswith("# somebody else\n")


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_on_a_terminal_people_are_asked(workspace, monkeypatch, answer, code, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    assert run(["handoff", "staff-directory-feed", "--status", "agreed"]) == code
    assert ("status: agreed\n    note: IT" in (workspace / "content/decisions.yml").read_text()) is (code == 0)


def test_a_file_that_is_a_link_out_of_the_workspace_is_not_changed(workspace, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "decisions.yml"
    path = workspace / "content/decisions.yml"
    shutil.move(path, outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    assert run(["handoff", "staff-directory-feed", "--status", "agreed", "--yes"]) == 1
    assert outside.read_bytes() == before
    assert isinstance(outside, Path)
