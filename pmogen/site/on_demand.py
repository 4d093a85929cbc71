"""Single files of the site, each made when it is asked for, by MkDocs' own steps for one page.

What a page is made of comes from a draft: nothing is written to build/, and no other page is made. Files that need all pages
(the search, the map of the site) are not made here, and neither is anything where MkDocs does something that is not known to
work page by page.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import yaml
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation

from pmogen.errors import PmogenError
from pmogen.site.builder import CONFIGURATION, INHERITED_VARIABLE, no_configuration
from pmogen.site.fast import unknown
from pmogen.site.write import BUILD
from pmogen.source.charts import BELOW, charts_from

THEME = f"{BUILD}/theme"
"""Where mkdocs.yml finds what is laid over the theme."""

_OF_OTHERS = re.compile(r"(?<!\bpage)\.(?:meta|content|toc|markdown)\b|\bpages\b")
"""What templates may look at that only pages have which were made already."""

_WARNINGS = logging.getLogger("mkdocs")


class Draft(Protocol):
    """The pages and files of one language, made one by one."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each page as it stands in its front matter, by path below the folder of the pages."""
        ...

    @property
    def others(self) -> Mapping[str, Callable[[], str | bytes]]:
        """All other files below that folder."""
        ...

    @property
    def navigation(self) -> Mapping[str, Any]:
        """The builder's settings, which are written to `Part.configuration` when all is built."""
        ...

    @property
    def theme(self) -> Mapping[str, str | bytes]:
        """The files that are laid over the theme, by path below its folder."""
        ...

    def page(self, path: str) -> str:
        """The text of a page."""
        ...

    def needs_all(self, path: str) -> bool:
        """Whether a page says something about all other files."""
        ...


class Workshop:
    """MkDocs, as it is configured for the pages of one language."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._known = ""
        self._config: Any = None
        self._env: Any = None
        self._of_theme: tuple[File, ...] = ()
        self._why_not = ""

    def on_demand(self, draft: Draft) -> OnDemand:
        """The files of a draft. Raises `PmogenError` when MkDocs refuses the configuration."""
        settings = dict(draft.navigation)
        nav = settings.pop("nav")
        self._configure(settings, draft.theme)
        self._config.nav = nav
        with _silent(), _in(self._root):
            return OnDemand(self._root, self._config, self._env, self._of_theme, draft, self._why_not)

    def _configure(self, settings: Mapping[str, Any], theme: Mapping[str, str | bytes]) -> None:
        """Reads MkDocs' configuration, unless it is as it was."""
        mkdocs_yml = self._root / CONFIGURATION
        if not mkdocs_yml.is_file():
            raise no_configuration(self._root)
        known = hashlib.sha256(
            repr((mkdocs_yml.read_bytes(), sorted(settings.items()), sorted(theme.items()))).encode()
        ).hexdigest()
        if known == self._known:
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        own = self._folder / "theme"
        for name, content in theme.items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(_bytes(content))
        try:
            config = self._loaded(settings, own)
        except MkDocsException as error:
            raise PmogenError(f"{CONFIGURATION}: {error}") from error
        self._why_not = next(unknown(config), "") or next(_looks_at_others(theme), "")
        self._config, self._env = config, config.theme.get_env()
        of_theme = Files(())
        of_theme.add_files_from_theme(self._env, config)
        self._of_theme = tuple(of_theme)
        self._known = known

    def _loaded(self, settings: Mapping[str, Any], theme: Path) -> Any:
        docs, inherited, written = self._folder / "docs", self._folder / "inherited.yml", self._root / THEME
        for folder in (docs, theme, written):
            folder.mkdir(parents=True, exist_ok=True)
        inherited.write_text(yaml.safe_dump({**settings, "docs_dir": str(docs)}, allow_unicode=True), "utf-8")
        os.environ[INHERITED_VARIABLE] = str(inherited)
        with _in(self._root), _silent():
            config: Any = load_config(site_dir=str(self._folder / "site"))
            config.theme.dirs = [str(theme) if Path(one) == written else one for one in config.theme.dirs]
            config.plugins.on_startup(command="build", dirty=False)
            config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
        return config


