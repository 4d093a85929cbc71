"""The default builder makes the same site as plain MkDocs, byte for byte, also of what it kept from the last build."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

import pmogen
from pmogen.data import data_root
from pmogen.site import fast_markdown
from pmogen.site.builder import BUILDERS, builder_command, builder_environment
from pmogen.site.fast_cache import Cache, as_kept
from pmogen.site.fast_markdown import MarkdownPages
from pmogen.site.fast_parts import LONG

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="pc" viewBox="0 0 10 10" width="10" height="10">'
    '<title id="title">{0}</title><desc id="description">{0}</desc><text x="1" y="1">{0}</text></svg>'
)
NAVIGATION = """\
site_name: Small
docs_dir: {pages}
theme: {{language: {language}}}
nav:
- Home: index.md
- Services:
  - services/index.md
  - One: services/one.md
  - Two: services/two.md
- Everything: whole.md
"""
PART = """\
## Part {0} {{ #page-{0} }}

Words of part {0}, with [a link](services/one.md#what) and [one within](#page-3).

/// html | div.pg-cards
- **A card**{{ .pg-badge }}

    ## Not a cut {{ #inside-{0} }}
///

### When

#### When

| a | b |
|---|---|
| 1 | 2 |

```
## Code {{ #code }}
/// html | div

## More code {{ #more }}
```

![Chart](assets/charts/{1}.svg)

Many words{2}

??? info "More"
    Folded.

    - with a list

- a list

    that goes on
"""


@pytest.fixture
def small(tmp_path):
    """A workspace of a few pages in the theme, one of them long enough to be taken apart."""
    make(tmp_path / "ws")
    return tmp_path / "ws"


def make(root: Path, pages: str = "build/playbook", language: str = "en") -> None:
    folder = root / pages
    (folder / "services").mkdir(parents=True)
    (folder / "assets/charts").mkdir(parents=True)
    for name in ("one", "two"):
        (folder / f"assets/charts/{name}.svg").write_text(CHART.format(name))
    (folder / "index.md").write_text("---\ndescription: First\n---\n\n# Home\n\n[one](services/one.md)\n")
    (folder / "services/index.md").write_text("# Services\n\n[one](one.md#what)\n")
    (folder / "services/one.md").write_text("# One\n\n## What { #what }\n\n![Chart](../assets/charts/one.svg)\n")
    (folder / "services/two.md").write_text("---\ntitle: Second\n---\n\n# Two\n\n<b>raw</b> & co\n")
    parts = "\n".join(PART.format(number, ("one", "two")[number % 2], " and more" * 60) for number in range(60))
    assert len(parts) > LONG
    (folder / "whole.md").write_text(f"---\nsearch:\n  exclude: true\n---\n\n# Everything\n\n{parts}")
    (root / f"{pages}.yml").write_text(NAVIGATION.format(pages=pages, language=language))
    (root / "build/theme").mkdir(exist_ok=True)
    settings = (data_root() / "mkdocs.yml").read_text()
    for name in ("pmogen.css", "pages.css", "js/print.js", "js/tables.js", "js/presentation.js"):
        settings = settings.replace(f"  - assets/{name}", "")
    settings = settings.replace("extra_css:", "").replace("extra_javascript: # pages are whole without these", "")
    (root / "mkdocs.yml").write_text(settings)


def run(root: Path, module: str, to: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What a build said; it made `to`, below the workspace."""
    environment = {**builder_environment(), "SOURCE_DATE_EPOCH": "1700000000", **more}
    command = builder_command(module, "build", "--strict", "--site-dir", to)
    return subprocess.run(
        command, cwd=root, env=environment, check=False, capture_output=True, encoding="utf-8", timeout=300
    )


def site(root: Path, to: str) -> dict[str, bytes]:
    folder = root / to
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same(root: Path, **more: str) -> dict[str, bytes]:
    """The site, which is that of plain MkDocs."""
    plain = run(root, "mkdocs", "plain", **more)
    assert plain.returncode == 0, plain.stderr
    return as_plain(root, site(root, "plain"), **more)


def as_plain(root: Path, expected: dict[str, bytes], **more: str) -> dict[str, bytes]:
    ours = run(root, str(BUILDERS["mkdocs"].module), "ours", **more)
    assert ours.returncode == 0, ours.stderr
    assert "one after the other" not in ours.stderr
    made = site(root, "ours")
    assert sorted(made) == sorted(expected)
    assert [name for name in made if made[name] != expected[name]] == []
    return made


def kept(root: Path) -> list[Path]:
    return sorted((root / ".cache/pages/playbook").iterdir())


def test_the_same_site_cold_and_warm_with_one_process_and_many(small):
    made = same(small, PMOGEN_JOBS="3")
    assert b"chart-60-title" in made["whole.html"]
    assert b'id="when_119"' in made["whole.html"]
    assert b"pgauto" not in made["whole.html"]
    before = {path: path.stat().st_mtime_ns for path in kept(small)}
    assert len(before) > 15
    as_plain(small, made, PMOGEN_JOBS="3")
    assert {path: path.stat().st_mtime_ns for path in kept(small)} == before
    shutil.rmtree(small / ".cache")
    as_plain(small, made, PMOGEN_JOBS="1")


def edit(path: str, old: str, new: str):
    def change(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new, 1))

    return change


