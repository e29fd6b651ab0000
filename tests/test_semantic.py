"""A model that says what words mean: how its folder is read, and what it changes about strangers among links."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content_audit.config import load_config
from content_audit.examine import check_document
from content_audit.facts import doc_key
from content_audit.index import Index
from content_audit.parse import parse
from content_audit.relevance import TOPICS as SPACE
from content_audit.relevance import Judge, Space, load_model, static
from content_audit.run import make_run
from tests.conftest import ROOT, Invoke, read_report, write
from tests.topics import COMMON, TOPICS, Page, pages, written

sys.path.insert(0, str(ROOT / "benchmarks"))

MISSING = "the extra `semantic` is not installed"
np = pytest.importorskip("numpy", reason=MISSING)
safetensors = pytest.importorskip("safetensors.numpy", reason=MISSING)
tokenizers = pytest.importorskip("tokenizers", reason=MISSING)
train_static = pytest.importorskip("train_static", reason=MISSING)

CHECK = ("check", "--select", "REL008", "--output-format", "json", "--jobs", "1")
CONFIG = '[semantic]\nmodel = "model"\n'


def halves(topic: str) -> tuple[list[str], list[str]]:
    """A topic's words as two ways of writing have them: none in common."""
    words = TOPICS[topic].split()
    return words[::2], words[1::2]


def prose(seed: int = 3) -> Iterator[str]:
    """Texts in which a topic's words stand together, whichever half they are of."""
    rng = random.Random(seed)
    for topic in TOPICS:
        for _ in range(60):
            yield " ".join(rng.choice(TOPICS[topic].split() if rng.random() < 0.6 else COMMON) for _ in range(80))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of that prose."""
    folder = tmp_path_factory.mktemp("trained") / "model"
    train_static.save(folder, *train_static.train(prose(), words=500, neighbours=200, dimensions=16))
    return folder


@pytest.fixture
def model(trained: Path, work: Path) -> Path:
    """The same where the configuration expects it."""
    shutil.copytree(trained, work / "model")
    return work / "model"


def two_ways() -> list[Page]:
    """Pages of five topics, each in one of two ways of writing, with links to four of its own topic and way."""
    rng = random.Random(5)
    made = pages(per_topic=24)
    for page in made:
        words = rng.sample(halves(page.topic)[page.number // 5 % 2], 8)
        page.title = " ".join(words[:4]).capitalize()
        page.text = " ".join(rng.choice(words if rng.random() < 0.5 else COMMON) for _ in range(150))
        page.links = [(page.number + 10 * step) % len(made) for step in range(1, 5)]
        page.topic = "Hobbies"
    return made


def with_odd_links() -> dict[str, str]:
    """Ten pages have a link to the other way of writing of their topic, and one to another topic."""
    made = two_ways()
    for page in made[::12]:
        page.links[1:3] = [(page.number + 5) % len(made), (page.number + 12) % len(made)]
    return written(made)


def flagged(invoke: Invoke, *arguments: str) -> dict[str, int]:
    """How many links of each place in their list are reported."""
    findings = read_report(invoke(*CHECK, *arguments).stdout)["findings"]
    names = [finding["message"].split(" ")[0] for finding in findings]
    return {name: names.count(name) for name in sorted(set(names))}


OTHER_WAY, OTHER_TOPIC = "related_article2", "related_article3"
"""Where the odd links are, ten of each."""


def test_what_means_the_same_in_other_words_belongs(invoke: Invoke, work: Path, model: Path) -> None:
    write(work, with_odd_links())
    assert flagged(invoke) == {OTHER_WAY: 10, OTHER_TOPIC: 10}
    write(work, {"content-audit.toml": CONFIG})
    found = flagged(invoke)
    assert found.pop(OTHER_WAY, 0) <= 2
    assert found == {OTHER_TOPIC: 10}


def test_titles_in_other_words_are_told_from_strangers(trained: Path) -> None:
    made = two_ways()
    task = make_run(load_config(None, Path()), []).task
    results = [check_document(parse(path, text.encode()), "", task) for path, text in written(made).items()]
    told = []
    for known in (None, load_model(trained)):
        with Index(None, "") as index:
            index.store([(result, None) for result in results])
            judge = Judge(Space(index.query(SPACE), known))
        told.append(0)
        for page in made:
            titles = [made[(page.number + step) % len(made)].title for step in (5, 12)]
            other_way, other_topic = judge.score(doc_key(page.path), [(title, -1) for title in titles])
            assert other_way is not None
            assert other_topic is not None
            told[-1] += other_way.value > other_topic.value
    assert 50 <= told[0] <= 70, "by words alone it is chance"
    assert told[1] >= 114


def test_evidence_says_that_a_model_was_asked(invoke: Invoke, work: Path, model: Path) -> None:
    write(work, with_odd_links())
    measured = []
    for config in ("", CONFIG):
        write(work, {"content-audit.toml": config})
        findings = read_report(invoke(*CHECK).stdout)["findings"]
        measured.append({finding["evidence"]["measured_by"] for finding in findings})
    assert measured == [{"target"}, {"target and model"}]


def test_an_index_does_not_keep_what_an_earlier_model_said(invoke: Invoke, work: Path, model: Path) -> None:
    write(work, with_odd_links() | {"content-audit.toml": CONFIG})
    first = flagged(invoke)
    assert flagged(invoke) == first == flagged(invoke, "--no-cache")
    tensors = safetensors.load_file(model / "model.safetensors")
    np.random.default_rng(1).shuffle(tensors["embeddings"])
    safetensors.save_file(tensors, model / "model.safetensors")
    changed = flagged(invoke)
    assert changed != first
    assert changed == flagged(invoke, "--no-cache")


WATCHED = """
import sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith("socket.") else None)
from content_audit.cli import cli
try:
    cli(sys.argv[1:])
