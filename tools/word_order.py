"""Makes crates/scoring/data/neighbours.tsv: how usual it is that one small word follows another.

    python3 tools/word_order.py

Counted in the project's own question bank (bank/*.toml); for other languages that part words by spaces, in their core
questions (bank/LANGUAGE/core.toml), into data/languages. Small words are the stop words of the lists; every other word
is "_", the border of a sentence is "|". A line holds the first word and, for the words that may follow, the logarithm of
how much more often they do than by chance, in tenths; pairs that were to be expected but hardly occur are below 0. The
same bank gives the same bytes.
"""

import collections
import math
import pathlib
import re
import tomllib

ROOT = pathlib.Path(__file__).parents[1]
DATA = ROOT / "crates" / "scoring" / "data"
# Pairs that chance would give less often tell nothing by not being there.
EXPECTED_FROM = 3.0
SMOOTHING = 1.0


def texts(questions):
    for question in questions:
        yield question["text"]
        yield question["reference"]
        yield from question.get("sounds_like", {}).values()
        yield from (point["says"] for point in question["key_points"])


def count(questions, small, word, out):
    pairs, first, second = collections.Counter(), collections.Counter(), collections.Counter()
    for text in texts(questions):
        for sentence in re.split(r"[.!?:;।]\s|\n", text.lower().replace("’", "'")):
            words = re.findall(word, sentence)
            if len(words) > 1:
                classes = ["|", *(word if word in small else "_" for word in words), "|"]
                for pair in zip(classes, classes[1:]):
                    pairs[pair] += 1
                    first[pair[0]] += 1
                    second[pair[1]] += 1
    total = sum(pairs.values())
    lines = collections.defaultdict(list)
    for one in sorted(first):
        for other in sorted(second):
            chance = first[one] * second[other] / total
            seen = pairs[one, other]
            if seen or chance >= EXPECTED_FROM:
                tenths = round(10 * math.log((seen + SMOOTHING * chance / (chance + 1)) / chance + 1e-3))
                if tenths:
                    lines[one].append(f"{other} {max(-40, min(40, tenths))}")
    text = "".join(f"{one}\t{','.join(found)}\n" for one, found in sorted(lines.items()))
    out.write_text(text)
    print(f"{out.name}: {total} pairs counted, {sum(map(len, lines.values()))} kept, {len(text)} bytes")


def main():
    def questions(files):
        return [q for file in sorted(files) for q in tomllib.loads(file.read_text()).get("question", [])]

    def small(file):
        return set(tomllib.loads(file.read_text()).get("stop", []))

    count(questions((ROOT / "bank").glob("*.toml")), small(DATA / "english.toml"), r"[\w']+", DATA / "neighbours.tsv")
    for lists in sorted((DATA / "languages").glob("*.toml")):
        bank = ROOT / "bank" / lists.stem / "core.toml"
        if small(lists) and bank.exists():
            # An apostrophe ties two words together; vowel signs are parts of words.
            words = r"[\w\u0900-\u0963\u0966-\u097f]+"
            count(questions([bank]), small(lists), words, lists.with_suffix(".tsv"))


if __name__ == "__main__":
    main()
