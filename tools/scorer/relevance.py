"""To which question an answer belongs: real answers of the SIOP set of 2024, four for each person."""

import json
import random

import numpy as np
from sklearn.metrics import roc_auc_score

import program

OTHERS = 3


def show(folder, binary):
    file = folder / "siop2024_interview.jsonl"
    if not file.exists():
        return
    people = [json.loads(line)["pairs"] for line in file.read_text().splitlines()]
    chance, requests, right = random.Random(2), [], []
    for person in people:
        own = [pair["question"] for pair in person]
        for at, pair in enumerate(person):
            elsewhere = sorted({p["question"] for other in people for p in other} - set(own))
            asked = own + chance.sample(elsewhere, OTHERS)
            requests += [{"question": question, "answer": pair["answer"]} for question in asked]
            right.append((at, len(own)))
    found = iter(result["relevance"] for result in program.score(binary, requests))
    truth, relevance, first = [], [], []
    for at, count in right:
        own, others = [next(found) for _ in range(count)], [next(found) for _ in range(OTHERS)]
        first.append(int(np.argmax(own)) == at)
        truth += [1] + [0] * OTHERS
        relevance += [own[at], *others]
    print(f"\n## Which question does an answer belong to\n\n{len(people)} people, {len(right)} answers: AUC against "
          f"{OTHERS} questions of others {roc_auc_score(truth, relevance):.3f}, wanted .95; "
          f"the right one of a person's own {np.mean(first):.3f}")
