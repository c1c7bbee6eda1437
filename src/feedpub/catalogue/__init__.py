"""What a catalogue may say: typed models, and record → model or diagnostics."""

from feedpub.catalogue.fields import BODY_FORMATS, CONTENTS, ENCODING_NAMES, FORMAT_NAMES, Context
from feedpub.catalogue.meaning import (
    MODULUS,
    begin_field,
    digest_encoded,
    digest_entry,
    digest_value,
    encode,
    encode_fields,
    mark_digest,
)
from feedpub.catalogue.models import AllTopic, Article, Image, Model, Person, Retired, Retracted, Section, Site, Teaser
from feedpub.catalogue.reading import LISTED, build_entry, explain_entry, look_up, name_entry, read_entry, read_model

__all__ = [
    "BODY_FORMATS",
    "CONTENTS",
    "ENCODING_NAMES",
    "FORMAT_NAMES",
    "LISTED",
    "MODULUS",
    "AllTopic",
    "Article",
    "Context",
    "Image",
    "Model",
    "Person",
    "Retired",
    "Retracted",
    "Section",
    "Site",
    "Teaser",
    "begin_field",
    "build_entry",
    "digest_encoded",
    "digest_entry",
    "digest_value",
    "encode",
    "encode_fields",
    "explain_entry",
    "look_up",
    "mark_digest",
    "name_entry",
    "read_entry",
    "read_model",
]
