"""A run from nothing finds nothing of the run before but compiled templates, and nothing of the user who runs it."""

from __future__ import annotations

from measure.commands import by_one_process, clear, pages_only, pmogen, user_environment


def test_what_was_made_is_out_of_the_way_and_what_people_wrote_stays(tmp_path):
    root = tmp_path / "round/ours"
    for name in ("build", "site", ".cache", ".user/pmogen/yaml", ".user/pmogen/templates", "content"):
        (root / name).mkdir(parents=True)
        (root / name / "file").touch()
    for _round in range(2):
        clear(root)
        assert sorted(path.name for path in root.iterdir()) == [".user", "content"]
        assert [path.name for path in (root / ".user/pmogen").iterdir()] == ["templates"]
        (root / "build").mkdir()
    assert {path.name for path in (tmp_path / "round").iterdir()} == {"ours", ".put-away"}


def test_each_workspace_has_a_user_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/mine")
    command = pmogen(tmp_path, "check")
    assert command.environment["XDG_CACHE_HOME"].startswith(str(tmp_path))
    assert user_environment()["XDG_CACHE_HOME"] == "/mine"


def test_one_process_is_the_same_command(tmp_path):
    one = by_one_process(pages_only(tmp_path))
    assert one.environment["PMOGEN_JOBS"] == "1"
    assert one.words == pages_only(tmp_path).words
