"""pmogen turns what an organisation decided about its PMO, kept as YAML, into a playbook site.

The way through is one line, and each function below goes a part of it:

    sources -> workspace -> playbook -> pages -> site
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from pmogen.diagnostics import Diagnostic
    from pmogen.model.history import History
    from pmogen.model.load import Loaded
    from pmogen.model.workspace import Workspace
    from pmogen.playbook import Playbook
    from pmogen.render import Draft
    from pmogen.site.builder import Site
    from pmogen.site.write import Written
    from pmogen.source.files import Sources
    from pmogen.source.kept import Kept

__version__ = "0.1.0"

Stage = Callable[[str], AbstractContextManager[object]]
"""Told the name of each stage as it begins, and when it is over: for clocks and progress lines."""


Remember = Callable[["Path", "Sources", "Loaded"], "History"]
"""Asks what is known of the past of a workspace that was read from a folder, as `pmogen.history.known_history` does."""


def unwatched(_name: str) -> AbstractContextManager[None]:
    """A stage that nobody watches."""
    return nullcontext()


@dataclass(frozen=True)
class Checked:
    """The sources, everything wrong with them, and the workspace; None when errors are in the way."""

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    workspace: Workspace | None


@dataclass(frozen=True)
class Generated:
    """A playbook and what was written for it; both None when the check found errors."""

    checked: Checked
    playbook: Playbook | None = None
    written: Written | None = None


@dataclass(frozen=True)
class Built:
    """A playbook and its site; the site is None when the check found errors or no builder was asked for."""

    generated: Generated
    site: Site | None = None


def check(
    root: Path,
    stage: Stage = unwatched,
    *,
    replanned: bool = False,
    remember: Remember | None = None,
    kept: Kept | None = None,
) -> Checked:
    """Reads a workspace and finds everything that is wrong with it. Writes nothing.

    With `replanned` the published plan is not judged, as it is about to be written anew. With `remember` its history counts
    as well; without, nothing is known of that. With what was `kept` of the last time, only what changed is read again.
    Raises `PmogenError` when the folder is no workspace or cannot be read.
    """
    from dataclasses import replace

    from pmogen.source.ahead import parsed_ahead
    from pmogen.source.files import read_sources

    with stage("read"):
        sources = read_sources(root, kept)
        ahead = parsed_ahead(sources) if kept is None else {}
    with stage("check"):
        from pmogen.diagnostics import has_errors, in_order
        from pmogen.model.load import load
        from pmogen.rules import check as check_rules
        from pmogen.rules.plan import OF_THE_PLAN

        loaded = load(sources, read_before=ahead, kept=kept)
        workspace = loaded.workspace
        if workspace is not None and remember is not None:
            workspace = replace(workspace, history=remember(root, sources, loaded))
        broken = check_rules(workspace) if workspace else ()
        if replanned:
            broken = tuple(diagnostic for diagnostic in broken if diagnostic.code not in OF_THE_PLAN)
        found = in_order((*loaded.diagnostics, *broken))
    return Checked(sources, found, None if has_errors(found) else workspace)


def generate(
    root: Path,
    stage: Stage = unwatched,
    commit: str | None = None,
    *,
    frozen: bool = False,
    exports: bool = False,
    remember: Remember | None = None,
) -> Generated:
    """Checks a workspace, computes its playbook and writes the pages to build/, where they differ.

    With a `commit`, links to the sources lead to the lines as they were in it, otherwise to the branch. `remember` is as for
    `check`. With `exports`, slides and documents are offered for download besides what is cheap to make. Errors in the
    workspace stop it before anything is written. Raises `PmogenError` when the folder is no workspace,
    or a generated file was edited by a person.
    """
    from pmogen.render.ahead import compile_beside
    from pmogen.site.templates import read_templates
    from pmogen.site.write import write_generated

    checked = check(root, stage, remember=remember)
    if checked.workspace is None:
        return Generated(checked)
    if frozen:
        refuse_unpublished(checked.workspace)
    files: dict[str, str | bytes] = {}
    templates = read_templates(root)
    take_compiled = compile_beside(templates, checked.workspace.settings.spoken)
    drafts = Drafts(checked, templates, commit, exports=exports, stage=stage)
    for language in checked.workspace.settings.spoken:
        draft = drafts.draft(language)
        with stage("render"):
            take_compiled()
            files |= draft.files()
    with stage("write"):
        written = write_generated(root, files)
    return Generated(checked, drafts.main, written)


class Drafts:
    """The pages of a workspace that was checked without errors, in each of its languages, before they are written.

    With a `commit`, links to the sources lead to the lines as they were in it, otherwise to the branch. With `exports`, slides
    and documents are offered for download besides what is cheap to make. `kept` is as for `check`.
    """

    def __init__(
        self,
        checked: Checked,
        templates: Mapping[str, str | bytes],
        commit: str | None = None,
        *,
        exports: bool = False,
        stage: Stage = unwatched,
        kept: Kept | None = None,
    ) -> None:
        if checked.workspace is None:
            message = "a workspace with errors has no pages"
            raise ValueError(message)
        self._checked = checked
        self._workspace = checked.workspace
        self._templates = templates
        self._commit = commit
        self._exports = exports
        self._stage = stage
        self._kept = kept

    @cached_property
    def main(self) -> Playbook:
        """The playbook in its main language."""
        return self._playbook(self._workspace.settings.spoken[0])

    @cached_property
    def data(self) -> str:
        """Its playbook.json, which all languages share."""
        from pmogen.exchange import playbook_json
        from pmogen.language import speaking

        with speaking(self._workspace.settings.spoken[0]):
            return playbook_json(self.main)

    def draft(self, language: str) -> Draft:
        """The pages in one of the languages."""
        from pmogen.language import speaking
        from pmogen.render import drafted
        from pmogen.render.tree import Tree

        spoken = self._workspace.settings.spoken
        playbook = self.main if language == spoken[0] else self._playbook(language)
        with speaking(language):
            tree, offered = Tree(language, spoken), self._offered(playbook, language)
            return drafted(playbook, self._templates, self._commit, tree, lambda: self.data, offered=offered)

    def _playbook(self, language: str) -> Playbook:
        from pmogen.language import speaking
        from pmogen.playbook import compute

        with speaking(language):
            with self._stage("check"):
                main = language == self._workspace.settings.spoken[0]
                workspace = self._workspace if main else _read_in(language, self._checked, self._kept)
            with self._stage("compute"):
                return compute(workspace)

    def _offered(self, playbook: Playbook, language: str) -> Mapping[str, Callable[[], bytes]]:
        """Files for other programs, each made when it is asked for."""
        from pmogen.exchange.files import files_of
        from pmogen.render.survey import forms_of

        offered = files_of(playbook, office=self._exports, language=language)
        if not self._exports:
            return offered
        return {**offered, **forms_of(playbook.workspace, self._checked.sources, self._templates, language)}


def _read_in(language: str, checked: Checked, kept: Kept | None = None) -> Workspace:
    """A workspace that was checked in its main language, its texts in another one."""
    from dataclasses import replace

    from pmogen.errors import PmogenError
    from pmogen.model.load import load

    loaded = load(checked.sources, language, kept=kept)
    if loaded.workspace is None:
        raise PmogenError(f"{loaded.diagnostics[0].span}: {loaded.diagnostics[0].message}", loaded.diagnostics[0].hint)
    return replace(loaded.workspace, history=checked.workspace.history) if checked.workspace else loaded.workspace


def playbook_of(
    root: Path,
    stage: Stage = unwatched,
    *,
    language: str | None = None,
    as_of: dt.date | None = None,
    remember: Remember | None = None,
) -> tuple[Checked, Playbook | None]:
    """Checks a workspace and computes its playbook, in one of its languages, as of a day. Writes nothing.

    The playbook is None when the check found errors. `remember` is as for `check`. Raises `PmogenError` when the folder is no
    workspace, or its playbook is not in that language.
    """
    from dataclasses import replace

    from pmogen.errors import PmogenError
    from pmogen.language import _, own_name, speaking
    from pmogen.playbook import compute

    checked = check(root, stage, remember=remember)
    if checked.workspace is None:
        return checked, None
    workspace, known = checked.workspace, checked.workspace.settings.spoken
    if language is not None and language not in known:
        names = ", ".join(f"{code} ({own_name(code)})" for code in known)
        message = _("the site has no pages in the language `{language}`", language=language)
        raise PmogenError(message, _("known are {names}", names=names))
    if language is not None and language != known[0]:
        workspace = _read_in(language, checked)
    if as_of is not None:
        workspace = replace(workspace, settings=workspace.settings.model_copy(update={"as_of": as_of}))
    with stage("compute"), speaking(language or known[0]):
        return checked, compute(workspace)


def refuse_unpublished(workspace: Workspace) -> None:
    """Raises `PmogenError` when the plan is missing or out of date; a broken one is an error of the check."""
    from pmogen.errors import PmogenError
    from pmogen.language import _
    from pmogen.rules.plan import AGAIN, plan_out_of_date
    from pmogen.rules.rule import Facts

    if workspace.published is None:
        raise PmogenError(_("{file} is missing", file="content/plan.yml"), _(AGAIN))
    for finding in plan_out_of_date.check(Facts(workspace)):
        raise PmogenError(f"{finding.span}: {finding.message}", _(AGAIN))


def build(
    root: Path,
    builder: str = "mkdocs",
    stage: Stage = unwatched,
    commit: str | None = None,
    *,
    frozen: bool = False,
    exports: bool = False,
    remember: Remember | None = None,
) -> Built:
    """Generates the playbook of a workspace and makes a site of it with a builder (`none`: pages only).

    `commit`, `exports` and `remember` are as for `generate`. Raises `PmogenError` as `generate` does, and when the builder is not installed or finds something wrong.
    """
    generated = generate(root, stage, commit, frozen=frozen, exports=exports, remember=remember)
    if generated.playbook is None or builder == "none":
        return Built(generated)
    with stage(builder):
        from pmogen.site.builder import build_site

        settings = generated.playbook.workspace.settings
        site = build_site(root, builder, settings.as_of, __version__, settings.spoken)
    return Built(generated, site)
