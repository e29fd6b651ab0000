"""The peers: how each is installed, called, and shown to do what it is measured for."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from generate_articles import collection, render
from speed_places import HOME, Place, probe
from speed_runs import Command, FailedError, quiet

REMARK = "remark + frontmatter-schema"
CHECK_JSONSCHEMA = "check-jsonschema, YAML"
YAMLLINT = "yamllint, YAML"
MARKDOWNLINT = "markdownlint-cli2"
RUMDL = "rumdl --no-cache"
RUMDL_WARM = "rumdl, unchanged"
PYTHON_LOOP = "python-frontmatter + jsonschema"
NODE_LOOP = "js-yaml + ajv"
LYCHEE = "lychee --offline"

NODE = HOME / "node_modules" / ".bin"
PYTHON = HOME / "python" / "bin"
RUMDL_CACHE = HOME / "rumdl-cache"

REMARK_CONFIGURATION = """\
import frontmatter from "remark-frontmatter";
import schema from "remark-lint-frontmatter-schema";
export default { plugins: [frontmatter, [schema, { schemas: { "./schema.json": ["./content/**/*.md"] } }]] };
"""
LONG_LINES = '{"config": {"MD013": false}, "noBanner": true, "noProgress": true}\n'
YAML_RULES = "{extends: default, rules: {line-length: disable, document-start: disable}}"
"""Long lines, which every document has, and a start that was cut off are nobody's mistake."""

Fault = tuple[str, str]
"""What to replace in a sound document, and by what."""
SCHEMA_FAULT: Fault = ("\nauthor: ", "\nauthor: [not, text]\nwas: ")
YAML_FAULT: Fault = ("\nauthor: ", "\nauthor: twice\nauthor: ")
MARKDOWN_FAULT: Fault = ("\n---\n\n", "\n---\n\n#no space\n\n\n\n")


@dataclass(frozen=True)
class Peer:
    """A program to hold ours against. `packages` are of npm or of PyPI; `fault` is one that it must see."""

    name: str
    npm: tuple[str, ...]
    pypi: tuple[str, ...]
    argv: Callable[[Place], Sequence[str | Path]]
    fault: Fault
    warm: bool = False


def _remark(place: Place) -> Sequence[str | Path]:
    (place.folder / ".remarkrc.mjs").write_text(REMARK_CONFIGURATION)
    return NODE / "remark", "--quiet", "--frail", "--no-color", "--ext", "md", "content"


def _check_jsonschema(place: Place) -> Sequence[str | Path]:
    names = (f"yaml/{number:06}.yaml" for number in range(place.documents))
    return PYTHON / "check-jsonschema", "--schemafile", "schema.json", *names


def _yamllint(place: Place) -> Sequence[str | Path]:
    return PYTHON / "yamllint", "--format", "parsable", "--config-data", YAML_RULES, "yaml"


def _markdownlint(place: Place) -> Sequence[str | Path]:
    (place.folder / ".markdownlint-cli2.jsonc").write_text(LONG_LINES)
    return NODE / "markdownlint-cli2", "content/**/*.md"


def _rumdl(place: Place) -> Sequence[str | Path]:
    return PYTHON / "rumdl", "check", "--isolated", "--disable", "MD013", "--no-cache", "content"


def _rumdl_warm(place: Place) -> Sequence[str | Path]:
    cached = ("--cache-dir", RUMDL_CACHE / place.folder.name)
    return PYTHON / "rumdl", "check", "--isolated", "--disable", "MD013", *cached, "content"


def _python_loop(place: Place) -> Sequence[str | Path]:
    return PYTHON / "python", Path(__file__).with_name("speed_loop.py"), "schema.json", "content"


def _node_loop(place: Place) -> Sequence[str | Path]:
    return "node", Path(__file__).with_name("speed_loop.mjs"), HOME, "schema.json", "content"


def _lychee(place: Place) -> Sequence[str | Path]:
    return "lychee", "--offline", "--no-progress", "content/**/*.md"


