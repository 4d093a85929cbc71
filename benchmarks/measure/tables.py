"""Figures as Markdown tables, one for each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from measure.figures import Commands, Figures, Measured, watched
from measure.growth import growths
from measure.rounds import Spread, ratio, spread
from measure.targets import OURS, OURS_MARKDOWN, all_targets

STAGES = {
    "read": "reading",
    "check": "checking",
    "analyse": "analysis",
    "plan": "planning (the published plan taken over)",
    "render": "rendering",
    "write": "writing",
    "mkdocs": "builder",
}
COMMANDS = {
    "plan, proven": "`pmogen plan`, anew",
    "plan": "the same with `--no-exact --no-insights`",
    "check": "`pmogen check`",
    "pages": "`pmogen build --builder none` (YAML to Markdown)",
    "pages, one process": "the same with `PMOGEN_JOBS=1`",
    "build": "`pmogen build`, from nothing",
    "build, one sentence changed": "`pmogen build`, one sentence changed",
    "build, nothing changed": "`pmogen build`, nothing changed",
    "diff": "`pmogen diff`",
    "export csv": "`pmogen export csv`",
    "export docx": "`pmogen export docx`",
}


def targets(figures: Figures) -> Iterator[str]:
    words = {True: "met", False: "**missed**", None: "not measured"}
    rows = ([target.name, target.limit, target.found or "-", words[target.met]] for target in all_targets(figures))
    yield from _table(("Target", "Limit", "Found", ""), rows)


def services(found: dict[int, Commands]) -> Iterator[str]:
    """Commands by the number of services; parts of a build and memory are told for the largest site."""
    sites = [size for size, commands in found.items() if "build" in commands]
    if not sites:
        return
    site = found[max(sites)]
    fitted = {growth.name: growth.exponent for growth in growths(found)}
    head = ("Command", *(f"{size:,} services" for size in found), "Growth", "Of a build", "Memory")
    rows = (
        [
            COMMANDS[name],
            *(_seconds(commands[name]) if name in commands else "-" for commands in found.values()),
            _growth(fitted, name),
            _part(ratio(one.seconds, site["build"].seconds)),
            f"{one.memory:.0f} MB" if one.memory else "",
        ]
        for name, one in site.items()
    )
    yield from _table(head, rows)


def stages(figures: Figures) -> Iterator[str]:
    """Stages of a build from nothing, in sites of so many pages and in workspaces of so many services."""
    columns = {f"{count:,} pages": found["build"] for count, found in figures.pages.items()}
    columns |= {f"{size:,} services": watched(found) for size, found in figures.services.items()}
    if not columns:
        return
    fitted = {growth.name: growth.exponent for growth in growths(figures.services)}
    rows = [
        [
            name,
            *(_stage(found, found.stages.get(stage, ())) for found in columns.values()),
            _growth(fitted, f"stage {stage}"),
        ]
        for stage, name in STAGES.items()
    ]
    rows.append(["starting up", *(_stage(found, found.starting_up) for found in columns.values()), "-"])
    yield from _table(("Stage", *columns, "Growth"), rows)


def pages(pages: dict[int, Commands]) -> Iterator[str]:
    if not pages:
        return
    names = list(next(iter(pages.values())))
    rows = [[COMMANDS[name], *(_seconds(pages[size][name]) for size in pages)] for name in names]
    yield from _table(("Command", *(f"{size:,} pages" for size in pages)), rows)


def stretched(found: Commands) -> Iterator[str]:
    if not found:
        return
    plain = next(iter(found.values()))
    rows = ([name, _seconds(one), _times(ratio(one.seconds, plain.seconds))] for name, one in found.items())
    yield from _table(("Workspace of 300 services", "YAML to Markdown", "Times as long"), rows)


def builders(found: dict[str, list[float]]) -> Iterator[str]:
    plain = found.get("plain MkDocs", [])
    rows = ([name, _between(spread(took)), _times(ratio(plain, took))] for name, took in found.items())
    yield from _table(("Builder", "Seconds", "Times as fast"), rows)


def peers(figures: Figures) -> Iterator[str]:
    for size, found in figures.peers.items():
        yield from _table(
            (f"{size:,} services", "Time", "Processor", "Times as long as ours", "What it makes"),
            ([name, *_against_ours(name, one, found), one.note] for name, one in found.items()),
        )
        yield ""


def _against_ours(name: str, one: Measured, found: Commands) -> tuple[str, str, str]:
    """Seconds, those of processors, and how they compare with ours, which goes as far."""
    if not one.seconds:
        return "-", "-", "-"
    ours = found[OURS_MARKDOWN if name.endswith("Markdown only") else OURS]
    return _seconds(one), f"{_median(one.processor):.1f} s", _times(ratio(one.seconds, ours.seconds))


def _seconds(found: Measured) -> str:
    told = _between(spread(found.seconds))
    return told if len(found.seconds) > 1 else f"{told} (once)"


def _median(figures: Sequence[float]) -> float:
    return spread(figures).median


def _between(found: Spread) -> str:
    return _with_spread(found, "{:.2f} s" if found.median < 10 else "{:.1f} s")


def _growth(fitted: Mapping[str, float], name: str) -> str:
    return f"{fitted[name]:.2f}" if name in fitted else "-"


def _stage(whole: Measured, took: Sequence[float]) -> str:
    if not took:
        return "-"
    return f"{_median(took):.2f} s, {_part(ratio(took, whole.seconds))}"


def _part(found: Spread) -> str:
    return _with_spread(found, "{:.0%}").replace("%", " %")


def _times(found: Spread) -> str:
    return _with_spread(found, "{:.1f}")


def _with_spread(found: Spread, form: str) -> str:
    """The median, and from where to where it went where that can be seen."""
    middle, low, high = (form.format(figure) for figure in (found.median, found.low, found.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    found = list(rows)
    if not found:
        return
    yield _row(head)
    yield _row(["---", *("---:" for _column in head[1:])])
    yield from map(_row, found)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
