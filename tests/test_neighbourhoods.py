"""What is like what after a few changes: worked out from what an earlier run kept, as if all were looked at anew."""

import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.config import load_config
from content_audit.examine import check_document
from content_audit.facts import doc_key
from content_audit.index import DamagedIndexError, Index
from content_audit.model import Problem
from content_audit.parse import parse
from content_audit.relevance import Neighbourhoods, candidates, recalled, whole
from content_audit.relevance.kept import FEWEST
from content_audit.resolution import resolve
from content_audit.rule import Row, Unjudged
from content_audit.rules import off_topic_related_link
from content_audit.run import make_run
from tests.conftest import examples

RULE = off_topic_related_link.RULE
OPTIONS = RULE.options()
TASK = make_run(load_config(None, Path()), []).task


class Collection:
    """Documents on some subjects, whose words overlap as those of natural ones do, and an index of them."""

    def __init__(self, rng: random.Random, size: int, subjects: int) -> None:
        self.rng = rng
        self.common = [f"w{rng.randrange(10**6)}" for _ in range(30)]
        self.subjects = [[self._word() for _ in range(25)] for _ in range(subjects)]
        self.texts: dict[str, str] = {}
        self.index = Index(None, "")
        self.next = 0
        for _ in range(size):
            self.add()
        self.store(self.texts)

    def _word(self) -> str:
        return "".join(self.rng.choice("bcdfghklmnprstvz") + self.rng.choice("aeiou") for _ in range(4))

    def _words(self, subject: int, many: int) -> str:
        own = self.subjects[subject]
        found = []
        for _ in range(many):
            place = min(int(self.rng.paretovariate(0.7)) - 1, 24)
            found.append(self.rng.choice(self.common) if self.rng.random() < 0.3 else own[place])
        if self.rng.random() < 0.3:
            found.append(self._word())
        return " ".join(found)

    def _document(self, number: int) -> str:
        subject = number % len(self.subjects)
        head = [f"id: {number}", f"title: {self._words(subject, self.rng.randint(1, 5))}", f"url: /learn/{number}"]
        for place in range(self.rng.randint(0, 5)):
            other = number + len(self.subjects) * self.rng.randint(-4, 4) + (self.rng.random() < 0.2)
            title = self._words(subject if self.rng.random() < 0.8 else 0, 3)
            head.append(f"related_article{place + 1}:\n  id: {other}\n  title: {title}\n  url: /learn/{other}")
        return "---\n" + "\n".join(head) + f"\n---\n\n{self._words(subject, self.rng.randint(0, 60))}\n"

    def add(self) -> str:
        path = f"{self.next:04}.md"
        self.texts[path] = self._document(self.next)
        self.next += 1
        return path

    def store(self, paths: Iterable[str]) -> None:
        self.index.store([(check_document(parse(p, self.texts[p].encode()), "", TASK), None) for p in paths])
        self.settle()

    def settle(self) -> None:
        self.index.collection([*self.texts])
        resolve(self.index)

    def change(self) -> set[int]:
        """Change, add and remove a few documents; the keys of those that have."""
        changed = set()
        for _ in range(self.rng.randint(1, 4)):
            how, path = self.rng.random(), self.rng.choice([*self.texts])
            if how < 0.2:
                path = self.add()
            elif how < 0.4:
                del self.texts[path]
            elif how < 0.6:
                self.texts[path] += f"\n{self._words(self.rng.randrange(len(self.subjects)), 8)}\n"
            else:
                self.texts[path] = self._document(int(path[:4]) + (self.rng.random() < 0.3))
            changed.add(path)
        self.store([path for path in changed if path in self.texts])
        return {doc_key(path) for path in changed}

    @property
    def docs(self) -> set[int]:
        """The documents' keys."""
        return {doc_key(path) for path in self.texts}

    def rows(self) -> dict[int, list[Row]]:
        """What the rule is asked about, by the document."""
        found = defaultdict(list)
        for row in self.index.query(RULE.query):
            found[row["doc"]].append(row)
        return found


