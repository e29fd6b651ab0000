"""One document, pure: its bytes and the configuration in, its problems and its facts out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from content_audit import __version__, files
from content_audit.facts import DocumentRow, Facts, doc_key
from content_audit.facts.extract import extract
from content_audit.facts.salvage import FIRST, opening
from content_audit.files import Stamp, UnreadableError
from content_audit.index import SCHEMA, FileResult
from content_audit.index.problems import dump
from content_audit.inquiry import internal_error
from content_audit.limits import Limits
from content_audit.model import Document, Fields, Problem, Span
from content_audit.parse import parse
from content_audit.report import positions
from content_audit.rules import CATALOGUE, DOCUMENT_RULES
from content_audit.schemas import SchemaError, compiled
from content_audit.sources import Source

HERE = 1_000_000
"""Bytes of a document up to which it may be examined in the run's own process: a worker costs .3 s to start."""

HELD_HERE = 50_000_000
"""Bytes of a document times what its schema holds against a value of it, up to which the same is so: at worst .5 s, and
.4 GB for what the validator says of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that examining a document needs, as plain values that worker processes can be given.

    `cost` is what the schemas in force hold against a value, None where that can't be told (`content_audit.schemas`).
    """

    fields: Fields
    max_size: int
    limits: Limits
    options: Mapping[str, Any]
    cost: int | None = 0

    @property
    def key(self) -> str:
        """Tells the results of one version and configuration from another's."""
        text = repr((__version__, SCHEMA, self.fields, self.max_size, self.limits, sorted(self.options.items())))
        return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()

    def here(self, size: int) -> bool:
        """May a document of so many bytes be examined in the run's own process?"""
        return self.cost is not None and size <= HERE and size * self.cost <= HELD_HERE


@dataclass(frozen=True, slots=True)
class Job:
    """One document to examine: its file, or the bytes that stand for it, and the digest it had when last seen.

    `stamp` is the file's before it is read, `settled` says that it can be relied on. `size` is in bytes.
    """

    source: Source
    data: bytes | None = None
    known: str | None = None
    stamp: Stamp | None = None
    settled: bool = False
    size: int = 0

    @property
    def token(self) -> tuple[object, ...]:
        """Tells what is to be examined from everything else that a run examines."""
        return self.source.path, self.source.name, self.stamp, self.data and digest(self.data)


def examine(job: Job, task: Task) -> FileResult | None:
    """Read, parse and check one document; None where its bytes are those that were known."""
    path = job.source.path
    try:
        if job.data is None and job.source.link:
            raise UnreadableError("RUN001", "a symbolic link out of the tree")
        data = job.data if job.data is not None else files.read(job.source.name, task.max_size)
    except UnreadableError as error:
        return unexamined(job, error.code, error.reason, task)
    current = digest(data)
    if current == job.known:
        return None
    try:
        document = parse(path, data, task.fields)
    except MemoryError:
        raise
    except Exception as error:
        return _problem_alone(path, data, "RUN003", internal_error(path, "the reader", error), current, task)
    return check_document(document, current, task)


def unexamined(job: Job, code: str, reason: str, task: Task) -> FileResult:
    """What is said of a document that was lost. Its first bytes say what it is called, so that links still find it."""
    path = job.source.path
    is_file = job.data is None and not job.source.link
    data = files.head(job.source.file, FIRST) if is_file else job.data or b""
    return _problem_alone(path, data, code, Problem(Span(path, 0, 0), reason), "", task)


def _problem_alone(path: str, data: bytes, code: str, problem: Problem, digest: str, task: Task) -> FileResult:
    named = CATALOGUE[code].name, problem
    text = data[:FIRST].decode("utf-8", "replace")
    said = check_document(Document(path, "", "text", problems=(named,)), digest, task)
    return replace(said, lines=positions.pack(text), facts=_facts_by_lines(path, text, task.fields, named))


def check_document(document: Document, digest: str, task: Task) -> FileResult:
    """Every document rule's problems with a document, and its facts. A rule that fails is one of its problems."""
    problems: list[tuple[str, Problem]] = []
    for rule in DOCUMENT_RULES:
        try:
            if found := [*rule.check(document, task.options[rule.code])]:  # most rules find nothing
                problems += [(rule.code, problem) for problem in found]
        except MemoryError:
            raise
        except Exception as error:
            problems.append(("RUN003", internal_error(document.path, rule.code, error)))
    try:
        facts = extract(document)
    except MemoryError:
        raise
    except Exception as error:
        named = "internal-error", internal_error(document.path, "the facts", error)
        problems.append(("RUN003", named[1]))
        facts = _facts_by_lines(document.path, document.text[:FIRST], document.fields, named)
    return FileResult(document.path, digest, positions.pack(document.text), facts, dump(problems))


def _facts_by_lines(path: str, text: str, fields: Fields, problem: tuple[str, Problem]) -> Facts:
    """The facts of a document of which only its first lines can be read."""
    try:
        return extract(opening(path, text, fields, problem))
    except Exception:
        return Facts((DocumentRow(doc_key(path), path, "text", "", "", "", "", "", "", 0, 0, 0),))


def digest(data: bytes) -> str:
    """What tells one content of a file from another: 128 bits of BLAKE2b in hexadecimal."""
    return blake2b(data, digest_size=16).hexdigest()


def refusal(file: Path, common: None) -> str:
    """Why the schema in this file can't be used; "" where it can."""
    try:
        compiled(file)
    except SchemaError as error:
        return str(error)
    return ""
