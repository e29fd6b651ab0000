"""Where an index lies, and how the user's own is told from one that somebody else put there."""

import contextlib
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from content_audit.facts import doc_key

FOLDER = ".content-audit-cache"
FILE = "index.sqlite"
SECRET = "index-secret"
SECRET_BYTES = 32
"""As many bits as the hash of the key takes: nobody tries 2^256."""


def user_secret(folder: Path) -> str:
    """What this user's runs alone know, from a file in `folder`, made where there is none; "" where that can't be.

    Mixed into the key of an index it tells the user's own from one that somebody else put there.
    """
    file = folder / SECRET
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(os.urandom(SECRET_BYTES).hex())
        text = file.read_text(encoding="ascii", errors="replace")
        return text if len(text) == 2 * SECRET_BYTES else ""
    return ""


def sealed(key: str, secret: str) -> str:
    """The key of an index that only who knows the secret can have written."""
    return blake2b(key.encode("utf-8"), key=secret.encode("ascii")[:64], digest_size=16).hexdigest()


def file_name(working: Path, folder: Path) -> str:
    """The index's file for runs in `working`: paths are remembered relative to it, so each folder below has its own."""
    return FILE if working == folder else f"index-{doc_key(str(working)):016x}.sqlite"


def parts(file: Path) -> tuple[Path, ...]:
    """The files that an index is made of."""
    return tuple(file.with_name(file.name + end) for end in ("", "-wal", "-shm"))


def remove(file: Path, which: Callable[[Path], bool] = lambda file: True) -> None:
    """Delete the index's files, or `which` of them: SQLite would follow links to databases of others."""
    for part in parts(file):
        if which(part):
            part.unlink(missing_ok=True)
