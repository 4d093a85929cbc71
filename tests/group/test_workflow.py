"""The workflow of a group: the same strictness as for the others, and its script puts things where they belong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pmogen.cli import pmogen
from pmogen.site.scaffold import Hosting, group_scaffold
from tests.github.test_workflows import PINNED, checked
from tests.github.workflows import read, run_script, script_of

NAME = ".github/workflows/group.yml"


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    path = tmp_path_factory.mktemp("group") / NAME
    path.parent.mkdir(parents=True)
    path.write_text(group_scaffold(Hosting("pmogen==0.1.0"))[NAME])
    return path


def test_it_has_the_shape_that_github_wants(workflow):
    checked("vendor.github-workflows", workflow)
    checked("custom.github-workflows-require-timeout", workflow)


def test_nothing_in_it_is_dangerous(workflow):
    tool = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [str(tool), "--offline", "--persona", "auditor", "--no-progress", str(workflow)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "No findings" in done.stdout + done.stderr


def test_actions_are_pinned_as_in_the_other_workflows(workflow):
    text = workflow.read_text()
    used = re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v[\d.]+)$", text, re.MULTILINE)
    assert len(used) == len(re.findall(r"\buses:", text))
    assert all(PINNED[name] == (commit, version) for name, commit, version in used)


def test_it_asks_for_little(workflow):
    told = read(workflow)
    assert told["permissions"] == {}
    assert "secrets." not in workflow.read_text()
    for job in told["jobs"].values():
        assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")]
        if "write" in job["permissions"].values():
            assert {step.get("uses", "").split("@")[0] for step in job["steps"]} == {"actions/deploy-pages"}


def test_one_office_that_goes_wrong_does_not_stop_the_others(workflow):
    jobs = read(workflow)["jobs"]
    assert jobs["office"]["strategy"]["fail-fast"] in (False, "false")
    assert "!cancelled()" in jobs["overview"]["if"]


def test_the_overview_asks_the_addresses_as_nothing_is_kept_between_runs(workflow):
    assert "--overview --fetch" in script_of(workflow, "overview", "Roll up")


def test_it_names_options_that_there_are(workflow):
    known = {option for parameter in pmogen.commands["group"].params for option in parameter.opts}
    calls = re.findall(r"pmogen group ([^\n)]*)", workflow.read_text())
    assert len(calls) == 3
    for call in calls:
        assert {word for word in call.split() if word.startswith("--")} <= known


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq, as on the server")
def test_what_the_offices_made_comes_to_where_the_overview_looks(workflow, tmp_path):
    made = tmp_path / ".cache/offices/office-a"
    for name in ("build/api/v1/playbook.json", "site/index.html"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name)
    (tmp_path / "offices/a b").mkdir(parents=True)
    offices = json.dumps([{"id": "a", "folder": "offices/a b"}, {"id": "gone", "folder": "offices/gone"}])
    script = script_of(workflow, "overview", "Put what the offices made")
    done = run_script(script, tmp_path, tmp_path, OFFICES=offices)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "offices/a b/build/api/v1/playbook.json").is_file()
    assert (tmp_path / "public/a/index.html").is_file()
    assert not (tmp_path / "public/gone").exists()
