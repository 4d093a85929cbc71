"""The one base class for everything that can go wrong outside a user's YAML."""

from __future__ import annotations


class PmogenError(Exception):
    """Something outside the input failed: the message says what, the hint says what to do next.

    Caught once, in the command line. Mistakes in a user's files are `Diagnostic` values instead.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
