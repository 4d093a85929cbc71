"""The other scripts of the workflows, run as they stand; what they call is noted by stand-ins."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.github.workflows import OWN, STARTER, program, read, run_script, script_of
from tests.workspaces import ROOT

NOTED = f"""#!{sys.executable}
import json, os, pathlib, sys
name = pathlib.Path(sys.argv[0]).name
log = pathlib.Path(os.environ["HOME"], "calls.json")
calls = json.loads(log.read_text()) if log.exists() else []
log.write_text(json.dumps([*calls, [name, *sys.argv[1:]]]))
refused = os.environ.get("REFUSE", "")
if refused and refused in " ".join(sys.argv[1:]):
    sys.exit(1)
if "--output" in sys.argv and sys.argv[sys.argv.index("--output") + 1].endswith(".md"):
    pathlib.Path(sys.argv[sys.argv.index("--output") + 1]).write_text("One gap grows.\\n")
"""


@pytest.fixture
def calls(tmp_path):
    """Runs a script with stand-ins for gh, uv and uvx; returns how it ended and what it called."""
    for name in ("gh", "uv", "uvx"):
        program(tmp_path / "programs", name, NOTED)

    def run(script: str, **variables: str):
        done = run_script(script, tmp_path, tmp_path / "programs", RUNNER_TEMP=str(tmp_path), **variables)
        log = tmp_path / "calls.json"
        return done, json.loads(log.read_text()) if log.exists() else []

    return run


def test_pmogen_is_the_one_that_the_requirements_name(calls):
    done, called = calls(f"bash {STARTER / 'pmogen'} check --format github 'a b'")
    assert done.returncode == 0
    asked = "run --quiet --no-project --python 3.12 --with-requirements requirements.txt pmogen check --format github"
    assert called == [["uv", *asked.split(), "a b"]]


def test_a_release_is_made_once_and_published(calls):
    script = script_of(OWN / "workflows/release.yml", "release", "Make the release")
    variables = {"TAG": "playbook-2027.1", "BRANCH": "main", "GH_TOKEN": "x", "GH_REPO": "a/b"}
    done, called = calls(script, **variables, REFUSE="release view")
    assert done.returncode == 0, done.stderr
    assert [call[1:3] for call in called] == [
        ["release", "view"], ["release", "create"], ["release", "upload"], ["workflow", "run"],
    ]  # fmt: skip
    assert called[1] == [
        *("gh", "release", "create", "playbook-2027.1", "--verify-tag", "--title", "playbook-2027.1"),
        *("--notes-file", "playbook-2027.1.md"),
    ]
    assert called[3] == ["gh", "workflow", "run", "publish.yml", "--ref", "main"]


def test_a_release_that_somebody_made_by_hand_gets_its_file(calls):
    script = script_of(OWN / "workflows/release.yml", "release", "Make the release")
    _done, called = calls(script, TAG="playbook-1", BRANCH="main")
    assert [call[1:3] for call in called] == [["release", "view"], ["release", "upload"], ["workflow", "run"]]
    assert "--clobber" not in called[1]


def test_what_was_released_is_never_replaced(calls):
    """The file is there already: the job ends, and nothing is published anew."""
    script = script_of(OWN / "workflows/release.yml", "release", "Make the release")
    done, called = calls(script, TAG="playbook-1", BRANCH="main", REFUSE="upload")
    assert done.returncode != 0
    assert called[-1][1:3] == ["release", "upload"]


def test_released_sites_are_fetched_and_a_missing_one_is_no_mistake(calls, tmp_path):
    for command in (
        ["init", "-q"],
        ["-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--allow-empty", "-m", "x"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    for tag in ("playbook-1", "playbook-2", "v1"):
        subprocess.run(["git", "-C", str(tmp_path), "tag", tag], check=True)
    script = script_of(OWN / "workflows/publish.yml", "build", "Fetch the sites")
    done, called = calls(script, REFUSE="playbook-1")
    assert done.returncode == 0, done.stderr
    assert [call[3] for call in called] == ["playbook-1", "playbook-2"]
    assert called[1][4:] == ["--pattern", "playbook-2.zip", "--dir", f"{tmp_path}/released"]
    assert "playbook-1 has no site of its own yet" in done.stdout


def test_steps_that_print_texts_of_a_branch_obey_none_of_them(place_of_texts):
    """From the first line on, nothing that is printed is a command to the server."""
    name, script = place_of_texts
    assert script.startswith('echo "::stop-commands::$(cat /proc/sys/kernel/random/uuid)"'), name


def _steps_that_print() -> list[tuple[str, str]]:
    steps = read(OWN / "workflows/check.yml")["jobs"]["check"]["steps"]
    scripts = [(step["name"], step["run"]) for step in steps if "run" in step]
    return [(name, script) for name, script in scripts if "check --format github" not in script]


@pytest.fixture(params=_steps_that_print(), ids=lambda step: step[0])
def place_of_texts(request):
    return request.param


class TestAction:
    """`uses: OWNER/pmogen@SHA`."""

    @pytest.fixture
    def act(self, calls, tmp_path):
        (step,) = (step for step in read(ROOT / "action.yml")["runs"]["steps"] if "run" in step)

        def run(command: str, base: str = "HEAD^1", **more: str):
            summary = tmp_path / "summary.md"
            variables = {"COMMAND": command, "BASE": base, "HERE": "/the/action", "GITHUB_STEP_SUMMARY": str(summary)}
            done, called = calls(step["run"], **variables, **more)
            return done, called, summary.read_text() if summary.exists() else ""

        return run

    START = (
        "uvx",
        "--quiet",
        "--python",
        "3.12",
        "--constraints",
        "/the/action/requirements.lock",
        "--from",
        "/the/action",
    )

    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            ("check", ["check", "--format", "github"]),
            ("build", ["build", "--frozen"]),
            ("versions", ["versions", "--output", "public"]),
        ],
    )
    def test_each_command_runs_the_pmogen_of_the_commit(self, act, command, expected):
        done, called, _summary = act(command)
        assert done.returncode == 0, done.stderr
        assert called == [[*self.START, "pmogen", *expected]]
        stopped = re.match(r"::stop-commands::[0-9a-f]{32}\n", done.stdout)
        assert bool(stopped) is (command != "check")

    def test_a_diff_goes_into_the_summary(self, act, tmp_path):
        done, called, summary = act("diff", base="--output=/etc/passwd")
        assert done.returncode == 0, done.stderr
        assert called[0][9:] == [
            "diff",
            "--format",
            "markdown",
            "--output",
            f"{tmp_path}/change.md",
            "--",
            "--output=/etc/passwd",
        ]
        assert summary == "One gap grows.\n"

    @pytest.mark.parametrize("command", ["", "serve", "check; touch pwned", "$(touch pwned)"])
    def test_any_other_command_is_refused(self, act, command, tmp_path):
        done, called, _summary = act(command)
        assert done.returncode == 2
        assert called == []
        assert not (tmp_path / "pwned").exists()

    def test_problems_make_it_fail(self, act):
        assert act("check", REFUSE="check")[0].returncode == 1
        assert act("build", REFUSE="build")[0].returncode == 1


def test_hooks_call_commands_that_there_are():
    from pmogen.cli import pmogen

    hooks = read(ROOT / ".pre-commit-hooks.yaml")
    assert {hook["id"] for hook in hooks} == {"pmogen-check", "pmogen-plan", "pmogen-forms"}
    for hook in hooks:
        name, command, *options = hook["entry"].split()
        assert name == "pmogen"
        assert set(options) <= {option for parameter in pmogen.commands[command].params for option in parameter.opts}
        assert hook["language"] == "python"
        assert hook["pass_filenames"] == "false" or hook["pass_filenames"] is False
