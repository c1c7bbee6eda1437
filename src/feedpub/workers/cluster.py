"""Workers that are processes of a Dask cluster, wherever they are (extra ``feedpub[dask]``)."""

from __future__ import annotations

import re
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from warnings import catch_warnings, simplefilter

from feedpub.errors import PublishError, UsageError
from feedpub.workers.versions import compare_versions, list_versions
from feedpub.workers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

CONNECT = 5.0
"""Seconds after which a scheduler that does not answer is not there."""
GREET = 10.0
"""Seconds after which a cluster has no worker that answers."""
PATIENCE = 60.0
"""Seconds after which a task that has not come back is lost: one takes about a second."""

_ADDRESS = re.compile(r"dask:((?:tcp|tls|ws|wss)://(?:\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):([0-9]{1,5}))")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S")
_MAX_PORT = 65_535
_ONE_AT_A_TIME = Lock()


def ensure_address(text: str) -> str:
    """Return the address of a scheduler that ``dask:tcp://HOST:PORT`` holds. Raises UsageError where it holds none."""
    found = _ADDRESS.fullmatch(text)
    if found is None or int(found[2]) > _MAX_PORT:
        raise UsageError(f"the executor {text!r} is none; write dask:tcp://HOST:PORT, the address of a Dask scheduler")
    return found[1]


def ensure_url(text: str) -> str:
    """Return the URL of a folder, as fsspec takes it; raise UsageError for what is none."""
    if _URL.match(text) is None:
        raise UsageError(f"{text!r} is no URL of a folder; write one such as s3://bucket/news/ or file:///mnt/news/")
    return text


@contextmanager
def connect(executor: str, *, files: str | None = None) -> Iterator[Workers]:
    """Yield the workers of the cluster whose scheduler is at ``dask:tcp://HOST:PORT``; they stay when the block ends.

    ``files`` is the URL under which they find the catalogue's folder (fsspec reads it), None where its path is the
    same for them. Raises UsageError where the address is none or the extra is missing, PublishError where nobody
    answers there within seconds, or where the workers have other versions of what makes the output.
    """
    address = ensure_address(executor)
    try:
        from dask import config  # noqa: PLC0415 - an extra, and half a second
        from distributed import Client  # noqa: PLC0415 - as above
    except ImportError as error:
        raise UsageError(f"an executor needs Dask ({error}): pip install 'feedpub[dask]'") from None
    with config.set({"distributed.comm.timeouts.connect": f"{CONNECT}s"}):
        client = _open_client(Client, address)
        try:
            pool = client.get_executor()
            _greet(pool, address)
            count = max(1, sum(client.nthreads().values()))
            wrap = partial(partial, do_there, list_versions())
            yield Workers(lambda: pool, count=count, is_far=True, files=files, patience=PATIENCE, wrap=wrap)
        finally:
            with catch_warnings():
                simplefilter("ignore")
                client.close(timeout=CONNECT)


def _open_client(client: type[Client], address: str) -> Client:
    found: Future[Client] = Future()

    def open_it() -> None:
        try:
            with catch_warnings():
                simplefilter("ignore")  # of other versions there: those that matter are compared
                found.set_result(client(address, timeout=CONNECT, set_as_default=False))
        except Exception as error:  # noqa: BLE001 - it is told below
            found.set_exception(error)

    # Dask waits for ever for the first word of somebody who takes the connection and says nothing.
    Thread(target=open_it, daemon=True).start()
    try:
        return found.result(timeout=CONNECT + 1)
    except Exception:  # noqa: BLE001 - whatever it was, its words are about sockets
        raise PublishError(f"no Dask scheduler answers at {address}", path=address) from None


def _greet(pool: Executor, address: str) -> None:
    """Make certain that a worker answers, and that it makes the same bytes as this process."""
    try:
        there = pool.submit(list_versions).result(timeout=GREET)
    except TimeoutError:
        raise PublishError(f"no worker of {address} answered within {GREET:.0f} s", path=address) from None
    except Exception as error:
        raise PublishError(f"the workers of {address} cannot run feedpub ({_say(error)})", path=address) from error
    if others := compare_versions(list_versions(), there):
        raise PublishError(f"the workers of {address} have {others}; install the same there", path=address)


def _say(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def do_there(versions: dict[str, str], function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Do a task in a worker. Raises RuntimeError where it has other versions than who gave the task.

    A worker does them in threads. One at a time: feedgen may switch the locale of the whole process.
    """
    if others := compare_versions(versions, list_versions()):
        raise RuntimeError(f"a worker has {others}")
    with _ONE_AT_A_TIME:
        return function(*arguments, **options)
