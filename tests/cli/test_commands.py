"""The command line as people and jobs call it: a process, its output and its exit code."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from feedpub.cli import init, render
from feedpub.cli.options import count_workers
from feedpub.errors import PublishError

ROOT = Path(__file__).parents[2]
NOW = "--now=2026-03-01T00:00:00Z"
GOOD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}}
teasers:
  - {id: x, title: X, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary: S}
  - {id: y, title: Y, url: y, published: 2026-03-02T00:00:00Z, sections: [a], summary: S}
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    places = ("NO_COLOR", "FORCE_COLOR", "GITHUB", "GITLAB")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(places)}
    return subprocess.run(
        [sys.executable, "-m", "feedpub", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_render_tells_topics_what_waits_and_what_was_written(folder: Path) -> None:
    done = run(folder, "render", NOW)
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "a        1 entry, newest 2026-01-01T00:00:00Z  1 new"
    assert lines[2:4] == [
        "y: held back until 2026-03-02T00:00:00Z",
        "the output will next change by itself at 2026-03-02T00:00:00Z",
    ]
    assert lines[-1].startswith("10 written, 0 unchanged, 0 removed (")


@pytest.mark.parametrize("option", ["--check", "--dry-run"])
def test_a_rehearsal_writes_nothing(folder: Path, option: str) -> None:
    before = snapshot(folder)
    assert run(folder, "render", NOW, option).returncode == (1 if option == "--check" else 0)
    assert snapshot(folder) == before


def test_check_says_stale_then_current_then_due(folder: Path) -> None:
    assert "stale" in run(folder, "render", NOW, "--check").stderr
    quiet = run(folder, "render", NOW, "--check", "-q")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")
    run(folder, "render", NOW)
    current = run(folder, "render", NOW, "--check")
    assert (current.returncode, "current" in current.stderr) == (0, True)
    later = "--now=2026-03-02T00:00:00Z"
    due = run(folder, "render", later, "--check")
    assert (due.returncode, "due" in due.stderr) == (1, True)
    assert run(folder, "render", later, "--check", "--allow-due").returncode == 0


def test_due_prints_when_the_output_next_changes(folder: Path) -> None:
    run(folder, "render", NOW)
    now = run(folder, "due", NOW)
    later = run(folder, "due", "--now=2026-03-02T00:00:00Z")
    assert (now.returncode, now.stdout) == (0, "2026-03-02T00:00:00Z\n")
    assert (later.returncode, later.stdout) == (1, "never\n")


def test_of_many_that_wait_the_next_are_named_and_the_others_counted(folder: Path) -> None:
    later = "  - {{id: z{0}, title: Z{0}, url: z{0}, published: 2027-01-{0:02}T00:00:00Z, sections: [a], summary: S}}\n"
    (folder / "articles.yaml").write_text(GOOD + "".join(later.format(day) for day in range(1, 22)), encoding="utf-8")
    lines = run(folder, "render", NOW).stdout.splitlines()
    assert lines[2] == "y: held back until 2026-03-02T00:00:00Z"
    assert lines[21:23] == ["z19: held back until 2027-01-19T00:00:00Z", "and 2 more held back"]


def test_what_is_no_longer_made_but_was_changed_by_somebody_stays_and_is_told(folder: Path) -> None:
    run(folder, "render", NOW)
    (folder / "feeds" / "a.json").write_text("somebody's own")
    (folder / "articles.yaml").write_text(GOOD.replace("title: T,", "title: T, formats: [rss, atom],"))
    done = run(folder, "render", NOW)
    assert (done.returncode, done.stderr) == (0, "a.json is no longer made, but somebody has changed it: it stays\n")
    assert (folder / "feeds" / "a.json").read_text() == "somebody's own"
    assert not (folder / "feeds" / "all.json").exists()


def test_an_interrupted_publication_is_finished_and_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise PublishError("interrupted")

    monkeypatch.chdir(folder)
    with monkeypatch.context() as patch:
        patch.setattr("feedpub.targets.directory._install", interrupt)  # behind the commit record
        CliRunner().invoke(render.command, [NOW])
    assert not (folder / "feeds" / "a.rss").exists()
    assert run(folder, "render", NOW).stderr == "finished a publication that was interrupted\n"
    assert (folder / "feeds" / "a.rss").exists()


def test_problems_are_shown_with_their_line_and_nothing_is_published(folder: Path) -> None:
    (folder / "articles.yaml").write_text(GOOD.replace("title: X", "titel: X"), encoding="utf-8")
    done = run(folder, "render", NOW)
    assert done.returncode == 1
    assert done.stdout == (
        'articles.yaml:4:13: error[unknown-field]: teaser "x": unknown field "titel"\n'
        "   4 |   - {id: x, titel: X, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary: S}\n"
        "     |             ^^^^^\n"
        'help: did you mean "title"?\n\n'
    )
    assert done.stderr == "1 error in articles.yaml; nothing was published.\n"
    assert not (folder / "feeds").exists()


def test_diff_names_the_entries(folder: Path) -> None:
    done = run(folder, "render", NOW, "--diff", "--dry-run")
    assert '  + new: tag:e.org,2026:x "X"' in done.stdout.splitlines()


def test_quiet_prints_nothing_and_verbose_every_file(folder: Path) -> None:
    assert run(folder, "render", NOW, "-q").stdout == ""
    assert "unchanged: a.rss" in run(folder, "render", NOW, "-v").stdout.splitlines()


def test_colour_comes_only_where_it_is_asked_for(folder: Path) -> None:
    (folder / "articles.yaml").write_text("a: b\n", encoding="utf-8")
    assert "\x1b" not in run(folder, "check").stdout
    assert "\x1b" in run(folder, "check", FORCE_COLOR="1").stdout
    assert "\x1b" not in run(folder, "check", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_now_comes_from_the_option_then_from_the_environment(folder: Path) -> None:
    epoch = str(1772496000)  # 2026-03-03
    assert "2 entries" in run(folder, "render", "--dry-run", SOURCE_DATE_EPOCH=epoch).stdout
    assert "1 entry" in run(folder, "render", "--dry-run", NOW, SOURCE_DATE_EPOCH=epoch).stdout


@pytest.mark.parametrize("epoch", ["yesterday", "1" * 20, "1" * 400])
def test_an_environment_whose_time_is_none_is_told(folder: Path, epoch: str) -> None:
    done = run(folder, "render", SOURCE_DATE_EPOCH=epoch)
    told = f"feedpub: SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert not (folder / "feeds").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("render", "missing.yaml"), 2),
        (("rendr",), 2),
        (("render", "--now", "yesterday"), 2),
        (("render", "--allow-due"), 2),
        (("render", "-o", "articles.yaml"), 3),
        (("--version",), 0),
        (("--help",), 0),
    ],
)
def test_every_end_has_its_exit_code_and_no_traceback(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    done = run(folder, *arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout + done.stderr != ""


@pytest.mark.parametrize("arguments", [("--debug", "render", "none.yaml"), ("render", "none.yaml", "--debug")])
def test_debug_shows_where_an_error_was_raised(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, *arguments)
    assert done.stderr.startswith("Traceback ")
    assert "UsageError: there is no file none.yaml" in done.stderr.splitlines()[-1]


def test_help_loads_neither_pydantic_nor_feedgen() -> None:
    program = (
        "import sys\nsys.argv = ['feedpub', '--help']\nfrom feedpub.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit(any(name in sys.modules for name in ('pydantic', 'feedgen', 'yaml', 'lxml')))\n"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


def test_the_starter_renders_as_it_is_and_is_never_overwritten(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "new").returncode == 0
    assert run(tmp_path / "new", "render").returncode == 0
    before = snapshot(tmp_path)
    assert run(tmp_path, "init", "new").returncode == 3
    assert snapshot(tmp_path) == before


def test_where_nothing_tells_which_cores_are_ours_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert count_workers(None) == 7


def test_a_starter_that_cannot_be_written_whole_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))  # enough for the catalogue, not for the schema
    try:
        done = CliRunner().invoke(init.command, ["new"], standalone_mode=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(done.exception) == "cannot write new/articles.schema.json: File too large"
    assert snapshot(tmp_path) == {}


def test_the_committed_schema_is_the_one_that_is_printed_and_accepts_the_sample() -> None:
    printed = run(ROOT, "schema").stdout
    assert printed == (ROOT / "articles.schema.json").read_text(encoding="utf-8")
    sample = yaml.load((ROOT / "articles.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    jsonschema.Draft202012Validator(json.loads(printed)).validate(sample)


def test_zone_locale_hash_seed_and_folder_change_no_byte(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = folder / "first", folder / "second"
    run(folder, "render", NOW, "-o", str(first), TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    other = tmp_path_factory.mktemp("other")
    catalogue = str(folder / "articles.yaml")
    run(other, "render", catalogue, NOW, "-o", str(second), TZ="Asia/Tokyo", LANG="de_DE.UTF-8", PYTHONHASHSEED="7")
    assert snapshot(first) == snapshot(second) != {}


def test_the_first_problems_are_printed_and_all_are_counted(folder: Path) -> None:
    wrong = "".join(f"  - {{id: w{number}}}\n" for number in range(100))
    (folder / "articles.yaml").write_text(GOOD + wrong, encoding="utf-8")
    few, everything = run(folder, "check", "--max-problems", "3"), run(folder, "check", "--max-problems=0")
    assert few.stdout.count("error[") == 3
    assert few.stderr == "500 errors in articles.yaml (497 not shown: --max-problems 0 shows all).\n"
    assert everything.stdout.count("error[") == 500
    assert run(folder, "check").stdout.count("error[") == 200
