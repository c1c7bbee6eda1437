"""No bytes break a claim, take long or take much: mutations of a corpus, and what atheris makes of it where it is."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from faults.fuzzers import of_conditions, of_documents, of_markup, of_plain, of_source, of_words
from faults.fuzzers.fuzzer import CORPUS, NAMES, FindingError, Fuzzer, load_fuzzer
from faults.fuzzers.guarding import Guard, read_last
from faults.fuzzers.seeded import list_inputs, try_inputs
from faults.fuzzers.starting import Outcome, run_fuzzer
from feedpub.loading import recognising
from feedpub.markup import sanitising
from feedpub.serving.conditional import EntityTag
from feedpub.source.composer import Composer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faults.conftest import Scale

SHORT = {"source": 6_000, "documents": 300, "markup": 1_500, "words": 1_500, "conditions": 10_000, "plain": 3_000}
LONG = {
    "source": 10_000_000,
    "documents": 500_000,
    "markup": 1_000_000,
    "words": 500_000,
    "conditions": 2_000_000,
    "plain": 1_000_000,
}
A_FEW_SECONDS = 2
HOURS = 20 * 3600

needs_atheris = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")


@pytest.fixture(scope="module")
def outcomes(tell: Callable[[str, str], None]) -> Iterator[dict[str, list[Outcome]]]:
    """Take what came of each fuzzer, and tell of all of them in the end."""
    found: dict[str, list[Outcome]] = {}
    yield found
    parts = [f"{name} {sum(one.runs for one in some):,}" for name, some in found.items()]
    every = [one for some in found.values() for one in some]
    worst = max((one.slowest for one in every), default=0.0)
    most = max((one.mebibytes for one in every), default=0)
    findings = sum(bool(one.finding) for one in every)
    tell("fuzzing", f"{', '.join(parts)} inputs: {findings} findings, none over {worst:.2f} s or {most} MiB")


@pytest.mark.parametrize("name", NAMES)
def test_no_mutation_of_the_corpus_breaks_a_claim(
    name: str, scale: Scale, outcomes: dict[str, list[Outcome]], tmp_path: Path
) -> None:
    runs = scale(short=SHORT[name], long=LONG[name] // 2)
    outcome = run_fuzzer(name, f"--runs={runs}", folder=tmp_path, patience=scale(short=300, long=HOURS))
    outcomes.setdefault(name, []).append(outcome)
    assert outcome.finding == ""
    assert outcome.runs >= runs


@needs_atheris
@pytest.mark.parametrize("name", NAMES)
def test_no_input_that_atheris_makes_breaks_a_claim(
    name: str, scale: Scale, outcomes: dict[str, list[Outcome]], tmp_path: Path
) -> None:
    much = (f"--runs={LONG[name] // 2}", f"--seconds={scale(short=A_FEW_SECONDS, long=HOURS)}")
    guided = f"--guided={tmp_path / 'found'}"
    outcome = run_fuzzer(name, *much, guided, folder=tmp_path, patience=scale(short=300, long=HOURS + 600))
    outcomes.setdefault(name, []).append(outcome)
    assert outcome.finding == ""


@needs_atheris
def test_atheris_finds_a_planted_fault(tmp_path: Path) -> None:
    guided = f"--guided={tmp_path / 'found'}"
    outcome = run_fuzzer("planted", "--runs=200000", "--seconds=120", guided, folder=tmp_path, patience=300)
    assert "the planted fault" in outcome.finding
    assert read_last(tmp_path / "last")[:4] == b"TIDA"


def keep_values(self: Composer, values: dict[str, Any], merged: list[Any]) -> dict[str, Any]:  # noqa: ARG001 - as the original
    """Merge nothing."""
    return values


def keep(text: str) -> str:
    """Do nothing to a text."""
    return text


def lose_end(raw: bytes, indent: bytes) -> bytes:
    """Read a block of YAML without its line end."""
    return raw.partition(b"\n")[2].replace(indent, b"").rstrip()


PLANTED: dict[str, tuple[Fuzzer, object, str, object]] = {
    "keys that are merged are lost": (of_source.FUZZER, Composer, "_merge", keep_values),
    "controls go on their way": (of_documents.FUZZER, sanitising, "replace_forbidden", keep),
    "nothing is cleaned": (of_markup.FUZZER, sanitising, "clean", keep),
    "nothing is brought to light": (of_words.FUZZER, sanitising, "prepare", keep),
    "weak tags are strong": (of_conditions.FUZZER, EntityTag, "matches_strongly", EntityTag.matches_weakly),
    "plain blocks lose their ends": (of_plain.FUZZER, recognising, "read_block", lose_end),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fuzzer, where, name, instead = PLANTED[fault]
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(FindingError, match=fuzzer.name):
        try_inputs(fuzzer, count=2_000, seed=2)


def test_every_fuzzer_has_a_planted_fault() -> None:
    assert sorted(fuzzer.name for fuzzer, *_ in PLANTED.values()) == sorted(NAMES)


def test_an_error_of_an_unknown_kind_is_a_finding() -> None:
    def fail(data: bytes) -> None:
        raise KeyError(len(data))

    with pytest.raises(FindingError, match="KeyError"):
        try_inputs(of_source.FUZZER, count=1, seed=1, try_one=fail)


def test_what_takes_long_or_takes_much_is_a_finding_and_is_known(tmp_path: Path) -> None:
    last = tmp_path / "last"
    with pytest.raises(FindingError, match="it took"):
        Guard(lambda data: sorted(data * 1_000), last=last, seconds=0.0)(b"slow")  # type: ignore[arg-type] # what it returns is left alone
    assert read_last(last) == b"slow"
    with pytest.raises(FindingError, match="MiB"):
        Guard(lambda _: None, last=last, kibibytes=1)(b"large")
    assert read_last(last) == b"large"


def test_the_same_seed_gives_the_same_inputs() -> None:
    fuzzer = load_fuzzer("source")
    one, same, other = (list(list_inputs(fuzzer, count=50, seed=seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_the_corpus_is_small_and_no_input_is_larger_than_its_fuzzer_makes() -> None:
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 200_000
    for name in NAMES:
        fuzzer = load_fuzzer(name)
        assert len(fuzzer.read_corpus()) >= 10
        assert max(map(len, fuzzer.read_corpus())) <= fuzzer.largest
