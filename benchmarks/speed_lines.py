"""What was measured as tables: a line a program, and a line for each ratio that must hold."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import speed_ours as ours
import speed_peers as peers
from speed_runs import Row

Key = tuple[str, str]
"""The name of a program, and which of the places it was run in."""


@dataclass(frozen=True)
class Line:
    """A ratio: `over` to `under`, by the clock or by computing, for each document where `each`.

    At least `must` where `more`, otherwise at most; `aim` alike. Without `must` it is told for comparison.
    """

    what: str
    over: Key
    under: Key
    must: float | None
    aim: float | None
    more: bool = False
    by: str = "wall"
    each: bool = False


def lines(peers_on: str) -> tuple[Line, ...]:
    """Every ratio that is promised, with the peers where they were measured."""
    first = (ours.COLD, peers_on)

    def faster(what: str, name: str, must: float | None, aim: float | None) -> Line:
        return Line(f"{what}, times ours", (name, peers_on), first, must, aim, more=True)

    return (
        faster("remark + frontmatter-schema, validating", peers.REMARK, 40, 120),
        faster("check-jsonschema on cut-out YAML", peers.CHECK_JSONSCHEMA, 15, 40),
        faster("yamllint on cut-out YAML", peers.YAMLLINT, 15, 50),
        faster("markdownlint-cli2", peers.MARKDOWNLINT, 2, 6),
        faster("python-frontmatter + jsonschema loop", peers.PYTHON_LOOP, 1.5, 4),
        faster("js-yaml + ajv loop", peers.NODE_LOOP, None, None),
        faster("lychee --offline", peers.LYCHEE, None, None),
        Line("ours, times rumdl --no-cache", first, (peers.RUMDL, peers_on), 5, 1.5, by="cpu"),
        Line("ours, times rumdl, both unchanged", (ours.WARM, peers_on), (peers.RUMDL_WARM, peers_on), 1, 0.5),
        *_ours("most", ""),
        Line("hook of three files, times python -c pass", (ours.HOOK, "few"), (ours.NOTHING, "few"), 10, 7),
        Line("time of a document, most to many", (ours.COLD, "most"), (ours.COLD, "many"), 1.15, 1.05, each=True),
        Line("time of a document, real to many", (ours.COLD, "real"), (ours.COLD, "many"), 1.1, 1, each=True),
        *_ours("real", "real collection: "),
    )


def _ours(place: str, start: str) -> tuple[Line, ...]:
    ten, warm, status = ((name, place) for name in (ours.TEN, ours.WARM, ours.STATUS))
    return (
        Line(f"{start}ours unchanged, times git status", warm, status, 4, 2),
        Line(f"{start}ours with ten changed, times unchanged", ten, warm, 1.5, 1.15),
    )


STAGES = (
    *("start-up", "discover", "read", "parse", "validate", "rules", "facts", "index", "collection rules", "render"),
    "the rest",
)

Profile = Sequence[tuple[str, str, float]]
"""Stage, part of the stage, and its seconds."""

UNCHANGED = (ours.WARM, ours.TEN, ours.STATUS, peers.RUMDL_WARM)
"""What is held against our run over what has not changed, the others against our first one."""

PARTS = 15
"""Parts of stages that are worth a line."""

MOST_MEMORY = 1_000_000_000
"""Bytes that a first run over the largest collection may take."""


def rows_table(rows: Mapping[Key, Row]) -> str:
    """A line for each program: how fast it was, how many times our time it took on the same documents, and memory."""
    lines = ["| documents | program | documents/s | times ours | wall, s | computing, s | peak memory, MB | runs |"]
    lines.append("|--:|---|--:|--:|--:|--:|--:|--:|")
    for (name, place), row in rows.items():
        start = f"| {row.command.documents:,} | {name} |"
        if not row.costs:
            lines.append(f"{start} not measured: {row.failure} | | | | | |")
            continue
        wall, cpu, memory = (row.median(what) for what in ("wall", "cpu", "memory"))
        speed = f"{row.command.documents / wall:,.0f}" if name not in ours.NO_SPEED else ""
        own = rows.get((ours.WARM if name in UNCHANGED else ours.COLD, place))
        ratio = f"{wall / own.median('wall'):.3g}" if own and own.costs and name not in ours.NO_SPEED else ""
        lines.append(f"{start} {speed} | {ratio} | {wall:.3g} | {cpu:.3g} | {memory / 1e6:,.0f} | {len(row.costs)} |")
    return "\n".join(lines)


def lines_table(rows: Mapping[Key, Row], peers_on: str) -> str:
    """A line for each ratio with what it must be and what it should be; what counts is marked by a star."""
    table = ["| ratio | must | aim | wall | computing | |", "|---|--:|--:|--:|--:|---|"]
    for line in lines(peers_on):
        sign = "≥" if line.more else "≤"
        must, aim = (f"{sign} {bound:g}" if bound is not None else "" for bound in (line.must, line.aim))
        start = f"| {line.what} | {must} | {aim} |"
        over, under = rows.get(line.over), rows.get(line.under)
        if not (over and under and over.costs and under.costs):
            reasons = [f": {row.failure}" for row in (over, under) if row and row.failure]
            table.append(f"{start} | | not measured{''.join(reasons[:1])} |")
            continue
        ratios = {by: _ratio(line, over, under, by) for by in ("wall", "cpu")}
        told = (f"{ratio:.3g}{'*' if by == line.by else ''}" for by, ratio in ratios.items())
        table.append(f"{start} {' | '.join(told)} | {_verdict(line, ratios[line.by])} |")
    most = rows.get((ours.COLD, "most"))
    if most and most.costs:
        memory = most.median("memory")
        verdict = "holds" if memory <= MOST_MEMORY else "FAILS"
        table.append(
            f"| peak memory of a first run, MB | ≤ {MOST_MEMORY / 1e6:,.0f} | | {memory / 1e6:,.0f} | | {verdict} |"
        )
    return "\n".join(table)


def _ratio(line: Line, over: Row, under: Row, by: str) -> float:
    share = under.command.documents / over.command.documents if line.each else 1
    return over.median(by) / under.median(by) * share


def _verdict(line: Line, ratio: float) -> str:
    if line.must is None or line.aim is None:
        return ""
    if line.more:
        return "aim reached" if ratio >= line.aim else "holds" if ratio >= line.must else "FAILS"
    return "aim reached" if ratio <= line.aim else "holds" if ratio <= line.must else "FAILS"


def profile_table(profiles: Mapping[str, Profile], documents: int) -> str:
    """Microseconds for each document: a line a stage, then those of its parts that take most, a column a run."""
    stages = {run: Counter[str]() for run in profiles}
    parts = {run: Counter[tuple[str, str]]() for run in profiles}
    for run, profile in profiles.items():
        for stage, part, seconds in profile:
            stages[run][stage] += round(seconds / documents * 1e9)
            parts[run][stage, part] += round(seconds / documents * 1e9)
    most = sum(parts.values(), Counter[tuple[str, str]]()).most_common(PARTS)
    lines = ["| computing, µs a document | " + " | ".join(profiles) + " |", "|---|" + "--:|" * len(profiles)]
    lines += [_figures(stage, (stages[run][stage] for run in profiles)) for stage in STAGES]
    lines.append(_figures("**all**", (stages[run].total() for run in profiles)))
    lines += [_figures(f"{stage}: {part}", (parts[run][stage, part] for run in profiles)) for (stage, part), _ in most]
    return "\n".join(lines)


def _figures(what: str, nanoseconds: Iterable[int]) -> str:
    return f"| {what} | " + " | ".join(f"{each / 1e3:,.1f}" for each in nanoseconds) + " |"
