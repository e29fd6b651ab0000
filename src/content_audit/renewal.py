"""Verdicts after a few changes: which documents each rule is asked about again, so that all others' verdicts hold."""

from collections.abc import Collection, Mapping, Set
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, get_args

from content_audit.facts import Facts, doc_key
from content_audit.index import Index
from content_audit.neighbourhood import Change, alike, named, sharing, sites
from content_audit.relevance import Neighbourhoods, recalled
from content_audit.rule import Shared, Tie
from content_audit.rules import CATALOGUE, COLLECTION_RULES, RELEVANCE_RULES
from content_audit.rules import named as rule_code
from content_audit.rules import near_duplicate_document as texts
from content_audit.rules import repeated_across_site as lines
from content_audit.sources import Sources
from content_audit.suppress import QUERY as SUPPRESSED
from content_audit.suppress import Key, key_of
from content_audit.verdicts import digest, recorded, told_of, unneeded


class Renewal(NamedTuple):
    """What was told of a collection, the documents that are gone since, and those to ask about again, by what rules
    look by; what is like what, and which suppressions were of use to rules that are not asked about them."""

    told: Mapping[str, Any]
    gone: Set[str]
    reach: Mapping[Tie | Shared, Set[str]]
    near: Neighbourhoods | None
    used: Set[Key]

    @property
    def asked(self) -> dict[str, Set[str]]:
        """The documents that each rule is to be asked about, by its code: those on one document, as those by names."""
        return {code: self.reach[_tie(code)] for code in CATALOGUE}

    @property
    def paths(self) -> set[str]:
        """All of them."""
        return set().union(*self.reach.values())

    def asking(self, index: Index) -> AbstractContextManager[None]:
        """While rules are asked about these documents alone."""
        return index.asking({by: {doc_key(path) for path in self.reach[by]} for by in get_args(Tie)})


def whole(index: Index, codes: Set[str], options: Mapping[str, Any]) -> str:
    """Stands for what the rules with these codes know of the collection as a whole."""
    rules = [rule for rule in COLLECTION_RULES if rule.code in codes]
    return digest(f"{rule.code} {rule.whole(index.query, options[rule.code])}" for rule in rules)


def renewal(index: Index, sources: Sources, rules: str, codes: Set[str], options: Mapping[str, Any]) -> Renewal | None:
    """What is to be asked again of these documents by the rules with these codes; None where that is everything."""
    earlier = index.earlier()
    changes = {
        doc: Change(before, index.facts(doc) if sources.get(path) else Facts())
        for doc, (path, before) in earlier.items()
    }
    gone = {earlier[doc][0] for doc, (before, after) in changes.items() if before.documents and not after.documents}
    added = {earlier[doc][0] for doc, (before, after) in changes.items() if after.documents and not before.documents}
    told = recorded(index, sources, rules, added, gone) if changes else {}
    if not told or told["whole"] != whole(index, codes, options):
        return None
    by_name = named(index, changes)
    by_text = alike(index, changes, options[texts.RULE.code].similarity - texts.ERROR, texts.HUBS)
    if by_name is None or by_text is None:
        return None
    matter = _subjects_matter(index, codes)
    near = recalled(index, told["generation"], changes, by_name) if matter else None
    if matter and near is None:
        return None
    of_sites = sites(index, changes, options[lines.RULE.code])
    where = ", ".join("?" * len(of_sites))
    by_line = [row["doc"] for row in index.query(f"SELECT doc FROM documents WHERE site IN ({where})", [*of_sites])]
    topics, suggesting = _topics(index, told, near) if near else (_paths(index, changes), set())
    reach: dict[Tie | Shared, Set[str]] = {
        **{field: _paths(index, docs) - gone for field, docs in sharing(index, changes).items()},
        "names": (_paths(index, by_name) | suggesting) - gone,
        "lines": _paths(index, by_line) - gone,
        "texts": _paths(index, by_text) - gone,
        "topics": topics - gone,
    }
    known = _suppressing(index, told, {path for path, _ in earlier.values()}, reach)
    if known is None:
        return None
    suppressing, used = known
    return Renewal(told, gone, {**reach, "names": reach["names"] | suppressing}, near, used)


def _subjects_matter(index: Index, codes: Set[str]) -> bool:
    """Does a rule with one of these codes ask what documents are about? Those that do look at links."""
    relevance = {rule.code for rule in RELEVANCE_RULES}
    asked = any(code in relevance or CATALOGUE[code].suggests for code in codes)
    return asked and any(index.query("SELECT doc FROM links LIMIT 1"))


def _topics(index: Index, told: Mapping[str, Any], near: Neighbourhoods) -> tuple[set[str], set[str]]:
    """The documents whose lists are to be judged again, or what is suggested for them, and those that others than these
    judges suggested something for."""
    judging = {rule.code for rule in RELEVANCE_RULES}
    suggesting = {code for code, rule in CATALOGUE.items() if rule.suggests} - judging
    known = dict(told_of(index, told, _paths(index, near.unlike or ())))
    again = {path for path, codes in known.items() if not judging.isdisjoint(codes)}
    return _paths(index, near.asked or ()) | again, {
        p for p, codes in known.items() if not suggesting.isdisjoint(codes)
    }


def _paths(index: Index, docs: Collection[int]) -> set[str]:
    """The paths of these documents, of those that are there."""
    return {row["path"] for row in index.with_keys(docs, "documents", "path")}


def _suppressing(
    index: Index, told: Mapping[str, Any], changed: Set[str], reach: Mapping[Tie | Shared, Set[str]]
) -> tuple[set[str], set[Key]] | None:
    """Those of these documents that suppress findings, and which of that was of use to a rule that is not asked now.

    None where that is not known, of changed documents.
    """
    every = set().union(*reach.values())
    rows = [row for row in index.query(SUPPRESSED) if row["path"] in every]
    ties = ((row, _tie(rule_code(row["code"]))) for row in rows)
    elsewhere = [row for row, by in ties if by != "names" and row["path"] not in reach[by]]
    if any(row["path"] in changed for row in elsewhere):
        return None
    spare = unneeded(index, told, {row["path"] for row in elsewhere})
    used = {key_of(row) for row in elsewhere if (row["path"], row["start_at"], row["code"]) not in spare}
    return {row["path"] for row in rows}, used


def _tie(code: str) -> Tie | Shared:
    """What the rule with this code looks by: those on one document are asked with those by names."""
    tie: Tie | Shared = getattr(CATALOGUE.get(code), "by", "names")
    return tie
