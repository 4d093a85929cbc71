"""Times each export of the example as a whole process: the median of several runs, in seconds.

python benchmarks/exports.py            five runs
python benchmarks/exports.py --smoke    one run: does it still work, and within the limit?
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from pmogen.data import data_root

LIMIT_SECONDS = 3.0
EXPORTS = {
    "deck": (),
    "deck --kind services": ("--kind", "services"),
    "docx": (),
    "project": (),
    "calendar": (),
    "csv": (),
}


def seconds(root: Path, export: str, options: tuple[str, ...]) -> float:
    """Seconds of one export of a workspace."""
    command = [sys.executable, "-m", "pmogen", "export", export.split(maxsplit=1)[0], str(root), *options]
    begin = time.perf_counter()
    subprocess.run([*command, "-o", str(root / "made")], check=True, capture_output=True)
    (root / "made").unlink()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="one run")
    runs = 1 if parser.parse_args().smoke else 5
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(data_root() / "content", root / "content")
        shutil.copyfile(data_root() / "mkdocs.yml", root / "mkdocs.yml")
        for export, options in EXPORTS.items():
            took = median(seconds(root, export, options) for _run in range(runs))
            print(f"{export:<22} {took:>5.2f} s{'' if took <= LIMIT_SECONDS else '  over the limit'}")


if __name__ == "__main__":
    main()
