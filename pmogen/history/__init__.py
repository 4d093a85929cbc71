"""States of a workspace that git remembers."""

from pmogen.history.git import NoWorkspaceError, Repository, repository_of
from pmogen.history.known import known_history

__all__ = ["NoWorkspaceError", "Repository", "known_history", "repository_of"]
