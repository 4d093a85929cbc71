"""What becomes stale by itself is found on the day that is asked for, whatever the playbook's own day is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.rules import stale_by
from tests.cli.test_commands import hashes
from tests.workspaces import workspace

DAY, MADE, DUE = dt.date(2027, 2, 1), dt.date(2027, 1, 31), dt.date(2027, 6, 30)

STALE = {
    "PMO206": {
        "content/foundation.yml": {
            "answers": [
                {"question": "sponsor", "state": "assumed", "answer": "Yes.", "owner": "Head", "due": DUE},
            ]
        }
    },
    "PMO404": {
        "content/decisions.yml": {
            "accepted_gaps": [{"aspect": "visibility", "who": "Board", "when": MADE, "why": "Later.", "until": DUE}]
        }
    },
    "PMO604": {
        "content/decisions.yml": {
            "entities": [{"id": "finance-unit", "name": "Finance", "description": "Pays."}],
            "hand_offs": [
                {
                    "id": "pay",
                    "title": "Pay",
                    "entity": "finance-unit",
                    "aspects": ["visibility"],
                    "asked": "Pay.",
                    "contact": "Head of finance",
                    "due": DUE,
                    "status": "agreed",
                }
            ],
        }
    },
    "PMO611": {
        "content/decisions.yml": {
            "services": [
                {
                    "service": "register",
                    "decision": "defer",
                    "who": "Board",
                    "when": MADE,
                    "why": "Later.",
                    "until": DUE,
                }
            ]
        }
    },
}


@pytest.mark.parametrize("code", STALE)
def test_it_is_found_on_the_day_after_and_not_before(code):
    known = workspace(STALE[code])
    assert code not in {found.code for found in stale_by(known, dt.date(2027, 6, 30))}
    assert code in {found.code for found in stale_by(known, dt.date(2027, 7, 1))}


def test_assessments_and_waves_grow_old():
    assert stale_by(workspace(), DAY) == ()
    assert {found.code for found in stale_by(workspace(), dt.date(2027, 4, 1))} == {"PMO713"}
    assert {found.code for found in stale_by(workspace(), dt.date(2028, 2, 2))} == {"PMO317", "PMO713"}


def test_nothing_else_is_told():
    """Only what the day brings: the rest is said by a check without a day."""
    known = workspace({"content/foundation.yml": {"answers": []}})
    assert stale_by(known, DAY) == ()


def test_an_allowance_holds(tmp_path):
    known = workspace(
        {"content/playbook.yml": {"rules": [{"rule": "PMO713", "severity": "ignore", "reason": "Test."}]}}
    )
    assert stale_by(known, dt.date(2027, 4, 1)) == ()


class TestCommand:
    @pytest.fixture
    def folder(self, example, tmp_path):
        return Path(shutil.copytree(example, tmp_path / "workspace"))

    def test_the_day_is_asked_for(self, folder, capsys):
        before = hashes(folder)
        assert run(["check", str(folder), "--as-of", "2030-01-31"]) == 0
        told = capsys.readouterr().out
        assert "PMO317" in told
        assert "PMO604" in told
        assert "PMO610" not in told
        assert hashes(folder) == before

    def test_today_is_a_day(self, folder):
        assert run(["check", str(folder), "--as-of", "today"]) == 0

    def test_with_strict_something_stale_ends_with_1(self, folder):
        assert run(["check", str(folder), "--as-of", "2030-01-31", "--strict"]) == 1

    def test_the_summary_of_a_run_lists_it(self, folder, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
        assert run(["check", str(folder), "--as-of", "2030-01-31", "--format", "github"]) == 0
        assert "PMO713" in (tmp_path / "summary.md").read_text()
        assert "::warning " in capsys.readouterr().out

    @pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "", "31.1.2027"])
    def test_what_is_no_day_is_a_wrong_call(self, folder, day, capsys):
        assert run(["check", str(folder), "--as-of", day]) == 2
        assert "as in 2027-01-31" in capsys.readouterr().err

    def test_errors_are_told_first(self, folder, capsys):
        path = folder / "content/playbook.yml"
        path.write_text(path.read_text().replace("version:", "versoin:", 1))
        assert run(["check", str(folder), "--as-of", "today"]) == 1
        assert "versoin" in capsys.readouterr().out
