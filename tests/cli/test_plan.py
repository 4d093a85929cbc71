"""The plan is a lock file: written on request, used while current, refused when it is not."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.planning import exact, highs
from pmogen.planning.highs import available
from tests.workspaces import parsed


@pytest.fixture
def workspace(example, tmp_path):
    """The example before its plan was published."""
    copy = Path(shutil.copytree(example, tmp_path / "workspace"))
    (copy / "content/plan.yml").unlink()
    return copy


def test_the_plan_of_the_example_is_current_and_proven(example, capsys):
    assert run(["plan", str(example), "--check"]) == 0
    plan = parsed((example / "content/plan.yml").read_text())
    assert plan["value_waves"] == plan["bound"]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_plan_is_written_once_and_then_stays(workspace, capsys):
    plan = workspace / "content/plan.yml"
    assert run(["plan", str(workspace), "--yes", "--no-exact"]) == 0
    first = plan.read_bytes()
    assert "nothing is published yet" in capsys.readouterr().out
    assert run(["plan", str(workspace), "--yes", "--no-exact"]) == 0
    assert plan.read_bytes() == first
    said = capsys.readouterr().out
    assert "nothing moves" in said
    assert "stays as it is" in said


@pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")
def test_of_many_services_the_value_is_proven_and_the_rest_on_request(workspace, monkeypatch, capsys):
    monkeypatch.setattr(exact, "FEW_COLUMNS", 100)
    plan = ["plan", str(workspace), "--yes", "--no-insights"]
    assert run(plan) == 0
    said = capsys.readouterr().out
    assert "proven to bring the most: no plan within these limits is worth more\n`pmogen plan --prove` goes on" in said
    assert run([*plan, "--prove"]) == 0
    said = capsys.readouterr().out
    assert "proven optimal: " in said
    assert "--prove" not in said
    whole = (workspace / "content/plan.yml").read_bytes()
    for less in ((), ("--no-exact",)):
        assert run([*plan, *less]) == 0
        assert "proven optimal: " in capsys.readouterr().out
        assert (workspace / "content/plan.yml").read_bytes() == whole


@pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")
def test_what_was_proven_of_an_edited_plan_is_not_taken_over(workspace, capsys):
    plan = ["plan", str(workspace), "--yes", "--no-insights"]
    assert run(plan) == 0
    change(workspace / "content/plan.yml", "unique: true", "unique: false")
    capsys.readouterr()
    assert run([*plan, "--no-exact"]) == 0
    assert "how good it is was not proven" in capsys.readouterr().out


def test_without_the_solver_its_extra_is_named(workspace, monkeypatch, capsys):
    monkeypatch.setattr(highs, "available", lambda: False)
    monkeypatch.setattr(exact, "available", lambda: False)
    assert run(["plan", str(workspace), "--yes", "--no-insights"]) == 0
    assert "how good it is was not proven\npmogen[exact] is not installed, which" in capsys.readouterr().out


def test_to_prove_and_not_to_prove_do_not_go_together(workspace, capsys):
    assert run(["plan", str(workspace), "--prove", "--no-exact"]) == 2
    assert "--no-exact and --prove do not go together" in capsys.readouterr().err


def test_without_consent_nothing_is_written(workspace, capsys):
    assert run(["plan", str(workspace), "--no-exact"]) != 2
    assert not (workspace / "content/plan.yml").exists()


def test_check_tells_missing_current_and_stale(workspace, capsys):
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "missing" in capsys.readouterr().out
    run(["plan", str(workspace), "--yes", "--no-exact"])
    assert run(["plan", str(workspace), "--check"]) == 0
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")
    capsys.readouterr()
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "out of date" in capsys.readouterr().out


def test_frozen_builds_refuse_what_is_not_published(workspace, capsys):
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 1
    assert "missing" in capsys.readouterr().err
    assert not (workspace / "build").exists()
    run(["plan", str(workspace), "--yes", "--no-exact"])
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 0
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 1
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert "out of date" in capsys.readouterr().out


def test_a_plan_edited_by_hand_against_the_rules_is_refused(workspace, capsys):
    """Moving a service before its prerequisite keeps the fingerprint, but the checker sees it."""
    run(["plan", str(workspace), "--yes", "--no-exact"])
    plan = workspace / "content/plan.yml"
    lines = [line for line in plan.read_text().splitlines(keepends=True) if "service: status-reporting" not in line]
    plan.write_text("".join(lines))
    assert run(["build", str(workspace), "--builder", "none"]) == 1
    assert "content/plan.yml" in capsys.readouterr().out
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "[PMO721]" in capsys.readouterr().out


def test_what_if_writes_nothing_and_shows_both(workspace, capsys):
    assert run(["plan", str(workspace), "--what-if", "pmo_fte=-2", "--what-if", "decline=intake-process"]) == 0
    said = capsys.readouterr().out
    assert "as it is" in said
    assert "Project intake and approval process: Spring 2027 -> no wave\n    Declined by What if" in said
    assert "\nfalls out\n" in said
    assert not (workspace / "content/plan.yml").exists()
    assert run(["plan", str(workspace), "--what-if", "decline=nothing-like-it"]) == 1


def test_a_broken_plan_is_told_with_its_place(workspace, capsys):
    (workspace / "content/plan.yml").write_text("fingerprint: x\nservices: y\n")
    assert run(["check", str(workspace)]) == 1
    said = capsys.readouterr().out
    assert "content/plan.yml:1" in said
    assert "hint: delete the file and run `pmogen plan`" in said


def planned(workspace, *options):
    assert run(["plan", str(workspace), "--yes", "--no-exact", *options]) == 0


def test_the_plan_is_shown_wave_by_wave_with_work_and_marks(workspace, capsys):
    planned(workspace, "--no-insights")
    said = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(said) if line.startswith("Autumn 2026, one report: "))
    block = said[start : said.index("", start)]
    assert "person-days of building" in block[0]
    assert any(line.endswith("pinned") and "Resource overview" in line for line in block)
    assert any(line.endswith("proposed") for line in said)
    assert max(map(len, said)) < 200
    assert any(line.startswith("value ") and "levels closed times priority weight" in line for line in said)
    assert not any("What would help" in line or "what stands behind it" in line for line in said)


def test_every_move_against_the_published_plan_has_its_reason(workspace, capsys):
    planned(workspace, "--no-insights")
    roadmap = workspace / "content/roadmap.yml"
    change(
        roadmap,
        "not_before:\n",
        "not_before:\n  - {service: status-reporting, wave: 2027-q1, why: The works council asked.}\n",
    )
    decided = "service: minimum-toolset\n    decision: "
    change(workspace / "content/decisions.yml", f"{decided}offer", f"{decided}decline")
    capsys.readouterr()
    planned(workspace, "--no-insights")
    said = capsys.readouterr().out
    assert "No longer in Autumn 2026: It must not launch before Winter 2027: The works council asked." in said
    assert "dropped: Minimum toolset and how-to guides: Summer 2027 -> no wave\n    Declined by " in said


def test_insights_are_written_shown_and_used_by_the_page(workspace, capsys):
    planned(workspace)
    said = capsys.readouterr().out
    assert "what stands behind it" in said
    assert "With a tenth less capacity of the PMO" in said
    assert "insights" in parsed((workspace / "content/plan.yml").read_text())
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    page = workspace / "build/playbook/roadmap/index.md"
    assert "With a tenth less capacity of the PMO" in page.read_text()
    planned(workspace, "--no-insights")
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert "Not computed: run `pmogen plan`." in page.read_text()


def test_a_stale_plan_has_no_insights_on_its_page(workspace):
    planned(workspace)
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.4")
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert "Not computed: run `pmogen plan`." in (workspace / "build/playbook/roadmap/index.md").read_text()


@pytest.mark.parametrize("subject", ["intake-process", "service:intake-process", "wave:2027-q1", "2027-q1", "roadmap"])
def test_services_waves_and_the_roadmap_are_explained(example, subject, capsys):
    assert run(["plan", str(example), "--explain", subject]) == 0
    assert capsys.readouterr().out


def test_unknown_ids_suggest_near_ones(example, capsys):
    assert run(["plan", str(example), "--explain", "intake-proces"]) == 1
    assert "did you mean service:intake-process" in capsys.readouterr().err


def test_what_if_says_all_that_is_wrong_at_once(workspace, capsys):
    assert run(["plan", str(workspace), "--what-if", "pmo_fte=-99", "--what-if", "pin=nothing@never"]) == 1
    said = capsys.readouterr().err
    assert "2 of these changes cannot be made" in said
    assert "-99" in said
    assert "`nothing`" in said


def test_what_if_is_there_for_programs(workspace, capsys):
    assert run(["plan", str(workspace), "--what-if", "pmo_fte=-2", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changes"] == ["pmo_fte=-2"]
    assert told["after"]["services"] < told["before"]["services"]
    assert told["after"]["value_waves"] <= told["before"]["value_waves"]


def test_questions_do_not_go_together(example, capsys):
    assert run(["plan", str(example), "--check", "--what-if", "pmo_fte=+1"]) == 2
    assert "do not go together" in capsys.readouterr().err


def test_scenarios_are_planned_checked_and_shown(workspace, capsys):
    planned(workspace, "--no-insights")
    (workspace / "content/scenarios-plan.yml").unlink()
    assert run(["plan", str(workspace), "--check"]) == 1
    planned(workspace, "--scenarios")
    said = capsys.readouterr().out
    assert "as it is" in said
    assert "Project managers can take less" in said
    assert run(["plan", str(workspace), "--check"]) == 0
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    page = workspace / "build/playbook/roadmap/scenarios.md"
    assert "out of date" not in page.read_text()
    change(workspace / "content/scenarios.yml", "pmo_fte@2027-q4=+1", "pmo_fte@2027-q4=+2")
    capsys.readouterr()
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "out of date or missing for one-more-person" in capsys.readouterr().out
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert "One scenario is out of date" in page.read_text()


def test_scenarios_of_another_file_are_compared_and_not_published(workspace, tmp_path, capsys):
    before = (workspace / "content/scenarios-plan.yml").read_bytes()
    other = tmp_path / "mine.yml"
    other.write_text("scenarios:\n  - {id: fewer, name: Two fewer, why: A question., changes: [pmo_fte=-2]}\n")
    assert run(["plan", str(workspace), "--scenarios", str(other), "--no-exact"]) == 0
    assert "Two fewer" in capsys.readouterr().out
    assert (workspace / "content/scenarios-plan.yml").read_bytes() == before
    other.write_text("scenarios:\n  - {id: fewer, name: Two fewer, why: A question., changes: [pmo_fte=lots]}\n")
    assert run(["plan", str(workspace), "--scenarios", str(other)]) == 1
    said = capsys.readouterr().err
    assert "mine.yml:2" in said
    assert "`lots` is not such a number" in said
    assert run(["plan", str(workspace), "--scenarios", str(tmp_path / "none.yml")]) == 1
    other.write_text("scenarios: []\n")
    assert run(["plan", str(workspace), "--scenarios", str(other)]) == 1
    assert "there are no scenarios in" in capsys.readouterr().err


def test_a_folder_after_scenarios_is_the_workspace(workspace, capsys):
    assert run(["plan", "--scenarios", str(workspace), "--yes", "--no-exact"]) == 0
    assert "scenarios-plan.yml" in capsys.readouterr().out


def test_a_scenario_that_cannot_be_is_found_by_check_with_its_place(workspace, capsys):
    change(workspace / "content/scenarios.yml", "pmo_fte@2027-q2=+1", "pmo_fte@2027-q9=+1")
    assert run(["check", str(workspace)]) == 1
    said = capsys.readouterr().out
    assert "[PMO781]" in said
    assert "content/scenarios.yml:" in said
    assert "did you mean" in said


def test_where_nobody_answers_nothing_is_written_and_the_option_is_named(workspace, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run(["plan", str(workspace), "--no-exact", "--no-insights"]) == 130
    assert "nothing was written; --yes writes without asking" in capsys.readouterr().out
    assert not (workspace / "content/plan.yml").exists()


def test_stopping_it_leaves_the_plan_whole(workspace, monkeypatch, capsys):
    planned(workspace, "--no-insights")
    before = (workspace / "content/plan.yml").read_bytes()
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")

    def stopped(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("pmogen.planning.insights.insights", stopped)
    assert run(["plan", str(workspace), "--yes", "--no-exact"]) == 130
    assert (workspace / "content/plan.yml").read_bytes() == before
    assert [path.name for path in (workspace / "content").iterdir() if path.suffix == ".part"] == []
