"""What was found, for a terminal and for a page of the documentation."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from measure import tables
from measure.figures import Figures

_PARTS = {
    "targets": {"example", "services", "pages", "builders", "peers"},
    "services": {"services"},
    "stages": {"services", "pages"},
    "pages": {"pages"},
    "stretched": {"stretched"},
    "builders": {"builders"},
    "peers": {"peers"},
}
"""The parts of a run that each section tells of."""


def sections(figures: Figures) -> dict[str, list[str]]:
    """The lines of each section of which something was measured."""
    found = {
        "targets": list(tables.targets(figures)),
        "services": list(tables.services(figures.services)),
        "stages": list(tables.stages(figures)),
        "pages": list(tables.pages(figures.pages)),
        "stretched": list(tables.stretched(figures.stretched)),
        "builders": list(tables.builders(figures.builders)),
        "peers": list(tables.peers(figures)),
    }
    return {name: [*lines, "", _where(figures)] for name, lines in found.items() if lines}


def told(figures: Figures) -> str:
    """All sections, for a terminal."""
    return "\n\n".join("\n".join(lines) for lines in sections(figures).values())


def write_into(page: Path, figures: Figures, parts: Collection[str]) -> None:
    """Replaces the sections of a page that stand between `<!-- measured: NAME -->` and `<!-- end -->`.

    Only those of the parts that were measured in this run, and the targets: what stands under the others was found elsewhere.
    """
    text = page.read_text("utf-8")
    for name, lines in sections(figures).items():
        if not _PARTS[name] & set(parts):
            continue
        begin, end = f"<!-- measured: {name} -->\n", "<!-- end -->"
        before, found, rest = text.partition(begin)
        if found:
            after = rest.partition(end)[2]
            text = "\n".join((before + begin, *lines, "", end + after))
    page.write_text(text, "utf-8")


def _where(figures: Figures) -> str:
    known = figures.machine
    return (
        f"{known['cores']} cores, a load of {known['load']} before; Python {known['python']}, MkDocs {known['mkdocs']}, "
        f"Material {known['mkdocs-material']}; commit {known['commit'] or 'unknown'}; rounds: {figures.rounds}."
    )
