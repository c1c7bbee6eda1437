"""An executor that does tasks in this process as others might: late, in another order, or not at all."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Fault: TypeAlias = "Callable[[int], BaseException | None]"


class FakeExecutor(Executor):
    """Does what it holds when a result is wanted, the last task first; task and result go through bytes.

    ``fault`` says what becomes of a task, by its number from 0, instead of being done; ``is_silent`` does nothing.
    """

    def __init__(self, fault: Fault = lambda _: None, *, is_silent: bool = False) -> None:
        self.numbers: list[int] = []
        self.is_shut = False
        self._count = 0
        self._fault = fault
        self._is_silent = is_silent
        self.held: list[tuple[int, bytes, Future[Any]]] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 - as in Executor
        future = _Wanted(self)
        self.held.append((self._count, pickle.dumps((function, arguments, options)), future))
        self._count += 1
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as in Executor
        self.is_shut = True

    def do_all(self) -> None:
        while self.held and not self._is_silent:
            number, data, future = self.held.pop()
            self.numbers.append(number)
            function, arguments, options = pickle.loads(data)  # noqa: S301 - written above
            if (fault := self._fault(number)) is not None:
                future.set_exception(fault)
                continue
            try:
                found = pickle.dumps(function(*arguments, **options))
            except Exception as error:  # noqa: BLE001 - as every executor does
                future.set_exception(error)
            else:
                future.set_result(pickle.loads(found))  # noqa: S301 - as above


class _Wanted(Future[Any]):
    def __init__(self, owner: FakeExecutor) -> None:
        super().__init__()
        self._owner = owner

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - as in Future
        self._owner.do_all()
        return super().result(timeout)
