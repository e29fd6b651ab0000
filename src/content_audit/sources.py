"""The documents of a run: files, known by folders as long as nobody asks for one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, compress
from operator import methodcaller
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from content_audit.deferred import Deferred
from content_audit.limits import Lost


class Source(NamedTuple):
    """One file to read: its name in the file system, what findings call it, and its place below the folder named.

    `converted` says that the file is not the one of that name, an HTML page, but its Markdown. `failure` says what the
    run could not do with the document, and how it was lost there. Names are strings: a run has a million of them.
    """

    name: str
    path: str
    place: str
    reported: bool = True
    link: bool = False
    converted: bool = False
    failure: tuple[str, Lost] | None = None

    @property
    def file(self) -> Path:
        """The file itself."""
        return Path(self.name)

    @property
    def below(self) -> PurePosixPath:
        """The place below the folder that was named."""
        return PurePosixPath(self.place)


class Folder(NamedTuple):
    """Files of one folder: what their names, their paths and their places begin with, and how each goes on."""

    name: str
    path: str
    place: str
    names: list[str]
    reported: bool = True
    link: bool = False

    @property
    def number(self) -> int:
        """Of them."""
        return len(self.names)

    @property
    def sources(self) -> list[Source]:
        """Each of them."""
        return [*map(self.source, self.names)]

    @property
    def paths(self) -> Iterator[str]:
        """What findings call each."""
        return (self.path + as_text(name) for name in self.names)

    def source(self, name: str) -> Source:
        """The one of this name."""
        return Source(self.name + name, self.path + as_text(name), self.place + name, self.reported, self.link)

    def only(self, wanted: Set[str]) -> "Folder":
        """Those whose paths go on so."""
        texts = self.names if is_plain("".join(self.names)) else map(as_text, self.names)
        return self._replace(names=[*compress(self.names, map(wanted.__contains__, texts))])


class Listed(NamedTuple):
    """The same of files that are told one by one."""

    path: str
    reported: bool
    sources: list[Source]

    @property
    def number(self) -> int:
        """Of them."""
        return len(self.sources)

    @property
    def paths(self) -> Iterator[str]:
        """What findings call each."""
        return (source.path for source in self.sources)

    def only(self, wanted: Set[str]) -> "Listed":
        """Those whose paths go on so."""
        return self._replace(sources=[each for each in self.sources if each.path[len(self.path) :] in wanted])


class Sources:
    """The documents of these folders, sorted by path, and those of each folder by what their paths begin with.

    A folder may come several times, a file comes once. No value is kept for a file but its name and its path.
    """

    def __init__(self, folders: Iterable[Folder | Listed]) -> None:
        self._folders = defaultdict[str, list[Folder | Listed]](list)
        for folder in folders:
            self._folders[folder.path].append(folder)
        self._number = sum(part.number for part in self._parts())
        self._met: dict[str, dict[str, Folder | Source]] = {}
        self._names: dict[str, bytes] = {}

    @classmethod
    def of(cls, sources: Iterable[Source]) -> "Sources":
        """These."""
        beside = defaultdict[tuple[str, bool], list[Source]](list)
        for source in sources:
            beside[source.path[: source.path.rfind("/") + 1], source.reported].append(source)
        return cls(Listed(path, reported, each) for (path, reported), each in beside.items())

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Source]:
        return filter(None, map(self.get, self.paths))

    def _parts(self) -> Iterator[Folder | Listed]:
        return chain.from_iterable(self._folders.values())

    @property
    def folders(self) -> Collection[str]:
        """What the paths of documents in one folder begin with, of each: with a slash at the end."""
        return self._folders.keys()

    @cached_property
    def paths(self) -> Sequence[str]:
        """What findings call each, in order."""
        return Deferred(len(self), self._sorted)

    def _sorted(self) -> list[str]:
        paths = chain.from_iterable(part.paths for part in self._parts())
        return sorted(paths, key=methodcaller("replace", "/", "\0"))

    @cached_property
    def reported(self) -> "Sources":
        """Those that are reported."""
        chosen = Sources(part for part in self._parts() if part.reported)
        return self if len(chosen) == len(self) else chosen

    def only(self, wanted: Mapping[str, Set[str] | None]) -> "Sources":
        """Those of these folders whose paths go on so there; all of a folder for None."""
        parts = ((names, part) for folder, names in wanted.items() for part in self._folders.get(folder, ()))
        return Sources(part if names is None else part.only(names) for names, part in parts)

    @property
    def failed(self) -> list[Source]:
        """Those that the run could not do something with."""
        listed = (part for part in self._parts() if isinstance(part, Listed))
        return [source for folder in listed for source in folder.sources if source.failure]

    def within(self, folder: str) -> list[Source]:
        """Those in one folder, in order."""
        return sorted((s for each in self._folders.get(folder, ()) for s in each.sources), key=lambda s: s.path)

    def get(self, path: str) -> Source | None:
        """The one that findings call so."""
        end = path.rfind("/") + 1
        known = self._known(path[:end]).get(path[end:])
        return known.source(path[end:]) if isinstance(known, Folder) else known

    def _known(self, folder: str) -> dict[str, Folder | Source]:
        """Those in one folder, or what makes them, by how their paths go on."""
        if folder not in self._met:
            met = self._met[folder] = {}
            for part in self._folders.get(folder, ()):
                if isinstance(part, Listed):
                    met |= {source.path[len(folder) :]: source for source in part.sources}
                else:
                    texts = part.names if is_plain("".join(part.names)) else map(as_text, part.names)
                    met |= {
                        text: part if text == name else part.source(name)
                        for name, text in zip(part.names, texts, strict=True)
                    }
        return self._met[folder]

    def names(self, folder: str) -> bytes:
        """How the paths of those in one folder go on, in order, in UTF-8 with a NUL between them."""
        if folder not in self._names:
            plain = self._plain(folder)
            names = plain[1] if plain else [source.path[len(folder) :] for source in self.within(folder)]
            self._names[folder] = "\0".join(names).encode("utf-8", "surrogatepass")
        return self._names[folder]

    def files(self, folder: str) -> list[str]:
        """The names of the files in one folder, in the same order."""
        plain = self._plain(folder)
        return [*map(plain[0].__add__, plain[1])] if plain else [source.name for source in self.within(folder)]

    def _plain(self, folder: str) -> tuple[str, list[str]] | None:
        """What the names of files in a folder begin with, and how they go on as the paths do, in order; None where
        paths may go on in another way."""
        parts = self._folders.get(folder, ())
        plain = [part for part in parts if isinstance(part, Folder)]
        if len(plain) < len(parts) or len({part.name for part in plain}) != 1:
            return None
        names = [*chain.from_iterable(part.names for part in plain)]
        return (plain[0].name, sorted(names)) if is_plain("".join(names)) else None


def as_text(name: str) -> str:
    """A name as a text that no other one has: bytes in it that are none are written out, and backslashes twice."""
    if is_plain(name):
        return name
    return name.replace("\\", "\\\\").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_plain(name: str) -> bool:
    """Is such a name its own text?"""
    return name.isascii() and "\\" not in name


def place_of(path: str) -> bytes:
    """A key that orders documents as a run does: folder by folder."""
    return path.replace("/", "\0").encode("utf-8")


def path_at(place: bytes) -> str:
    """The path that has this key."""
    return place.decode("utf-8").replace("\0", "/")
