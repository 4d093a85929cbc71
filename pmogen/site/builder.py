"""Runs a site builder as a child process, strictly, and only when there is something new to build."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import yaml

from pmogen.errors import PmogenError
from pmogen.language import ENGLISH, _, ngettext
from pmogen.site.fast_order import Order, finished_pages
from pmogen.site.finish import finish_site
from pmogen.site.lock import alone
from pmogen.site.trees import file_hash, tree_hash
from pmogen.site.write import BUILD, replace_file
from pmogen.source.charts import PAGES_VARIABLE

SITE = "site"
CONFIGURATION = "mkdocs.yml"
NAVIGATION = f"{BUILD}/playbook.yml"
PAGES = f"{BUILD}/playbook"
RECORD = f"{BUILD}/.site.json"
STAGED = f"{BUILD}/.site-new"
"""Where a site is built, to take the place of the old one when it is complete."""
FOLDER_VARIABLE = "PMOGEN_SITE_DIR"
"""What mkdocs.yml may read to learn where a site is built: `site_dir: !ENV [PMOGEN_SITE_DIR, site]`."""
INHERITED_VARIABLE = "PMOGEN_INHERIT"
"""What mkdocs.yml may read to learn which language is built: `INHERIT: !ENV [PMOGEN_INHERIT, build/playbook.yml]`."""
FORMER = f"{BUILD}/.site-old"

_HTML_LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]*)"')

_TOOLS = ("jinja2", "markdown", "mkdocs-material", "pygments", "pymdown-extensions")


@dataclass(frozen=True)
class Builder:
    """A program that makes a site of the pages: a module of its name, run with these arguments.

    It fills a folder beside site/, so that an interrupted or failed run leaves the old site as it was. Some have an argument
    that says so. zensical has none: it reads `FOLDER_VARIABLE` where mkdocs.yml asks for it.
    """

    name: str
    arguments: tuple[str, ...]
    install: str
    says_folder: bool = True
    module: str = ""
    """What is run in its place to the same end."""


@dataclass(frozen=True)
class Part:
    """The pages of one language, and where their site belongs: that of the main one holds those of the others."""

    language: str
    pages: str
    below: str = ""

    @property
    def configuration(self) -> str:
        """What mkdocs.yml inherits."""
        return f"{self.pages}.yml"

    @property
    def staged(self) -> str:
        """The folder that the builder fills."""
        return f"{STAGED}/{self.below}".rstrip("/")


def parts_of(languages: tuple[str, ...]) -> tuple[Part, ...]:
    """What a site in these languages is made of, the main one first."""
    main, *others = languages
    return (Part(main, PAGES), *(Part(code, f"{PAGES}.{code}", code) for code in others))


def languages_of(root: Path) -> tuple[str, ...]:
    """The languages of the pages that were generated last, the main one first."""
    settings = yaml.safe_load((root / NAVIGATION).read_bytes())
    ways = settings.get("extra", {}).get("alternate", ())
    return tuple(way["lang"] for way in ways) or (settings.get("theme", {}).get("language", ENGLISH),)


BUILDERS = {
    "mkdocs": Builder("mkdocs", ("build", "--strict"), "pmogen", module="pmogen.site.fast"),
    "properdocs": Builder("properdocs", ("build", "--strict"), "pmogen[properdocs]"),
    "zensical": Builder("zensical", ("build", "--strict"), "pmogen[zensical]", says_folder=False),
}


@dataclass(frozen=True)
class Site:
    """A built site: its first page, how many pages it has, and whether it stood already."""

    index: Path
    pages: int
    stood_already: bool


class Ahead(Protocol):
    """A builder that may have been started already."""

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str] | None:
        """Has it build; None when it was not started."""
        ...


def build_site(
    root: Path,
    name: str,
    day: dt.date,
    pmogen_version: str,
    languages: tuple[str, ...] = (ENGLISH,),
    *,
    ahead: Ahead | None = None,
) -> Site:
    """Builds site/ from the generated pages; `day` is the date the site may show as its own.

    The first of the languages stands in site/ itself, each other one in a folder of its name. A builder that was started `ahead`
    is used.

    Does nothing when pages, configuration, builder and site are those of the last build. Raises `PmogenError` when the
    builder is unknown or not installed, reports anything (it runs strictly) or leaves out a page, and when site/ holds
    something else.
    """
    builder = _installed(name)
    if not (root / CONFIGURATION).is_file():
        raise no_configuration(root)
    environment = {"SOURCE_DATE_EPOCH": epoch(day), **builder_environment()}
    with alone(root):
        return _build_alone(root, builder, environment, pmogen_version, parts_of(languages), ahead)


def _build_alone(  # noqa: PLR0917 (what a site is made of)
    root: Path,
    builder: Builder,
    environment: dict[str, str],
    pmogen_version: str,
    parts: tuple[Part, ...],
    ahead: Ahead | None,
) -> Site:
    inputs = _inputs(root, builder, environment["SOURCE_DATE_EPOCH"], pmogen_version)
    last = _last_build(root)
    if last.get("inputs") == inputs and last.get("site") == tree_hash(root / SITE):
        return Site(root / SITE / "index.html", _page_count(root, parts), stood_already=True)
    _refuse_foreign_site(root)
    _clear_away(root)
    languages = tuple(part.language for part in parts)
    finished: dict[str, str] = {}
    for part in parts:
        order = Order(languages, part.below, f"{SITE}/{part.below}".rstrip("/"))
        run_builder(builder, root, environment | order.environment(), part, part.staged, ahead)
        finished |= finished_pages(root / part.staged)
        _all_pages_built(root, builder, part)
        _in_its_language(root, part)
    finish_site(root / STAGED, languages, done=finished.keys())
    _put_in_place(root)
    record = {"inputs": inputs, "site": tree_hash(root / SITE, known=finished)}
    replace_file(root / RECORD, (json.dumps(record, indent=1) + "\n").encode("ascii"))
    return Site(root / SITE / "index.html", _page_count(root, parts), stood_already=False)


def no_configuration(root: Path) -> PmogenError:
    """What is said when mkdocs.yml is missing."""
    return PmogenError(
        _("{folder} has no {file}, which says how the site looks", folder=root, file=CONFIGURATION),
        _("copy the {file} of a new workspace: {command}", file=CONFIGURATION, command="`pmogen init`"),
    )


def epoch(day: dt.date) -> str:
    """Seconds at midnight as builders need them: they stop at a day that gzip cannot note (before 1970, after 2105)."""
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    return str(min(max(int(midnight.timestamp()), 0), 2**32 - 1))


def _clear_away(root: Path) -> None:
    """What an interrupted build left; an old site that had just been set aside comes back."""
    if (root / FORMER).is_dir() and not (root / SITE).exists():
        (root / FORMER).rename(root / SITE)
    for left in (STAGED, FORMER):
        shutil.rmtree(root / left, ignore_errors=True)


def _put_in_place(root: Path) -> None:
    """The new site takes the place of the old one. Raises `PmogenError` when the old one is in use and cannot move."""
    try:
        if (root / SITE).exists():
            (root / SITE).rename(root / FORMER)
        (root / STAGED).rename(root / SITE)
    except OSError as error:
        raise PmogenError(
            _("{folder} cannot be replaced: {reason}", folder=f"{SITE}/", reason=error.strerror),
            _("close what has it open"),
        ) from error
    shutil.rmtree(root / FORMER, ignore_errors=True)


def builder_command(name: str, *arguments: str) -> list[str]:
    """The command line of a builder, in the running Python, blind to modules in the current folder."""
    return [sys.executable, "-P", "-m", name, *arguments]


def builder_environment() -> dict[str, str]:
    """Environment of a builder: UTF-8, and no advertisements."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}


