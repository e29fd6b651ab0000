"""What the rules find in a collection: what is stored of each document, and what its facts say."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any

from content_audit.facts import doc_key
from content_audit.index import Index
from content_audit.model import Document, Problem
from content_audit.relevance import TOPICS, Space, suggestions
from content_audit.rule import RelevanceRule, Unjudged
from content_audit.rules import CATALOGUE, COLLECTION_RULES, RELEVANCE_RULES
from content_audit.rules.targets import FOUND

Found = tuple[str, Problem]


class Inquiry:
    """Asks the rules with these codes; `read` gives a document again, None where it is not as it was.

    `reported` are the paths whose problems are wanted. `unjudged` has the number of what rules could not tell, by code
    and reason, once all are asked.
    """

    def __init__(
        self,
        index: Index,
        codes: Set[str],
        options: Mapping[str, Any],
        reported: Set[str],
        read: Callable[[str], Document | None],
    ) -> None:
        self.index = index
        self.codes = codes
        self.options = options
        self.reported = reported
        self.read = read
        self.unjudged: Counter[tuple[str, str]] = Counter()

    @cached_property
    def space(self) -> Space:
        """What all documents of the collection are about."""
        return Space(self.index.query(TOPICS))

    def problems(self, paths: Iterable[str]) -> Iterator[Found]:
        """What is stored of these documents, then what the rules over all documents say of the reported ones."""
        found = self._found(paths)
        for (path, suggests), group in groupby(found, lambda f: (f[1].span.path, CATALOGUE[f[0]].suggests)):
            offered = self._offered(path) if suggests else {}
            for code, problem in group:
                yield code, replace(problem, evidence={**problem.evidence, **offered}) if suggests else problem

    def _found(self, paths: Iterable[str]) -> Iterator[Found]:
        for path in paths:
            for code, problem in self.index.problems(path):
                if code in self.codes:
                    yield code, problem
        for rule in COLLECTION_RULES:
            if rule.code in self.codes:
                for problem in rule.check(self.index.query(rule.query), self.options[rule.code]):
                    if problem.span.path in self.reported:
                        yield rule.code, problem
        for relevance in RELEVANCE_RULES:
            if relevance.code in self.codes:
                yield from self._judged(relevance)

    def _judged(self, rule: RelevanceRule) -> Iterator[Found]:
        """The problems of one rule, each with the fix for all of its document."""
        said = rule.check(self.index.query(rule.query), lambda: self.space, self.options[rule.code])
        for path, group in groupby(self._counted(rule.code, said), key=lambda problem: problem.span.path):
            problems = list(group)
            document = self.read(path)
            fix = rule.mend(document, problems) if document is not None else None
            for problem in problems:
                yield rule.code, replace(problem, fix=fix)

    def _counted(self, code: str, said: Iterable[Problem | Unjudged]) -> Iterator[Problem]:
        for each in said:
            if isinstance(each, Unjudged):
                self.unjudged[code, each.reason] += 1
            elif each.span.path in self.reported:
                yield each

    def _offered(self, path: str) -> dict[str, Any]:
        """What a document could link to instead, as evidence."""
        doc = doc_key(path)
        rows = self.index.query(
            f"SELECT l.id AS id, l.url_key AS url_key, {FOUND} AS target FROM links l WHERE l.doc = {doc}"
        )
        listed = {value for row in rows for value in row.values()}
        number = self.space.number.get(doc)
        return {"suggestions": suggestions(self.space, number, listed) if number is not None else []}
