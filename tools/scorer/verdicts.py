"""Correct, contradictory or wrong, from the share and the sign of a contradiction that `greenroom score` gives."""

import itertools

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score

import fitting
import known
import measures
import program

LABELS = ("correct", "contradictory", "incorrect")
# Correct from a share on; with a sign of contradiction from another; contradictory from a third, wrong below.
CORRECT_FROM = np.arange(0.3, 0.75, 0.05)
IN_SPITE_FROM = (0.5, 0.7, 0.85, 0.95, 1.1)
CONTRADICTORY_FROM = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)


def show(answers, table, shares, binary):
    """Thresholds are chosen on the other parts."""
    print("\n## Three verdicts: correct, contradictory, incorrect\n")
    print("| set | answers | macro-F1 [95 %] | wanted | always the commonest | "
          "contradictory: signs given, of them right, found |")
    print("|---|---|---|---|---|---|")
    best, tables = table.best(shares), []
    for name in ("scientsbank", "beetle"):
        rows = best[table.set[best] == name]
        truth = np.array([LABELS.index(answers[at].label) for at in rows])
        signs = contradictions([answers[at] for at in rows], binary)
        said = cross_validated(shares[rows], signs, truth, table.part[rows])
        low, high = measures.interval(macro_f1, table.group[rows], said, truth)
        commonest = macro_f1(np.full(len(truth), np.bincount(truth).argmax()), truth)
        wanted = known.WANTED_OF_THREE.get(name)
        told = truth == LABELS.index("contradictory")
        print(f"| {name} | {len(rows)} | {macro_f1(said, truth):.3f} [{low:.2f}, {high:.2f}] | "
              f"{f'{wanted:.2f}' if wanted else 'none'} | {commonest:.3f} | "
              f"{signs.sum()}, {np.mean(told[signs]):.2f}, {np.mean(signs[told]):.2f} |")
        tables.append((name, confusion_matrix(truth, said, labels=range(3))))
    print("\n| graders say | we say correct | contradictory | incorrect |\n|---|---|---|---|")
    for name, table_of in tables:
        for label, row in zip(LABELS, table_of):
            print(f"| {name}: {label} | " + " | ".join(str(count) for count in row) + " |")


def contradictions(answers, binary):
    requests = [{"question": a.question, "answer": a.answer, "reference": a.reference} for a in answers]
    return np.array([bool(result["contradiction"]) for result in program.score(binary, requests)])


def macro_f1(said, truth):
    return f1_score(truth, said, average="macro", labels=range(3), zero_division=0)


def verdicts(shares, signs, thresholds):
    correct_from, in_spite_from, contradictory_from = thresholds
    correct = np.where(signs, shares >= in_spite_from, shares >= correct_from)
    return np.where(correct, 0, np.where(signs & (shares >= contradictory_from), 1, 2))


def cross_validated(shares, signs, truth, parts):
    said = np.zeros(len(shares), dtype=int)
    for part in range(fitting.PARTS):
        others, mine = parts != part, parts == part
        every = itertools.product(CORRECT_FROM, IN_SPITE_FROM, CONTRADICTORY_FROM)
        chosen = max(every, key=lambda thresholds: macro_f1(
            verdicts(shares[others], signs[others], thresholds), truth[others]))
        said[mine] = verdicts(shares[mine], signs[mine], chosen)
    return said
