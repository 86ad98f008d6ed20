"""Makes crates/scoring/data/common_words.txt: words that answers use in nearly every trade.

    "$(scripts/python-tools scorer)/bin/python" tools/common_words.py

Counted in the answers of the project's own question bank (bank/*.toml): stems that are used in three of four roles. They tell
nothing of what an answer is about. The same bank gives the same bytes.
"""

import pathlib
import re
import tomllib

import snowballstemmer

ROOT = pathlib.Path(__file__).parents[1]
DATA = ROOT / "crates" / "scoring" / "data"
ROLES = 0.75


def roles(small, forms):
    """The stems of each role's answers."""
    stemmer = snowballstemmer.stemmer("english")
    for file in sorted((ROOT / "bank").glob("*.toml")):
        questions = tomllib.loads(file.read_text()).get("question", [])
        answers = [text for q in questions for text in (q["reference"], *q.get("sounds_like", {}).values())]
        if answers:
            words = set(re.findall(r"[a-z']+", " ".join(answers).lower().replace("’", "'"))) - small
            yield {stemmer.stemWord(forms.get(word, word)) for word in words}


def main():
    lists = tomllib.loads((DATA / "english.toml").read_text())
    used = list(roles(set(lists["stop"]), lists["forms"]))
    common = sorted(word for word in set().union(*used) if sum(word in role for role in used) >= ROLES * len(used))
    (DATA / "common_words.txt").write_text("".join(f"{word}\n" for word in common))
    print(f"{len(common)} stems of {len(used)} roles")


if __name__ == "__main__":
    main()
