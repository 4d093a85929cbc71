"""Changes of YAML that people wrote: only the lines that change are touched, and the result is checked before it is written."""

from pmogen.edit.changes import Append, Change, Delete, Edited, Put, edit
from pmogen.edit.patch import patch_of

__all__ = ["Append", "Change", "Delete", "Edited", "Put", "edit", "patch_of"]
