"""A collection of several topics, for tests of what is like what: every page's text is drawn from its topic's words."""

import random
from dataclasses import dataclass, field

TOPICS = {
    "Baking": "sourdough starter flour oven crust hydration yeast proofing kneading loaf crumb rye gluten baguette "
    "levain scoring banneton steam fermentation dough brioche tin batch autolyse",
    "Sailing": "mainsail rudder keel halyard mooring anchor tiller jib spinnaker hull starboard buoy tide knot "
    "rigging mast cleat regatta dinghy boom tack windward fender harbour",
    "Beekeeping": "hive queen swarm brood honeycomb nectar pollen smoker drone apiary varroa propolis frame colony "
    "forage wax extractor beekeeper larva sting clover super veil foulbrood",
    "Astronomy": "telescope nebula eyepiece comet galaxy orbit eclipse meteor aperture constellation planet crater "
    "lens quasar pulsar redshift parallax spectrum supernova asteroid dwarf transit dome tripod",
    "Pottery": "kiln glaze clay wheel bisque slip porcelain stoneware throwing firing cone trimming wedging celadon "
    "raku engobe earthenware burnish handle spout potter sgraffito oxide underglaze",
}
COMMON = (
    "people often ask which way works best when time money and patience are short and the first attempt fails".split()
)


@dataclass
class Page:
    """One page; `links` are the numbers of the pages it leads to, or titles of pages that are nowhere."""

    number: int
    topic: str
    title: str
    text: str
    links: list[int | str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"{self.number:03}.md"


def pages(per_topic: int = 20, seed: int = 1) -> list[Page]:
    """Pages of all topics in turn, each with links to the four that follow it in its topic."""
    rng = random.Random(seed)
    made = []
    for number in range(per_topic * len(TOPICS)):
        topic = list(TOPICS)[number % len(TOPICS)]
        words = rng.sample(TOPICS[topic].split(), 12)
        text = " ".join(rng.choice(words if rng.random() < 0.5 else COMMON) for _ in range(150))
        made.append(Page(number, topic, " ".join(words[:4]).capitalize(), text))
    for page in made:
        page.links = [(page.number + step * len(TOPICS)) % len(made) for step in range(1, 5)]
    return made


def written(made: list[Page]) -> dict[str, str]:
    """The pages as Markdown with front matter, by path. Every link says its page's own subject."""
    texts = {}
    for page in made:
        head = [
            f"id: {page.number + 1000}",
            f"title: {page.title}",
            f"subject: {page.topic}",
            f"url: /learn/{page.number}",
        ]
        for place, link in enumerate(page.links, 1):
            target, title = (link, made[link].title) if isinstance(link, int) else (90_000 + len(link), link)
            head.append(f"related_article{place}:\n  id: {target + 1000}\n  title: {title}\n  url: /learn/{target}")
        texts[page.path] = "---\n" + "\n".join(head) + f"\n---\n\n{page.text}\n"
    return texts
