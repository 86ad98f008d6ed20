"""Answers of the project's own writing, whose worth is known: fairness, and where the scorer fails, with examples."""

import collections
import itertools
import pathlib
import re
import tomllib

import numpy as np

import measures
import program

FOLDER = pathlib.Path(__file__).parents[2] / "evals" / "ladder"
RUNGS = ("salad", "off_topic", "weak", "middling", "strong")
BESIDE = {
    "plain": "in plain English",
    "plain joined": "in plain English, every two sentences joined by a comma",
    "strong joined": "as it is, every two sentences joined by a comma",
    "learner": "with a learner's slips and spelling",
}
EXAMPLES = 5
LENGTH = 160


def read():
    files = sorted(FOLDER.glob("*.toml"))
    return [question for file in files for question in tomllib.loads(file.read_text())["question"]]


def show(binary):
    questions = read()
    found = results(questions, binary)
    by_rung(found)
    fairness(questions, found)
    failures(questions, found)


def results(questions, binary):
    """For each kind of answer what `greenroom score` says of it by key points, in the order of the questions."""
    kinds = (*RUNGS, *BESIDE)
    requests = [
        {"question": q["text"], "answer": answer(q, kind), "key_points": [point["says"] for point in q["key_points"]]}
        for kind in kinds for q in questions
    ]
    scored = program.score(binary, requests)
    return {kind: scored[at * len(questions):][:len(questions)] for at, kind in enumerate(kinds)}


def answer(question, kind):
    text, *joined = kind.split()
    return in_pairs(question[text]) if joined else question[text]


def in_pairs(text):
    """Half as many sentences of the same words: a key point is looked for in two sentences at most."""
    said = re.split(r"(?<=[.!?])\s+", text)
    pairs = itertools.zip_longest(said[::2], said[1::2])
    return " ".join(f"{one.rstrip('.')}, {other}" if other else one for one, other in pairs)


def shares(results):
    return np.array([program.share(result) for result in results])


def covered(results):
    return np.array([np.mean([point["covered"] for point in result["key_points"]]) for result in results])


def by_rung(found):
    print("\n## The ladder by key points: share of full marks\n")
    print("| answer | mean share | key points found | above .4 | not assessed |\n|---|---|---|---|---|")
    for kind, results in found.items():
        own = shares(results)
        refused = sum(result["status"] != "assessed" for result in results)
        print(f"| {kind} | {own.mean():.3f} | {covered(results).mean():.3f} | {np.mean(own > 0.4):.3f} | {refused} |")


def fairness(questions, found):
    print("\n## Fairness: the strong answer, said otherwise\n")
    print("| said | share, mean change [95 %] | loses more than .1 | gains more than .1 | key points lost, gained |")
    print("|---|---|---|---|---|")
    names = np.array([question["id"] for question in questions])
    for kind, words in BESIDE.items():
        change = shares(found[kind]) - shares(found["strong"])
        low, high = measures.interval(np.mean, names, change)
        pairs = list(points(found["strong"], found[kind]))
        lost, gained = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
        print(f"| {words} | {change.mean():+.3f} [{low:+.2f}, {high:+.2f}] | "
              f"{np.sum(change < -0.1)} of {len(change)} | {np.sum(change > 0.1)} | {lost}, {gained} of {len(pairs)} |")


def points(one, other):
    for a, b in zip(one, other):
        yield from zip((p["covered"] for p in a["key_points"]), (p["covered"] for p in b["key_points"]))


def failures(questions, found):
    print("\n## Where it fails, with examples of the ladder\n")
    missed = [
        (question["id"], point["text"])
        for question, result in zip(questions, found["strong"])
        for point in result["key_points"] if not point["covered"]
    ]
    total = sum(len(question["key_points"]) for question in questions)
    print(f"Key points that strong answers say and that were not found: {len(missed)} of {total}.")
    examples(f"{key}: {text}" for key, text in missed)
    for kind in ("off_topic", "salad", "weak"):
        wrongly = [
            (question["id"], point) for question, result in zip(questions, found[kind])
            for point in result["key_points"] if point["covered"]
        ]
        print(f"\nKey points found in answers of the kind {kind}: {len(wrongly)} of {total}.")
        examples(f"{key}: {point['text']} <- {short(point['quote'])}" for key, point in wrongly)
    alarms = [
        (question["id"], result["contradiction"]) for question, result in zip(questions, found["strong"])
        if result["contradiction"]
    ]
    print(f"\nStrong answers in which a contradiction was seen; none holds one: {len(alarms)} of {len(questions)}.")
    examples(f"{key}: {short(quote)}" for key, quote in alarms)
    inverted = collections.Counter()
    for low in range(len(RUNGS)):
        for high in range(low + 1, len(RUNGS)):
            wrong = shares(found[RUNGS[low]]) > shares(found[RUNGS[high]])
            inverted[f"{RUNGS[low]} over {RUNGS[high]}"] = int(wrong.sum())
    pairs = ", ".join(f"{pair} {count}" for pair, count in inverted.items() if count)
    print(f"\nQuestions of {len(questions)} on which the lower answer has the higher share: {pairs}.")


def short(quote):
    return repr(quote if len(quote) <= LENGTH else f"{quote[:LENGTH]} ...")


def examples(lines):
    """The first of different questions."""
    shown = {}
    for line in lines:
        shown.setdefault(line.split(":")[0], line)
    for line in list(shown.values())[:EXAMPLES]:
        print(f"  {line}")
