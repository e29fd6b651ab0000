"""Decides whether a document carries page furniture at all: where it does not, nothing of it is touched."""

from collections.abc import Iterable

from content_audit.text.furniture import Mark

OPEN = 2.0
"""Points that open the gate. Of 290 main texts of articles, chosen by hand, 289 stay under it; of the pages around them
274 reach it."""

WEAK = 0.5
"""What an ambiguous label ("Home", "Share") counts; one that only furniture has counts 1. Each label counts once.

From .5 to .67 one of 289 main texts opens the gate, and 274 of the pages around them. With 1 three main texts do, and
284 pages, whose F1 is .0005 lower for it; with .25 none and 270, with F1 the same to .0003."""


def polluted(marks: Iterable[Mark | None]) -> bool:
    """Do these lines name at least two pieces of furniture for certain, or as much in ambiguous ones?"""
    weight = {mark.label: WEAK if mark.weak else 1.0 for mark in marks if mark is not None}
    return sum(weight.values()) >= OPEN
