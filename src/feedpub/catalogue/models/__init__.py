"""What a catalogue may say: one model for each mapping that an editor writes.

A field's annotation says how its text is read (`fields`); `mapping` reads a whole mapping by them, and lets the
model look at its fields together. The sentences below the fields are what an editor's completion shows.
"""

from feedpub.catalogue.models.entries import Article, Enclosure, Image, Retracted, Teaser
from feedpub.catalogue.models.model import Model, Person
from feedpub.catalogue.models.site import AllTopic, Retired, Section, Site

__all__ = [
    "AllTopic",
    "Article",
    "Enclosure",
    "Image",
    "Model",
    "Person",
    "Retired",
    "Retracted",
    "Section",
    "Site",
    "Teaser",
]
