"""Measures how well the static embedding table agrees with human graders, beside the full model it is made from.

With the environment of tools/embedding_table.py, and a folder with mohler.jsonl and scientsbank.jsonl:

    VENV/bin/python tools/embedding_agreement.py DIR

Each answer's score is its cosine with the reference answer that fits best; nothing is fitted, but for the threshold of
macro-F1, which is chosen on four fifths of the questions and used on the last. Some minutes on one core.
"""

import json
import pathlib
import sys

from embedding_table import distil, model_folder, shipped

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score
from embedding_fixture import reference, rows_of_table


def rounded(vectors: np.ndarray, top: int) -> np.ndarray:
    scales = np.abs(vectors).max(axis=1, keepdims=True) / top
    scales[scales == 0] = 1
    return np.round(vectors / scales) * scales


def unit(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    return vector / length if length else vector


def full_model(texts: list[str]) -> dict[str, np.ndarray]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(model_folder()).eval()
    tokenizer = AutoTokenizer.from_pretrained(model_folder())
    found = {}
    texts = sorted(texts, key=len)
    with torch.inference_mode():
        for start in range(0, len(texts), 64):
            batch = texts[start : start + 64]
            inputs = tokenizer(batch, padding=True, truncation=True, max_length=256, return_tensors="pt")
            mask = inputs["attention_mask"][:, :, None]
            means = (model(**inputs).last_hidden_state * mask).sum(1) / mask.sum(1)
            found.update((text, unit(mean)) for text, mean in zip(batch, means.numpy()))
    return found


def within(measure, items, scores, marks) -> float:
    """Mean over questions whose marks differ; a constant score counts as none."""
    questions = np.array([item["qid"] for item in items])
    groups = [questions == question for question in np.unique(questions)]
    return np.mean([measure(scores[g], marks[g]) for g in groups if len(set(marks[g])) > 1])


def pearson(scores, marks) -> float:
    return np.corrcoef(scores, marks)[0, 1] if scores.std() > 0 else 0.0


def macro_f1(items, scores, labels) -> float:
    questions = np.array([item["qid"] for item in items])
    found = np.zeros(len(labels), bool)
    for fold in range(5):
        held = np.isin(questions, np.unique(questions)[fold::5])
        thresholds = np.quantile(scores[~held], np.linspace(0.02, 0.98, 97))
        best = max(thresholds, key=lambda t: f1_score(labels[~held], scores[~held] > t, average="macro"))
        found[held] = scores[held] > best
    return f1_score(labels, found, average="macro")


def report(name: str, vectors: dict[str, np.ndarray], mohler: list[dict], scientsbank: list[dict]) -> None:
    def scores(items):
        return np.array([max(vectors[item["answer"]] @ vectors[text] for text in item["references"]) for item in items])

    marks = np.array([item["score"] for item in mohler])
    labels = np.array([item["label_2way"] == "correct" for item in scientsbank])
    m, s = scores(mohler), scores(scientsbank)
    auc = within(lambda scores, labels: roc_auc_score(labels, scores), scientsbank, s, labels)
    print(
        f"{name:28} Mohler r {pearson(m, marks):.4f} within questions {within(pearson, mohler, m, marks):.4f}"
        f"  SciEntsBank AUC within questions {auc:.4f} macro-F1 {macro_f1(scientsbank, s, labels):.4f}",
        flush=True,
    )


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    sets = [[json.loads(line) for line in (folder / name).open()] for name in ("mohler.jsonl", "scientsbank.jsonl")]
    texts = list({text for items in sets for item in items for text in (item["answer"], *item["references"])})
    tokenizer = reference(rows_of_table())
    ids = {text: [row for row in tokenizer.encode(text).ids if row != 1] for text in texts}

    def show(name, table):
        report(name, {text: unit(table[rows].sum(axis=0)) for text, rows in ids.items()}, *sets)

    report("full model", full_model(texts), *sets)
    show("the table as shipped", shipped())
    _, vectors = distil(model_folder())
    show("before rounding", vectors)
    for dims in (192, 128):
        show(f"{dims} dims, int8", rounded(vectors[:, :dims], 127))
    show("256 dims, 4 bits", rounded(vectors, 7))
    for bits, top in ((8, 127), (4, 7)):
        near = [unit(a) @ unit(b) for a, b in zip(vectors, rounded(vectors, top))]
        print(f"one token's vector, {bits} bits against none: cosine, mean {np.mean(near):.5f} least {np.min(near):.5f}")


if __name__ == "__main__":
    main()
