"""Plain text and Markdown bodies: what is the document, what is the page around it, what stands there twice."""

from content_audit.text.judge import Block, Judgement, body_lines, edits, heard, judged, left
from content_audit.text.labels import Kind
from content_audit.text.lines import Line, split
from content_audit.text.naming import is_widget_title
from content_audit.text.removal import removals
from content_audit.text.repeats import Repeat
from content_audit.text.sketches import likeness, sketch

__all__ = [
    "Block",
    "Judgement",
    "Kind",
    "Line",
    "Repeat",
    "body_lines",
    "edits",
    "heard",
    "is_widget_title",
    "judged",
    "left",
    "likeness",
    "removals",
    "sketch",
    "split",
]
