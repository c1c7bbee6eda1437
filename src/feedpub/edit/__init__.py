"""One change in a catalogue's text, all the rest as it was byte for byte: text in, text out.

Every change is read back before it is returned: what comes out holds what went in, plus or minus the one entry.
"""

from feedpub.edit.adding import add_item
from feedpub.edit.reading import CannotEditError
from feedpub.edit.removing import remove_item

__all__ = ["CannotEditError", "add_item", "remove_item"]
