from __future__ import annotations

import gzip

import pytest

from feedpub.publish import MANIFEST_PATH, Change, measure, plan
from publish.documents import documents, listing, manifest, plan_files, publish
from publish.test_paths import HOSTILE
from targets.memory import MemoryTarget

FILES = {"politics.rss": b"politics", "archive/politics/2026-02.atom": b"February"}


@pytest.fixture(name="target")
def _target() -> MemoryTarget:
    return MemoryTarget()


@pytest.fixture(name="published")
def _published(target: MemoryTarget) -> MemoryTarget:
    publish(target, FILES)
    return target


def reasons(target: MemoryTarget, files: dict[str, bytes], *, adopt: bool = False) -> dict[str, str]:
    return {write.path: write.reason for write in plan_files(target, files, adopt=adopt).writes}


def test_everything_is_new_where_nothing_stands(target: MemoryTarget) -> None:
    planned = plan_files(target, FILES)
    assert reasons(target, FILES) == dict.fromkeys(FILES, "new")
    assert planned.manifest is not None
    assert planned.manifest.reason == "new"
    assert not planned.is_current


def test_what_lies_in_folders_is_written_first(target: MemoryTarget) -> None:
    assert [write.path for write in plan_files(target, FILES).writes] == [
        "archive/politics/2026-02.atom",
        "politics.rss",
    ]


def test_what_was_published_is_current(published: MemoryTarget) -> None:
    planned = plan_files(published, FILES)
    assert planned.is_current
    assert set(planned.unchanged) == FILES.keys()
    assert planned.manifest is None


def test_planning_writes_nothing(published: MemoryTarget) -> None:
    before = dict(published.files)
    plan_files(published, {"other.rss": b"other"})
    assert published.files == before


def test_other_bytes_than_the_manifests_are_a_change(published: MemoryTarget) -> None:
    changed = {**FILES, "politics.rss": b"politics, later"}
    assert reasons(published, changed) == {"politics.rss": "changed"}
    manifest_write = plan_files(published, changed).manifest
    assert manifest_write is not None
    assert manifest_write.reason == "changed"


@pytest.mark.parametrize("bytes_there", [b"by somebody", None])
def test_bytes_in_the_target_that_are_not_the_manifests_are_altered(
    published: MemoryTarget, bytes_there: bytes | None
) -> None:
    del published.files["politics.rss"]
    if bytes_there:
        published.files["politics.rss"] = bytes_there
    planned = plan_files(published, FILES)
    assert reasons(published, FILES) == {"politics.rss": "altered"}
    assert planned.manifest is None
    assert not planned.is_current


def test_a_changed_document_whose_bytes_the_target_has_already_is_not_rewritten(published: MemoryTarget) -> None:
    published.files["politics.rss"] = b"politics, later"
    planned = plan_files(published, {**FILES, "politics.rss": b"politics, later"})
    assert planned.writes == ()
    assert planned.manifest is not None


def test_somebody_elses_file_is_refused_by_name(target: MemoryTarget) -> None:
    target.files["politics.rss"] = b"by somebody"
    planned = plan_files(target, FILES)
    assert [(one.path, one.sentence) for one in planned.refusals] == [
        (
            "memory/politics.rss",
            "memory/politics.rss was not written by feedpub; move it away, or let --adopt replace it",
        )
    ]
    assert not planned.is_current


def test_somebody_elses_file_is_adopted_where_it_may_be(target: MemoryTarget) -> None:
    target.files["politics.rss"] = b"by somebody"
    planned = plan_files(target, FILES, adopt=True)
    assert planned.refusals == ()
    assert reasons(target, FILES, adopt=True)["politics.rss"] == "adopted"


def test_a_file_with_our_bytes_is_ours_without_a_word(target: MemoryTarget) -> None:
    target.files["politics.rss"] = FILES["politics.rss"]
    planned = plan_files(target, FILES)
    assert planned.refusals == ()
    assert planned.unchanged == ("politics.rss",)


