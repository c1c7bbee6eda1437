"""Who reads and renders in place of this machine's processes: ``--executor`` and ``--executor-files``."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedpub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from feedpub.workers.workers import Workers

F = TypeVar("F", bound="Callable[..., Any]")


def executor_options(function: F) -> F:
    """Let a command take --executor and --executor-files, which `open_executor` reads."""
    for option in (
        click.option(
            "--executor-files",
            "files",
            metavar="URL",
            help="Where its workers find the catalogue's folder, such as s3://bucket/news/; else at its path.",
        ),
        click.option(
            "--executor",
            metavar="ADDRESS",
            help="A Dask cluster that reads large files and renders, as dask:tcp://HOST:PORT (extra feedpub[dask]).",
        ),
    ):
        function = option(function)
    return function


def open_executor(
    executor: str | None, files: str | None, *, workers: int | None
) -> AbstractContextManager[Workers | None]:
    """Return what yields the executor that is asked for, None where none is; it is called when it is entered.

    Raises UsageError for options that make no sense; entered, it raises what `feedpub.workers.cluster.connect` does.
    """
    if executor is None:
        if files is not None:
            raise UsageError("--executor-files goes with --executor")
        return nullcontext()
    if workers is not None:
        raise UsageError("--workers are processes of this machine, --executor names others: give one of them")
    from feedpub.workers.cluster import ensure_address, ensure_url  # noqa: PLC0415 - most runs have none

    ensure_address(executor)
    return _connect(executor, files if files is None else ensure_url(files))


@contextmanager
def _connect(executor: str, files: str | None) -> Iterator[Workers]:
    """Yield an executor; what it could not do is told at the end, in place of what Dask logs."""
    import logging  # noqa: PLC0415 - as above
    import warnings  # noqa: PLC0415

    from feedpub.workers.cluster import connect  # noqa: PLC0415

    logging.disable()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")  # of large tasks: some feeds are
            with connect(executor, files=files) as found:
                yield found
    finally:
        logging.disable(logging.NOTSET)
    if found.trouble:
        click.echo(found.trouble, err=True)
