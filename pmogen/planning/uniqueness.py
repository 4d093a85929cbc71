"""The last level of the objective: among plans that are equally good, one is preferred for no reason but its names.

Integers hashed from the ids make the optimum unique with high probability (isolation lemma, Mulmuley,
Vazirani & Vazirani 1987). So neither the order of the input nor the version of a solver can matter once
optimality is proven.
"""

from __future__ import annotations

import hashlib
from functools import cache

STRENGTH = 1_000
"""Preferences are whole numbers from 1 to this."""


@cache
def preference(service: str, wave: str) -> int:
    """How much a launch of the service (by id) in the wave (by id) is preferred to others that are as good."""
    digest = hashlib.sha256(f"{service}\n{wave}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % STRENGTH
