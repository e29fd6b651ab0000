"""What the rules find in a collection: what is stored of each document, and what its facts say."""

import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, groupby, islice, tee
from typing import Any

from content_audit.facts import doc_key
from content_audit.facts.links import Link
from content_audit.index import UNUSABLE, Index
from content_audit.limits import Lost
from content_audit.model import Document, Fix, Problem, Span
from content_audit.relevance import Entry, Neighbourhoods, Space, StaticModel, candidates, suggestions, whole
from content_audit.resolution import resolve, target_of
from content_audit.rule import CollectionRule, RelevanceRule, Row, Shared, Tie, Unjudged
from content_audit.rules import (
    CATALOGUE,
    COLLECTION_RULES,
    RELEVANCE_RULES,
    SUPPRESSION_RULES,
    in_turn,
    off_topic_related_link,
)
from content_audit.rules.edits import shared
from content_audit.rules.exchange import exchange
from content_audit.rules.suppressions import UNUSED
from content_audit.rules.targets import TARGETS
from content_audit.shelf import Shelf
from content_audit.suppress import QUERY as SUPPRESSED
from content_audit.suppress import Key, Suppressions

Found = tuple[str, Problem]


def internal_error(path: str, where: str, error: Exception | str, when: str = "on this document") -> Problem:
    """What is said of a document that a part of the tool failed on."""
    told = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    message = f"{where} failed {when}: {told}"[:500]
    return Problem(Span(path, 0, 0), f"{message}; please report it with the document", {"where": where})


Starts = Iterable[tuple[str, tuple[int, ...]]]
"""Documents, and where the problems with each of them start."""

Mended = tuple[Fix, ...] | Lost | None
"""The one fix of a document, if it has one; why it was lost on the way; None where it is not as the index knows it."""


