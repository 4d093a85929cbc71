"""pmogen and its peers on the same content, as whole processes, from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measure.commands import clear, pages_only, pmogen, put_away, user_environment
from measure.figures import Commands, Measured, measured
from measure.process import Command, run
from measure.shapes import of_services, workspace
from measure.targets import MACROS_MARKDOWN, OURS, OURS_MARKDOWN

from peers.environments import Missing, programs
from peers.facts import Facts, facts_of
from peers.hugo import hugo
from peers.jinja import gen_files, macros
from peers.needs import needs
from pmogen.site.builder import builder_command, builder_environment


@dataclass(frozen=True)
class Peer:
    """A way to pages, and the folder of what it makes."""

    name: str
    command: Command
    makes: Path


def compared(folder: Path, services: int, rounds: int, patience: float) -> Commands:
    """What each takes for so many services; peers that cannot be installed, or fail, are told with the reason."""
    folder = folder / f"peers-{services}"
    root = workspace(folder / "ours", of_services(services))
    run(pages_only(root))
    tree = folder / "tree"
    shutil.copytree(root, tree)
    facts = facts_of(tree)
    found = [
        *_ours(root),
        _on_our_markdown("plain MkDocs", "mkdocs", tree),
        _on_our_markdown("Zensical", "zensical", tree),
    ]
    missing: Commands = {}
    for name, project in (("macros", _macros), ("gen-files", _gen_files), ("hugo", _hugo), ("needs", _needs)):
        try:
            found += project(folder / name, facts, programs(name))
        except Missing as reason:
            missing[name] = Measured(note=f"could not be installed: {reason}")
    took = measured({peer.name: peer.command for peer in found}, rounds, patience=patience, lenient=True)
    for peer in found:
        took[peer.name].note = took[peer.name].note or _told(peer.makes)
    return {**took, **missing}


def _ours(root: Path) -> Iterator[Peer]:
    yield Peer(OURS_MARKDOWN, pages_only(root), root / "build/playbook")
    yield Peer(OURS, pmogen(root, "build", prepare=lambda: clear(root)), root / "site")


def _on_our_markdown(name: str, module: str, tree: Path) -> Peer:
    words = tuple(builder_command(module, "build"))
    site = tree / f"site-{module}"
    environment = {**user_environment(), **builder_environment(), "PMOGEN_SITE_DIR": site.name}
    command = Command(words, tree, environment, lambda: put_away(site, tree / ".cache"))
    return Peer(f"{name} on our Markdown", command, site)


def _macros(folder: Path, facts: Facts, bin_folder: Path) -> Iterator[Peer]:
    macros(folder, facts)
    for name, configuration in zip(MACROS_MARKDOWN, ("include_yaml", "markdown", "json"), strict=True):
        yield _mkdocs(name, folder, bin_folder, configuration)
    yield _mkdocs("mkdocs-macros", folder, bin_folder, "mkdocs")


def _gen_files(folder: Path, facts: Facts, bin_folder: Path) -> Iterator[Peer]:
    gen_files(folder, facts)
    yield _mkdocs("mkdocs-gen-files, Markdown only", folder, bin_folder, "markdown")
    yield _mkdocs("mkdocs-gen-files", folder, bin_folder, "mkdocs")


def _hugo(folder: Path, facts: Facts, bin_folder: Path) -> Iterator[Peer]:
    hugo(folder, facts)
    made = folder / "public"
    words = (str(bin_folder / "hugo"), "--quiet", "--ignoreCache")
    yield Peer("Hugo", Command(words, folder, _environment(), lambda: put_away(made, folder / "resources")), made)


def _needs(folder: Path, facts: Facts, bin_folder: Path) -> Iterator[Peer]:
    needs(folder, facts)
    made = folder / "site"
    words = (str(bin_folder / "python"), "-m", "sphinx", "-q", "-b", "html", ".", made.name)
    yield Peer("sphinx-needs", Command(words, folder, _environment(), lambda: put_away(made)), made)


def _mkdocs(name: str, folder: Path, bin_folder: Path, configuration: str) -> Peer:
    """A build of MkDocs with one of the configurations of a project."""
    whole = configuration == "mkdocs"
    made = folder / ("site" if whole else "markdown")
    words = (str(bin_folder / "python"), "-m", "mkdocs", "build", "-q", "-f", f"{configuration}.yml")
    return Peer(name, Command(words, folder, _environment(), lambda: put_away(made, folder / "site")), made)


def _environment() -> dict[str, str]:
    """As people have it, with nothing of ours to be found by Python."""
    return {
        name: value for name, value in {**user_environment(), **builder_environment()}.items() if name != "PYTHONPATH"
    }


def _told(folder: Path) -> str:
    """How many pages there are in a folder, and how large they are."""
    for ending, called in ((".html", "HTML"), (".md", "Markdown")):
        pages = [path.stat().st_size for path in folder.rglob(f"*{ending}")]
        if pages:
            return f"{len(pages):,} pages, {sum(pages) / 1e6:.1f} MB of {called}"
    return "nothing"
