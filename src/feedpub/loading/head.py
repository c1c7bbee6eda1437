"""A catalogue's head: the site, its sections and retired topics, and what reading entries needs to know of them."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from feedpub.catalogue import Context, Retired, Section, Site, look_up, read_model
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import read_key
from feedpub.catalogue.times import read_zone
from feedpub.catalogue.urls import read_folder_url, read_permalink
from feedpub.diagnostics import diagnose, quote
from feedpub.record import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from feedpub.diagnostics import Diagnostic
    from feedpub.markup import BodyFormat
    from feedpub.record import Path, Record, Span

# Where the site could not be read, its entries are judged as if it had a sound one: no problem of theirs is made up.
_ANY_BASE, _ANY_PERMALINK, _ANY_ZONE = "https://site.invalid/", "{id}/", UTC


class Head:
    """What `site`, `sections` and `retired` say; each is taken once, as a record.

    ``section_keys`` holds every key that stands under `sections`, sound or not, or None where they could not be
    read: then no entry is in an unknown section. ``not_given`` names the keys without a value.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.site: Site | None = None
        self.sections: dict[str, Section] = {}
        self.retired: dict[str, Retired] = {}
        self.section_keys: frozenset[str] | None = None
        self.retired_keys: frozenset[str] = frozenset()
        self.context = Context(_ANY_BASE, _ANY_ZONE, _ANY_PERMALINK)
        self.taken: set[str] = set()
        self.not_given: set[str] = set()
        self._records: dict[str, Record] = {}
        self._waiting: dict[str, Record] = {}

    def take(self, record: Record) -> list[Diagnostic]:
        """Read one of the three, and return what is wrong with it; a second time, nothing happens.

        What stands before `site` waits for it: addresses and times are read by it.
        """
        if record.key in self.taken or record.key in self._waiting:
            return []
        if record.key == "site":
            return [*self._take(record), *self.take_waiting()]
        if "site" in self.taken:
            return self._take(record)
        self._waiting[record.key] = record
        return []

    def take_waiting(self) -> list[Diagnostic]:
        """Read what waits for `site` until now, and return what is wrong with it: there is no more to be found."""
        waiting, self._waiting = self._waiting, {}
        return [problem for record in waiting.values() for problem in self._take(record)]

    def _take(self, record: Record) -> list[Diagnostic]:
        self.taken.add(record.key)
        if record.value is None:
            self.not_given.add(record.key)
            return []
        self._records[record.key] = record
        take = {"site": self._take_site, "sections": self._take_sections, "retired": self._take_retired}
        return list(take[record.key](record))

    @property
    def authority(self) -> str:
        """The site's tag authority, empty where it could not be read."""
        return self.site.tag_authority if self.site else ""

    @property
    def body_format(self) -> BodyFormat:
        """What bodies are written in that do not say so."""
        return self.site.body_format if self.site else "markdown"

    @property
    def topic_keys(self) -> frozenset[str]:
        """Every key that leads to a feed; of a section that could not be read, its former keys are not known."""
        former = (key for section in self.sections.values() for key in section.formerly or ())
        return frozenset(["all", *(self.section_keys or ()), *self.retired_keys, *former])

    def find_section(self, key: str) -> tuple[str, Span] | None:
        """Return where a section is defined: its file, and the place of its key."""
        record = self._records.get("sections")
        return (record.file, record.places.key((key,))) if record is not None and key in self.sections else None

    def locate(self, key: str, path: Path) -> tuple[str, Span]:
        """Return where a value of one of the three stands: its file and place. Raises KeyError for one not taken."""
        record = self._records[key]
        return record.file, record.places.value(path)

    def check_topics(self, *, now: datetime) -> Iterator[Diagnostic]:
        """Yield what is wrong with sections and retired topics taken together."""
        taken = dict.fromkeys(self.sections, "a section")
        for key, section in self.sections.items():
            for position, former in enumerate(section.formerly or ()):
                path = (key, "formerly", position)
                if former in taken:
                    yield self._refuse(
                        "sections",
                        "topic-taken",
                        f"section {quote(key)}: the former key {quote(former)} is {taken[former]}",
                        path,
                        help="remove it from one of the two",
                    )
                else:
                    taken[former] = f"a former key of section {quote(key)}"
        topics = None if self.section_keys is None else sorted({"all", *self.section_keys})
        known = frozenset(topics or ())
        mend_to = f"use one of {', '.join(topics or ())}"
        for key, retired in self.retired.items():
            if key in taken:
                message = f"retired {quote(key)} is {taken[key]}"
                mend = "remove it from sections, or from retired"
                yield self._refuse("retired", "retired", message, (key,), at_key=True, help=mend)
            if retired.at > now:
                message = f"retired {quote(key)}: at is after now ({now:%Y-%m-%dT%H:%M:%SZ})"
                yield self._refuse(
                    "retired", "retired-in-future", message, (key, "at"), help="retire the topic when the time has come"
                )
            if retired.to is not None and topics is not None and retired.to not in known:
                message = f"retired {quote(key)}: to names {quote(retired.to)}, which is no section"
                yield self._refuse("retired", "unknown-topic", message, (key, "to"), help=mend_to)

    def _take_site(self, record: Record) -> Iterator[Diagnostic]:
        value, is_cut = record.value, record.is_cut
        zone, permalink = _read_zone(look_up(value, ("timezone",))), _read_permalink(look_up(value, ("permalink",)))
        self.context = Context(
            base=_try(read_folder_url, look_up(value, ("url",)), _ANY_BASE),
            zone=_ANY_ZONE if is_cut and zone is None else zone,
            permalink=_ANY_PERMALINK if is_cut and permalink is None else permalink,
        )
        self.site, problems = read_model(Site, record, subject="site", context=self.context)
        yield from problems

    def _take_sections(self, record: Record) -> Iterator[Diagnostic]:
        if isinstance(record.value, dict) and not record.is_cut:
            self.section_keys = frozenset(record.value)
        for key in _mapping_keys(record):
            subject = f"section {quote(key)}"
            section, problems = read_model(Section, record, subject=subject, context=self.context, path=(key,))
            yield from self._check_key(record, key)
            yield from problems
            if section is not None:
                self.sections[key] = section
        if isinstance(record.value, dict) and not record.value and not record.is_cut:
            yield self._refuse(
                "sections",
                "empty-value",
                "sections is empty",
                (),
                help="give it a section, such as news: {title: News}",
            )
        elif not isinstance(record.value, dict | Unread):
            yield self._refuse(
                "sections",
                "not-a-mapping",
                "sections must be a mapping of keys to sections",
                (),
                help="write each as key: {title: …}",
            )

    def _take_retired(self, record: Record) -> Iterator[Diagnostic]:
        self.retired_keys = frozenset(_mapping_keys(record))
        for key in _mapping_keys(record):
            subject = f"retired {quote(key)}"
            retired, problems = read_model(Retired, record, subject=subject, context=self.context, path=(key,))
            yield from self._check_key(record, key)
            yield from problems
            if retired is not None:
                self.retired[key] = retired
        if not isinstance(record.value, dict | Unread):
            yield self._refuse(
                "retired",
                "not-a-mapping",
                "retired must be a mapping of topics",
                (),
                help="write each as key: {title: …, at: …, notice: …}",
            )

    def _check_key(self, record: Record, key: str) -> Iterator[Diagnostic]:
        try:
            read_key(key)
        except Invalid as invalid:
            yield self._refuse(
                record.key,
                invalid.rule,
                f"the key {invalid.message}"
                if invalid.rule != "key-too-long"
                else f"the key {quote(key)} {invalid.message}",
                (key,),
                at_key=True,
                help=invalid.help,
            )

    def _refuse(
        self,
        root_key: str,
        rule: str,
        message: str,
        path: Path,
        *,
        at_key: bool = False,
        help: str | None = None,  # noqa: A002 - the word of the reports
    ) -> Diagnostic:
        record = self._records[root_key]
        span = record.places.key(path) if at_key else record.places.value(path)
        return diagnose(rule, message, file=record.file, span=span, help=help)


def _mapping_keys(record: Record) -> list[str]:
    return list(record.value) if isinstance(record.value, dict) else []


def _try(read: Callable[[Any], str], value: object, otherwise: str) -> str:
    try:
        return read(value)
    except Invalid:
        return otherwise


def _read_zone(value: object) -> tzinfo | None:
    if value is None:
        return None
    try:
        return read_zone(value)
    except Invalid:
        return _ANY_ZONE


def _read_permalink(value: object) -> str | None:
    return None if value is None else _try(read_permalink, value, _ANY_PERMALINK)
