"""A model folder that the user has, in model2vec's format: a vector for each token. Nothing is ever downloaded.

Two files are read: `model.safetensors`, which holds numbers alone, and `tokenizer.json`; pickles, which could run code,
are never opened. A text's vector is the mean of its tokens' vectors, each times its weight where the model has weights
(S. Tulkens, T. van Dongen, "Model2Vec: Fast State-of-the-Art Static Embeddings", 2024). The packages of the extra
`semantic` are imported here alone, once there is a model to load.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

TENSORS, TOKENIZER = "model.safetensors", "tokenizer.json"
LIMITS = {TENSORS: 1 << 30, TOKENIZER: 1 << 26}
"""Bytes: twice what the largest model published in the format has, 500,353 tokens of 256 dimensions."""

MAX_DIMENSIONS = 4_096
NESTED = "0_StaticEmbedding"
"""Where sentence-transformers puts a model of this kind."""

SPELLED = {"embedding.weight": "embeddings"}
"""What sentence-transformers calls a tensor, and what model2vec does."""

FLOATS, INTEGERS = frozenset({"F64", "F32", "F16", "I8"}), frozenset({"I64", "I32", "I16", "U32", "U16", "U8"})
KINDS = {"embeddings": (2, FLOATS), "weights": (1, FLOATS), "mapping": (1, INTEGERS)}
"""The tensors that are read, by model2vec's names, with their axes and the numbers that they may hold."""

PARTS = 64
"""Pieces in which a tensor is looked through, so that this takes no memory to speak of."""

MAX_CHARACTERS = 4_000
"""Of a text that are looked at, some 600 words: titles with 64 terms stay far below."""

PROBE = "Words, w0rds; \u4e2d\u6587 \u0645\u062d \U0001f41d \u0ca0\u203d"
"""Has what most vocabularies don't, so that a tokenizer that fails on the unknown fails at once."""


class ModelError(Exception):
    """A folder that can't be used as a model; the text names the file."""


@dataclass(frozen=True)
class StaticModel:
    """A vector for each token, and the tokenizer that makes tokens of texts.

    `mapping` has for each token the row of its vector, `weights` what it counts; None where the model has none.
    `unknown` is the token of what the tokenizer does not know, which says nothing.
    """

    folder: Path
    tokenizer: "Tokenizer"
    vectors: "NDArray[Any]"
    weights: "NDArray[Any] | None" = None
    mapping: "NDArray[Any] | None" = None
    unknown: int | None = None

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """A row of length one for each text; zeros for one without tokens. Raises ModelError."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for place, tokens in enumerate(self._tokens(texts)):
            if tokens:
                found = self.vectors[tokens if self.mapping is None else self.mapping[tokens]].astype(np.float32)
                if self.weights is not None:
                    found *= self.weights[tokens].astype(np.float32)[:, None]
                rows[place] = found.mean(axis=0)
        return normal(rows)

    def _tokens(self, texts: Sequence[str]) -> Iterator[list[int]]:
        shown = [text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in texts]
        try:
            encoded = self.tokenizer.encode_batch_fast(shown, add_special_tokens=False)
        except BaseException as error:
            raise _refused(error, str(self.folder / TOKENIZER)) from None
        return ([token for token in each.ids if token != self.unknown] for each in encoded)


def normal(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The rows at length one, those of zeros as they are."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def load_model(folder: Path) -> StaticModel:
    """The model in this folder. Raises ModelError, as where the packages of the extra are not installed."""
    try:
        import numpy  # noqa: F401
        import safetensors  # noqa: F401
        import tokenizers  # noqa: F401
    except ImportError as error:
        raise ModelError(f"needs the extra: pip install 'content-audit[semantic]' ({error})") from None
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such folder; a model is never downloaded")
    inner = folder / NESTED if (folder / NESTED).is_dir() else folder
    file = _file(inner, TENSORS)
    tokenizer, unknown = _tokenizer(_file(inner, TOKENIZER))
    tensors = _tensors(file)
    if misfit := _misfit(tensors, tokenizer.get_vocab(with_added_tokens=True)):
        raise ModelError(f"{file}: {misfit}")
    weights, mapping = tensors.get("weights"), tensors.get("mapping")
    model = StaticModel(inner, tokenizer, tensors["embeddings"], weights, mapping, unknown)
    model.embed([PROBE])
    return model


def _file(folder: Path, name: str) -> Path:
    file = folder / name
    if not file.is_file():
        raise ModelError(f"{folder}: no {name}; a model is {TENSORS} with {TOKENIZER}, other formats are not opened")
    if file.stat().st_size > LIMITS[name]:
        raise ModelError(f"{file}: {file.stat().st_size:,} bytes, over the {LIMITS[name]:,} that are read")
    return file


def _tokenizer(file: Path) -> "tuple[Tokenizer, int | None]":
    """The tokenizer without the padding and the limits that it was saved with, and its token for the unknown."""
    from tokenizers import Tokenizer

    try:
        text = file.read_text(encoding="utf-8")
        tokenizer = Tokenizer.from_str(text)
    except BaseException as error:
        raise _refused(error, f"{file}: not a tokenizer") from None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = json.loads(text)["model"]
    unknown = model.get("unk_token")
    return tokenizer, model.get("unk_id") if unknown is None else tokenizer.token_to_id(unknown)


def _tensors(file: Path) -> "dict[str, NDArray[Any]]":
    """What is read of the file, by model2vec's names; each is looked at before memory is taken for it."""
    from safetensors import safe_open

    found = {}
    try:
        with safe_open(file, framework="numpy") as opened:
            for name in opened.keys():  # noqa: SIM118
                known = SPELLED.get(name, name)
                if known not in KINDS:
                    continue
                shape, kind = opened.get_slice(name).get_shape(), opened.get_slice(name).get_dtype()
                axes, kinds = KINDS[known]
                if (
                    len(shape) != axes
                    or not all(shape)
                    or kind not in kinds
                    or (axes == 2 and shape[1] > MAX_DIMENSIONS)
                ):
                    raise ModelError(f"{file}: {name} has the shape {shape} and holds {kind}")
                found[known] = opened.get_tensor(name)
    except ModelError:
        raise
    except Exception as error:
        raise _refused(error, str(file)) from None
    if "embeddings" not in found:
        raise ModelError(f"{file}: no embeddings; only a model of static vectors, as model2vec writes it, can be used")
    return found


def _misfit(tensors: "Mapping[str, NDArray[Any]]", tokens: Mapping[str, int]) -> str:
    """Why these tensors are not those of a model with these tokens; "" where they are."""
    import numpy as np

    vectors, mapping = tensors["embeddings"], tensors.get("mapping")
    by_token = {name: tensor for name, tensor in tensors.items() if name != "embeddings" or mapping is None}
    for name, tensor in by_token.items():
        if len(tensor) != len(tokens) or max(tokens.values()) >= len(tensor):
            return f"{len(tensor):,} {name} for the {len(tokens):,} tokens of {TOKENIZER}"
    if mapping is not None and not 0 <= int(mapping.min()) <= int(mapping.max()) < len(vectors):
        return f"mapping leads out of the {len(vectors):,} embeddings"
    finite = (np.isfinite(part).all() for tensor in tensors.values() for part in np.array_split(tensor, PARTS))
    return "" if all(finite) else "holds numbers that are not finite"


def _refused(error: BaseException, what: str) -> BaseException:
    """The error to raise: panics of the packages' native code are no `Exception`, and neither is an interrupt."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return ModelError(f"{what}: {(str(error).splitlines() or [type(error).__name__])[0][:200]}")
