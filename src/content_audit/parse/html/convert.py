"""A page as a Markdown document."""

from content_audit.parse.html.main_text import main_of
from content_audit.parse.html.statements import stated
from content_audit.parse.html.tree import tree

_KEPT = ("title", "date", "url", "author", "description", "language")


def to_markdown(text: str) -> str:
    """An HTML page as Markdown: YAML front matter with what the page says about itself, and its main text."""
    import yaml

    root = tree(text)
    values, _ = stated(root, text)
    kept = {name: values[name] for name in _KEPT if name in values}
    front = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=float("inf")) if kept else ""
    body = main_of(root, text, values.get("url"))
    return f"---\n{front}---\n\n{body}" if front else body