def _installed(name: str) -> Builder:
    builder = BUILDERS.get(name)
    if builder is None:
        raise PmogenError(
            _("no builder is called {name}", name=name), _("known are {names}", names=", ".join(BUILDERS))
        )
    if find_spec(name) is None:
        raise PmogenError(_("the builder {name} is not installed", name=name), f"pip install '{builder.install}'")
    return builder


def _inputs(root: Path, builder: Builder, epoch: str, pmogen_version: str) -> dict[str, str]:
    """Everything the bytes of the site depend on."""
    versions = {tool: _version(tool) for tool in (builder.name, *_TOOLS)}
    return {
        "builder": " ".join((builder.name, *builder.arguments)),
        "configuration": file_hash(root / CONFIGURATION),
        "day": epoch,
        "generated": tree_hash(root / BUILD),
        "pmogen": f"{pmogen_version} {tree_hash(Path(__file__).parent.parent, '.py')}",
        "python": sys.version,
        **versions,
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _last_build(root: Path) -> dict[str, object]:
    try:
        return dict(json.loads((root / RECORD).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _refuse_foreign_site(root: Path) -> None:
    """Builders empty site/ before they fill it: whatever else lies there must not be lost."""
    site = root / SITE
    if not site.resolve().is_relative_to(root.resolve()):
        raise PmogenError(_("{path} is a link that leaves the workspace", path=f"{SITE}/"), _("delete the link"))
    if site.is_symlink():
        raise PmogenError(_("{path} is a link, and building would replace it", path=f"{SITE}/"), _("delete the link"))
    ours = (root / RECORD).is_file() or (site / "404.html").is_file()
    if site.exists() and not ours and (not site.is_dir() or any(site.iterdir())):
        raise PmogenError(
            _("{folder} holds something that no builder made, and building would delete it", folder=f"{SITE}/"),
            _("move it somewhere else"),
        )


def run_builder(  # noqa: PLR0917 (what it is told)
    builder: Builder,
    root: Path,
    environment: Mapping[str, str],
    part: Part,
    target: str,
    ahead: Ahead | None = None,
) -> str:
    """Has a builder make the site of some pages in a folder, and gives what it said. Raises `PmogenError` when it fails."""
    arguments = [*builder.arguments, *(("--site-dir", target) if builder.says_folder else ())]
    told = {
        **environment,
        FOLDER_VARIABLE: target,
        INHERITED_VARIABLE: part.configuration,
        PAGES_VARIABLE: part.pages,
    }
    done = ahead.run(arguments, told) if ahead is not None else None
    if done is None:
        done = subprocess.run(
            builder_command(builder.module or builder.name, *arguments),
            cwd=root,
            env=told,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode:
        raise PmogenError(
            _(
                "{builder} found something wrong with the site (exit code {code}):",
                builder=builder.name,
                code=done.returncode,
            )
            + f"\n{_what_matters(done.stdout)}",
            _(
                "run {command} in {folder} to see all it says",
                command=f"`{builder.name} {' '.join(arguments)}`",
                folder=root,
            ),
        )
    return done.stdout


def _what_matters(output: str) -> str:
    """The first lines of warnings and errors, or the end of the output when there is none; indented.

    Of a traceback only the last line is left, which says what happened.
    """
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    loud = [line for line in lines if any(word in line for word in ("WARNING", "ERROR", "Error", "Aborted"))]
    told = [line for line in lines if not line.startswith((" ", "Traceback "))]
    more = [_("... and {count} more", count=len(loud) - 20)] if len(loud) > 20 else []
    return "\n".join(f"  {line}" for line in ([*loud[:20], *more] or (told or lines)[-30:]))


def _all_pages_built(root: Path, builder: Builder, part: Part) -> None:
    """Builders leave out pages without a word when a plugin is missing or a file is excluded."""
    missing = [page for page in _pages(root, part) if not _built(root / STAGED / part.below, page)]
    if missing:
        names = "\n".join(f"  {page.as_posix()}" for page in missing[:20])
        raise PmogenError(
            ngettext(
                "{builder} made no page of {count} file:",
                "{builder} made no page of {count} files:",
                len(missing),
                builder=builder.name,
            )
            + f"\n{names}",
            _(
                "see what {file} excludes, and that it has the line {line}",
                file=CONFIGURATION,
                line=f"`site_dir: !ENV [{FOLDER_VARIABLE}, {SITE}]`",
            ),
        )


def _in_its_language(root: Path, part: Part) -> None:
    """What mkdocs.yml says about the language counts more than what pmogen says, so it must not say anything else."""
    first = root / STAGED / part.below / "index.html"
    found = _HTML_LANGUAGE.search(first.read_text("utf-8"))
    if found is not None and found[1] != part.language:
        raise PmogenError(
            _(
                "{file} makes a site whose language is {found}, but the playbook's is {language}",
                file=CONFIGURATION,
                found=f"`{found[1]}`",
                language=f"`{part.language}`",
            ),
            _(
                "take `language` out of `theme` in {file}, as content/playbook.yml says it, and let it begin with {line}",
                file=CONFIGURATION,
                line=f"`INHERIT: !ENV [{INHERITED_VARIABLE}, {NAVIGATION}]`",
            ),
        )


def _pages(root: Path, part: Part) -> list[Path]:
    folder = root / part.pages
    return [path.relative_to(folder) for path in sorted(folder.rglob("*.md"))]


def _page_count(root: Path, parts: tuple[Part, ...]) -> int:
    return sum(len(_pages(root, part)) for part in parts)


def _built(site: Path, page: Path) -> bool:
    if page.name == "index.md":
        return (site / page.with_suffix(".html")).is_file()
    return (site / page.with_suffix(".html")).is_file() or (site / page.with_suffix("") / "index.html").is_file()
