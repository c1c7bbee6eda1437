"""What a catalogue may say: typed models, and record → model or diagnostics."""

from feedpub.catalogue.fields import BODY_FORMATS, CONTENTS, FORMAT_NAMES, Context
from feedpub.catalogue.meaning import MODULUS, digest_meaning, digest_value
from feedpub.catalogue.models import AllTopic, Article, Image, Model, Person, Retired, Retracted, Section, Site, Teaser
from feedpub.catalogue.reading import LISTED, Meaning, build_entry, look_up, name_entry, read_listed, read_model

__all__ = [
    "BODY_FORMATS",
    "CONTENTS",
    "FORMAT_NAMES",
    "LISTED",
    "MODULUS",
    "AllTopic",
    "Article",
    "Context",
    "Image",
    "Meaning",
    "Model",
    "Person",
    "Retired",
    "Retracted",
    "Section",
    "Site",
    "Teaser",
    "build_entry",
    "digest_meaning",
    "digest_value",
    "look_up",
    "name_entry",
    "read_listed",
    "read_model",
]
