"""Templates: a workspace's own over the standard ones, and nothing from outside of either."""

from __future__ import annotations

import pytest

from pmogen.errors import PmogenError
from pmogen.site.templates import read_templates


def test_own_files_replace_the_standard_ones_and_add_to_them(tmp_path):
    (tmp_path / "site_templates/pages").mkdir(parents=True)
    (tmp_path / "site_templates/pages/home.md.j2").write_text("ours")
    (tmp_path / "site_templates/pages/new.bin").write_bytes(b"\xff")
    templates = read_templates(tmp_path)
    assert templates["pages/home.md.j2"] == "ours"
    assert templates["pages/new.bin"] == b"\xff"
    assert "pages/_macros.md.j2" in templates


@pytest.mark.parametrize("linked", ["site_templates", "site_templates/assets/note.css"])
def test_what_lies_outside_the_workspace_is_never_published(tmp_path, linked):
    """Whoever proposes a change could otherwise have files of the machine that builds put on the site."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/note.css").write_text("secret")
    link = tmp_path / "workspace" / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "outside" / ("note.css" if link.suffix else ""))
    with pytest.raises(PmogenError, match="a link that leaves the workspace"):
        read_templates(tmp_path / "workspace")
