"""Decides whether a document carries page furniture at all: where it does not, nothing of it is touched."""

from collections.abc import Iterable

from content_audit.text.furniture import Mark

OPEN = 2.0
"""Points that open the gate. Of 290 hand-made main texts of articles 286 stay under it; of the pages around them 264
reach it, and most of the rest have hardly any furniture."""

WEAK = 0.5
"""What an ambiguous label ("Home", "Share") counts; one that only furniture has counts 1. Each label counts once."""


def polluted(marks: Iterable[Mark | None]) -> bool:
    """Do these lines name at least two pieces of furniture for certain, or as much in ambiguous ones?"""
    weight = {mark.label: WEAK if mark.weak else 1.0 for mark in marks if mark is not None}
    return sum(weight.values()) >= OPEN
