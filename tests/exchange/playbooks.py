"""Playbooks that exports are tried with: the example, the small one, and one whose texts want to do harm."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from pmogen.exchange.told import Told
from pmogen.playbook import compute
from tests.render.test_render import example
from tests.workspaces import SMALL, service, workspace

LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 9
HOSTILE = (
    '=HYPERLINK("http://evil.test","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,2)",
    "<b>&amp;\"'</w:t></a:t>]]>",
    "{title} %s {0} {{x}}",
    LONG,
    "مشروع إدارة المحافظ " * 12,
    "\u202eright to left\u202c \u200b",
    "👩‍👩‍👧‍👦 🏗️ " * 20,
    "one; two, three\\ four\u2028five",
    "漢字仮名交じり文" * 30,
    "BEGIN:VEVENT",
)
"""Texts for places that hold one line."""


@cache
def example_told() -> Told:
    """The example."""
    return Told(example())


@cache
def small_told() -> Told:
    return Told(compute(workspace()))


@cache
def hostile_told() -> Told:
    """A small playbook in which every text is one of the hostile ones."""
    texts = iter(text for _round in range(400) for text in HOSTILE)

    def line() -> str:
        return next(texts)[:390]

    def many() -> str:
        return f"{line()} {line()} {line()}" * 3 + "\n\n" + line()

    changes: dict[str, Any] = {"standard/services.yml": yaml.safe_dump({"services": _services(line, many)})}
    changes["content/playbook.yml"] = yaml.safe_dump(
        {
            "title": line(),
            "organisation": line(),
            "about": many(),
            "notice": many(),
            "version": "=1",
            "as_of": "2027-01-31",
            "owner": line(),
        }
    )
    changes["content/foundation.yml"] = {"summary": many() * 5}
    changes["standard/aspects.yml"] = SMALL["standard/aspects.yml"].replace("name: Visibility", f"name: {LONG[:380]}")
    changes["content/decisions.yml"] = yaml.safe_dump(
        {
            "services": [
                {
                    "service": "s0",
                    "decision": "defer",
                    "who": line(),
                    "when": "2027-01-01",
                    "why": many(),
                    "until": "2027-02-01",
                }
            ],
            "entities": [{"id": "unit", "name": LONG[:390], "description": many()}],
            "hand_offs": [
                {
                    "id": f"h{number}",
                    "title": line(),
                    "entity": "unit",
                    "aspects": ["visibility"],
                    "asked": many(),
                    "contact": line(),
                    "due": "2027-01-15",
                    "status": "proposed",
                    "note": many(),
                }
                for number in range(9)
            ],
        }
    )
    changes["content/roadmap.yml"] = yaml.safe_dump(
        {
            "waves": [
                {"id": "one", "name": line(), "starts": "2027-01-01", "ends": "2027-03-31", "goal": line(), "fte": 2}
            ]
        }
    )
    return Told(compute(workspace(changes)))


def _services(line: Any, many: Any) -> list[dict[str, Any]]:
    return [
        service(
            f"s{number}", name=line(), purpose=line(), description=many(), pain=line(), deliverables=[line(), line()]
        )
        for number in range(20)
    ]