def without_a_page(root: Path) -> None:
    (root / "build/playbook/services/two.md").unlink()
    edit("build/playbook.yml", "  - Two: services/two.md\n", "")(root)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edit("build/playbook/services/one.md", "## What", "## New\n\nwords\n\n## What"), id="page"),
        pytest.param(edit("build/playbook/services/two.md", "title: Second", "title: Third"), id="title"),
        pytest.param(edit("build/playbook/services/index.md", "# Services", "---\nstatus: new\n---\n\n# S"), id="meta"),
        pytest.param(edit("build/playbook/whole.md", "Words of part 7", "#### When\n\nNew words"), id="part"),
        pytest.param(edit("build/playbook.yml", "One: services", "Other: services"), id="navigation"),
        pytest.param(edit("build/playbook.yml", "site_name: Small", "site_name: Large"), id="name"),
        pytest.param(edit("mkdocs.yml", "toc_depth: 3", "toc_depth: 2"), id="configuration"),
        pytest.param(edit("build/playbook/assets/charts/one.svg", "<text", '<rect x="2"/><text'), id="chart"),
        pytest.param(without_a_page, id="deleted"),
    ],
)
def test_after_a_change_it_is_the_site_of_a_clean_build(small, change):
    assert run(small, "pmogen.site.fast", "ours").returncode == 0
    before = site(small, "ours")
    change(small)
    assert same(small) != before


def test_a_template_of_ones_own_that_changed(small):
    assert run(small, "pmogen.site.fast", "ours").returncode == 0
    (small / "build/theme/partials").mkdir()
    (small / "build/theme/partials/footer.html").write_text("<footer>{{ nav.pages[1].meta.description }}</footer>")
    same(small)
    (small / "build/playbook/services/index.md").write_text("---\ndescription: Said elsewhere\n---\n\n# Services\n")
    assert b"<footer>Said elsewhere</footer>" in same(small)["services/one.html"]


