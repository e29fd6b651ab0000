"""HTML documents: told by their tags, what they say about themselves, and their main text as Markdown.

The libraries are imported where they are used: most runs meet no HTML, and together they take longer to load than
everything else.
"""

from content_audit.parse.html.convert import to_markdown
from content_audit.parse.html.detect import looks_like_html
from content_audit.parse.html.main_text import MAX_TAGS, main_markdown
from content_audit.parse.html.statements import read_html

__all__ = ["MAX_TAGS", "looks_like_html", "main_markdown", "read_html", "to_markdown"]
