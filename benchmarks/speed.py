"""How fast a whole run is, beside peers that do a part of it: `python benchmarks/speed.py [--only NAME…]`.

Programs run as whole processes on the same documents, in turn (A B A B …); the table has medians. Peers are installed
into build/speed, documents are generated there. Ours does every default rule.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import speed_ours as ours
from speed_lines import Key, lines_table, profile_table, rows_table
from speed_peers import PEERS, peer_command, versions
from speed_places import HOME, Place, copied, generated
from speed_runs import Command, FailedError, Row, adopt_descendants, interleave

Make = Callable[[Place], Command]

ALL: dict[str, Make] = {
    ours.COLD: ours.cold,
    ours.WARM: ours.warm,
    ours.TEN: ours.ten_changed,
    ours.STATUS: ours.status,
}
OURS: dict[str, dict[str, Make]] = {
    "few": {
        ours.COLD: ours.cold,
        ours.WARM: ours.warm,
        ours.HOOK: ours.hook,
        ours.NOTHING: ours.interpreter,
        ours.HOOK_CHANGED: ours.hook_changed,
    },
    "many": {ours.COLD: ours.cold, ours.WARM: ours.warm, ours.STATUS: ours.status},
    "most": ALL,
    "real": ALL,
}
"""What is measured beside the peers, by place: 1,000 documents, 10,000, 100,000, and a collection of one's own."""


def places(arguments: argparse.Namespace) -> dict[str, Callable[[], Place]]:
    """How to come by each place."""
    sizes = {"few": arguments.few, "many": arguments.many, "most": arguments.most}
    made: dict[str, Callable[[], Place]] = {
        name: partial(generated, size, arguments.seed) for name, size in sizes.items() if size
    }
    if arguments.collection:
        made["real"] = partial(copied, arguments.collection)
    return made


def commands(arguments: argparse.Namespace) -> Iterator[tuple[Key, Command | Row]]:
    """What is to be measured, ready to run, and for what can't be a row that says so."""

    def wanted(name: str) -> bool:
        return not arguments.only or any(part in name for part in arguments.only)

    for kind, find in places(arguments).items():
        mine = {name: make for name, make in OURS[kind].items() if wanted(name)}
        theirs = [peer for peer in PEERS if kind == arguments.peers_on and wanted(peer.name)]
        if not mine and not theirs:
            continue
        place = find()
        ours.remembered(place)
        if kind == "few" or ours.COLD not in mine:  # else the first run leaves what the others need
            ours.ready(place)
        yield from (((name, kind), make(place)) for name, make in mine.items())
        for peer in theirs:
            try:
                yield (peer.name, kind), peer_command(peer, place)
            except FailedError as error:
                yield (peer.name, kind), Row(Command(peer.name, (), place.folder, place.documents), failure=str(error))


def main() -> None:
    """Read the arguments, measure, print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--few", type=int, default=1_000, help="documents that the hook is measured with; 0 for none")
    parser.add_argument("--many", type=int, default=10_000, help="documents that peers are measured with; 0 for none")
    parser.add_argument("--most", type=int, default=100_000, help="documents of the largest collection; 0 for none")
    parser.add_argument("--peers-on", choices=tuple(OURS), default="many")
    parser.add_argument("--collection", type=Path, help="a folder of documents to measure besides")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", help="measure only programs with one of these in their name"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=240, help="seconds after which a program is run no more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="tell where our time goes, on --many documents, and end")
    arguments = parser.parse_args()
    if arguments.profile:
        place = places(arguments)["many"]()
        print(profile_table(ours.profiled(place), place.documents))
        return
    adopt_descendants()
    started = time.monotonic()
    listed = dict(commands(arguments))
    to_run = {key: each for key, each in listed.items() if isinstance(each, Command)}
    print(f"ready after {time.monotonic() - started:.0f} s", file=sys.stderr)
    measured = interleave(list(to_run.values()), arguments.rounds, arguments.budget, HOME / "outputs")
    rows = dict(zip(to_run, measured, strict=True))
    rows = {key: each if isinstance(each, Row) else rows[key] for key, each in listed.items()}
    print(rows_table(rows), lines_table(rows, arguments.peers_on), versions(), sep="\n\n")


if __name__ == "__main__":
    main()
