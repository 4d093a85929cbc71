"""Measures pmogen on made workspaces, in one run on one machine, and says which targets are met.

    python benchmarks/run.py                     60, 300 and 1,000 services, sites of 300 and 1,000 pages: `make bench`, ten minutes
    python benchmarks/run.py --smoke             small and once: does it still work?
    python benchmarks/run.py --parts peers       against other generators (needs the network, once, to install them)
    python benchmarks/run.py --full              everything, with 5,000 services and the peers: for a quiet hour
    python benchmarks/run.py --write docs/performance.md     puts the tables into that page

Commands run in turns (a b c, a b c, ...), each as a process of its own. What is told is the median, the lowest and the
highest, and ratios within a round. A run for memory comes after, as looking takes time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from builders import one_round
from measure.commands import daily, pages_only, python, user_environment, whole_builds
from measure.figures import Commands, Figures, measured
from measure.machine import machine
from measure.process import Command, run
from measure.report import told, write_into
from measure.shapes import PAGES_300, PAGES_1000, Shape, edited, of_services, stretched, workspace
from peers.compare import compared

from pmogen.data import data_root

PARTS = ("example", "services", "pages", "stretched", "builders", "peers")
USUAL = ("example", "services", "pages")
SIZES = (60, 300, 1000)
WEIGHED = {"check", "plan", "pages", "pages, one process", "build"}
"""Commands that are run once more for their memory."""
LARGEST_SITE = 1000
"""Of so many services at most a site is built, which takes long."""


def example(rounds: int) -> Commands:
    """The example of this repository: what a first contact feels like."""
    root = data_root()
    commands = {
        "python": Command(python("-c", ""), root, user_environment()),
        "--version": Command(python("-m", "pmogen", "--version"), root, user_environment()),
        "check": Command(python("-m", "pmogen", "check"), root, user_environment()),
    }
    measured(commands, 1)
    return measured(commands, 5 * rounds)


def of_size(folder: Path, services: int, options: argparse.Namespace) -> Commands:
    """What is done with a workspace of so many services, day by day."""
    root = workspace(folder / "ours", of_services(services))
    commands = daily(root, edited(root, folder / "other"), site=services <= LARGEST_SITE)
    return measured(commands, options.rounds, commands.keys() & options.weighed, options.patience)


def of_pages(folder: Path, shape: Shape, options: argparse.Namespace) -> Commands:
    """Whole builds of a site."""
    return measured(whole_builds(workspace(folder / "pages", shape)), options.rounds, patience=options.patience)


def of_shapes(folder: Path, base: Shape, rounds: int) -> Commands:
    """Pages of the same workspace with more of one thing at a time."""
    commands = {}
    for name, shape in stretched(base).items():
        root = workspace(folder / name.replace(" ", "-"), shape)
        commands[name] = pages_only(root)
    return measured(commands, rounds)


def of_builders(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Our builder against plain MkDocs, on 1,000 pages, which come out the same, byte for byte."""
    root = workspace(folder / "builders", PAGES_1000)
    run(pages_only(root))
    found = [one_round(root, number) for number in range(rounds)]
    return {name: [one[name] for one in found] for name in found[0]}


def measure(options: argparse.Namespace, folder: Path) -> Figures:
    """Everything that was asked for; says on stderr where it is, and writes down what it has."""
    figures = Figures(machine(), options.rounds)

    def beginning(name: str) -> None:
        print(f"measuring: {name} ...", file=sys.stderr, flush=True)
        if options.json:
            figures.write(options.json)

    if "example" in options.parts:
        beginning("the example")
        figures.example = example(options.rounds)
    for size in options.sizes if "services" in options.parts else ():
        beginning(f"{size:,} services")
        figures.services[size] = of_size(folder / f"services-{size}", size, options)
    for pages, shape in options.pages.items() if "pages" in options.parts else ():
        beginning(f"{pages:,} pages")
        figures.pages[pages] = of_pages(folder / f"pages-{pages}", shape, options)
    if "stretched" in options.parts:
        beginning("more of one thing at a time")
        figures.stretched = of_shapes(folder / "stretched", of_services(300), options.rounds)
    if "builders" in options.parts:
        beginning("builders")
        figures.builders = of_builders(folder, options.rounds)
    for size in options.peer_sizes if "peers" in options.parts else ():
        beginning(f"peers, {size:,} services")
        figures.peers[size] = compared(folder, size, options.rounds, options.patience)
    return figures


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    """The options, with what follows from them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)

    def numbers(text: str) -> list[int]:
        return sorted(int(each) for each in text.split(","))

    parser.add_argument("--parts", type=lambda text: text.split(","), default=USUAL, help=f"of {', '.join(PARTS)}")
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="services, as a list: 60,300,1000")
    parser.add_argument("--peer-sizes", type=numbers, default=SIZES, help="services in the comparison with peers")
    parser.add_argument("--rounds", type=int, default=3, help="how many times; the median counts")
    parser.add_argument("--patience", type=float, default=30, help="seconds; what takes longer is run once")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument(
        "--onto", type=Path, metavar="FILE", help="figures of an earlier run, for what this one leaves out"
    )
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page, between its marks")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--smoke", action="store_true", help="small and once")
    way.add_argument("--full", action="store_true", help="everything, also 5,000 services and the peers")
    options = parser.parse_args(arguments)
    options.pages = {300: PAGES_300, 1000: PAGES_1000}
    options.weighed = WEIGHED
    if options.smoke:
        options.parts, options.sizes, options.rounds, options.weighed = ("example", "services"), (60,), 1, {"check"}
    if options.full:
        options.parts, options.sizes, options.patience = PARTS, (*SIZES, 5000), 60
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such parts: {', '.join(sorted(unknown))}")
    return options


def main() -> None:
    options = asked()
    earlier = options.onto.read_bytes() if options.onto else b""  # now, as the figures may be written to the same file
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options, Path(folder))
    if earlier:
        figures.add(earlier)
    if options.json:
        figures.write(options.json)
    if options.write:
        write_into(options.write, figures, options.parts)
    print(told(figures))


if __name__ == "__main__":
    main()
