"""A published folder followed: what is served is the newest publication that could be read whole."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

from feedpub.errors import FeedpubError
from feedpub.index.stamps import sign
from feedpub.manifest import NAME
from feedpub.serving.publication import UnfinishedError, read_publication

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.index.stamps import Signature
    from feedpub.serving.publication import ServedPublication

PAUSE: Final = 0.5
"""Seconds between two looks at the manifest."""
LONGEST_PAUSE: Final = 30.0
"""Seconds between two looks at one that could not be read again and again."""

_TRIES: Final = 5


class Follower:
    """Knows which publication of a folder was shown last, and shows the next one."""

    def __init__(
        self,
        folder: str,
        *,
        show: Callable[[ServedPublication], None],
        say: Callable[[str], None],
        pause: float = PAUSE,
    ) -> None:
        """Follow a folder by its name, wherever that leads; ``say`` gets a sentence for what goes wrong, once."""
        self._folder = folder
        self._home = os.path.abspath(folder)  # noqa: PTH100 - a link stays one
        self._manifest = os.path.join(self._home, NAME)  # noqa: PTH118 - as above
        self._show = show
        self._say = say
        self._pause = pause
        self._shown: Signature | None = None
        self._trouble = ""
        self._told = ""
        self._looking = asyncio.Lock()

    async def begin(self) -> None:
        """Show what is published; where a publication is under way, wait a moment for its end.

        Raises what `read_publication` raises.
        """
        for _ in range(_TRIES):
            try:
                return await self._take(self._folder)
            except UnfinishedError:
                await asyncio.sleep(self._pause)
        return await self._take(self._folder)

    async def follow(self) -> None:
        """Show every new publication, without end. Whatever becomes of the folder, what was shown last stays."""
        pause = self._pause
        while True:
            await asyncio.sleep(pause)
            is_well = await self.look()
            pause = self._pause if is_well else min(pause * 2, LONGEST_PAUSE)

    async def look(self) -> bool:
        """Show a new publication, if there is one; return whether nothing was in the way."""
        async with self._looking:
            if self._shown is not None and sign(self._manifest) == self._shown:
                return self._settle("")
            try:
                await self._take(self._home)
            except (FeedpubError, OSError) as error:
                return self._settle(str(error))
            return self._settle("")

    async def _take(self, folder: str) -> None:
        signature = sign(self._manifest)
        publication = await asyncio.to_thread(read_publication, folder)
        self._show(publication)
        self._shown = signature

    def _settle(self, trouble: str) -> bool:
        """Tell of trouble that is there for the second time: the first may be that of a publication under way."""
        if trouble == self._trouble != self._told and self._shown is not None:
            self._told = trouble
            if trouble:
                self._say(f"{trouble}; what was published before goes on being served")
        self._trouble = trouble
        return not trouble
