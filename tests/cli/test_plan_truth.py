"""The published plan and people's wishes, told by the commands: out of date, broken by hand, contradicting."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmogen.cli import run


@pytest.fixture
def planned(example, tmp_path, capsys):
    """The example with a plan that is current, of which nothing was proven."""
    copy = Path(shutil.copytree(example, tmp_path / "workspace"))
    (copy / "content/plan.yml").unlink()
    assert run(["plan", str(copy), "--yes", "--no-exact"]) == 0
    capsys.readouterr()
    return copy


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def move(workspace: Path, service: str, before: str, now: str) -> int:
    """Move a service in the plan by hand, launch and work; says in which line it stands."""
    path = workspace / "content/plan.yml"
    lines = path.read_text().split("\n")
    (number,) = [n for n, line in enumerate(lines) if f"{{service: {service}," in line]
    assert before in lines[number]
    lines[number] = lines[number].replace(before, now)
    path.write_text("\n".join(lines))
    return number + 1


def test_a_plan_that_is_current_is_not_mentioned(planned, capsys):
    assert run(["check", str(planned)]) == 0
    assert "PMO72" not in capsys.readouterr().out


def test_a_plan_out_of_date_is_a_warning_that_says_what_to_do(planned, capsys):
    change(planned / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")
    assert run(["check", str(planned)]) == 0
    said = capsys.readouterr().out
    assert "content/plan.yml:2:14: warning: the published plan is out of date" in said
    assert "hint: run `pmogen plan`" in said
    assert run(["build", str(planned), "--builder", "none", "--frozen"]) == 1
    assert "content/plan.yml:2:14: the published plan is out of date" in capsys.readouterr().err


def test_every_limit_that_a_plan_edited_by_hand_breaks_is_an_error_with_its_line(planned, capsys):
    reporting = move(planned, "status-reporting", '"2026-q4"', '"2027-q1"')
    toolset = move(planned, "minimum-toolset", '"2027-q3"', '"2026-q4"')
    assert run(["check", str(planned)]) == 1
    said = capsys.readouterr().out
    assert "which it needs, is not live in an earlier wave [PMO721]" in said
    assert "wave `2027-q1`: Project managers get 12.6 of 12 change points [PMO721]" in said
    assert f"see content/plan.yml:{reporting}:" in said
    assert f"content/plan.yml:{toolset}:38: error: the published plan: `minimum-toolset` must not launch before" in said
    assert run(["build", str(planned), "--builder", "none", "--frozen"]) == 1
    assert "wave `2027-q1`: Project managers get 12.6 of 12 change points [PMO721]" in capsys.readouterr().out
    assert not (planned / "build").exists()


def test_a_plan_edited_by_hand_within_all_limits_is_told_and_no_longer_called_proven(planned, capsys):
    edited = move(planned, "pm-promotion", '"2026-q4"', '"2027-q1"')
    assert run(["check", str(planned)]) == 0
    said = "content/plan.yml:3:7: note: the published plan was edited by hand: nothing proves how good it is [PMO724]"
    assert said in capsys.readouterr().out
    assert run(["plan", str(planned), "--check"]) == 0
    assert "it was edited by hand, so nothing proves how good it is" in capsys.readouterr().out
    assert run(["build", str(planned), "--builder", "none", "--frozen"]) == 0
    page = (planned / "build/playbook/roadmap/index.md").read_text()
    assert "proven" not in page
    assert "Not computed: run `pmogen plan`." in page
    assert '"2027-q1"' in (planned / "content/plan.yml").read_text().splitlines()[edited - 1]


def test_planning_again_mends_a_plan_that_was_broken_by_hand(planned, capsys):
    good = (planned / "content/plan.yml").read_text()
    move(planned, "minimum-toolset", '"2027-q3"', '"2026-q9"')
    assert run(["plan", str(planned), "--check"]) == 1
    assert "there is no wave `2026-q9` [PMO722]" in capsys.readouterr().out
    assert run(["plan", str(planned), "--yes", "--no-exact"]) == 0
    assert (planned / "content/plan.yml").read_text() == good


def test_wishes_that_contradict_are_told_by_every_command_with_every_place(planned, capsys):
    roadmap = planned / "content/roadmap.yml"
    with roadmap.open("a") as file:
        file.write("  - {service: intake-process, wave: 2027-q3, why: Not before the platform.}\n")
        file.write("deadlines:\n  - {service: capacity-planning, wave: 2027-q3, who: Board, why: Wanted.}\n")
    last = len(roadmap.read_text().split("\n")) - 1
    statements = [
        (f"content/roadmap.yml:{last}", "Resource capacity planning has to be live by the end of Summer 2027"),
        (f"content/roadmap.yml:{last - 2}", "Project intake and approval process must not launch before Summer 2027"),
        ("services/advanced-people.yml:", "needs Project intake and approval process in an earlier wave"),
    ]
    assert run(["check", str(planned)]) == 0
    said = capsys.readouterr().out
    assert "these cannot all hold: " in said
    assert "[PMO723]" in said
    assert all(place in said and words in said for place, words in statements)
    assert run(["plan", str(planned), "--yes", "--no-exact"]) == 0
    said = capsys.readouterr().out
    assert all(place in said and words in said for place, words in statements)
    assert run(["build", str(planned), "--builder", "none"]) == 0
    page = (planned / "build/playbook/roadmap/index.md").read_text()
    assert all(place.replace(":", ", line ") in page and words in page for place, words in statements)


def test_progress_is_shown_on_the_page_of_its_wave(planned):
    assert run(["build", str(planned), "--builder", "none"]) == 0
    page = (planned / "build/playbook/roadmap/2026-q3.md").read_text()
    assert "started on 21 September 2026, 3 person-days so far" in page
    assert "Live since 25 September 2026; work on it began on 13 July 2026" in page
