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
    from pmogen.exchange.told import Told
    from pmogen.model.history import History
    from pmogen.model.load import Loaded
    from pmogen.model.workspace import Workspace
    from pmogen.playbook import Playbook
    from pmogen.render import Draft
    from pmogen.rules.rule import Facts
    from pmogen.site.builder import Site
    from pmogen.site.standing import Outline
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


def _nothing(_sources: Sources) -> None:
    """Nothing to do meanwhile."""


@dataclass(frozen=True)
class Checked:
    """The sources, everything wrong with them, and the workspace; None when errors are in the way.

    `facts` are what the check worked out on its way.
    """

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    workspace: Workspace | None
    facts: Facts | None = None


@dataclass(frozen=True)
class Generated:
    """A playbook in outline, and what was written for it; both None when the check found errors."""

    checked: Checked
    outline: Outline | None = None
    written: Written | None = None
    drafts: Drafts | None = None

    @property
    def playbook(self) -> Playbook | None:
        """The playbook in its main language. It is computed now when all that is made of it stood already."""
        return None if self.drafts is None else self.drafts.main


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
    meanwhile: Callable[[Sources], object] = _nothing,
) -> Checked:
    """Reads a workspace and finds everything that is wrong with it. Writes nothing.

    With `replanned` the published plan is not judged, as it is about to be written anew. With `remember` its history counts
    as well; without, nothing is known of that. With what was `kept` of the last time, only what changed is read again.
    `meanwhile` is given the sources while other processes parse the YAML: a good time to import what is needed afterwards.
    Raises `PmogenError` when the folder is no workspace or cannot be read.
    """
    from dataclasses import replace

    from pmogen.source.ahead import parsed_ahead
    from pmogen.source.files import read_sources

    first = not kept  # nothing is known of a last time
    with stage("read"):
        sources = read_sources(root, kept)
        ahead = parsed_ahead(sources) if first else {}
    meanwhile(sources)
    with stage("check"):
        from pmogen.diagnostics import has_errors, in_order
        from pmogen.model.load import load
        from pmogen.rules import check as check_rules
        from pmogen.rules.plan import OF_THE_PLAN
        from pmogen.rules.rule import Facts

        loaded = load(sources, read_before=ahead, kept=kept)
        workspace = loaded.workspace
        if workspace is not None and remember is not None:
            workspace = replace(workspace, history=remember(root, sources, loaded))
        facts = Facts(workspace) if workspace else None
        broken = check_rules(workspace, facts=facts) if workspace else ()
        if replanned:
            broken = tuple(diagnostic for diagnostic in broken if diagnostic.code not in OF_THE_PLAN)
        found = in_order((*loaded.diagnostics, *broken))
    return Checked(sources, found, None if has_errors(found) else workspace, facts)


def generate(
    root: Path,
    stage: Stage = unwatched,
    commit: str | None = None,
    *,
    frozen: bool = False,
    exports: bool = False,
    remember: Remember | None = None,
    begin: Callable[[], object] | None = None,
) -> Generated:
    """Checks a workspace, computes its playbook and writes the pages to build/, where they differ.

    With a `commit`, links to the sources lead to the lines as they were in it, otherwise to the branch. `remember` is as for
    `check`. With `exports`, slides and documents are offered for download besides what is cheap to make. Where all is as it
    was when it was generated last, nothing is made again; where it is not, `begin` is called before anything is made. Errors in
    the workspace stop it before anything is written.
    Raises `PmogenError` when the folder is no workspace, or a generated file was edited by a person.
    """
    from pmogen.site.standing import Standing, outline_of

    standing = Standing(root, commit, exports)

    def prepare(sources: Sources) -> None:
        if not standing.is_likely(sources):
            _import_rendering()

    checked = check(root, stage, remember=remember, meanwhile=prepare)
    workspace = checked.workspace
    if workspace is None:
        return Generated(checked)
    if frozen:
        refuse_unpublished(workspace)
    drafts = Drafts(checked, standing.templates, commit, exports=exports, stage=stage)
    with stage("read"):
        known = standing.found(workspace.history)
    if known is not None:
        written, outline = known
        return Generated(checked, outline, written, drafts)
    if begin is not None:
        begin()
    files = _files(drafts, standing.templates, workspace, stage)
    with stage("write"):
        from pmogen.site.write import write_generated

        written, outline = write_generated(root, files), outline_of(drafts.main)
        standing.note(workspace.history, written, outline)
    return Generated(checked, outline, written, drafts)


def _files(
    drafts: Drafts, templates: Mapping[str, str | bytes], workspace: Workspace, stage: Stage
) -> Mapping[str, bytes]:
    """All generated files, in all languages."""
    from pmogen.render.ahead import compile_beside
    from pmogen.site.kept_templates import KeptTemplates

    files: dict[str, bytes] = {}
    take_compiled = compile_beside(templates, workspace.settings.spoken, KeptTemplates())
    for language in workspace.settings.spoken:
        draft = drafts.draft(language)
        with stage("render"):
            take_compiled()
            files |= draft.contents()
    return files


def _import_rendering() -> None:
    """Loads what makes pages and writes them."""
    from importlib import import_module

    for name in ("exchange.files", "render.ahead", "site.write"):
        import_module(f"{__name__}.{name}")


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
        from pmogen.exchange.json import told_json
        from pmogen.language import speaking

        with speaking(self._workspace.settings.spoken[0]):
            return told_json(self._told)

    @cached_property
    def _told(self) -> Told:
        """The playbook in its main language, as its exports tell it."""
        from pmogen.exchange.told import Told

        return Told(self.main)

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
                return compute(workspace, self._checked.facts)

    def _offered(self, playbook: Playbook, language: str) -> Mapping[str, Callable[[], bytes]]:
        """Files for other programs, each made when it is asked for."""
        from pmogen.exchange.files import files_of
        from pmogen.exchange.told import Told
        from pmogen.render.survey import forms_of

        told = self._told if playbook is self.main else Told(playbook)
        offered = files_of(told, office=self._exports, language=language)
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

    checked = check(root, stage, remember=remember)
    if checked.workspace is None:
        return checked, None
    from pmogen.playbook import compute

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
        return checked, compute(workspace, checked.facts)


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
    if builder == "none":
        return Built(generate(root, stage, commit, frozen=frozen, exports=exports, remember=remember))
    from pmogen.site.ahead import BuilderAhead

    with BuilderAhead(root, builder) as ahead:
        generated = generate(root, stage, commit, frozen=frozen, exports=exports, remember=remember, begin=ahead.begin)
        workspace = generated.checked.workspace
        if workspace is None:
            return Built(generated)
        with stage(builder):
            from pmogen.site.builder import build_site

            if generated.written is not None and generated.written.changed:
                from pmogen.memory import give_back

                give_back()
            settings = workspace.settings
            site = build_site(root, builder, settings.as_of, __version__, settings.spoken, ahead=ahead)
    return Built(generated, site)
