"""The seal of the published plan: it says whether the file is as `pmogen plan` wrote it."""

from __future__ import annotations

import hashlib
import json

from pmogen.model.plan import PublishedPlan


def seal(plan: PublishedPlan) -> str:
    """SHA-256 over canonical JSON of everything else that the file says; comments and layout do not count."""
    text = json.dumps(plan.model_dump(mode="json", exclude={"seal"}), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_written(plan: PublishedPlan) -> bool:
    """Whether nobody has edited the file since: launches, work and all that it claims are as they were found."""
    return plan.seal == seal(plan)
