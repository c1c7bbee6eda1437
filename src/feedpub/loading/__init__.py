"""Files → index: reads a catalogue with all that it includes, and finds what is wrong with it as a whole."""

from feedpub.loading.loaded import Catalogue
from feedpub.loading.opening import load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
