"""Which paths below a target may be ours, whoever names them."""

from __future__ import annotations

MANIFEST_PATH = "manifest.json"
"""Where the manifest stands in every target. No document has this path, and no manifest lists it."""

RESERVED = ".feedpub-"
"""How the names of a target's own passing files start: what is staged, a commit record, a lock."""

LONGEST_NAME = 255


def is_publishable(path: str) -> bool:
    """Return whether a path may name a file of ours below a target.

    It may not where it is absolute, leads upwards, has an empty part or one that is ``.`` or ``..``, holds a
    backslash or a character that does not print (NUL, controls, lone surrogates), or has a part of more than 255
    bytes or one that starts with the reserved ``.feedpub-`` (in any case: some file systems do not tell).
    """
    return path.isprintable() and "\\" not in path and all(_is_name(part) for part in path.split("/"))


def split_path(path: str) -> tuple[str, str]:
    """Return a path's folder ("" for the target itself) and its name in there."""
    folder, _, name = path.rpartition("/")
    return folder, name


def list_folders(path: str) -> list[str]:
    """Return the folders that a path lies in, outermost first, without the target itself."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _is_name(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and not part.casefold().startswith(RESERVED)
        and len(part.encode("utf-8")) <= LONGEST_NAME
    )