@pytest.mark.parametrize("adopt", [False, True])
def test_a_folder_in_a_files_place_is_refused_even_to_adopt(target: MemoryTarget, adopt: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    target.files["politics.rss/x"] = b"by somebody"
    (refusal,) = plan_files(target, FILES, adopt=adopt).refusals
    assert refusal.sentence.startswith("memory/politics.rss is a folder where a file should be; move it away")


@pytest.mark.parametrize("adopt", [False, True])
def test_a_file_in_a_folders_place_is_refused_even_to_adopt(target: MemoryTarget, adopt: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    target.files["archive"] = b"by somebody"
    (refusal,) = plan_files(target, FILES, adopt=adopt).refusals
    assert refusal.path == "memory/archive"
    assert refusal.sentence.startswith("memory/archive is a file where a folder should be; move it away")


def test_what_is_owned_and_no_longer_made_is_removed(published: MemoryTarget) -> None:
    path = "archive/politics/2026-02.atom"
    planned = plan_files(published, {"politics.rss": b"politics"})
    assert planned.removals == (Change(path, measure(FILES[path]), None),)
    assert planned.left == ()


def test_what_is_owned_but_altered_is_left_where_it_is(published: MemoryTarget) -> None:
    published.files["politics.rss"] = b"by somebody"
    planned = plan_files(published, {})
    assert [change.path for change in planned.removals] == ["archive/politics/2026-02.atom"]
    assert planned.left == ("politics.rss",)


def test_what_is_owned_and_gone_already_needs_no_removal(published: MemoryTarget) -> None:
    del published.files["politics.rss"]
    planned = plan_files(published, {})
    assert "politics.rss" not in {*planned.left, *(change.path for change in planned.removals)}


def test_what_a_partial_run_keeps_is_neither_removed_nor_written(published: MemoryTarget) -> None:
    published.files["politics.rss"] = b"by somebody"
    planned = plan(
        [], manifest=manifest(FILES), owned=listing(FILES), target=published, kept=frozenset({"politics.rss"})
    )
    assert [change.path for change in planned.removals] == ["archive/politics/2026-02.atom"]
    assert planned.writes == ()
    assert planned.left == ()


@pytest.mark.parametrize("path", [*HOSTILE, MANIFEST_PATH])
def test_a_hostile_path_in_a_manifest_is_not_owned(target: MemoryTarget, path: str) -> None:
    target.files[path] = b"not ours"
    planned = plan([], manifest=b"not ours", owned={path: measure(b"not ours")}, target=target)
    assert planned.removals == ()
    assert planned.left == ()


@pytest.mark.parametrize("path", [*HOSTILE, MANIFEST_PATH, f"{MANIFEST_PATH}/x"])
def test_a_document_with_a_hostile_path_is_a_mistake_of_the_caller(target: MemoryTarget, path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        plan(documents({path: b""}), manifest=b"", owned={}, target=target)


@pytest.mark.parametrize("second", ["a", "a/b"])
def test_two_documents_cannot_share_a_path(target: MemoryTarget, second: str) -> None:
    both = [*documents({"a": b"1"}), *documents({second: b"2"})]
    with pytest.raises(ValueError, match="'a' is taken by another document"):
        plan(both, manifest=b"", owned={}, target=target)


def test_a_damaged_manifest_of_ours_is_replaced(target: MemoryTarget) -> None:
    target.files[MANIFEST_PATH] = b"<<<<<<< HEAD"
    planned = plan(documents(FILES), manifest=b"{}", owned={}, target=target)
    assert planned.refusals == ()
    assert planned.manifest is not None
    assert planned.manifest.reason == "changed"


def test_a_manifest_of_somebody_else_is_refused_unless_adopted(target: MemoryTarget) -> None:
    target.files[MANIFEST_PATH] = b'{"name": "an app"}'
    refused = plan([], manifest=b"{}", owned={}, target=target, foreign_manifest=True)
    assert [one.path for one in refused.refusals] == ["memory/manifest.json"]
    assert refused.manifest is None
    adopted = plan([], manifest=b"{}", owned={}, target=target, foreign_manifest=True, adopt=True)
    assert adopted.refusals == ()
    assert adopted.manifest is not None
    assert adopted.manifest.reason == "adopted"
    assert (adopted.manifest.old, adopted.manifest.new) == (measure(b'{"name": "an app"}'), measure(b"{}"))


def test_a_folder_in_the_manifests_place_is_refused(target: MemoryTarget) -> None:
    target.files[f"{MANIFEST_PATH}/x"] = b"by somebody"
    (refusal,) = plan([], manifest=b"{}", owned={}, target=target, adopt=True).refusals
    assert refusal.sentence.startswith("memory/manifest.json is a folder where a file should be; move it away")


@pytest.mark.parametrize("adopt", [False, True])
def test_a_folder_in_the_manifests_place_is_refused_even_to_adopt(target: MemoryTarget, adopt: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    target.files[f"{MANIFEST_PATH}/x"] = b"by somebody"
    planned = plan(documents(FILES), manifest=b"{}", owned={}, target=target, adopt=adopt)
    (refusal,) = planned.refusals
    assert refusal.sentence.startswith("memory/manifest.json is a folder where a file should be; move it away")
    assert planned.manifest is None


def test_of_a_compressed_document_the_bytes_that_it_will_have_are_known(target: MemoryTarget) -> None:
    one, other = gzip.compress(b"one", mtime=0), gzip.compress(b"other", mtime=0)
    files = {"a.json.gz": one, "a.json": b"one"}
    assert plan_files(target, files).stored == {"a.json.gz": measure(one)}
    target.files["a.json.gz"] = other
    changed = plan(documents(files), manifest=b"{}", owned=listing(files), target=target)
    assert changed.stored == {"a.json.gz": measure(one)}


def test_an_interrupted_publication_is_not_current(published: MemoryTarget) -> None:
    published.unfinished = True
    planned = plan_files(published, FILES)
    assert planned.interrupted
    assert not planned.is_current
