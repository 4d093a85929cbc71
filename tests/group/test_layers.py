"""Layers of the catalogue that the offices of a group share."""

from __future__ import annotations

import subprocess
import threading
import time

import pytest
import yaml

import pmogen
from pmogen.cli import run
from pmogen.site.released import take_out
from pmogen.site.watch import watching
from pmogen.source.files import read_sources
from tests.group.offices import on_disk, service, small_office

OFFICE = [{"id": "a", "name": "A", "folder": "offices/a"}]


def group_with_layer(root, **more):
    on_disk(root, OFFICE, **({"layers": ["shared"]} | more))
    (root / "shared").mkdir()
    (root / "shared/services.yml").write_text(yaml.safe_dump({"services": [service("shared-desk")]}))
    office = root / "offices/a"
    small_office(office, catalogue=["catalog", "group/shared"])
    return office


def codes(office):
    return {found.code for found in pmogen.check(office).diagnostics if found.severity == "error"}


def test_an_office_uses_a_shared_layer(tmp_path):
    office = group_with_layer(tmp_path)
    checked = pmogen.check(office)
    assert checked.workspace is not None, checked.diagnostics
    assert "shared-desk" in {service.id for service in checked.workspace.catalogue.services}


def test_mistakes_in_a_shared_layer_are_told_with_their_place(tmp_path):
    office = group_with_layer(tmp_path)
    (tmp_path / "shared/services.yml").write_text("services: [{id: broken}]\n")
    assert any(found.span.file == "group/shared/services.yml" for found in pmogen.check(office).diagnostics)


def test_a_layer_that_the_group_does_not_name_is_not_read(tmp_path):
    assert codes(group_with_layer(tmp_path, layers=[])) == {"PMO022"}


def test_a_group_that_does_not_name_the_workspace_gives_it_nothing(tmp_path):
    office = group_with_layer(tmp_path)
    text = (tmp_path / "group.yml").read_text()
    (tmp_path / "group.yml").write_text(text.replace("folder: offices/a", "folder: offices/b"))
    assert codes(office) == {"PMO022"}


def test_links_lead_nowhere(tmp_path):
    """Neither a layer that is a link, nor a link in a layer."""
    office = group_with_layer(tmp_path)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/services.yml").write_text("services: []\n")
    (tmp_path / "shared/more.yml").symlink_to(tmp_path / "secret/services.yml")
    sources = read_sources(office)
    assert "group/shared/more.yml" not in sources.files
    assert {found.code for found in sources.unread} == {"PMO005"}
    (tmp_path / "shared").rename(tmp_path / "elsewhere")
    (tmp_path / "shared").symlink_to(tmp_path / "elsewhere")
    assert codes(office) == {"PMO022"}


def test_a_live_office_follows_its_group_file_and_its_layers_also_new_ones(tmp_path):
    office = group_with_layer(tmp_path)
    changed = threading.Event()

    def is_seen(path, text):
        changed.clear()
        path.write_text(text)
        return changed.wait(5)

    with watching(office, changed.set):
        assert is_seen(tmp_path / "shared/more.yml", "services: []\n")
        group = yaml.safe_load((tmp_path / "group.yml").read_text()) | {"layers": ["shared", "later"]}
        assert is_seen(tmp_path / "group.yml", yaml.safe_dump(group))
        changed.clear()
        (tmp_path / "later").mkdir()
        assert changed.wait(5)
        assert is_seen(tmp_path / "later/services.yml", "services: []\n")
        time.sleep(0.3)
        changed.clear()
        (tmp_path / "unrelated.txt").write_text("nothing")
        assert not changed.wait(0.5)


@pytest.fixture
def released(tmp_path):
    """An office of a group in a git repository: a shared service was released, and is another one now."""
    office = group_with_layer(tmp_path)
    (tmp_path / ".gitignore").write_text("build/\nsite/\n.cache/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "tag", "playbook-1")
    (tmp_path / "shared/services.yml").write_text(yaml.safe_dump({"services": [service("shared-counter")]}))
    git(tmp_path, "commit", "-qam", "second")
    return office


def git(root, *arguments):
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True, text=True).stdout


def test_an_earlier_version_of_an_office_has_the_layers_of_its_time(released, tmp_path):
    workspace = take_out(released, "playbook-1", tmp_path / "out")
    assert workspace == tmp_path / "out/offices/a"
    checked = pmogen.check(workspace)
    assert checked.workspace is not None, checked.diagnostics
    assert "shared-desk" in {service.id for service in checked.workspace.catalogue.services}
    assert not (tmp_path / "out/.gitignore").exists()


def test_from_a_time_before_the_group_the_office_alone_is_taken_out(released, tmp_path):
    git(tmp_path, "rm", "-q", "--cached", "group.yml")
    git(tmp_path, "commit", "-qm", "no group")
    assert take_out(released, "HEAD", tmp_path / "out") == tmp_path / "out"
    assert (tmp_path / "out/content").is_dir()


def test_a_change_of_a_shared_layer_is_seen_between_two_states(released, capfd):
    assert run(["diff", "playbook-1", "--workspace", str(released)]) == 0
    told = capfd.readouterr().out
    assert "group/shared/services.yml" in told
    assert run(["diff", "HEAD", "--workspace", str(released), "--exit-code"]) == 0


def test_folders_above_are_still_refused(tmp_path):
    office = group_with_layer(tmp_path)
    small_office(office, catalogue=["catalog", "../../shared"])
    assert codes(office) == {"PMO022"}


def test_a_damaged_group_file_is_as_none(tmp_path):
    office = group_with_layer(tmp_path)
    for raw in (b"\xff\xfe", b"offices: 3\nlayers: 4\n", b"[", b"offices: [1, {folder: 2}]\nlayers: [3]\n"):
        (tmp_path / "group.yml").write_bytes(raw)
        assert codes(office) == {"PMO022"}
