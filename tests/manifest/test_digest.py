"""The digest of what a catalogue means: blind to how it is written, not to what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedpub.loading import load_catalogue
from written import NOW, SITE, article, catalogue, teaser

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

WHOLE = catalogue(
    teaser("t1", tags=["u", "v"], authors=["Ada", {"name": "Bo", "url": "bo"}]),
    teaser("t2", "2026-06-01T00:00:00Z", sections=["a", "b"]),
    teaser("t3", expires="2026-02-02T00:00:00Z"),
    articles=[
        article("x1", image={"url": "i.png", "alt": "", "width": "5"}, updated="2026-02-05T00:00:00Z"),
        article("x2", enclosures=[{"url": "s.mp3", "length": "1", "type": "audio/mpeg"}], body="Line\nLine\n"),
    ],
    retracted=[
        {"id": "r1", "at": "2026-02-01T00:00:00Z"},
        {"id": "r2", "at": "2026-05-01T00:00:00Z", "sections": ["b"]},
    ],
    retired={"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}},
)
LISTED = ("articles", "teasers", "retracted")


def digest(folder: Path, text: str, **included: str) -> str:
    (folder / "articles.yaml").write_text(text, encoding="utf-8")
    for name, part in included.items():
        (folder / f"{name}.yaml").write_text(part, encoding="utf-8")
    loaded = load_catalogue(folder / "articles.yaml", now=NOW)
    with loaded.index:
        assert [one for one in loaded.diagnostics if one.severity == "error"] == []
    return loaded.digest


def dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_it_is_256_bits_in_hexadecimal(tmp_path: Path) -> None:
    found = digest(tmp_path, dump(WHOLE))
    assert len(found) == 64
    assert int(found, 16) > 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    random=st.randoms(use_true_random=False),
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from(["'", '"', "|", ">", None]),
)
def test_neither_order_nor_files_nor_style_change_it(
    random: Random, *, flow: bool | None, style: str | None, tmp_path: Path
) -> None:
    parts: list[dict[str, Any]] = [{}, {}, {}]
    for key in LISTED:
        for entry in random.sample(WHOLE[key], len(WHOLE[key])):
            random.choice(parts).setdefault(key, []).append(shuffle(entry, random))
    rest = {key: WHOLE[key] for key in WHOLE if key not in LISTED}
    root = shuffle(rest | parts[0] | {"include": ["part-*.yaml"]}, random)
    texts = [
        yaml.safe_dump(
            part, default_flow_style=flow, default_style=style, sort_keys=False, allow_unicode=random.random() < 0.5
        )
        for part in (root, *parts[1:])
    ]
    folder = tmp_path / "shuffled"
    folder.mkdir(exist_ok=True)
    found = digest(
        folder,
        texts[0],
        **{"part-1": texts[1] if parts[1] else "teasers: []\n", "part-2": texts[2] if parts[2] else "teasers:\n"},
    )
    assert found == digest(tmp_path, dump(WHOLE))


def shuffle(value: dict[str, Any], random: Random) -> dict[str, Any]:
    return {key: value[key] for key in random.sample(list(value), len(value))}


@pytest.mark.parametrize(
    "same",
    [
        teaser("x", published="2026-02-01T01:00:00+01:00"),
        teaser("x", published="2026-02-01 00:00:00.9Z"),
        teaser("x", url="https://e.org/x"),
        teaser("x", title=" x "),
        teaser("x", draft="false"),
        teaser("x", rights=None, updated=None),
    ],
)
def test_another_way_to_say_the_same_does_not_change_it(tmp_path: Path, same: dict[str, Any]) -> None:
    assert digest(tmp_path, dump(catalogue(same))) == digest(tmp_path, dump(catalogue(teaser("x"))))


@pytest.mark.parametrize(
    "other",
    [
        catalogue(),
        catalogue(teaser("x"), teaser("y")),
        catalogue(teaser("x", id="z")),
        *(
            catalogue(teaser("x") | {field: value})
            for field, value in (
                ("title", "T"),
                ("url", "y"),
                ("published", "2026-02-01T00:00:01Z"),
                ("updated", "2026-02-02T00:00:00Z"),
                ("updated", "2027-02-02T00:00:00Z"),
                ("expires", "2026-02-02T00:00:00Z"),
                ("sections", ["a", "b"]),
                ("sections", ["b"]),
                ("summary", "T"),
                ("authors", ["Ada"]),
                ("authors", [{"name": "Ada", "email": "a@e.org"}]),
                ("tags", ["t"]),
                ("tags", ["t", "u"]),
                ("tags", ["tu"]),
                ("image", {"url": "i"}),
                ("image", {"url": "i", "alt": ""}),
                ("image", {"url": "i", "caption": "i"}),
                ("enclosures", [{"url": "s", "length": "1", "type": "a/b"}]),
                ("language", "cy"),
                ("rights", "R"),
                ("guid", "g"),
                ("content", "summary"),
            )
        ),
        catalogue(articles=[article("x", summary="S")]),
        catalogue(articles=[article("x", summary="S", body="C")]),
        catalogue(articles=[article("x", summary="S", body_format="text")]),
        catalogue(teaser("x"), retracted=[{"id": "r", "at": "2026-02-01T00:00:00Z"}]),
        catalogue(teaser("x"), retracted=[{"id": "r", "at": "2026-02-01T00:00:00Z", "reason": "R"}]),
        catalogue(teaser("x"), retired={"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}}),
        catalogue(teaser("x"), site=SITE | {"limit": "49"}),
        catalogue(teaser("x"), site=SITE | {"title": "T"}),
        catalogue(teaser("x"), site=SITE | {"ttl": "5"}),
        catalogue(teaser("x"), site=SITE | {"all": {"limit": "5"}}),
        catalogue(teaser("x"), site=SITE | {"timezone": "Europe/London"}),
        catalogue(teaser("x"), site=SITE | {"formats": ["atom", "rss", "json"]}),
        catalogue(teaser("x"), sections={"b": {"title": "B"}, "a": {"title": "A"}}),
        catalogue(teaser("x"), sections={"a": {"title": "A", "limit": "5"}, "b": {"title": "B"}}),
        catalogue(teaser("x"), sections={"a": {"title": "A"}, "b": {"title": "B", "formerly": ["c"]}}),
    ],
)
def test_another_meaning_is_another_digest(tmp_path: Path, other: dict[str, Any], seen: dict[str, str]) -> None:
    found = digest(tmp_path, dump(other))
    assert seen.setdefault(found, dump(other)) == dump(other)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the digests that were seen, each with its catalogue: at first that of one teaser."""
    plain = dump(catalogue(teaser("x")))
    return {digest(tmp_path_factory.mktemp("plain"), plain): plain}


