"""Pages are finished as they are made, and taken over from the old site: the published site is that of a clean build."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from pmogen.site import builder
from pmogen.site.builder import build_site
from pmogen.site.fast_order import NOTE, Order, finished_pages, note_finished
from pmogen.site.finish import finish_site
from pmogen.site.trees import file_hash
from tests.site.test_fast_build import edit, make, run, same, site, small

__all__ = ["small"]

DAY = dt.date(2027, 1, 31)
LANGUAGES = ("en", "de")


def built(root: Path, languages: tuple[str, ...] = ("en",)) -> dict[str, bytes]:
    """What is published."""
    build_site(root, "mkdocs", DAY, "1", languages)
    return site(root, "site")


def clean(root: Path, languages: tuple[str, ...] = ("en",)) -> dict[str, bytes]:
    """What is published of a copy in which nothing was made before."""
    copy = root.with_name("clean")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", ".*"))
    return built(copy, languages)


def inodes(root: Path, which: str = "*.html") -> dict[str, int]:
    return {path.relative_to(root).as_posix(): path.stat().st_ino for path in root.rglob(which)}


def test_each_page_is_finished_like_all_pages_of_a_site(small):
    make(small, "build/playbook.de", "de")
    german = {"PMOGEN_INHERIT": "build/playbook.de.yml", "PMOGEN_PAGES": "build/playbook.de"}
    run(small, "mkdocs", "expected")
    run(small, "mkdocs", "expected/de", **german)
    finish_site(small / "expected", LANGUAGES)
    run(small, "pmogen.site.fast", "made", **Order(LANGUAGES, "", "site").environment())
    noted = finished_pages(small / "made")
    run(small, "pmogen.site.fast", "made/de", **Order(LANGUAGES, "de", "site/de").environment(), **german)
    noted |= finished_pages(small / "made/de")
    assert sorted(noted) == sorted(
        f"{folder}{page}.html"
        for folder in ("", "de/")
        for page in ("index", "services/index", "services/one", "services/two", "whole")
    )
    made, expected = site(small, "made"), site(small, "expected")
    assert [page for page in noted if made[page] != expected[page]] == []
    assert {page: file_hash(small / "made" / page) for page in noted} == noted
    assert b"Content-Security-Policy" in made["de/whole.html"]
    assert made["404.html"] != expected["404.html"]


def test_what_is_not_asked_for_is_not_finished(small):
    assert b"Content-Security-Policy" not in same(small)["index.html"]
    assert not (small / "ours" / NOTE).exists()


@pytest.mark.parametrize("languages", [("en",), LANGUAGES])
def test_after_a_change_what_is_published_is_that_of_a_clean_build(small, languages):
    make(small, "build/playbook.de", "de")
    before = built(small, languages)
    assert before["404.html"].count(b"Content-Security-Policy") == 1
    edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What")(small)
    after = built(small, languages)
    assert b"words" in after["services/one.html"]
    assert after == clean(small, languages)
    assert NOTE not in after


def test_pages_that_stay_as_they_are_stay_the_same_files(small):
    built(small)
    before = inodes(small / "site")
    edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What")(small)
    built(small)
    after = inodes(small / "site")
    assert {page for page in before if before[page] != after[page]} == {"services/one.html", "404.html"}
    assert {path.stat().st_nlink for path in (small / "site").rglob("*.html")} == {1}


def test_pictures_that_stay_as_they_are_stay_the_same_files(small):
    built(small)
    before = inodes(small / "site", "*.svg")
    assert len(before) == 2
    edit("build/playbook/assets/charts/one.svg", "<text", '<rect x="2"/><text')(small)
    assert built(small) == clean(small)
    after = inodes(small / "site", "*.svg")
    assert {name for name in before if before[name] != after[name]} == {"assets/charts/one.svg"}
    assert {path.stat().st_nlink for path in (small / "site").rglob("*.svg")} == {1}
    (small / "build/playbook/assets/charts/one.svg").write_text("written later")
    assert "written later" not in (small / "site/assets/charts/one.svg").read_text()


@pytest.mark.parametrize("spoil", ["edited", "link"])
def test_a_picture_that_somebody_edited_is_not_taken_over(small, spoil):
    built(small)
    edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What")(small)
    chart = small / "site/assets/charts/one.svg"
    if spoil == "edited":
        chart.write_text("edited")
    else:
        chart.rename(small / "elsewhere.svg")
        chart.symlink_to(small / "elsewhere.svg")
    assert built(small) == clean(small)
    assert not chart.is_symlink()


def test_a_page_that_somebody_edited_is_not_taken_over(small):
    expected = built(small)
    (small / "site/whole.html").write_text("edited")
    (small / "site/index.html").unlink()
    (small / "site/index.html").symlink_to("whole.html")
    assert built(small) == expected
    assert not (small / "site/index.html").is_symlink()


def test_an_interrupted_build_leaves_the_old_site_although_it_shares_files(small, monkeypatch):
    before = built(small)
    edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What")(small)

    def interrupted(*_arguments, **_options):
        assert (small / builder.STAGED / "index.html").stat().st_nlink == 2
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(builder, "finish_site", interrupted)
        with pytest.raises(KeyboardInterrupt):
            built(small)
    assert site(small, "site") == before
    assert built(small) == clean(small)


def test_what_was_lost_of_a_page_is_made_again(small):
    built(small)
    for path in (small / ".cache/pages/playbook").iterdir():
        if path.name not in {"heads", "entries"}:
            path.unlink()
    edit("build/playbook.yml", "One: services", "Other: services")(small)
    assert built(small) == clean(small)


@pytest.mark.parametrize("lost", ["heads", "entries"])
def test_what_was_lost_of_all_pages_is_made_again(small, lost):
    built(small)
    (small / ".cache/pages/playbook" / lost).unlink()
    edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What")(small)
    assert built(small) == clean(small)


def test_a_head_that_is_older_than_its_body_is_not_believed(small):
    """An interrupted build writes pages, but says nothing of them at its end."""
    heads = small / ".cache/pages/playbook/heads"
    expected = built(small)
    before, chart = heads.read_bytes(), (small / "build/playbook/assets/charts/one.svg").read_text()
    edit("build/playbook/assets/charts/one.svg", "<text", '<rect x="2"/><text')(small)
    assert built(small) != expected
    heads.write_bytes(before)
    (small / "build/playbook/assets/charts/one.svg").write_text(chart)
    edit("build/playbook.yml", "One: services", "Other: services")(small)
    assert built(small) == clean(small)


def test_a_note_is_read_once(tmp_path):
    note_finished(tmp_path, {"index.html": "a"})
    assert finished_pages(tmp_path) == {"index.html": "a"}
    assert finished_pages(tmp_path) == {}
    assert json.loads(Order(LANGUAGES, "de", "site/de").environment()["PMOGEN_ORDER"])["below"] == "de"
    assert Order(LANGUAGES, "de", "site/de").path("a/b.html") == "de/a/b.html"
    assert Order(LANGUAGES, "", "site").path("a/b.html") == "a/b.html"
