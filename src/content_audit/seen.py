"""Which files are what they were when the index's verdicts were given, folder by folder."""

import json
import os
from collections.abc import Iterable, Sequence, Set
from hashlib import blake2b

from content_audit import files
from content_audit.discover import Source
from content_audit.files import packed
from content_audit.index import Index, Stamped
from content_audit.index.tables import NEVER
from content_audit.index.told import STAMP


def stamped(folders: Stamped) -> str:
    """Tells these files from changed ones, by what tells each of them unchanged."""
    told = blake2b(digest_size=16)
    for folder, (names, stamps) in sorted(folders.items()):
        for part in ("\0".join((folder, *names)).encode("utf-8", "surrogatepass"), stamps):
            told.update(len(part).to_bytes(8))
            told.update(part)
    return told.hexdigest()


def changed(index: Index, sources: Iterable[Source]) -> list[Source]:
    """Those of these documents whose files are not what they were when verdicts were given, or may not be.

    All, where the index has other facts by now.
    """
    before = index.folders() if json.loads(index.told()).get("generation") == index.generation else {}
    found: list[Source] = []
    for folder, here in _by_folder(sources).items():
        names, stamps = before.get(folder, ([], b""))
        now = _now(folder, names) if names == [*here] else b""
        if not now:
            found += here.values()
        elif now != stamps:
            places = range(0, len(now), STAMP)
            pairs = ((now[at : at + STAMP], stamps[at : at + STAMP]) for at in places)
            found += [source for source, (new, old) in zip(here.values(), pairs, strict=True) if new != old]
    return found


def _now(folder: str, names: Sequence[str]) -> bytes:
    """The stamps of these files; none where one is gone."""
    try:
        return files.stamps(folder, names)
    except OSError:
        return b""


def _by_folder(sources: Iterable[Source]) -> dict[str, dict[str, Source]]:
    """The files of each folder by their names, in order."""
    found: dict[str, dict[str, Source]] = {}
    for source in sources:
        end = source.name.rindex(os.sep) + 1
        found.setdefault(source.name[:end], {})[source.name[end:]] = source
    return {folder: dict(sorted(each.items())) for folder, each in found.items()}


def known(index: Index, sources: Iterable[Source]) -> Stamped:
    """The same with the stamps that the index has of them."""
    stamps = index.stamps()
    return {
        folder: ([*here], packed(stamps.get(source.path, NEVER) for source in here.values()))
        for folder, here in _by_folder(sources).items()
    }


def amended(index: Index, sources: Iterable[Source], examined: Set[str]) -> Stamped:
    """The same where the index has examined these documents alone since it was told of the others."""
    before, found = index.folders(), Stamped()
    for folder, here in _by_folder(sources).items():
        names, stamps = before.get(folder, ([], b""))
        same = names == [*here]
        data = bytearray(stamps if same else STAMP * len(here))
        for at, source in enumerate(here.values()):
            if not same or source.path in examined:
                data[at * STAMP : (at + 1) * STAMP] = packed([index.stamp(source.path) or NEVER])
        found[folder] = [*here], bytes(data)
    return found
