"""SUP001 to SUP004: comments that suppress findings, and are themselves at fault.

## Why
`content-audit: ignore[REL008] -- the editor wants it` in a comment leaves a finding out: of the line that it ends, or
of the entry or the block that follows where it has a line of its own. `file-ignore[...]` is about the whole document,
`disable[...]` about all up to `enable[...]`. A suppression that nothing needs hides the next finding of its kind, one
that names no rule does nothing, and one without a reason can't be judged by anyone who comes later. A reason may end
with `; until=2030-01-31`: from that day on the suppression counts no more.

## Fix safety
SUP001: safe; the code goes out of the comment, and the comment with its last code. None for the others: what was meant,
and whether it is still to be, only its author knows.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import partial
from itertools import groupby

from content_audit.model import Edit, Fix, Problem, Span
from content_audit.rule import CollectionRule, NoOptions, Row

ACTIONS = ("ignore", "file-ignore", "disable", "enable")
UNUSED = "unused"
"""The table of suppressions that nothing needed, which a run makes once all other rules were asked."""

COLUMNS = "d.path AS path, d.syntax AS syntax, s.*"
ALL = f"SELECT {COLUMNS} FROM suppressions s JOIN documents d ON d.doc = s.doc ORDER BY d.path, s.number, s.item"
SPARE = f"""
SELECT {COLUMNS}, u.item AS spare FROM suppressions s JOIN documents d ON d.doc = s.doc
LEFT JOIN {UNUSED} u ON u.doc = s.doc AND u.number = s.number AND u.item = s.item
WHERE EXISTS (SELECT 1 FROM {UNUSED} o WHERE o.doc = s.doc AND o.number = s.number)
ORDER BY d.path, s.number, s.item
"""


def expired(until: str, today: date) -> bool:
    """Is the day over from which on a suppression does not count? One that can't be read never began."""
    try:
        return until != "" and date.fromisoformat(until) <= today
    except ValueError:
        return True


def unused(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each comment that suppresses nothing, by one of its codes or by all."""
    for _, group in groupby(rows, key=lambda row: (row["path"], row["number"])):
        members = list(group)
        spare = [row for row in members if row["spare"] is not None]
        kept = [row["code"] for row in members if row["spare"] is None]
        row, codes = members[0], ", ".join(row["code"] for row in spare)
        edit = Edit(row["list_start"], row["list_end"], ", ".join(kept))
        fix = Fix((edit if kept else Edit(row["cut_start"], row["cut_end"], ""),), "safe", f"take {codes} out")
        said = "nothing is disabled that could be enabled" if row["action"] == "enable" else "nothing to suppress"
        yield Problem(_span(row), f"{said}: {codes}", {"codes": [row["code"] for row in spare]}, fix)


def without_reason(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each comment that does not say why."""
    for row in rows:
        if row["item"] == 0 and not row["reason"] and row["action"] != "enable":
            yield Problem(_span(row), f"{row['action']} without a reason: write one after --")


def unknown(known: Iterable[str], rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each code that no rule has, each action that is none, each day that is none."""
    names = [*known]
    for row in rows:
        if row["item"] == 0 and row["action"] not in ACTIONS:
            told = f"{row['action']!r} is nothing that a comment can ask for{_near(row['action'], ACTIONS)}"
            yield Problem(_span(row), told, {"action": row["action"]})
        elif not row["code"]:
            yield Problem(_span(row), f"{row['action']} names no rule: write {row['action']}[CODE]")
        elif row["code"] not in names:
            yield Problem(_span(row), f"no rule {row['code']!r}{_near(row['code'], names)}", {"code": row["code"]})
        if row["item"] == 0 and row["until"] and not _is_day(row["until"]):
            yield Problem(_span(row), f"until={row['until']} is no day: write 2030-01-31", {"until": row["until"]})


def over(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each comment whose day has come."""
    today = date.today()
    for row in rows:
        if row["item"] == 0 and _is_day(row["until"]) and expired(row["until"], today):
            yield Problem(_span(row), f"counts no more: until {row['until']}", {"until": row["until"]})


def _span(row: Row) -> Span:
    return Span(row["path"], row["start_at"], row["end_at"])


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _near(given: str, known: Iterable[str]) -> str:
    near = get_close_matches(given, [*known], 1, 0.6) or get_close_matches(given.upper(), [*known], 1, 0.6)
    return f"; did you mean {near[0]}?" if near else ""


def rules(known: Iterable[str]) -> tuple[CollectionRule, ...]:
    """The four rules; `known` are the codes and names of all the others."""
    strangers = partial(unknown, [*known])
    unneeded, silent = "a suppression that nothing needs", "a suppression that does not say why"
    return (
        CollectionRule("SUP001", "unused-suppression", unneeded, SPARE, unused, "warning", ("safe",)),
        CollectionRule("SUP002", "suppression-without-reason", silent, ALL, without_reason, "warning", enabled=False),
        CollectionRule("SUP003", "unknown-suppression", "a suppression that names no rule", ALL, strangers),
        CollectionRule("SUP004", "expired-suppression", "a suppression whose `until` has passed", ALL, over, "warning"),
    )