def test_a_draft_does_not_count_and_what_waits_or_is_gone_does(tmp_path: Path) -> None:
    plain = digest(tmp_path, dump(catalogue(teaser("x"))))
    assert digest(tmp_path, dump(catalogue(teaser("x"), teaser("y", draft="true")))) == plain
    assert digest(tmp_path, dump(catalogue(teaser("x"), teaser("y", "2027-01-01T00:00:00Z")))) != plain
    assert digest(tmp_path, dump(catalogue(teaser("x"), teaser("y", expires="2026-02-02T00:00:00Z")))) != plain


def test_now_does_not_count(tmp_path: Path) -> None:
    digest(tmp_path, dump(WHOLE))
    found = set()
    for now in (NOW, NOW.replace(year=2030)):
        loaded = load_catalogue(tmp_path / "articles.yaml", now=now)
        loaded.index.close()
        found.add(loaded.digest)
    assert len(found) == 1


def test_the_text_of_a_body_file_counts_and_its_name_means_the_same_as_its_text(tmp_path: Path) -> None:
    def with_file(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        entry = article("x", body_file=name)
        del entry["body"]
        return digest(tmp_path, dump(catalogue(articles=[entry])))

    first = with_file("one.md", "Text.")
    assert with_file("one.md", "Another.") != first
    assert with_file("one.md", "Text.") == first
