"""Which things hang together, when all that is known is pairs of them."""

from collections import defaultdict
from collections.abc import Iterable

Edge = tuple[str, str]


def components(edges: Iterable[Edge]) -> dict[str, str]:
    """Each thing that the edges join, but for the least of its component, with that least one.

    By alternating large-star and small-star steps (R. Kiveris et al., Connected Components in MapReduce and Beyond,
    2014), which need a logarithm of rounds even on long chains, and which an engine can do as joins.
    """
    current = {(max(edge), min(edge)) for edge in edges if edge[0] != edge[1]}
    while True:
        following = _star(_star(current, large=True), large=False)
        if following == current:
            return dict(current)
        current = following


def _star(edges: set[Edge], *, large: bool) -> set[Edge]:
    """Tie each thing's greater neighbours (or itself and its lesser ones) to the least of all of them."""
    lesser: defaultdict[str, list[str]] = defaultdict(list)
    greater: defaultdict[str, list[str]] = defaultdict(list)
    for high, low in edges:
        lesser[high].append(low)
        greater[low].append(high)
    tied: set[Edge] = set()
    if large:
        for here, others in greater.items():
            least = min(lesser.get(here, [here]))
            tied.update((other, least) for other in others)
    else:
        for here, others in lesser.items():
            least = min(others)
            tied.update((other, least) for other in (here, *others) if other != least)
    return tied