class OnDemand:
    """The files of the site in one language, of one draft."""

    def __init__(  # noqa: PLR0917 (MkDocs spreads what belongs together)
        self, root: Path, config: Any, env: Any, of_theme: tuple[File, ...], draft: Draft, why_not: str
    ) -> None:
        self.why_not = why_not
        """Why files cannot be made one by one; empty when they can."""
        self._root = root
        self._config = config
        self._draft = draft
        self._made: dict[str, bytes] = {}
        own = [_Lazy(path, None, config.site_dir, config.use_directory_urls) for path in (*draft.titles, *draft.others)]
        for file in own:
            file.draft = draft
        taken = {file.src_uri for file in own}
        files = Files([*own, *(file for file in of_theme if file.src_uri not in taken)])
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        self._nav = config.plugins.on_nav(get_navigation(self._files, config), config=config, files=self._files)
        self._env = config.plugins.on_env(env, config=config, files=self._files)
        self._pages = self._files.documentation_pages()
        for file in self._pages:
            title = draft.titles.get(file.src_uri)
            if file.page is not None and title is not None:
                file.page.meta = {"title": title}
                if "title" not in vars(file.page):
                    file.page.title = title
        self._by_address = {file.dest_uri: file for file in self._files if not file.inclusion.is_excluded()}
        self._for_all = {
            *("search/search_index.json", "search/search_index.js", "sitemap.xml.gz"),
            *config.theme.static_templates,
            *config.extra_templates,
        }

    def answer(self, address: str) -> bytes | Path | None:
        """The content of the file at an address of the site, or where it lies; None when it is not made here."""
        file = self._by_address.get(address)
        if file is None or self.needs_all(address):
            return None
        if file.page is not None:
            if address not in self._made:
                self._made[address] = self._page(file)
            return self._made[address]
        make = self._draft.others.get(file.src_uri)
        return Path(str(file.abs_src_path)) if make is None else _bytes(make())

    def needs_all(self, address: str) -> bool:
        """Whether what is at this address says something about all pages."""
        file = self._by_address.get(address)
        return address in self._for_all or (file is not None and self._draft.needs_all(file.src_uri))

    def is_folder(self, address: str) -> bool:
        """Whether a folder with a first page is at this address."""
        return f"{address}/index.html" in self._by_address

    def _page(self, file: File) -> bytes:
        page: Any = file.page
        target = Path(str(file.abs_dest_path))
        with _silent(), _in(self._root), charts_from(self._chart):
            build._populate_page(page, self._config, self._files)  # noqa: SLF001 (there is no other way in)
            build._build_page(page, self._config, self._pages, self._nav, self._env)  # noqa: SLF001 (there is no other way in)
        search = next((one for one in self._config.plugins.values() if hasattr(one, "search_index")), None)
        if search is not None:
            search.search_index.entries.clear()
        content = target.read_bytes()
        target.unlink()
        return content

    def _chart(self, name: str) -> str | None:
        make = self._draft.others.get(f"{BELOW}/{name}")
        content = None if make is None else make()
        return content if isinstance(content, str) or content is None else content.decode("utf-8")


class _Lazy(File):
    """A file whose text is made when it is read."""

    draft: Draft | None = None

    @property
    def content_string(self) -> str:
        """The text."""
        return self.draft.page(self.src_uri) if self.draft is not None else ""

    @content_string.setter
    def content_string(self, value: str) -> None:
        raise NotImplementedError  # MkDocs' class allows it, nothing does it, and the draft would not hear of it


def _looks_at_others(theme: Mapping[str, str | bytes]) -> Iterator[str]:
    """Templates of the workspace's own that may show what other pages hold."""
    for name, content in theme.items():
        if name.endswith(".html") and _OF_OTHERS.search(content if isinstance(content, str) else ""):
            yield f"{name} looks at other pages"


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


@contextmanager
def _silent() -> Iterator[None]:
    """What MkDocs warns of is told when the whole site is built."""
    handlers, level = _WARNINGS.handlers, _WARNINGS.level
    _WARNINGS.handlers, _WARNINGS.level = [logging.NullHandler()], logging.ERROR
    try:
        yield
    finally:
        _WARNINGS.handlers, _WARNINGS.level = handlers, level


@contextmanager
def _in(folder: Path) -> Iterator[None]:
    """MkDocs reads some settings relative to the current folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
