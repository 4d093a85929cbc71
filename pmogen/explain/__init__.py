"""Where a number or a decision comes from: trees built from a playbook on demand, down to the lines people wrote.

Nothing here is carried along while a playbook is computed; each tree computes its values anew from what was stated,
and tests hold both against each other.
"""

from __future__ import annotations

from pmogen.explain.aloud import aloud, wrapped
from pmogen.explain.lines import lines_of
from pmogen.explain.subjects import KINDS, Explanations
from pmogen.explain.tree import Computed

__all__ = ("KINDS", "Computed", "Explanations", "aloud", "lines_of", "wrapped")
