"""A comparison of two states as reviewers read it: one comment of a pull request, or one page of HTML."""

from pmogen.render.review.comment import comment
from pmogen.render.review.page import review_page

__all__ = ["comment", "review_page"]
