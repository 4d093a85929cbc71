"""Trees as text: short, down to the line, as wide as the terminal."""

from __future__ import annotations

import pytest

from pmogen.explain import Explanations, lines_of
from pmogen.playbook import compute
from tests.render.test_render import example
from tests.workspaces import workspace

GAP = """\
Gap in Visibility: 1 level, size M, priority M
├─ Gap: 1 level = 3 − 2
│  ├─ Target: level 3 (stated)  [content/assessments/2027-01-31.yml:5]
│  └─ Level today: level 2 (settled in a workshop)  [content/assessments/2027-01-31.yml:5]
├─ Size: M (1 against 1 and 2)
│  ├─ M from: 1 level (stated)  [standard/method.yml:3]
│  └─ H from: 2 levels (stated)  [standard/method.yml:3]
├─ Priority: M (proposed: 5 against 4 and 9)
│  ├─ Weight of expectations: 5
│  │  └─ Boards: No surprises: 5 (weight)  [content/foundation.yml:7]
│  ├─ M from: 4 (stated)  [standard/method.yml:3]
│  └─ H from: 9 (stated)  [standard/method.yml:3]
├─ Rank: 1 of 1 (by score, then by the larger gap, then by id)
│  └─ Score: 4 = 2 × 2
│     ├─ Points for size M: 2 (stated)  [standard/method.yml:3]
│     └─ Weight of priority M: 2 (stated)  [standard/method.yml:3]
├─ How far it can be closed: services can close it fully (3 − 3 = 0 levels would remain)
│  └─ Within reach: level 3 = the smaller of 3 and 3
│     ├─ Target: level 3 (stated) <aspect:visibility>  [content/assessments/2027-01-31.yml:5]
│     └─ With every service that is not declined: level 3 = services one by one, the lowest
│        │    ceiling first
│        ├─ Level today: level 2 (settled in a workshop) <aspect:visibility>
│        │       [content/assessments/2027-01-31.yml:5]
│        ├─ Register: level 3 (2 + 1) <service:register>  [standard/services.yml:22]
│        └─ Reporting: level 3 (3 is not below its ceiling 3) <service:reporting>
│                [standard/services.yml:63]
└─ After the last wave: level 3 = wave by wave
   └─ After One: level 3 = services one by one, the lowest ceiling first <wave:one>
      ├─ Level today: level 2 <aspect:visibility>
      └─ Register: level 3 (2 + 1) <service:register>  [standard/services.yml:22]
"""  # noqa: RUF001 (the signs of the tree)


def test_a_gap_is_told_down_to_the_lines_it_started_from():
    root = Explanations(compute(workspace())).of("gap", "visibility")
    assert "".join(f"{line}\n" for line in lines_of(root, 100)) == GAP


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_lines_are_no_wider_than_the_terminal_unless_a_word_is(width):
    root = Explanations(example()).of("wave", "2026-q4")
    for line in lines_of(root, width):
        words = line.lstrip("│├└─ ").split()
        assert len(line) <= width or len(words) <= 2 or len(line) - len(line.lstrip("│├└─ ")) > width - 30, line


def test_nothing_is_lost_in_a_narrow_terminal():
    root = Explanations(example()).of("gap", "pm-skills")
    texts = [
        " ".join("".join(lines_of(root, width)).translate(dict.fromkeys(map(ord, "│├└─ "))).split())
        for width in (40, 400)
    ]
    assert texts[0] == texts[1]


def test_an_old_terminal_gets_plain_signs():
    root = Explanations(compute(workspace())).of("gap", "visibility")
    told = "\n".join(lines_of(root, 80, ascii_only=True))
    assert told.isascii()
    assert "Gap: 1 level = 3 - 2" in told


def test_depth_cuts_the_tree():
    root = Explanations(compute(workspace())).of("gap", "visibility")
    assert len(list(lines_of(root, 100, depth=0))) == 1
    assert len(list(lines_of(root, 100, depth=1))) == 1 + len(root.inputs)


def test_rounded_numbers_say_the_fraction():
    told = "\n".join(lines_of(Explanations(example()).of("aspect", "governance"), 100))
    assert "level 2.33" in told
    assert "exactly 7/3" in told
