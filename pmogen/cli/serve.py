"""`pmogen serve`: the site on this computer, renewed while the files change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmogen.cli.build import summary
from pmogen.cli.reports.text import counted, say, say_unexpected
from pmogen.cli.workspace import folder, report
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen import Drafts
    from pmogen.render import Draft
    from pmogen.site.serve import State


@click.command(short_help="Show the playbook in the browser, live.")
@folder
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def serve(folder: Path, port: int) -> None:
    """Show the playbook of DIR in the browser of this computer, renewed with every change.

    Only this computer can reach it (127.0.0.1). Pages are made when you look at them; the search works as soon as all of them
    have been made once. While files have mistakes, they are listed here and the last good
    pages stay on screen. Ctrl+C ends it.
    """
    from pmogen.site.serve import serve as serve_site

    aside = (sys.executable, "-P", "-m", "pmogen.cli.behind", str(folder.resolve()))
    serve_site(folder, port, Reading(folder), aside)


class Reading:
    """Reads the workspace and reports.

    What goes wrong outside the files (no workspace, an edited page, ...) ends the first run; later it is shown, and the
    last good pages stay.
    """

    def __init__(self, folder: Path) -> None:
        from pmogen.source.kept import Kept

        self.folder = folder
        self.ran_before = False
        self.kept = Kept()

    def read(self) -> State | str:
        """The workspace as it is now; the first mistake when it has errors."""
        try:
            return self._read()
        except Exception as error:  # a server that people work with does not fall over
            if not self.ran_before:
                raise
            self.wrong(error)
            return str(error)
        finally:
            self.ran_before = True

    def served(self, address: str) -> None:
        """Says where to look."""
        click.echo(_("look at {address} (Ctrl+C ends it)", address=address))

    def wrong(self, error: Exception) -> None:
        """Says what cannot be made."""
        from pmogen.errors import PmogenError

        if isinstance(error, PmogenError):
            say("error", error.message, error.hint)
        else:
            say_unexpected(error)

    def _read(self) -> State | str:
        from pmogen import Drafts, check
        from pmogen.history import known_history
        from pmogen.site.inputs import inputs_hash
        from pmogen.site.standing import outline_of
        from pmogen.site.templates import read_templates

        checked = check(self.folder, remember=known_history, kept=self.kept)
        report(checked)
        if checked.workspace is None:
            stays = _("the pages stay as they were until the errors are mended")
            click.echo(stays)
            first = next(found for found in checked.diagnostics if found.severity == "error")
            return f"{first.span}: {first.message}\n{counted(checked.diagnostics)}; {stays}"
        now = _Now(
            inputs_hash(self.folder, checked.sources), Drafts(checked, read_templates(self.folder), kept=self.kept)
        )
        click.echo(summary(checked.workspace, outline_of(now.drafts.main)))
        return now


@dataclass(frozen=True)
class _Now:
    """The workspace as it was read."""

    fingerprint: str
    drafts: Drafts

    @property
    def languages(self) -> tuple[str, ...]:
        return self.drafts.main.workspace.settings.spoken

    @property
    def day(self) -> str:
        from pmogen.site.builder import epoch

        return epoch(self.drafts.main.workspace.settings.as_of)

    def draft(self, language: str) -> _Pages:
        return _Pages(self.drafts.draft(language))


@dataclass(frozen=True)
class _Pages:
    """A draft as `pmogen.site.on_demand` asks for it."""

    draft: Draft

    @cached_property
    def titles(self) -> Mapping[str, str]:
        from pmogen.render.navigation import escaped

        return {path: escaped(page.title) for path, page in self.draft.pages.items()}

    @cached_property
    def others(self) -> Mapping[str, Callable[[], str | bytes]]:
        root, pages = f"{self.draft.tree.docs}/", self.draft.pages
        below = (path.removeprefix(root) for path in self.draft.paths if path.startswith(root))
        return {path: partial(self.draft.file, f"{root}{path}") for path in below if path not in pages}

    @property
    def navigation(self) -> Mapping[str, Any]:
        return self.draft.settings

    @cached_property
    def theme(self) -> Mapping[str, str | bytes]:
        root = "build/theme/"
        paths = (path for path in self.draft.paths if path.startswith(root))
        return {path.removeprefix(root): self.draft.file(path) for path in paths}

    def page(self, path: str) -> str:
        return self.draft.page(path)

    def needs_all(self, path: str) -> bool:
        from pmogen.render.pages.whole import PATH

        return path == PATH
