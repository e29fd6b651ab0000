"""What documents are about, held against each other: which links are strangers, and what would suit instead.

Where a constant names figures and no collection, they are those of two curated ones of 228 and 472 documents taken
together, each made once with the targets of links and once without: false alarms of all links that editors chose, and
strangers found in lists that have one each, or four of five. One constant was changed at a time,
after all had been set: such figures say what other values give, not what chose these, and some others do better here.
Differences of one in a hundred are within what other random pairs of the null make of a figure.
"""

from content_audit.relevance.candidates import candidates, suggestions
from content_audit.relevance.judge import Judge, Score
from content_audit.relevance.neighbourhoods import Neighbourhoods, forget, recalled, whole
from content_audit.relevance.records import Entry
from content_audit.relevance.space import TOPICS, Space
from content_audit.relevance.static import ModelError, StaticModel, load_model

__all__ = [
    "TOPICS",
    "Entry",
    "Judge",
    "ModelError",
    "Neighbourhoods",
    "Score",
    "Space",
    "StaticModel",
    "candidates",
    "forget",
    "load_model",
    "recalled",
    "suggestions",
    "whole",
]
