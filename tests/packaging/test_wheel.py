"""pmogen as people install it: from the wheel, and from the source package, with the repository out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def call(*command: object, folder: Path) -> str:
    """Runs a program in a folder, free of what this run set; returns what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def package(kind: str, source: Path, target: Path) -> Path:
    """Builds a package of pmogen with what is installed here, without the network."""
    target.mkdir()
    call(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, folder=source)
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return package("sdist", ROOT, tmp_path_factory.mktemp("sdist") / "out")


@pytest.fixture(scope="module", params=["wheel", "sdist"])
def wheel(request, sdist, tmp_path_factory):
    """The wheel, made of the repository, and made of nothing but the source package."""
    folder = tmp_path_factory.mktemp("wheel")
    if request.param == "wheel":
        return package("wheel", ROOT, folder / "out")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (source,) = (path for path in folder.iterdir() if path.is_dir())
    return package("wheel", source, folder / "out")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Python of an environment that has the wheel, and borrows nothing but third-party packages from this one."""
    folder = tmp_path_factory.mktemp("environment")
    call(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    call(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel,
        folder=folder,
    )  # fmt: skip
    where = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    Path(where, "third_party.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_wheel_carries_catalogue_templates_example_and_starter(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "pmogen/_data/catalog/method.yml",
        "pmogen/_data/content/playbook.yml",
        "pmogen/_data/mkdocs.yml",
        "pmogen/_data/site_templates/pages/home.md.j2",
        "pmogen/starter/empty/content/playbook.yml",
        "pmogen/starter/github/workflows/check.yml",
        "pmogen/starter/gitignore",
        "pmogen/py.typed",
    ):
        assert name in names
    assert {name.split("/")[0] for name in names if not name.startswith("pmogen-")} == {"pmogen"}
    for folder in ("catalog", "content", "site_templates"):
        expected = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert {name.removeprefix("pmogen/_data/") for name in names} >= expected


def test_source_package_carries_what_a_developer_needs(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    for name in ("Makefile", "requirements.lock", "LICENSE", "tests/packaging/test_wheel.py", "docs/index.md"):
        assert name in names
    assert not any(name.startswith((".venv", "build/", "site/")) for name in names)


def test_an_installed_pmogen_makes_checks_and_builds_a_playbook(installed, tmp_path):
    where = call(installed, "-c", "import pmogen; print(pmogen.__file__)", folder=tmp_path).strip()
    data = call(installed, "-c", "from pmogen.data import data_root; print(data_root())", folder=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent.parent)
    assert Path(data).is_relative_to(installed.parent.parent)

    program = installed.with_name("pmogen.exe" if os.name == "nt" else "pmogen")
    call(program, "init", "x", folder=tmp_path)
    assert "error" not in call(program, "check", "x", folder=tmp_path)
    assert "gaps" in call(program, "build", "x", folder=tmp_path)
    assert (tmp_path / "x/site/index.html").is_file()

    call(program, "init", "y", "--empty", folder=tmp_path)
    call(program, "build", folder=tmp_path / "y")
    assert (tmp_path / "y/site/index.html").is_file()
