"""Answers about a workspace that many ask for, found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from pmogen.model.workspace import Workspace

Answer = TypeVar("Answer")


def once(ask: Callable[[Workspace], Answer]) -> Callable[[Workspace], Answer]:
    """The function, whose answer is kept with the workspace, as a `cached_property` of it would be.

    For pure functions whose answer holds no words (these depend on the language that is spoken). What is made of a
    workspace with `replace` knows no answers.
    """
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def known(workspace: Workspace) -> Answer:
        kept = vars(workspace)
        if name not in kept:
            kept[name] = ask(workspace)
        answer: Answer = kept[name]
        return answer

    return known