class Inquiry:
    """Asks the rules with these codes; `read` gives a document again, None where it is not as it was, and `mends` what
    mends a rule's problems with each of many, by its code, their paths and where those start (`content_audit.mending`).

    `reported` are the paths whose problems are wanted; `replaces` are the codes of rules whose links give way to better
    ones; `model` knows what words mean, where there is one; `spares` says of a path and a code whether the
    configuration leaves that out. With a `reach`, rules are asked about the documents that it has for what they look
    by, and no others; `near` is then what is like what, `used` are suppressions that rules need which are not asked.
    Once all are asked, `unjudged` has the number of what rules could not tell, by path, code and reason, and `unread`
    the documents that were no longer what the index knows.
    """

    def __init__(
        self,
        index: Index,
        codes: Set[str],
        options: Mapping[str, Any],
        reported: Set[str],
        read: Callable[[str], Document | None],
        mends: Callable[[str, Starts], Iterator[Mended]],
        replaces: Set[str] = frozenset(),
        model: StaticModel | None = None,
        spares: Callable[[str, str], bool] = lambda path, code: False,
        reach: Mapping[Tie | Shared, Set[str]] | None = None,
        near: Neighbourhoods | None = None,
        used: Iterable[Key] = (),
    ) -> None:
        self.index = index
        self.codes = codes
        self.options = options
        self.reported = reported
        self.reach = reach
        self._near = near
        self._read = read
        self._mends = mends
        self.unread: set[str] = set()
        self.replaces = replaces
        self.model = model
        self.suppressions = Suppressions(index.query(SUPPRESSED), spares, used)
        self.resolved = False
        self._suggestions: dict[str, int] = {}
        self._offered = Shelf()
        self.unjudged: Counter[tuple[str, str, str]] = Counter()

    def read(self, path: str) -> Document | None:
        """A document again; None, and it is one of the `unread`, where it is not as it was."""
        document = self._read(path)
        if document is None:
            self.unread.add(path)
        return document

    @cached_property
    def near(self) -> Neighbourhoods:
        """What all documents of the collection are about, and what is like what."""
        return self._near or whole(self.index, self.model)

    @property
    def looked_around(self) -> bool:
        """Has a rule asked for that?"""
        return "near" in vars(self)

    @property
    def space(self) -> Space:
        """What all documents of the collection are about."""
        return self.near.space

    def _resolve(self) -> None:
        """Settle once where the links lead."""
        if not self.resolved:
            resolve(self.index)
            self.resolved = True

    def problems(self, paths: Iterable[str]) -> Iterator[Found]:
        """What is stored of these documents, then what the rules over all documents say of the reported ones."""
        found = self._exchanged(in_turn(self._found(paths))) if self.replaces else self._found(paths)
        for (path, suggests), group in groupby(found, lambda f: (f[1].span.path, CATALOGUE[f[0]].suggests)):
            offered = {"suggestions": self._suggested(path)} if suggests else {}
            for code, problem in group:
                yield code, replace(problem, evidence={**problem.evidence, **offered}) if suggests else problem

    def _suggested(self, path: str) -> list[dict[str, Any]]:
        """What each of the rules that suggest offers the reader of this document."""
        if path not in self._suggestions:
            self._suggestions[path] = self._offered.put(marshal.dumps(suggestions(self._candidates(path))))
        offered: list[dict[str, Any]] = marshal.loads(self._offered[self._suggestions[path]])
        return offered

    def _found(self, paths: Iterable[str]) -> Iterator[Found]:
        self._resolve()
        asked = [*paths]
        judged = chain.from_iterable(
            self._guarded(rule, partial(self._judged, rule))
            for rule in RELEVANCE_RULES
            if rule.code in self.codes and self._wanted(rule)
        )
        for found in self._left(self._stored(asked)):
            yield found
            yield from islice(judged, 1)  # workers mend the next documents while this process goes on
        for rule in COLLECTION_RULES:
            yield from self._left(self._said(rule))
        yield from judged
        self.index.hold(UNUSED, ("doc", "number", "item"), self.suppressions.unused(self.codes, asked))
        for rule in SUPPRESSION_RULES:
            yield from self._said(rule)

    def _stored(self, paths: Iterable[str]) -> Iterator[Found]:
        for code, problem in self.index.problems(paths):
            if code in self.codes and self._holds(problem):
                yield code, self._settled(problem)

    def _said(self, rule: CollectionRule) -> Iterator[Found]:
        is_asked = rule.code in self.codes and self._wanted(rule)
        return self._guarded(rule, partial(self._asked, rule)) if is_asked else iter(())

    def _wanted(self, rule: CollectionRule | RelevanceRule) -> Set[str]:
        """The documents whose problems with this rule are wanted."""
        return self.reported if self.reach is None else self.reach[rule.by]

    def _left(self, found: Iterable[Found]) -> Iterator[Found]:
        """What is not suppressed, of problems that stand together by document and rule."""
        for (path, code), group in groupby(found, lambda each: (each[1].span.path, each[0])):
            for problem in self.suppressions.left(path, code, [problem for _, problem in group]):
                yield code, problem

    def _holds(self, problem: Problem) -> bool:
        """Is it so in the light of the other documents?"""
        evidence = problem.evidence
        if "own_names" in evidence and not any(map(self._is_alone, evidence["own_names"])):
            return self._targets(problem, [evidence["number"]]) == [problem.span.path]
        return ("alike" not in evidence or self._is_one(problem)) and (
            "called" not in evidence or self._is_alone(str(evidence["called"]))
        )

    def _settled(self, problem: Problem) -> Problem:
        """The problem without a fix where that rests on nothing but what several documents have."""
        rests_on = problem.evidence.get("own_names", ()) if problem.fix else ()
        return problem if not rests_on or any(map(self._is_alone, rests_on)) else replace(problem, fix=None)

    def _is_alone(self, name: str) -> bool:
        """Has one document alone this name, id or url?"""
        kind, _, value = name.partition(" ")
        rows = self.index.query(
            "SELECT COUNT(DISTINCT doc) AS many FROM fields "
            "WHERE field = 'name' AND value_key = ? OR field = ? AND value_key = ?",
            (name, kind if kind in ("id", "url") else "name", value if kind in ("id", "url") else name),
        )
        return all(row["many"] == 1 for row in rows)

    def _is_one(self, problem: Problem) -> bool:
        """Do the two links that a problem takes for one lead to one document?"""
        found = self._targets(problem, problem.evidence["alike"])
        return len(found) == 1 and found[0] != ""

    def _targets(self, problem: Problem, numbers: Iterable[int]) -> list[str]:
        """The documents that links with these numbers lead to, in the document of a problem."""
        values = [doc_key(problem.span.path), *numbers]
        marks = ", ".join("?" * (len(values) - 1))
        rows = self.index.query(f"SELECT DISTINCT target FROM {TARGETS} WHERE doc = ? AND number IN ({marks})", values)
        return [row["target"] for row in rows]

    def _guarded(
        self, rule: CollectionRule | RelevanceRule, ask: Callable[[Iterator[Row]], Iterator[Found]]
    ) -> Iterator[Found]:
        """What a rule over all documents says; one that fails is a problem of the document whose row it read last."""
        last: Row = {}

        def read() -> Iterator[Row]:
            for row in self.index.query(rule.query):
                last.update(row)
                yield row

        try:
            yield from ask(read())
        except UNUSABLE:
            raise
        except Exception as error:
            path = last["path"] if last.get("path") in self.reported else min(self.reported)
            yield "RUN003", internal_error(path, rule.code, error, "after this document")

    def _asked(self, rule: CollectionRule, rows: Iterator[Row]) -> Iterator[Found]:
        wanted = self._wanted(rule)
        for problem in rule.check(rows, self.options[rule.code]):
            if problem.span.path in wanted:
                yield rule.code, problem

    def _judged(self, rule: RelevanceRule, rows: Iterator[Row]) -> Iterator[Found]:
        """The problems of one rule, each with the fix for all of its document."""
        said = self._counted(rule, rule.check(rows, lambda: self.near, self.options[rule.code]))
        groups = groupby(said, key=lambda problem: problem.span.path)
        left = ((path, self.suppressions.left(path, rule.code, [*group])) for path, group in groups)
        found, asked = tee((path, problems) for path, problems in left if problems)
        mends = self._mends(rule.code, ((path, tuple(each.span.start for each in many)) for path, many in asked))
        for (path, problems), fixes in zip(found, mends, strict=True):
            if isinstance(fixes, Lost) and fixes.code == "RUN003":
                yield fixes.code, internal_error(path, rule.code, fixes.reason)
            if fixes is None or isinstance(fixes, Lost):
                self.unread.add(path)
                fixes = ()
            for problem in shared([replace(problem, fix=next(iter(fixes), None)) for problem in problems]):
                yield rule.code, problem

    def _counted(self, rule: RelevanceRule, said: Iterable[Problem | Unjudged]) -> Iterator[Problem]:
        wanted = self._wanted(rule)
        for each in said:
            if isinstance(each, Unjudged):
                self.unjudged[each.path, rule.code, each.reason] += 1
            elif each.span.path in wanted:
                yield each

    def _candidates(self, path: str) -> list[tuple[float, Entry]]:
        """What a document could link to instead."""
        doc = doc_key(path)
        self._resolve()
        rows = self.index.query(
            f"SELECT l.id AS id, l.url_key AS url_key, r.target AS target FROM links l JOIN {TARGETS} r "
            "ON r.doc = l.doc AND r.number = l.number WHERE l.doc = ?",
            (doc,),
        )
        listed = {value for row in rows for value in row.values()}
        return candidates(self.space, doc, listed) if doc in self.space.entries else []

    def _exchanged(self, found: list[Found]) -> Iterator[Found]:
        """The same, with fixes that put candidates in place of links; one for all problems of a document."""
        flagged: dict[str, list[Found]] = {}
        for code, problem in found:
            if code in self.replaces:
                flagged.setdefault(problem.span.path, []).append((code, problem))
        fixes = {path: self._exchange(path, each) for path, each in flagged.items()}
        given = []
        for code, problem in found:
            fix = fixes.get(problem.span.path) if code in self.replaces else None
            given.append(replace(problem, fix=fix) if fix else problem)
        yield from zip((code for code, _ in found), shared(given), strict=True)

    def _exchange(self, path: str, flagged: list[Found]) -> Fix | None:
        document, doc = self.read(path), doc_key(path)
        if document is None or doc not in self.space.entries:
            return None
        places = {code: {problem.span.start for each, problem in flagged if each == code} for code, _ in flagged}
        strangers = places.pop(off_topic_related_link.RULE.code, set())
        fitting = (each for _, each in self._candidates(path) if self._suits(doc, each.doc))
        others = [other for each in fitting if (other := self.read(each.path)) is not None]
        return exchange(document, strangers, set().union(*places.values()), others, partial(self._leads, source=path))

    @cached_property
    def _suits(self) -> Callable[[int, int], bool]:
        return off_topic_related_link.suits(self.near.judge, self.options[off_topic_related_link.RULE.code])

    def _leads(self, link: Link, other: Document, source: str) -> bool:
        """Does a link that may come to stand in the document `source` lead to this one, or to another with its id?"""
        path = target_of(self.index, doc_key(source), link)
        entry = self.space.entries.get(doc_key(path)) if path else None
        return path == other.path or (entry is not None and entry.id != "" and entry.id == link.id)
