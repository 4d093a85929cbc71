"""One walk through types of page that writes down whatever it meets: by phone, desk and paper, from disk, without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import DESKTOP, PHONE, Visit, visit

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that may say something else about the same page in the other palette."""

ZOOMED = (DESKTOP[0] // 2, DESKTOP[1] // 2)
"""What is left of a desk at 200 % zoom."""
A4 = (719, 1000)
"""A sheet less its margins, at 96 pixels an inch."""

_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_AXE = """only => axe.run(document, {runOnly: only, resultTypes: ['violations']})
    .then(said => said.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n')[1].trim()}`)))"""
_TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
_CUT_OFF = """[...document.querySelectorAll('article *')].filter(one =>
    one.getClientRects().length && !one.closest('svg svg, .headerlink') &&
    one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 100))"""
_UNSIZED = "[...document.querySelectorAll('article img:not([width][height])')].map(one => one.getAttribute('src'))"
_WORDS = """[...document.querySelectorAll('article *')]
    .filter(one => !one.closest('.pg-tools, .pg-slides__bar, .pg-slides__begin + p, button, [role=status]'))
    .flatMap(one => [...one.childNodes]).filter(node => node.nodeType === 3)
    .map(node => node.data).join(' ').split(/\\s+/)"""
_LINKS = "[...document.querySelectorAll('article a')].map(one => one.getAttribute('href'))"
_HIDDEN = """[...document.querySelectorAll('article *')].filter(one =>
    !one.closest('details') && one.innerText && !one.getClientRects().length).map(one => one.outerHTML.slice(0, 100))"""


@dataclass(frozen=True)
class Places:
    """Where a site is: on a host below a path, and on the disk."""

    host: str
    folder: Path


@dataclass
class Met:
    """What is wrong with a page, each with the view and the thing."""

    complaints: list[str] = field(default_factory=list)
    """Words of the console, and files that are missing."""
    foreign: list[str] = field(default_factory=list)
    """Requests to other hosts."""
    from_disk: list[str] = field(default_factory=list)
    """Both, when it is opened from disk."""
    too_wide: list[str] = field(default_factory=list)
    """It is wider than a phone, a desk or half a desk: 200 % zoom leaves half, and WCAG asks for no sideways scroll."""
    cut_off: list[str] = field(default_factory=list)
    """It is wider than a sheet of paper, which does not scroll."""
    jumps: list[str] = field(default_factory=list)
    """It moves while it loads."""
    without_scripts: list[str] = field(default_factory=list)
    """Words and links that are only there when scripts run, and what stays hidden when none do."""
    barriers: list[str] = field(default_factory=list)
    """What axe-core finds in any size and palette, by all rules of WCAG 2.2 A and AA and its own best practice."""


def barriers(page: Page, rules: Iterable[str] = ()) -> list[str]:
    """What axe, which must be in the page, finds; all of it or by these rules only."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(TAGS)}
    return [str(found) for found in page.evaluate(_AXE, only)]


def barriers_in_both_palettes(page: Page, first: str, then: str) -> Iterator[str]:
    """What axe finds while the system has the one palette, and what changes when it takes the other."""
    for colours, rules in ((first, ()), (then, COLOURS)):
        page.emulate_media(color_scheme=colours)
        page.evaluate(_DRAWN)
        yield from (f"{page.evaluate('innerWidth')} {colours}: {found}" for found in barriers(page, rules))


def walk(browser: Browser, places: Places, paths: Iterable[str], axe: str | None) -> dict[str, dict[str, list[str]]]:
    """Opens each path three times (from a host, from disk, without scripts) and looks at it from all sides.

    What is wrong, by path and by the names in `Met`; without `axe` nothing is said about barriers.
    """
    with ExitStack() as stack:
        seen = stack.enter_context(visit(browser, PHONE, reduced_motion="reduce"))
        disk = stack.enter_context(visit(browser))
        bare = stack.enter_context(visit(browser, java_script_enabled=False))
        for visitor in (seen, disk):
            visitor.page.add_init_script(_SHIFTS)
        met = {}
        for path in paths:
            notes = met[path] = Met()
            _open(seen, places.host + path, notes)
            notes.complaints += seen.complaints
            notes.foreign += seen.asked_beyond(places.host)
            bare.open(places.host + path)
            notes.without_scripts += _lost(seen.page, bare.page)
            _look(seen.page, notes, axe)
            _open(disk, (places.folder / path).as_uri(), notes)
            notes.from_disk += (*disk.complaints, *disk.asked_beyond("file:"))
    found = {path: {kind: wrong for kind, wrong in asdict(notes).items() if wrong} for path, notes in met.items()}
    return {path: wrong for path, wrong in found.items() if wrong}


def _open(seen: Visit, address: str, notes: Met) -> None:
    seen.open(address)
    seen.page.evaluate(_DRAWN)
    shifted = seen.page.evaluate("window.shifted")
    notes.jumps += [f"everything moved by {shifted}"] if shifted >= 0.1 else []
    notes.jumps += [f"{picture} has no width and height" for picture in seen.page.evaluate(_UNSIZED)]


def _lost(page: Page, bare: Page) -> Iterator[str]:
    yield from sorted(set(page.evaluate(_WORDS)) - set(bare.evaluate(_WORDS)))
    yield from sorted(set(page.evaluate(_LINKS)) - set(bare.evaluate(_LINKS)))
    yield from bare.evaluate(_HIDDEN)


def _look(page: Page, notes: Met, axe: str | None) -> None:
    """Looks at an open page of a phone, then at a desk, zoomed, and on paper; and leaves it as on a phone."""
    if axe is not None:
        page.evaluate(axe)
    for size, first, then in ((PHONE, "dark", "light"), (DESKTOP, "light", "dark")):
        _resize(page, size)
        notes.too_wide += _too_wide(page)
        if axe is not None:
            notes.barriers += barriers_in_both_palettes(page, first, then)
    _resize(page, ZOOMED)
    notes.too_wide += _too_wide(page)
    _resize(page, A4)
    page.emulate_media(media="print")
    notes.cut_off += page.evaluate(_CUT_OFF)[:2]
    page.emulate_media(media="screen")
    _resize(page, PHONE)


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _too_wide(page: Page) -> Iterator[str]:
    pixels = page.evaluate(_TOO_WIDE)
    if pixels > 0:
        yield f"{pixels} pixels too wide for {page.evaluate('innerWidth')}"
