"""Holds the code to its sizes: 95 % of functions within 45 lines, 95 % of files within 300."""

import ast
import sys
from pathlib import Path

LIMITS = {"function": 45, "file": 300}
SHARE = 0.95


def sizes(root: Path) -> dict[str, list[tuple[int, str]]]:
    """The length in lines of each function and file below `root`, with its name."""
    found: dict[str, list[tuple[int, str]]] = {"function": [], "file": []}
    for file in sorted(root.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        found["file"].append((text.count("\n"), str(file)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found["function"].append((lines, f"{file}:{node.lineno} {node.name}"))
    return found


def main() -> int:
    """Print the shares, and the largest where one is too small."""
    failed = False
    for kind, rows in sizes(Path("src")).items():
        over = sorted((row for row in rows if row[0] > LIMITS[kind]), reverse=True)
        share = 1 - len(over) / len(rows)
        failed = failed or share < SHARE
        print(
            f"{share:.1%} of {len(rows)} {kind}s within {LIMITS[kind]} lines",
            *(f"  {n} {name}" for n, name in over[:5]),
            sep="\n",
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