Said = dict[int, list[Any]]


def said(near: Neighbourhoods, rows: Iterable[Row]) -> Said:
    """All that the rule says of the documents of these rows."""
    found: Said = {}
    for each in RULE.check(rows, lambda: near, OPTIONS):
        if isinstance(each, Problem):
            found.setdefault(doc_key(each.span.path), []).append((each.span, each.message, each.evidence))
        else:
            assert isinstance(each, Unjudged)
    return found


def suggested(near: Neighbourhoods, docs: Iterable[int]) -> Said:
    """What is suggested for these documents."""
    return {doc: [(score, entry.path) for score, entry in candidates(near.space, doc, ())] for doc in docs}


@examples(8)
@given(st.integers(0, 10**9), st.integers(70, 220), st.integers(2, 12))
def test_what_was_kept_and_a_few_changes_say_what_all_documents_say(seed: int, size: int, subjects: int) -> None:
    made = Collection(random.Random(seed), size, subjects)
    first = whole(made.index)
    rows = made.rows()
    known = said(first, [row for each in rows.values() for row in each])
    offered = suggested(first, made.docs)
    first.keep(made.index, "0")
    for step in range(1, 6):
        touched = made.change()
        before, rows = rows, made.rows()
        relinked = {doc for doc in {*before, *rows} if before.get(doc) != rows.get(doc)}
        every = [row for each in rows.values() for row in each]
        near = recalled(made.index, str(step - 1), touched, relinked)
        if near is not None and near.asked is not None and near.unlike is not None:
            asked, again = near.asked, near.unlike | near.gone
            anew = said(near, [row for row in every if row["doc"] in asked])
            known = {doc: each for doc, each in known.items() if doc not in asked | near.gone} | anew
            offered = {doc: each for doc, each in offered.items() if doc not in again} | suggested(near, near.unlike)
        if near is None or near.moved:
            near = whole(made.index)
            known, offered = said(near, every), suggested(near, made.docs)
        near.keep(made.index, str(step))
        control = whole(made.index)
        assert known == said(control, every)
        assert offered == suggested(control, made.docs)


@pytest.fixture(scope="module")
def made() -> Collection:
    """A collection of which all was kept."""
    made = Collection(random.Random(3), 200, 12)
    near = whole(made.index)
    said(near, made.index.query(RULE.query))
    near.keep(made.index, "0")
    return made


def test_what_was_kept_of_other_facts_is_of_no_use(made: Collection) -> None:
    assert recalled(made.index, "1", (), ()) is None


def test_where_nothing_has_changed_nothing_is_asked_about(made: Collection) -> None:
    near = recalled(made.index, "0", (), ())
    assert near is not None
    assert near.asked == near.unlike == set()
    assert not near.moved


def test_a_change_is_asked_about_where_it_may_matter_alone(made: Collection) -> None:
    path = next(path for path in made.texts if int(path[:4]) % 12 == 1)
    near = recalled(made.index, "0", {doc_key(path)}, ())
    assert near is not None
    assert near.asked is not None
    assert doc_key(path) in near.asked
    assert near.asked < made.docs


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        pytest.param("UPDATE near_state SET value = ? WHERE name = 'told'", b"{", id="no JSON"),
        pytest.param("UPDATE near_state SET value = ? WHERE name = 'told'", b"{}", id="nothing in it"),
        pytest.param("UPDATE near_state SET value = ? WHERE name = 'frequency'", b"abc", id="no numbers"),
        pytest.param("DELETE FROM near_state WHERE name = ?", "words", id="a part is gone"),
        pytest.param("UPDATE near_docs SET terms = ?", b"abc", id="no terms"),
    ],
)
def test_what_no_run_wrote_is_noticed(statement: str, values: object) -> None:
    made = Collection(random.Random(3), FEWEST, 4)
    near = whole(made.index)
    near.keep(made.index, "0")
    made.index.write([(statement, [(values,)])])
    with pytest.raises(DamagedIndexError):
        recalled(made.index, "0", map(doc_key, made.texts), ())
