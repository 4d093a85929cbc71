"""What was aimed at, and whether it was reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from measure.figures import Commands, Figures, Measured
from measure.growth import growths
from measure.rounds import ratio

STAGE_PART = 0.2
EXPONENT = 1.1
BUILDER = "mkdocs"
OURS = "pmogen"
OURS_MARKDOWN = "pmogen, Markdown only"
MACROS_MARKDOWN = (
    "mkdocs-macros (`include_yaml`), Markdown only",
    "mkdocs-macros (fast reader), Markdown only",
    "mkdocs-macros (data as JSON), Markdown only",
)


@dataclass(frozen=True)
class Target:
    """Something aimed at; what was found is empty when it was not measured in this run."""

    name: str
    limit: str
    found: str = ""
    met: bool | None = None


def all_targets(figures: Figures) -> Iterator[Target]:
    """Every target, with what was found."""
    at_1000 = figures.services.get(1000, {})
    yield _under("`pmogen --version`", 0.1, figures.example.get("--version"))
    yield _under("`pmogen check` of the example", 0.6, figures.example.get("check"))
    yield _under("YAML to Markdown, 1,000 services and 200 aspects", 2.5, at_1000.get("pages"))
    for macros in MACROS_MARKDOWN:
        yield _times(f"the same, against {macros}", 10, figures.peers.get(1000, {}), macros, OURS_MARKDOWN)
    yield _held(at_1000)
    yield _parts(figures.pages.get(300, {}))
    yield _growth(figures)
    warm = figures.pages.get(1000, {}).get("build, one sentence changed")
    yield _under("`pmogen build` of 1,000 pages after one changed file", 3, warm)
    yield _cold(figures.builders)


def _under(name: str, limit: float, found: Measured | None) -> Target:
    limited = f"under {limit:g} s"
    if found is None:
        return Target(name, limited)
    seconds = median(found.seconds)
    return Target(name, limited, f"{seconds:.2f} s", seconds < limit)


def _times(name: str, limit: float, found: Commands, slow: str, fast: str) -> Target:
    limited = f"at least {limit:g} times as fast"
    if slow not in found or not found[slow].seconds:  # it could not be installed
        return Target(name, limited)
    times = ratio(found[slow].seconds, found[fast].seconds).median
    return Target(name, limited, f"{times:.1f} times", times >= limit)


def _held(found: Commands) -> Target:
    name, limited = "memory of a build of 1,000 services, with its children", "under 400 MB"
    held = [one.memory for one in found.values() if one.memory is not None]
    return Target(name, limited, f"{max(held):.0f} MB", max(held) < 400) if held else Target(name, limited)


def _parts(found: Commands) -> Target:
    name, limited = "any stage but the builder, in a build of 300 pages", f"at most {100 * STAGE_PART:.0f} %"
    if "build" not in found:
        return Target(name, limited)
    whole = found["build"]
    parts = {stage: ratio(took, whole.seconds).median for stage, took in whole.stages.items() if stage != BUILDER}
    most = max(parts, key=parts.__getitem__)
    return Target(name, limited, f"{100 * parts[most]:.0f} % ({most})", parts[most] <= STAGE_PART)


def _growth(figures: Figures) -> Target:
    name, limited = "growth with the number of services, of all but planning", f"exponent at most {EXPONENT}"
    found = {growth.name: growth.exponent for growth in growths(figures.services) if growth.limited}
    if not found:
        return Target(name, limited)
    most = max(found, key=found.__getitem__)
    return Target(name, limited, f"{found[most]:.2f} ({most})", found[most] <= EXPONENT)


def _cold(found: dict[str, list[float]]) -> Target:
    name, limited = "the builder from nothing, against plain MkDocs", "at least 2.5 times as fast"
    if not found:
        return Target(name, limited)
    times = ratio(found["plain MkDocs"], found["ours, cold"]).median
    return Target(name, limited, f"{times:.1f} times", times >= 2.5)