except SystemExit as end:
    print(end.code, seen, *sorted({"numpy", "tokenizers", "safetensors", "huggingface_hub"} & {*sys.modules}))
"""


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        pytest.param("", "1 []", id="without a model nothing of the extra is imported"),
        pytest.param(CONFIG, "1 [] numpy safetensors tokenizers", id="with one no socket is opened"),
        pytest.param(CONFIG.replace('model"', 'minishlab/potion"'), "2 [] numpy safetensors tokenizers", id="a name"),
    ],
)
def test_the_network_is_left_alone(work: Path, model: Path, config: str, expected: str) -> None:
    write(work, with_odd_links() | {"content-audit.toml": config})
    command = [sys.executable, "-c", WATCHED, *CHECK, "--fail-on", "warning"]
    done = subprocess.run(command, check=False, cwd=work, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == expected, done.stderr


def tensor_file(**tensors: Any) -> bytes:
    """A file of these tensors."""
    return bytes(safetensors.save({name: np.asarray(tensor) for name, tensor in tensors.items()}))


def claimed(shape: list[int], kind: str = "F32", size: int = 64) -> bytes:
    """A file that says of its few bytes that they are embeddings of this shape."""
    head = json.dumps({"embeddings": {"dtype": kind, "shape": shape, "data_offsets": [0, size]}}).encode()
    return len(head).to_bytes(8, "little") + head + bytes(size)


def tokenizer_file(*words: str, unknown: str = "[UNK]") -> str:
    """A tokenizer that knows these words."""
    vocabulary = {word: number for number, word in enumerate(words)}
    return str(tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token=unknown)).to_str())


WORDS = tokenizer_file("[UNK]", "bee", "hive")
PANIC = json.dumps({**json.loads(WORDS), "normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}})
MISTAKES = [
    pytest.param({}, "no model.safetensors; a model is model.safetensors with tokenizer.json", id="an empty folder"),
    pytest.param(
        {"tokenizer.json": WORDS, "pytorch_model.bin": b"\x80\x04."}, "other formats are not opened", id="a pickle"
    ),
    pytest.param({"model.safetensors": b"\x80\x04."}, "model.safetensors: Error while", id="a pickle by another name"),
    pytest.param(
        {"model.safetensors": claimed([2**40, 2**20])}, "model.safetensors: Error while", id="more than is there"
    ),
    pytest.param(
        {"model.safetensors": claimed([2**63, 2**63])}, "model.safetensors: Error while", id="sizes beyond 64 bits"
    ),
    pytest.param(
        {"model.safetensors": tensor_file(embeddings=np.ones((3, 5_000)))}, "shape [3, 5000]", id="dimensions"
    ),
    pytest.param({"model.safetensors": tensor_file(embeddings=np.ones((3, 0)))}, "shape [3, 0]", id="no dimensions"),
    pytest.param({"model.safetensors": tensor_file(embeddings=np.ones(3))}, "shape [3]", id="no matrix"),
    pytest.param({"model.safetensors": claimed([4, 8], "BF16")}, "holds BF16", id="numbers that numpy has not"),
    pytest.param({"model.safetensors": tensor_file(other=np.ones((3, 4)))}, "no embeddings; only", id="another model"),
    pytest.param(
        {"model.safetensors": tensor_file(embeddings=np.ones((2, 4)))}, "2 embeddings for the 3 tokens", id="too few"
    ),
    pytest.param(
        {"model.safetensors": tensor_file(embeddings=np.ones((3, 4)), weights=np.ones(2))},
        "2 weights for the 3 tokens",
        id="too few weights",
    ),
    pytest.param(
        {"model.safetensors": tensor_file(embeddings=np.ones((2, 4)), mapping=[0, 1, 2])},
        "mapping leads out of the 2 embeddings",
        id="a mapping too far",
    ),
    pytest.param({"model.safetensors": tensor_file(embeddings=np.full((3, 4), np.nan))}, "not finite", id="no numbers"),
    pytest.param({"tokenizer.json": "{}"}, "tokenizer.json: not a tokenizer", id="no tokenizer"),
    pytest.param({"tokenizer.json": "[" * 100_000}, "tokenizer.json: not a tokenizer", id="nesting without end"),
    pytest.param({"tokenizer.json": b"\xff"}, "tokenizer.json: not a tokenizer", id="no text"),
    pytest.param(
        {"tokenizer.json": tokenizer_file("a", "b", "c")}, "tokenizer.json: WordLevel", id="fails on the unknown"
    ),
    pytest.param(
        {"tokenizer.json": PANIC}, "tokenizer.json: not a tokenizer: Precompiled", id="a panic in native code"
    ),
    pytest.param({"tokenizer.json": " " * 300_000}, "tokenizer.json: 300,000 bytes, over", id="too large"),
]


@pytest.mark.parametrize(("files", "expected"), MISTAKES)
def test_a_folder_that_is_no_model(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str | bytes], expected: str
) -> None:
    monkeypatch.setitem(static.LIMITS, static.TOKENIZER, 200_000)
    good: dict[str, str | bytes] = {
        "tokenizer.json": WORDS,
        "model.safetensors": tensor_file(embeddings=np.ones((3, 4))),
    }
    (work / "model").mkdir()
    write(work / "model", {**(good if files and {*files} <= {*good} else {}), **files})
    write(work, {"a.md": "# A\n", "content-audit.toml": CONFIG})
    result = invoke("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "content-audit.toml:2: semantic.model: " in result.stderr
    assert expected in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_is_no_folder(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": "# A\n", "file": "", "content-audit.toml": CONFIG.replace('model"', 'file"')})
    assert "file: no such folder; a model is never downloaded" in invoke("check").stderr
    assert invoke("check", "--ignore", "REL008", "--exit-zero").exit_code == 0, "nobody asks for it"
    assert invoke("links").exit_code == 0, "nobody asks for it"


def test_without_the_extra(invoke: Invoke, work: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    write(work, {"a.md": "# A\n", "content-audit.toml": CONFIG})
    result = invoke("check")
    assert result.exit_code == 2
    assert (
        "content-audit.toml:2: semantic.model: needs the extra: pip install 'content-audit[semantic]'" in result.stderr
    )


TEXTS = ["Hive bees", "the hive, and the bee", "", "nothing known", "bee " * 500, "caf\udce9 bee"]


@pytest.mark.parametrize("kind", ["float32", "float16", "int8"])
@pytest.mark.parametrize("tensors", ["plain", "weights", "mapping"])
def test_vectors_are_those_of_model2vec(tmp_path: Path, kind: str, tensors: str) -> None:
    model2vec = pytest.importorskip("model2vec", reason="model2vec is not installed")
    rng = np.random.default_rng(2)
    tokenizer = tokenizers.Tokenizer.from_str(tokenizer_file("[UNK]", "bee", "hive", "the", "Hive"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    rows = 3 if tensors == "mapping" else 5
    theirs = model2vec.StaticModel(
        (rng.standard_normal((rows, 6)) * 20).astype(kind),
        tokenizer,
        normalize=True,
        weights=rng.random(5) if tensors != "plain" else None,
        token_mapping=np.array([0, 1, 2, 1, 0]) if tensors == "mapping" else None,
    )
    theirs.save_pretrained(tmp_path)
    texts = [text.replace("\udce9", "?") for text in TEXTS]
    expected = np.stack([theirs.encode(text).astype(np.float32) for text in texts])
    assert load_model(tmp_path).embed(TEXTS) == pytest.approx(expected, abs=2e-3)


def test_a_model_as_sentence_transformers_keeps_it(tmp_path: Path) -> None:
    vectors = tensor_file(**{"embedding.weight": np.eye(3, dtype=np.float32)})
    write(tmp_path / "0_StaticEmbedding", {"tokenizer.json": WORDS, "model.safetensors": vectors})
    assert load_model(tmp_path).embed(["hive", "wasp"]).tolist() == [[0, 0, 1], [0, 0, 0]]


def test_a_vector_does_not_depend_on_the_company(trained: Path) -> None:
    texts = [*prose()][::7]
    together = load_model(trained).embed(texts)
    alone = [load_model(trained).embed([text])[0] for text in texts]
    assert together.tolist() == [vector.tolist() for vector in alone]


def test_training_is_repeatable() -> None:
    (words, vectors), (again, same) = (
        train_static.train(prose(), words=100, neighbours=50, dimensions=8) for _ in range(2)
    )
    assert words == again
    assert vectors.tolist() == same.tolist()
