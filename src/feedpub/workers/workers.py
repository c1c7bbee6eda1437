"""Tasks given to an executor, and what becomes of those that it loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from feedpub.workers.lost import LostError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

_TURN = 1.0  # seconds between two questions whether an executor still works

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Who does tasks: an executor, started when there is something to do.

    ``count`` is how many tasks they do at once. ``is_far`` says that they may be on other machines: then a task may be
    nothing but plain data, whatever goes wrong with it is theirs, and one that has not come back after ``patience``
    seconds is lost, with all that are given after it. ``files`` is the URL of the catalogue's folder there, None where
    its path is the same.
    """

    def __init__(
        self,
        start: Callable[[], Executor],
        *,
        count: int,
        is_far: bool = False,
        files: str | None = None,
        patience: float | None = None,
        wrap: Callable[[Callable[..., Any]], Callable[..., Any]] = lambda function: function,
    ) -> None:
        """Start nothing yet; ``wrap`` makes of a function what the executor gets to do."""
        self.count = count
        self.is_far = is_far
        self.files = files
        self._start = start
        self._wrap = wrap
        self._patience = patience
        self._executor: Executor | None = None
        self._is_gone = False
        self._lost = 0
        self._reason = ""

    @property
    def trouble(self) -> str:
        """How many tasks they could not do, and why, in a sentence; empty where all is well."""
        if not self._lost:
            return ""
        number = "a task was" if self._lost == 1 else f"{self._lost:,} tasks were"
        return f"{number} done here, not by the executor: {self._reason}"

    def submit(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> Future[T]:
        """Give away a task; `result` says what came of it."""
        from concurrent.futures import BrokenExecutor, Future  # noqa: PLC0415 - most runs find nothing to share out

        if self._executor is None:
            self._executor = self._start()
        future: Future[T] = Future()
        if self._is_gone:
            future.set_exception(BrokenExecutor("it is gone"))
            return future
        try:
            return self._executor.submit(self._wrap(function), *arguments, **options)
        except (BrokenExecutor, RuntimeError) as error:  # one that was shut down raises the latter
            future.set_exception(BrokenExecutor(str(error)))
            return future

    def result(self, future: Future[T]) -> T:
        """Wait for a task and return its result. Raises LostError where there is none, else what the task raises."""
        from concurrent.futures import BrokenExecutor, CancelledError  # noqa: PLC0415 - as above

        try:
            if self._patience is None:
                return self._wait(future)
            return future.result(timeout=0 if self._is_gone else self._patience)
        except (BrokenExecutor, CancelledError) as error:
            raise self._lose(error) from error
        except Exception as error:
            if not self.is_far:
                raise
            if isinstance(error, TimeoutError) and not future.done():
                future.cancel()
                self._is_gone = True
                error = TimeoutError(f"it did not answer for {self._patience or 0:.0f} s")
            raise self._lose(error) from error

    def refuse(self, reason: str) -> None:
        """Hear that a result could not be used, and why."""
        self._lost += 1
        self._reason = self._reason or reason

    def close(self) -> None:
        """Let go of the tasks that are left, and end what was started."""
        if self._executor is not None and not self.is_far:  # a cluster goes with its connection
            self._executor.shutdown(cancel_futures=True)
        self._executor = None

    def _wait(self, future: Future[T]) -> T:
        """Wait for a task as long as its executor works: Python 3.11 forgets one that is given while a process dies."""
        question: Future[int] | None = None
        while True:
            try:
                return future.result(timeout=_TURN)
            except TimeoutError:
                if future.done() or self._executor is None:
                    raise
            if question is None or question.done():
                question = self._executor.submit(int)  # which raises BrokenExecutor where it works no more

    def _lose(self, error: BaseException) -> LostError:
        from concurrent.futures import CancelledError  # noqa: PLC0415 - as above

        text = "its connection broke" if isinstance(error, CancelledError) else str(error).strip().partition("\n")[0]
        self.refuse(text or type(error).__name__)
        return LostError(self._reason)
