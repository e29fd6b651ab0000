"""Where a configuration stands."""

import os
from pathlib import Path

from content_audit import files

FILE_NAME = "content-audit.toml"
TABLE = b"[tool.content-audit"
MAX_CONFIG = 1_000_000
"""Bytes of a configuration, which is nobody's document."""


def find_config(start: Path) -> Path | None:
    """The configuration nearest to this folder, upwards; content-audit.toml goes before pyproject.toml."""
    for folder in (start, *start.parents):
        own, project = folder / FILE_NAME, folder / "pyproject.toml"
        if own.is_file():
            return own
        if project.is_file() and TABLE in files.opening(Path(os.path.realpath(project)), MAX_CONFIG):
            return project
        if (folder / ".git").exists():
            return None
    return None
