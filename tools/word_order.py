"""Makes crates/scoring/data/neighbours.tsv: how usual it is that one small word follows another.

    python3 tools/word_order.py

Counted in the project's own question bank (bank/*.toml). Small words are the stop words of english.toml; every other word
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


def texts():
    for file in sorted((ROOT / "bank").glob("*.toml")):
        for question in tomllib.loads(file.read_text()).get("question", []):
            yield question["text"]
            yield question["reference"]
            yield from question.get("sounds_like", {}).values()
            yield from (point["says"] for point in question["key_points"])


def main():
    small = set(tomllib.loads((DATA / "english.toml").read_text())["stop"])
    pairs, first, second = collections.Counter(), collections.Counter(), collections.Counter()
    for text in texts():
        for sentence in re.split(r"[.!?:;]\s|\n", text.lower().replace("’", "'")):
            words = re.findall(r"[\w']+", sentence)
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
    out = "".join(f"{one}\t{','.join(found)}\n" for one, found in sorted(lines.items()))
    (DATA / "neighbours.tsv").write_text(out)
    print(f"{total} pairs counted, {sum(map(len, lines.values()))} kept, {len(out)} bytes")


if __name__ == "__main__":
    main()