PEERS = (
    Peer(REMARK, ("remark-cli", "remark-frontmatter", "remark-lint-frontmatter-schema"), (), _remark, SCHEMA_FAULT),
    Peer(CHECK_JSONSCHEMA, (), ("check-jsonschema",), _check_jsonschema, SCHEMA_FAULT),
    Peer(YAMLLINT, (), ("yamllint",), _yamllint, YAML_FAULT),
    Peer(MARKDOWNLINT, ("markdownlint-cli2",), (), _markdownlint, MARKDOWN_FAULT),
    Peer(RUMDL, (), ("rumdl",), _rumdl, MARKDOWN_FAULT),
    Peer(RUMDL_WARM, (), ("rumdl",), _rumdl_warm, MARKDOWN_FAULT, warm=True),
    Peer(PYTHON_LOOP, (), ("python-frontmatter", "jsonschema"), _python_loop, SCHEMA_FAULT),
    Peer(NODE_LOOP, ("js-yaml", "ajv", "ajv-formats"), (), _node_loop, SCHEMA_FAULT),
    Peer(LYCHEE, (), (), _lychee, ("\n---\n\n", "\n---\n\n[nowhere](no-such-file.md)\n\n")),
)


def peer_command(peer: Peer, place: Place) -> Command:
    """The peer as it is measured on a place, installed and tried. Raises FailedError for one that can't be had."""
    install(peer)
    sound = probe("sound", {"a.md": sound_document()})
    faulty = probe(f"faulty-{PEERS.index(peer)}", {"a.md": sound_document().replace(*peer.fault, 1)})
    ends = [_end(peer, each) for each in (sound, faulty)]
    if ends[0] != 0 or ends[1] == 0:
        raise FailedError(f"ends with {ends[0]} for a sound document, with {ends[1]} for a faulty one")
    command = Command(peer.name, peer.argv(place), place.folder, place.documents)
    if peer.warm:
        quiet(command.argv, place.folder, command.ends)
    return command


def _end(peer: Peer, place: Place) -> int:
    return subprocess.run(peer.argv(place), cwd=place.folder, check=False, capture_output=True).returncode


@cache
def sound_document() -> str:
    """A generated document that no program has a reason to complain about."""
    return render(collection(1, Random(1))[0][0])


def install(peer: Peer) -> None:
    """Install what the peer needs and what is not there yet. Raises FailedError."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not (peer.npm or peer.pypi) and not shutil.which(peer.name.split()[0]):
        raise FailedError("not installed: neither PyPI nor npm has it")
    wanted = [name for name in peer.npm if not (HOME / "node_modules" / name).exists()]
    if wanted:
        _node(wanted)
    if peer.pypi and not (PYTHON / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME / "python")], check=True)
    for name in peer.pypi:
        _pip(name)


def _node(packages: Sequence[str]) -> None:
    if not shutil.which("npm"):
        raise FailedError("not installed: there is no npm")
    if not (HOME / "package.json").exists():
        (HOME / "package.json").write_text('{"private": true}\n')
    quiet(["npm", "install", "--no-fund", "--no-audit", *packages], HOME)
    missing = [name for name in packages if not (HOME / "node_modules" / name).exists()]
    if missing:
        raise FailedError(f"npm could not install {', '.join(missing)}")


@cache
def _pip(package: str) -> None:
    argv: list[str | Path] = [
        PYTHON / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        package,
    ]
    told = subprocess.run(argv, check=False, capture_output=True, text=True)
    if told.returncode:
        raise FailedError(f"pip: {(told.stderr.strip().splitlines() or ['failed'])[-1][:100]}")


def versions() -> str:
    """What is installed, as `name version` with commas between."""
    npm = [name for peer in PEERS for name in peer.npm if (HOME / "node_modules" / name).exists()]
    script = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep='\\n')"
    told: list[str] = []
    if npm:
        files = {name: HOME / "node_modules" / name / "package.json" for name in npm}
        told += [f"{name} {json.loads(file.read_text())['version']}" for name, file in files.items()]
    pypi = list(dict.fromkeys(name for peer in PEERS for name in peer.pypi))
    if (PYTHON / "python").exists():
        run = subprocess.run([PYTHON / "python", "-c", script, *pypi], check=False, capture_output=True, text=True)
        told += run.stdout.split("\n")
    return ", ".join(filter(None, told))
