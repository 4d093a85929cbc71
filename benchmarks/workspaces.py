"""Makes believable workspaces of any size, the same for the same seed.

    python benchmarks/workspaces.py FOLDER --services 1000 --aspects 200 --assessments 3 --answers 10000

Services and aspects are those of the standard catalogue, copied with a number behind their ids and with other estimates;
levels, targets, decisions, hand-offs and answers are drawn, each part by itself, so that one more assessment or more answers
change nothing else. What is made passes `pmogen check`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path
from typing import Any

import yaml

from pmogen.data import data_root

GROUPS = ("executives", "project-managers", "sponsors", "line-managers", "team-members", "finance")
AUDIENCES = ("executives", "project-managers", "sponsors", "line-managers", "team-members")
MOST_FTE = 100
"""A larger team is refused by the check."""


def read(folder: str, kind: str) -> list[dict[str, Any]]:
    """Entries of the standard catalogue."""
    found: list[dict[str, Any]] = []
    for path in sorted((data_root() / "catalog" / folder).glob("*.yml")):
        found += yaml.safe_load(path.read_text("utf-8")).get(kind, [])
    return found


def write(path: Path, value: Any) -> None:
    """A YAML file, as a person could have written it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(value, sort_keys=False, allow_unicode=True, width=110, Dumper=_Dumper), "utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes lists moved to the right, and everything out in full."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def make(  # noqa: PLR0917 (each is a size of its own)
    folder: Path,
    services: int = 60,
    aspects: int = 24,
    assessments: int = 1,
    answers: int = 0,
    waves: int = 8,
    seed: int = 1,
) -> None:
    """A workspace with so many services, aspects, assessments, answers and waves."""

    def chance(part: str) -> random.Random:
        return random.Random(f"{part} {seed}")  # noqa: S311 (drawn for measurements)

    aspect_copies = _copied(read("aspects", "aspects"), aspects)
    names = [entry["id"] for entry in aspect_copies]
    service_copies = _services(chance("services"), services, aspects)
    extra_aspects = [entry for entry in aspect_copies if "-x" in entry["id"]]
    extra_services = [entry for entry in service_copies if "-x" in entry["id"]]
    for number in range(0, len(extra_aspects), 40):
        write(folder / f"catalog/aspects-{number // 40:03}.yml", {"aspects": extra_aspects[number : number + 40]})
    for number in range(0, len(extra_services), 40):
        write(folder / f"catalog/services-{number // 40:03}.yml", {"services": extra_services[number : number + 40]})
    write(folder / "content/playbook.yml", _playbook(services))
    write(folder / "content/foundation.yml", _foundation(chance("foundation"), names))
    levels = {name: chance(f"level of {name}").choice((1, 1.5, 2, 2.5, 3)) for name in names}
    for ago in range(assessments):
        day = dt.date(2027, 1, 15) - dt.timedelta(days=182 * ago)
        write(folder / f"content/assessments/{day}.yml", _assessment(levels, day))
        if answers and not ago:
            drawn = _answers(chance("answers"), names, answers)
            (folder / f"content/assessments/{day}.csv").write_text(drawn, "utf-8")
        slower = chance(f"before {day}")
        levels = {name: max(1, level - slower.choice((0, 0, 0.5))) for name, level in levels.items()}
    write(folder / "content/decisions.yml", _decisions(chance("decisions"), service_copies, names))
    write(folder / "content/roadmap.yml", _roadmap(waves, services))
    (folder / "mkdocs.yml").write_bytes((data_root() / "mkdocs.yml").read_bytes())


