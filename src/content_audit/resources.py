"""Files that ship with the package: beside its modules once installed, in the source tree before."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SOURCE_TREE = {"schemas": PACKAGE.parent.parent / "schemas", "rules": PACKAGE.parent.parent / "tests" / "rules"}


def resource(kind: str, name: str) -> Path:
    """A schema ("schemas") or a rule's page ("rules") by its file name."""
    installed = PACKAGE / "data" / kind / name
    return installed if installed.exists() else SOURCE_TREE[kind] / name
