"""Files as the tool touches them: regular ones only, read in one go, replaced whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TEMP_PREFIX = ".content-audit-"
READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class UnreadableError(Exception):
    """A file that can't be read as a document; `code` is RUN001 or RUN002, the text says why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells an unchanged file without reading it; the inode's change goes with files that swap their names."""

    mtime_ns: int
    ctime_ns: int
    size: int


def stamp(path: Path) -> Stamp | None:
    """The file's stamp; None where it can't be told."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def read(path: Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises UnreadableError for anything else, and for one over `limit` bytes."""
    try:
        handle = os.open(path, READ_FLAGS)
    except (OSError, ValueError) as error:
        reason = "a symbolic link" if path.is_symlink() else getattr(error, "strerror", None) or str(error)
        raise UnreadableError("RUN001", reason) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("RUN001", "not a regular file")
        if status.st_size > limit:
            raise UnreadableError("RUN002", f"{status.st_size:,} bytes, over max-size = {limit:,}")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise UnreadableError("RUN001", error.strerror or str(error)) from None
    finally:
        os.close(handle)
    if len(data) > limit:
        raise UnreadableError("RUN002", f"over max-size = {limit:,} bytes")
    return data


def replace(path: Path, chunks: Iterable[bytes], *, sync: bool = True) -> None:
    """Write the file whole: to a temporary one beside it, then moved into place. OSError leaves the old bytes.

    `sync` has the new bytes on disk before they take the old ones' place, for files that are nowhere else.
    """
    temporary = path.with_name(f"{TEMP_PREFIX}{secrets.token_hex(8)}")
    mode = None
    with contextlib.suppress(FileNotFoundError):
        mode = stat.S_IMODE(path.stat().st_mode)
    try:
        with temporary.open("xb") as file:
            file.writelines(chunks)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