def _copied(entries: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    found = []
    for number in range(count):
        entry, copy = entries[number % len(entries)], number // len(entries)
        more = {"id": f"{entry['id']}-x{copy}", "name": f"{entry['name']} {copy + 1}"} if copy else {}
        found.append({**entry, **more})
    return found


def _services(chance: random.Random, count: int, aspects: int) -> list[dict[str, Any]]:
    entries = read("services", "services")
    groups = max(1, aspects // len(read("aspects", "aspects")))
    found = []
    for number, entry in enumerate(_copied(entries, count)):
        copy = number // len(entries)
        if copy:
            suffix = f"-x{copy}"
            there = {other["id"] for other in entries[: max(0, count - copy * len(entries))]}
            group = copy % groups
            entry["lifts"] = [
                {**lift, "aspect": lift["aspect"] + (f"-x{group}" if group else "")} for lift in entry["lifts"]
            ]
            for key in ("requires", "requires_same_wave"):
                if key in entry:
                    entry[key] = [name + suffix for name in entry[key] if name in there]
            effort = entry["establish_days"]
            factor = chance.choice((0.6, 0.8, 1, 1.3, 1.7))
            entry["establish_days"] = {key: max(1, round(value * factor)) for key, value in effort.items()}
        found.append(entry)
    return found


def _playbook(services: int) -> dict[str, Any]:
    return {
        "title": f"Invented playbook of {services} services",
        "organisation": "Invented group",
        "about": "An invented organisation, made for measurements.",
        "notice": "Everything in this playbook is invented, for measurements.",
        "version": "1",
        "as_of": dt.date(2027, 1, 31),
        "owner": "Head of the PMO",
        "repository": "https://git.example.org/pmo/playbook",
    }


def _foundation(chance: random.Random, aspects: list[str]) -> dict[str, Any]:
    customers = []
    for number, audience in enumerate(AUDIENCES):
        named = [chance.sample(aspects, min(len(aspects), 3)) for _benefit in range(4)]
        expects = [
            {
                "id": f"benefit-{number}-{place}",
                "benefit": f"Benefit {place + 1} that counts.",
                "weight": chance.randint(1, 5),
                "aspects": of,
            }
            for place, of in enumerate(named)
        ]
        customers.append(
            {"id": f"customer-{number}", "name": f"Customers {number + 1}", "audience": audience, "expects": expects}
        )
    questions = read("", "questions")
    answers = [
        {"question": entry["id"], "state": "known", "answer": f"Settled for measurements: {entry['topic'].lower()}."}
        for entry in questions
    ]
    return {"summary": "So that everybody sees the same picture.", "answers": answers, "customers": customers}


def _assessment(levels: dict[str, float], day: dt.date) -> dict[str, Any]:
    stated = [
        {
            "aspect": aspect,
            "current": level,
            "current_source": "workshop",
            "current_reason": "Seen in a workshop.",
            "target": 3,
        }
        for aspect, level in levels.items()
    ]
    return {"date": day, "title": f"Assessment of {day}", "method": "A workshop, invented.", "aspects": stated}


def _answers(chance: random.Random, aspects: list[str], count: int) -> str:
    lines = ["respondent,group,aspect,current,target,importance,comment,publish"]
    people = max(30, count // min(len(aspects), 20))
    rows: set[tuple[int, str]] = set()
    while len(rows) < min(count, people * len(aspects)):
        rows.add((chance.randrange(people), chance.choice(aspects)))
    for person, aspect in sorted(rows):
        current = chance.randint(1, 4)
        target, importance = chance.randint(current, 5), chance.randint(1, 5)
        lines.append(f"r{person:05},{GROUPS[person % len(GROUPS)]},{aspect},{current},{target},{importance},,")
    return "\n".join(lines) + "\n"


def _decisions(chance: random.Random, services: list[dict[str, Any]], aspects: list[str]) -> dict[str, Any]:
    by_id = {entry["id"]: entry for entry in services}
    offered: dict[str, None] = {}

    def offer(identifier: str) -> None:
        if identifier in by_id and identifier not in offered:
            for needed in (*by_id[identifier].get("requires", ()), *by_id[identifier].get("requires_same_wave", ())):
                offer(needed)
            offered[identifier] = None

    for entry in services:
        if chance.random() < 0.3:
            offer(entry["id"])
    decided = [
        {
            "service": name,
            "decision": "offer",
            "who": "Executive board",
            "when": dt.date(2027, 1, 20),
            "why": "It was asked for.",
        }
        for name in offered
    ]
    units = [
        {"id": f"unit-{number}", "name": f"Unit {number + 1}", "description": "An invented unit."}
        for number in range(3)
    ]
    asked = [
        {
            "id": f"hand-off-{number}",
            "title": f"What is asked {number + 1}",
            "entity": f"unit-{number % 3}",
            "aspects": [aspect],
            "asked": "Something that the PMO cannot do.",
            "contact": "Head of the unit",
            "due": dt.date(2027, 9, 30),
            "status": "agreed",
            "agreed_on": dt.date(2027, 1, 25),
        }
        for number, aspect in enumerate(aspects)
    ]
    return {"services": decided, "entities": units, "hand_offs": asked}


def _roadmap(waves: int, services: int) -> dict[str, Any]:
    start = dt.date(2027, 2, 1)
    found = []
    for number in range(waves):
        months = number * 3 + 1
        first = dt.date(start.year + months // 12, months % 12 + 1, 1)
        after = dt.date(start.year + (months + 3) // 12, (months + 3) % 12 + 1, 1)
        found.append(
            {
                "id": f"wave-{number + 1}",
                "name": f"Wave {number + 1}",
                "starts": first,
                "ends": after - dt.timedelta(days=1),
                "status": "planned",
                "goal": "More is visible.",
                "fte": float(min(MOST_FTE, max(4, services // 12))),
            }
        )
    limits = [{"audience": audience, "capacity": max(10, services // 6)} for audience in AUDIENCES]
    return {"waves": found, "audiences": limits}


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a workspace of a given size, for measurements.")
    parser.add_argument("folder", type=Path)
    for name, usual in (
        ("services", 60),
        ("aspects", 24),
        ("assessments", 1),
        ("answers", 0),
        ("waves", 8),
        ("seed", 1),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = vars(parser.parse_args())
    make(options.pop("folder"), **options)


if __name__ == "__main__":
    main()
