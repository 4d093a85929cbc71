"""Layers of the catalogue that the offices of a group share."""

from __future__ import annotations

import yaml

import pmogen
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


def test_folders_above_are_still_refused(tmp_path):
    office = group_with_layer(tmp_path)
    small_office(office, catalogue=["catalog", "../../shared"])
    assert codes(office) == {"PMO022"}


def test_a_damaged_group_file_is_as_none(tmp_path):
    office = group_with_layer(tmp_path)
    for raw in (b"\xff\xfe", b"offices: 3\nlayers: 4\n", b"[", b"offices: [1, {folder: 2}]\nlayers: [3]\n"):
        (tmp_path / "group.yml").write_bytes(raw)
        assert codes(office) == {"PMO022"}
