"""The playbook as pages see it: everything computed, with the look-ups that templates need."""

from __future__ import annotations

from pmogen.analysis.privacy import OTHER
from pmogen.language import _
from pmogen.render.look_ups.assessment import AssessmentLookUps
from pmogen.render.look_ups.customers import CustomerLookUps
from pmogen.render.look_ups.roadmap import RoadmapLookUps


class Book(AssessmentLookUps, CustomerLookUps, RoadmapLookUps):
    """A playbook with its look-ups. Look-ups by id give None (or nothing) for what does not exist.

    `templates` are the site templates by name, which charts need; pages get theirs from the environment. `commit` is
    the state of the repository that links to the sources lead to; without it they lead to the branch.
    """

    def group_name(self, group: str) -> str:
        """What people call a respondent group; groups folded together are called so."""
        return _("Small groups, taken together") if group == OTHER else self.name("audiences", group)