def test_two_languages_keep_their_pages_apart(small):
    make(small, "build/playbook.de", "de")
    german = {"PMOGEN_INHERIT": "build/playbook.de.yml", "PMOGEN_PAGES": "build/playbook.de"}
    same(small)
    assert b'lang="de"' in same(small, **german)["index.html"]
    before = {path.name for path in (small / ".cache/pages").rglob("*")}
    as_plain(small, site(small, "plain"), **german)
    assert {path.name for path in (small / ".cache/pages").rglob("*")} == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edit("build/playbook/services/one.md", "## What", "[x](nowhere.md)\n\n## What"), id="link"),
        pytest.param(edit("build/playbook/services/one.md", "What { #what }", "Else"), id="anchor"),
        pytest.param(edit("build/playbook/whole.md", "(#page-3)", "(#nowhere)"), id="part"),
        pytest.param(lambda root: (root / "build/playbook/services/two.md").write_bytes(b"\xff"), id="encoding"),
        pytest.param(lambda root: (root / "build/playbook/more.md").write_text("# More\n"), id="omitted"),
        pytest.param(
            edit("build/playbook/services/two.md", "title: Second", "template: none.html"), id="no such template"
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_same_words(small, change):
    assert run(small, "pmogen.site.fast", "ours").returncode == 0
    change(small)
    plain = run(small, "mkdocs", "same")
    for _once_and_again in range(2):
        ours = run(small, "pmogen.site.fast", "same")
        assert ours.returncode == plain.returncode != 0
        assert told(ours) == told(plain)


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Warnings, errors and the last line."""
    lines = done.stderr.splitlines()
    return [*(line for line in lines if line.startswith(("WARNING", "ERROR", "Aborted"))), lines[-1]]


def test_spoilt_and_foreign_files_are_not_used(small):
    made = same(small)
    for number, path in enumerate(kept(small)):
        stored = path.read_bytes()
        path.write_bytes((b"", b"{}", stored[:-1], stored[:40] + b"!" + stored[41:])[number % 4])
    (small / ".cache/pages/playbook" / ("a" * 64)).write_text("left by an interrupted build")
    (small / ".cache/pages/playbook/what").write_text("is this")
    as_plain(small, made)
    assert not (small / ".cache/pages/playbook" / ("a" * 64)).exists()
    assert (small / ".cache/pages/playbook/what").exists()
    as_plain(small, made)


def test_what_another_user_kept_is_not_used(small, tmp_path):
    other = {"XDG_CACHE_HOME": str(tmp_path / "other")}
    made = same(small, **other)
    theirs = {path: path.read_bytes() for path in kept(small)}
    as_plain(small, made)
    assert [path for path in theirs if path.read_bytes() == theirs[path]] == []
    assert (tmp_path / "other/pmogen/secret").stat().st_mode & 0o077 == 0


def test_a_link_to_another_place_is_not_followed(small, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / ("a" * 64)).write_text("precious")
    (small / ".cache/pages").mkdir(parents=True)
    (small / ".cache/pages/playbook").symlink_to(tmp_path / "elsewhere")
    same(small)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["a" * 64]


def test_a_cache_that_cannot_be_written_does_no_harm(small):
    (small / ".cache").write_text("a file")
    same(small)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            edit("mkdocs.yml", "  - attr_list", "  - attr_list\n  - pymdownx.snippets"),
            "the extension pymdownx.snippets",
        ),
        (edit("mkdocs.yml", "  - offline", "  - offline\n  - tags"), "the plugin material/tags"),
        (edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\n\nplugins:"), "hooks"),
    ],
)
def test_what_is_not_known_is_left_to_mkdocs(small, change, why):
    (small / "hook.py").write_text("def on_page_content(html, **_more):\n    return html + '<p>hooked</p>'\n")
    change(small)
    plain = run(small, "mkdocs", "plain")
    ours = run(small, "pmogen.site.fast", "ours")
    assert (plain.returncode, ours.returncode) == (0, 0)
    assert why in ours.stderr
    assert site(small, "ours") == site(small, "plain")
    assert not (small / ".cache").exists()


@pytest.mark.parametrize(("many", "kept_at_once"), [(3, True), (100, False)])
def test_many_pages_are_kept_before_the_theme_is_asked(small, monkeypatch, many, kept_at_once):
    """Who interrupts the build then has not waited in vain; for a few pages it is not worth the time."""
    monkeypatch.chdir(small)
    monkeypatch.setattr(fast_markdown, "_A_PITY", many)
    config = load_config()
    files = get_files(config)
    get_navigation(files, config)
    pages = MarkdownPages(config, Cache(small, "playbook"), lambda *_all: None)
    pages.populate(files.documentation_pages()[0].page, config, files)
    assert (small / ".cache/pages/playbook/heads").exists() == kept_at_once


def test_a_page_that_is_written_meanwhile_is_kept_as_it_was_read(small, monkeypatch):
    monkeypatch.chdir(small)
    monkeypatch.setenv("PMOGEN_JOBS", "1")
    config = load_config()
    files = get_files(config)
    get_navigation(files, config)
    pages = MarkdownPages(config, Cache(small, "playbook"), lambda *_all: None)
    one = files.get_file_from_path("services/one.md").page
    really = Page.read_source

    def read_late(page, config):
        (small / "build/playbook/services/one.md").write_text("# New")
        really(page, config)

    monkeypatch.setattr(Page, "read_source", read_late)
    pages.populate(one, config, files)
    assert (one.title, one.content.count("What")) == ("One", 1)


def test_the_example(example, tmp_path):
    root = tmp_path / "ws"
    shutil.copytree(example, root, ignore=shutil.ignore_patterns("site", "build", ".cache"))
    assert pmogen.build(root, "none").generated.playbook is not None
    as_plain(root, same(root))


def test_the_cache_keeps_nothing_that_would_come_back_as_something_else(tmp_path):
    assert as_kept({"b": ("c",)}) is None
    assert as_kept({"b": {1}}) is None
    assert as_kept({"b": ["c"]}) == '{"b":["c"]}'


def test_the_cache_finds_what_it_wrote_under_the_same_key_only(tmp_path):
    keys = [letter * 64 for letter in "abc"]
    cache = Cache(tmp_path, "cache")
    for key in keys:
        cache.keep_head(key, f'["head {key}"]')
        cache.keep_body(key, f"body {key}")
    cache.save(pruned=True)
    again = Cache(tmp_path, "cache")
    assert [again.head(key) for key in keys] == [f'["head {key}"]' for key in keys]
    (tmp_path / ".cache/pages/cache" / keys[0]).rename(tmp_path / ".cache/pages/cache" / keys[1])
    assert [again.body(key) for key in keys] == [None, None, f"body {keys[2]}"]
    again.used(keys[2])
    again.save(pruned=False)
    assert Cache(tmp_path, "cache").head(keys[0])
    again.save(pruned=True)
    assert [Cache(tmp_path, "cache").head(key) for key in keys] == [None, None, f'["head {keys[2]}"]']
    assert not (tmp_path / ".cache/pages/cache" / keys[1]).exists()
