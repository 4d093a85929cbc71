"""The benchmarks are scripts, so their folder has to be told."""

from __future__ import annotations

import sys

from tests.workspaces import ROOT

sys.path.append(str(ROOT / "benchmarks"))
