"""What documents are about, held against each other: which links are strangers, and what would suit instead."""

from content_audit.relevance.candidates import candidates, suggestions
from content_audit.relevance.judge import Judge, Score
from content_audit.relevance.space import TOPICS, Entry, Space
from content_audit.relevance.static import ModelError, StaticModel, load_model

__all__ = [
    "TOPICS",
    "Entry",
    "Judge",
    "ModelError",
    "Score",
    "Space",
    "StaticModel",
    "candidates",
    "load_model",
    "suggestions",
]
