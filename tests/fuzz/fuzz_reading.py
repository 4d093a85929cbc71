"""Coverage-guided fuzzing of reading and checking: any bytes in any file give diagnostics, never an exception.

    pip install atheris
    python -m tests.fuzz.fuzz_reading -max_total_time=1800 CORPUS_FOLDER

The first byte chooses the file that the rest replaces. What it finds becomes a case in tests/hostile/.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["pmogen"]):
    from pmogen.model.load import load
    from pmogen.rules import check
    from pmogen.source.files import Sources

from tests.workspaces import SMALL

FILES = {name: text.encode() for name, text in SMALL.items()}
NAMES = (*sorted(FILES), "catalog/own.yml", "content/assessments/2027-01-31.csv", "content/pages/page.md")


def one_input(data: bytes) -> None:
    """Loads and checks the small workspace with one file replaced."""
    if not data:
        return
    name = NAMES[data[0] % len(NAMES)]
    result = load(Sources({**FILES, name: data[1:]}))
    if result.workspace is not None:
        check(result.workspace)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
