"""Workflows have the right shape, ask for little, and pin what they use."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.errors import PmogenError
from pmogen.site.scaffold import Hosting, scaffold
from tests.github.workflows import OWN, STARTER, read
from tests.workspaces import ROOT

HOSTING = Hosting("pmogen==0.1.0", owner="example")

PINNED = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "astral-sh/setup-uv": ("20cfd1bf945f4377ade1205e4dbc17946fc9a30d", "v10.0.1"),
}
"""Actions that may be used: GitHub's own, and setup-uv."""

OF_THIS_REPOSITORY = {".github/pmogen", ".github/CODEOWNERS", ".github/dependabot.yml", ".github/workflows/ci.yml"}

SCHEMAS = {
    "workflows/*.yml": "vendor.github-workflows",
    "dependabot.yml": "vendor.dependabot",
    "ISSUE_TEMPLATE/*.yml": "vendor.github-issue-forms",
}


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """What a new workspace gets, with the forms of the empty one."""
    folder = tmp_path_factory.mktemp("new") / "workspace"
    assert run(["init", str(folder), "--empty"]) == 0
    for name, text in scaffold(HOSTING).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert run(["forms", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module", params=["own", "new"])
def place(request, new):
    """This repository, and a new workspace."""
    return ROOT if request.param == "own" else new


def files(place: Path) -> list[Path]:
    return sorted((place / ".github").rglob("*.yml")) + sorted(place.glob("action.yml"))


def checked(schema: str, *paths: Path, more: tuple[str, ...] = ()) -> None:
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [str(tool), "--builtin-schema", schema, *more, *map(str, paths)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("pattern", SCHEMAS)
def test_files_have_the_shape_that_github_wants(place, pattern):
    found = sorted((place / ".github").glob(pattern))
    assert found
    checked(SCHEMAS[pattern], *found)
    if "workflows" in pattern:
        checked("custom.github-workflows-require-timeout", *found)


def test_the_action_has_the_shape_that_github_wants():
    checked("vendor.github-actions", ROOT / "action.yml")


def test_the_file_for_gitlab_has_its_shape(tmp_path):
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(scaffold(Hosting("pmogen==0.1.0", "gitlab"))[".gitlab-ci.yml"])
    checked("vendor.gitlab-ci", path, more=("--data-transform", "gitlab-ci"))


def test_nothing_in_them_is_dangerous(place, tmp_path):
    """zizmor, at its strictest and without the network."""
    for path in files(place):
        copy = tmp_path / path.relative_to(place)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    tool = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [str(tool), "--offline", "--persona", "auditor", "--no-progress", str(tmp_path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "No findings" in done.stdout + done.stderr


def test_only_known_actions_are_used_each_pinned(place):
    for path in files(place):
        text = path.read_text()
        used = re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v[\d.]+)$", text, re.MULTILINE)
        assert len(used) == len(re.findall(r"\buses:", text)) - text.count("# For repositories"), path
        for name, commit, version in used:
            assert PINNED[name] == (commit, version), path


def test_workflows_need_no_secret_and_no_dangerous_trigger(place):
    for path in (place / ".github/workflows").glob("*.yml"):
        text = path.read_text()
        assert not re.search(r"\bsecrets\.|pull_request_target|workflow_run", text), path
        workflow = read(path)
        assert workflow["permissions"] == {}, path
        assert "concurrency" in workflow, path
        for name, job in workflow["jobs"].items():
            assert set(job["permissions"].values()) <= {"read", "write"}, (path, name)


def test_who_may_write_runs_nothing_of_the_repository(place):
    """A job with a right to write checks nothing out and installs nothing."""
    for path in (place / ".github/workflows").glob("*.yml"):
        for name, job in read(path)["jobs"].items():
            if "write" in job["permissions"].values():
                used = {step.get("uses", "").split("@")[0] for step in job["steps"]} - {""}
                assert used <= {"actions/download-artifact", "actions/deploy-pages"}, (path, name)
                scripts = "\n".join(step.get("run", "") for step in job["steps"])
                assert not re.search(
                    r"\b(pmogen|uv|uvx|make|pip|python3?|npm|source)\s", scripts.replace("pmogen:", "")
                )


def test_no_value_of_the_event_is_pasted_into_a_script(place):
    for path in files(place):
        document = read(path)
        jobs = document["jobs"].values() if "jobs" in document else [document.get("runs", {"steps": []})]
        for job in jobs:
            assert not [step["run"] for step in job.get("steps", ()) if "${{" in step.get("run", "")], path


def test_the_workflows_of_this_repository_are_those_of_a_new_workspace():
    """This repository is the worked example, of the workflows too."""
    expected = {name: text for name, text in scaffold(HOSTING).items() if name.startswith(".github/")}
    assert OF_THIS_REPOSITORY - {".github/workflows/ci.yml"} <= set(expected)
    for name, text in expected.items():
        if name not in OF_THIS_REPOSITORY:
            assert (ROOT / name).read_text() == text, f"{name}: copy it from pmogen/starter/github, or the other way"
    own = {path.relative_to(ROOT).as_posix() for path in OWN.rglob("*") if path.is_file()}
    assert {name for name in own if "ISSUE_TEMPLATE" not in name} == set(expected) | OF_THIS_REPOSITORY


def test_the_issue_forms_of_this_repository_are_current():
    assert run(["forms", str(ROOT), "--check"]) == 0


def test_every_folder_has_an_owner(place):
    owners = (place / ".github/CODEOWNERS").read_text()
    assert re.search(r"^\*\s+@", owners, re.MULTILINE)
    for name in re.findall(r"^/(\S+)", owners, re.MULTILINE):
        assert (place / name).exists() or place != ROOT, name


@pytest.mark.parametrize("name", ["", "-x", "a b", "x\n- run: evil", "<<", "main'"])
def test_a_name_that_could_be_something_else_is_refused(name):
    with pytest.raises(PmogenError):
        Hosting("pmogen", owner=name)
    with pytest.raises(PmogenError):
        Hosting("pmogen", branch=name)


def test_values_are_filled_in():
    made = scaffold(Hosting("pmogen==9.9", owner="acme", branch="trunk"))
    assert "branches: [trunk]" in made[".github/workflows/publish.yml"]
    assert "@acme/pmo" in made[".github/CODEOWNERS"]
    assert "\npmogen==9.9\n" in made["requirements.txt"]
    assert not [name for name, text in made.items() if re.search(r"<< [a-z]+ >>", text)]
    assert set(scaffold(Hosting("x", "none"))) == {"requirements.txt"}


def test_every_script_names_commands_and_options_that_there_are():
    """`pmogen ...` in workflows, the action and the hooks: options are those of today."""
    from pmogen.cli import pmogen

    texts = [
        path.read_text() for path in (*STARTER.rglob("*.yml"), ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml")
    ]
    texts.append((STARTER.parent / "gitlab" / "gitlab-ci.yml").read_text())
    calls = re.findall(
        r"(?:\.github/|\s|: )pmogen ((?:check|plan|build|diff|forms|versions|export)\b[^\n;}|>]*)", "\n".join(texts)
    )
    assert len(calls) > 10
    for call in calls:
        name, *rest = call.split()
        command = pmogen.commands[name]
        command = command.commands[rest[0]] if name == "export" else command
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--") and word != "--"} <= known, call
