"""pmogen turns what an organisation decided about its PMO, kept as YAML, into a playbook site.

The way through is one line, and each function below goes a part of it:

    sources -> workspace -> playbook -> pages -> site
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pmogen.diagnostics import Diagnostic
    from pmogen.model.workspace import Workspace
    from pmogen.playbook import Playbook
    from pmogen.site.builder import Site
    from pmogen.site.write import Written
    from pmogen.source.files import Sources

__version__ = "0.1.0"

Stage = Callable[[str], AbstractContextManager[object]]
"""Told the name of each stage as it begins, and when it is over: for clocks and progress lines."""


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


def check(root: Path, stage: Stage = unwatched) -> Checked:
    """Reads a workspace and finds everything that is wrong with it. Writes nothing.

    Raises `PmogenError` when the folder is no workspace or cannot be read.
    """
    from pmogen.diagnostics import has_errors, in_order
    from pmogen.model.load import load
    from pmogen.rules import check as check_rules
    from pmogen.source.files import read_sources

    with stage("read"):
        sources = read_sources(root)
    with stage("check"):
        loaded = load(sources)
        broken = check_rules(loaded.workspace) if loaded.workspace else ()
        found = in_order((*loaded.diagnostics, *broken))
    return Checked(sources, found, None if has_errors(found) else loaded.workspace)


def generate(root: Path, stage: Stage = unwatched, commit: str | None = None, *, frozen: bool = False) -> Generated:
    """Checks a workspace, computes its playbook and writes the pages to build/, where they differ.

    With a `commit`, links to the sources lead to the lines as they were in it, otherwise to the branch. Errors in the workspace stop it before anything is written. Raises `PmogenError` when the folder is no workspace,
    or a generated file was edited by a person.
    """
    from pmogen.playbook import compute
    from pmogen.render import render
    from pmogen.site.templates import read_templates
    from pmogen.site.write import write_generated

    checked = check(root, stage)
    if checked.workspace is None:
        return Generated(checked)
    with stage("compute"):
        playbook = compute(checked.workspace)
    if frozen:
        _refuse_unpublished(playbook)
    with stage("render"):
        rendered = render(playbook, read_templates(root), commit)
    with stage("write"):
        written = write_generated(root, rendered.files)
    return Generated(checked, playbook, written)


def _refuse_unpublished(playbook: Playbook) -> None:
    from pmogen.errors import PmogenError

    if playbook.plan_state != "published":
        why = "out of date" if playbook.plan_state == "stale" else "missing"
        raise PmogenError(
            f"content/plan.yml is {why}", "run `pmogen plan`, look at what it changes, and commit the file"
        )


def build(
    root: Path,
    builder: str = "mkdocs",
    stage: Stage = unwatched,
    commit: str | None = None,
    *,
    frozen: bool = False,
) -> Built:
    """Generates the playbook of a workspace and makes a site of it with a builder (`none`: pages only).

    `commit` is as for `generate`. Raises `PmogenError` as `generate` does, and when the builder is not installed or finds something wrong.
    """
    from pmogen.site.builder import build_site

    generated = generate(root, stage, commit, frozen=frozen)
    if generated.playbook is None or builder == "none":
        return Built(generated)
    with stage(builder):
        site = build_site(root, builder, generated.playbook.workspace.settings.as_of, __version__)
    return Built(generated, site)
