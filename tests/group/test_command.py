"""`pmogen group`: offices beside each other, and the overview."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pmogen.cli import run
from pmogen.errors import PmogenError
from pmogen.group.settings import read_group
from pmogen.site.fetch import fetch
from tests.group.offices import on_disk, playbook, small_office

TWO = [
    {"id": "a", "name": "North", "folder": "offices/a", "compare": True},
    {"id": "b", "name": "South", "folder": "offices/b", "compare": True},
]
PAGES = ("--builder", "none")


@contextmanager
def served(answers):
    """A web server with these answers: bytes, or an address to go to."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer = answers[self.path]
            self.send_response(302 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.end_headers()
            if isinstance(answer, bytes):
                self.wfile.write(answer)

        def log_message(self, *_told):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_one_broken_office_does_not_stop_the_others(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    (root / "offices/b/content/roadmap.yml").write_text("waves: nothing\n")
    assert run(["group", str(root), "--jobs", "2", *PAGES]) == 1
    told = capfd.readouterr().out
    assert "== South (b)" in told
    assert "content/roadmap.yml:1:" in told
    assert "1 of 2 offices built" in told
    assert "North" not in told
    first = (root / "build/playbook/index.md").read_text()
    assert "- South" in first
    assert "offices/a.md" in first
    assert "offices/b.md" not in first


def test_build_of_a_group_builds_its_offices_and_the_overview(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    assert run(["build", str(root), *PAGES]) == 0
    assert "2 of 2 offices built" in capfd.readouterr().out
    assert (root / "build/playbook/offices/b.md").is_file()
    assert (root / "offices/a/build/playbook/index.md").is_file()


def test_what_an_office_makes_is_the_same_as_when_it_is_built_alone(tmp_path, capfd):
    def files(folder):
        found = sorted(path for path in (folder / "build").rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    root = on_disk(tmp_path, TWO)
    assert run(["build", str(root / "offices/a"), *PAGES]) == 0
    alone = files(root / "offices/a")
    assert run(["build", str(root), *PAGES]) == 0
    assert files(root / "offices/b") == alone


def test_options_of_build_reach_every_office(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    small_office(root / "offices/a", repository="https://github.com/example/playbooks")
    assert run(["build", str(root), *PAGES, "--frozen"]) == 1
    told = capfd.readouterr().out
    assert told.count("content/plan.yml is missing") == 2
    assert run(["build", str(root), *PAGES, "--commit", "0123abc"]) == 0
    assert any("0123abc" in page.read_text() for page in (root / "offices/a/build/playbook").rglob("*.md"))


def test_a_folder_that_is_a_playbook_and_a_group_is_refused(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    small_office(root)
    for command in ("build", "group"):
        assert run([command, str(root), *PAGES]) == 1
        assert "both a playbook" in capfd.readouterr().err
    assert not (root / "build").exists()


def test_other_commands_say_that_it_is_a_group(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    assert run(["check", str(root)]) == 1
    assert "it is a group of offices" in capfd.readouterr().err


def test_the_overview_says_who_is_missing_and_why_and_nothing_of_what_was_said(tmp_path, capfd):
    offices = [
        *TWO,
        {"id": "c", "name": "East", "playbook": "http://127.0.0.1:1/secret?key=4711"},
        {"id": "d", "name": "West", "playbook": "west.json"},
        {"id": "e", "name": "Far", "folder": "offices/far"},
    ]
    root = on_disk(tmp_path, offices)
    (root / "west.json").write_text("{}")
    (root / "offices/b/content/roadmap.yml").write_text("waves: nothing\n")
    shutil.rmtree(root / "offices/far")
    assert run(["group", str(root), "--fetch", *PAGES]) == 1
    told = capfd.readouterr().err
    assert all(f"{name}:" in told for name in ("East (c)", "West (d)"))
    page = (root / "build/playbook/index.md").read_text()
    assert "- South: its build went wrong" in page
    assert "- East: its playbook.json could not be fetched" in page
    assert "- West: its playbook.json cannot be read" in page
    assert "- Far: its build went wrong" in page
    assert "4711" not in page
    assert run(["group", str(root), "--overview", *PAGES]) == 1
    assert "- Far: it was not built" in (root / "build/playbook/index.md").read_text()


def test_what_a_broken_office_made_before_does_not_count(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    assert run(["group", str(root), *PAGES]) == 0
    assert (root / "build/playbook/offices/b.md").is_file()
    (root / "offices/b/content/roadmap.yml").write_text("waves: nothing\n")
    assert run(["group", str(root), *PAGES]) == 1
    assert not (root / "build/playbook/offices/b.md").exists()


def test_offices_can_be_built_alone_and_rolled_up_later(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    assert run(["group", str(root), "--list"]) == 0
    listed = json.loads(capfd.readouterr().out)
    assert listed == [{"id": "a", "folder": "offices/a"}, {"id": "b", "folder": "offices/b"}]
    assert run(["group", str(root), "--only", "a", *PAGES]) == 0
    assert not (root / "build").exists()
    assert run(["group", str(root), "--overview", *PAGES]) == 1
    assert "South (b)" in capfd.readouterr().err
    assert run(["group", str(root), "--only", "b", *PAGES]) == 0
    assert run(["group", str(root), "--overview", *PAGES]) == 0
    assert run(["group", str(root), "--only", "c"]) == 1
    assert run(["group", str(root), "--only", "a", "--overview"]) == 2


def test_a_second_run_changes_nothing(tmp_path, capfd):
    root = on_disk(tmp_path, [{"id": "p", "name": "Published", "playbook": "published/p.json", "compare": True}])
    (root / "published").mkdir()
    (root / "published/p.json").write_bytes(playbook())
    assert run(["group", str(root), *PAGES]) == 0
    before = {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*")}
    assert run(["group", str(root), *PAGES]) == 0
    assert {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*")} == before


def test_the_site_of_the_overview_is_built_strictly(tmp_path, capfd):
    offices = [
        {"id": f"p{each}", "name": f"P {each}", "playbook": f"p{each}.json", "compare": each < 2} for each in range(5)
    ]
    root = on_disk(tmp_path, offices)
    for each in range(5):
        (root / f"p{each}.json").write_bytes(playbook(1 + each / 2, asks=True))
    assert run(["group", str(root)]) == 0
    page = (root / "site/levels.html").read_text()
    assert 'class="pg-chart"' in page
    assert '<a href="aspects/visibility.html' in page.replace("&amp;", "&")


def test_a_playbook_that_is_a_link_out_of_the_group_is_refused(tmp_path, capfd):
    (tmp_path / "group").mkdir()
    root = on_disk(tmp_path / "group", [{"id": "p", "name": "P", "playbook": "p.json"}])
    (tmp_path / "outside.json").write_bytes(playbook())
    (root / "p.json").symlink_to(tmp_path / "outside.json")
    assert run(["group", str(root), *PAGES]) == 1
    assert "leaves the group" in capfd.readouterr().err


def test_addresses_are_asked_only_with_fetch(tmp_path, capfd):
    with served({"/playbook.json": playbook()}) as (address, asked):
        root = on_disk(tmp_path, [{"id": "p", "name": "P", "playbook": f"{address}/playbook.json", "compare": True}])
        assert run(["group", str(root), *PAGES]) == 1
        assert asked == []
        assert run(["group", str(root), "--fetch", *PAGES]) == 0
        assert asked == ["/playbook.json"]
    assert run(["group", str(root), *PAGES]) == 0
    assert (root / ".cache/group/p.json").is_file()


def test_what_was_fetched_last_counts_when_an_address_gives_nothing(tmp_path, capfd):
    answers = {"/p": playbook()}
    with served(answers) as (address, _asked):
        root = on_disk(tmp_path, [{"id": "p", "name": "P", "playbook": f"{address}/p", "compare": True}])
        assert run(["group", str(root), "--fetch", *PAGES]) == 0
        assert "Figures fetched at an earlier time" not in (root / "build/playbook/index.md").read_text()
        answers["/p"] = b"<html>"
        capfd.readouterr()
        assert run(["group", str(root), "--fetch", *PAGES]) == 0
        told = capfd.readouterr().err
    assert "warning: P (p): its figures were fetched earlier, as of 2027-01-31" in told
    assert "is no JSON" in told
    assert "Figures fetched at an earlier time" in (root / "build/playbook/index.md").read_text()
    assert run(["group", str(root), *PAGES]) == 0
    assert "note: P (p): its figures were fetched earlier, as of 2027-01-31: it was not asked" in capfd.readouterr().err


def test_what_is_fetched_is_a_playbook_or_is_not_kept(tmp_path, capfd):
    with served({"/x": b"<html>"}) as (address, _asked):
        root = on_disk(tmp_path, [{"id": "p", "name": "P", "playbook": f"{address}/x"}])
        assert run(["group", str(root), "--fetch", *PAGES]) == 1
    assert not (root / ".cache").exists()


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x"])
def test_fetching_goes_to_the_web_only(place):
    with pytest.raises(PmogenError):
        fetch(place, 10)
    with served({"/x": place}) as (address, _asked), pytest.raises(PmogenError):
        fetch(f"{address}/x", 10)


def test_fetching_ends_at_the_limit_and_at_what_is_not_there():
    with served({"/x": b"x" * 20}) as (address, _asked):
        assert fetch(f"{address}/x", 20) == b"x" * 20
        with pytest.raises(PmogenError):
            fetch(f"{address}/x", 19)
    with pytest.raises(PmogenError):
        fetch(f"{address}/x", 20)


def test_fetching_ends_when_it_takes_too_long(monkeypatch):
    monkeypatch.setattr("pmogen.site.fetch.SECONDS_IN_ALL", -1)
    with served({"/x": b"x" * 20}) as (address, _asked), pytest.raises(PmogenError, match="takes longer"):
        fetch(f"{address}/x", 20)


def test_what_the_server_answers_is_told_in_one_line():
    with served({"/x": "/x"}) as (address, _asked), pytest.raises(PmogenError) as told:
        fetch(f"{address}/x", 20)
    assert "302" in told.value.message
    assert "\n" not in told.value.message


def test_a_folder_without_group_file_and_a_wrong_one_are_told(tmp_path, capfd):
    assert run(["group", str(tmp_path)]) == 1
    assert "no group.yml" in capfd.readouterr().err
    (tmp_path / "group.yml").write_text("title: x\n")
    assert run(["group", str(tmp_path)]) == 1
    assert "group.yml:1:" in capfd.readouterr().out


def test_set_up_lists_the_playbooks_that_are_there(tmp_path, capfd):
    for folder in ("offices/north", "more/deep/North", "aspects", "site/old", ".hidden/x", "a/b/c/d/too-deep"):
        small_office(tmp_path / folder)
    (tmp_path / "offices/link").symlink_to(tmp_path / "offices/north")
    assert run(["group", str(tmp_path), "--set-up"]) == 0
    group, found = read_group((tmp_path / "group.yml").read_bytes())
    assert not found
    assert [(office.id, office.name, office.folder) for office in group.offices] == [
        ("aspects-2", "Aspects", "aspects"),
        ("north", "North", "more/deep/North"),
        ("north-2", "North", "offices/north"),
    ]
    before = (tmp_path / "group.yml").read_bytes()
    assert run(["group", str(tmp_path), "--set-up"]) == 0
    assert (tmp_path / "group.yml").read_bytes() == before
    assert run(["build", str(tmp_path), *PAGES]) == 0


def test_set_up_where_there_is_no_playbook_writes_nothing(tmp_path, capfd):
    assert run(["group", str(tmp_path), "--set-up"]) == 1
    assert "no playbook below" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_configuration_nothing_is_built(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    (root / "mkdocs.yml").unlink()
    assert run(["group", str(root), *PAGES]) == 1
    assert "--set-up" in capfd.readouterr().err
    assert not (root / "offices/a/build").exists()


def test_set_up_writes_only_what_is_missing(tmp_path, capfd):
    root = on_disk(tmp_path, TWO)
    (root / "mkdocs.yml").write_text("site_name: mine\n")
    assert run(["group", str(root), "--set-up"]) == 0
    assert (root / "mkdocs.yml").read_text() == "site_name: mine\n"
    assert (root / ".github/workflows/group.yml").is_file()
    assert (root / ".github/pmogen").stat().st_mode & 0o100
    assert json.loads((root / ".vscode/settings.json").read_text()) == {
        "yaml.schemas": {"./schemas/group.schema.json": "/group.yml"}
    }
    assert run(["schema", str(root), "--out", str(tmp_path / "again")]) == 0
    (again,) = (tmp_path / "again").iterdir()
    assert again.read_bytes() == (root / "schemas/group.schema.json").read_bytes()
    capfd.readouterr()
    assert run(["group", str(root), "--set-up"]) == 0
    assert "workflows" not in capfd.readouterr().out
