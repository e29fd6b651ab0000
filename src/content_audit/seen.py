"""Which files are what they were when the index's verdicts were given, folder by folder."""

from collections import defaultdict
from collections.abc import Collection, Set
from hashlib import blake2b

from content_audit import files
from content_audit.files import packed
from content_audit.index import Files, Index, Stamped
from content_audit.index.tables import NEVER
from content_audit.index.told import NONE, STAMP, differing
from content_audit.sources import Sources


def stamped(folders: Stamped) -> str:
    """Tells these files from changed ones, by what tells each of them unchanged."""
    told = blake2b(digest_size=16)
    for folder, (names, stamps) in sorted(folders.items()):
        for part in (folder.encode("utf-8", "surrogatepass"), names, stamps):
            told.update(len(part).to_bytes(8))
            told.update(part)
    return told.hexdigest()


def look(sources: Sources) -> Stamped:
    """The files as they are now; without stamps those of a folder where one is gone."""
    return {folder: Files(sources.names(folder), _stamps(sources.files(folder))) for folder in sources.folders}


def _stamps(names: Collection[str]) -> bytes:
    try:
        return files.stamps(names)
    except OSError:
        return b""


def changed(index: Index, sources: Sources, now: Stamped) -> Sources:
    """Those of these documents whose files are not what they were when verdicts were given, or may not be.

    All, where the index has other facts by now.
    """
    before = index.folders() if index.told().get("generation") == index.generation else {}
    found: dict[str, Set[str] | None] = {}
    for folder, here in now.items() if before else ():
        last = before.get(folder, NONE)
        if not here.stamps or here.names != last.names:
            found[folder] = None
        elif here != last:
            names = here.names.split(b"\0")
            places = (at // STAMP for at, _ in differing(here.stamps, last.stamps))
            found[folder] = {names[place].decode("utf-8", "surrogatepass") for place in places}
    return sources.only(found) if before else sources


def come_and_gone(index: Index, sources: Sources) -> tuple[set[str], set[str]]:
    """The documents that verdicts were not given of, and those that are none of these any more, by their paths."""
    before, come, gone = index.folders(), set[str](), set[str]()
    for folder in {*before, *sources.folders}:
        here, last = Files(sources.names(folder), b""), before.get(folder, NONE)
        if here.names != last.names:
            now, then = ({folder + name for name in each.listed()} for each in (here, last))
            come |= now - then
            gone |= then - now
    return come, gone


def known(index: Index, sources: Sources) -> Stamped:
    """The files with the stamps that the index has of them."""

    def of(folder: str) -> Files:
        here = Files(sources.names(folder), b"")
        stamps = index.stamps(folder + name for name in here.listed())
        return here._replace(stamps=packed(stamp or NEVER for stamp in stamps))

    return {folder: of(folder) for folder in sources.folders}


def amended(index: Index, sources: Sources, before: Stamped, examined: Set[str]) -> Stamped:
    """The same where the index has examined these documents alone since the others were as `before`."""
    touched = defaultdict[str, set[str]](set)
    for path in examined:
        end = path.rfind("/") + 1
        touched[path[:end]].add(path[end:])

    def of(folder: str) -> Files:
        here = before.get(folder, NONE).called(sources.names(folder))
        if folder not in touched:
            return here
        names, data = here.listed(), bytearray(here.stamps)
        there = [*touched[folder].intersection(names)]
        for name, stamp in zip(there, index.stamps(folder + name for name in there), strict=True):
            at = names.index(name) * STAMP
            data[at : at + STAMP] = packed([stamp or NEVER])
        return here._replace(stamps=bytes(data))

    return {folder: of(folder) for folder in sources.folders}
