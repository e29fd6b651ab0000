"""Files as the tool touches them: regular ones only, read in one go, replaced whole or not at all."""

import contextlib
import errno
import os
import re
import stat
import time
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, takewhile
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from content_audit.expressions import expression

try:
    import fcntl
except ImportError:  # Windows, which deletes no file that is being written
    fcntl = None  # type: ignore[assignment]

TEMP_PREFIX = ".content-audit-"
TEMPORARY = expression(re.escape(TEMP_PREFIX) + "[0-9a-f]{16}")
RACY_NS = 2_000_000_000
"""A file written this shortly before it was read may change within the clock's tick: it is read again next time."""
READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class UnreadableError(Exception):
    """A file that can't be read as a document; `code` is RUN001 or RUN002, the text says why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Stamp(NamedTuple):
    """What tells an unchanged file without reading it.

    The inode's change goes with files that swap their names, its number with folders that do.
    """

    mtime_ns: int
    ctime_ns: int
    size: int
    inode: int

    @property
    def settled(self) -> bool:
        """Is the last change so long ago that another one would have another stamp?"""
        return max(self.mtime_ns, self.ctime_ns) < time.time_ns() - RACY_NS


_STAMP = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")


def stamp(path: str | Path) -> Stamp | None:
    """The file's stamp; None where it can't be told."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return Stamp(*map(_signed, _STAMP(status)))


def _signed(number: int) -> int:
    """As an index has it: some file systems use the highest of an inode's 64 bits."""
    return number if number < 2**63 else number - 2**64


def stamps(names: Collection[str]) -> bytes:
    """The stamps of these files, one after the other. Raises OSError for one that is not there."""
    try:
        return packed(map(_STAMP, map(os.lstat, names)))
    except OverflowError:
        return packed(map(_signed, _STAMP(os.lstat(name))) for name in names)


def packed(stamps: Iterable[Iterable[int]]) -> bytes:
    """The same of stamps that are known."""
    return array("q", chain.from_iterable(stamps)).tobytes()


def read(path: str | Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises UnreadableError for anything else, and for one over `limit` bytes."""
    size, data = _first_bytes(path, limit + 1, limit)
    if max(size, len(data)) > limit:
        raise UnreadableError("RUN002", f"{max(size, len(data)):,} bytes, over max-size = {limit:,}")
    return data


def head(path: Path, size: int) -> bytes:
    """The first bytes of a regular file, `size` at most; none of what can't be read."""
    try:
        return _first_bytes(path, size)[1]
    except UnreadableError:
        return b""


def _first_bytes(path: str | Path, count: int, most: int | None = None) -> tuple[int, bytes]:
    """The size of a regular file and its first bytes; of one over `most` bytes the size alone."""
    try:
        handle = os.open(path, READ_FLAGS)
    except (OSError, ValueError) as error:
        reason = "a symbolic link" if Path(path).is_symlink() else getattr(error, "strerror", None) or str(error)
        raise UnreadableError("RUN001", reason) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("RUN001", "not a regular file")
        if most is not None and status.st_size > most:
            return status.st_size, b""
        return status.st_size, b"".join(_parts(handle, status.st_size, count))
    except OSError as error:
        raise UnreadableError("RUN001", error.strerror or str(error)) from None
    finally:
        os.close(handle)


def _parts(handle: int, size: int, count: int) -> Iterator[bytes]:
    """The first `count` bytes of an open file, all of them at once where it has its `size` still."""
    while data := os.read(handle, min(size + 1, count)):
        yield data
        if len(data) == size:
            return
        count -= len(data)


def read_named(path: Path, limit: int) -> bytes:
    """The same of a file that a person or a configuration names: there, links are followed."""
    try:
        return read(Path(os.path.realpath(path)), limit)
    except ValueError as error:  # a name that no file can have
        raise UnreadableError("RUN001", str(error)) from None


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file to read from; OSError for anything else, a link as well."""
    with os.fdopen(os.open(path, READ_FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        yield file


def opening(path: Path, size: int) -> bytes:
    """The first bytes of a regular file; none where it is not one, or can't be read."""
    with contextlib.suppress(OSError), opened(path) as file:
        return file.read(size)
    return b""


def is_stream(path: Path) -> bool:
    """Is there something that is written into: a character device, a pipe, links followed, or what the system names?

    As /dev/stdout, which is whatever the output goes to.
    """
    if Path(os.path.normpath(Path.cwd() / path)).parts[1:2] in (("dev",), ("proc",)):
        return True
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, step by step: paths may be deeper than calls."""
    for missing in reversed([*takewhile(lambda each: not each.is_dir(), (folder, *folder.parents))]):
        missing.mkdir(exist_ok=True)


def replace(path: Path, chunks: Iterable[bytes], *, sync: bool = True) -> None:
    """Write the file whole: to a temporary one beside it, then moved into place. OSError leaves the old bytes.

    Mode and owner stay. `sync` has the new bytes on disk before they take the old ones' place, for files that are
    nowhere else.
    """
    temporary = path.with_name(f"{TEMP_PREFIX}{os.urandom(8).hex()}")
    before = None
    with contextlib.suppress(FileNotFoundError):
        status = path.lstat()
        before = None if stat.S_ISLNK(status.st_mode) else status
    try:
        with contextlib.ExitStack() as held:
            with temporary.open("xb") as file:
                _hold(file.fileno(), held)
                file.writelines(chunks)
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
            if before is not None:
                _keep(temporary, before)
            temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    if sync:
        _sync_folder(path.parent)


def _keep(file: Path, before: os.stat_result) -> None:
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(OSError):
            os.chown(file, before.st_uid, before.st_gid)
    file.chmod(stat.S_IMODE(before.st_mode))


def _sync_folder(folder: Path) -> None:
    """Have the new name on disk as well, where folders can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Delete the temporary files that a run which was killed left in a folder; not those that one is writing."""
    with contextlib.suppress(OSError):
        for file in sorted(folder.glob(f"{TEMP_PREFIX}*")):
            if TEMPORARY.fullmatch(file.name) and not file.is_symlink() and file.is_file():
                with contextlib.suppress(OSError), contextlib.ExitStack() as held, file.open("rb") as opened:
                    _hold(opened.fileno(), held)
                    file.unlink()


def _hold(handle: int, held: contextlib.ExitStack) -> None:
    """Lock an open file until `held` ends. OSError where another process has it."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.callback(os.close, os.dup(handle))
