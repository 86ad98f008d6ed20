"""Chooses from the skill labels of ESCO those that may be looked for in running text.

ESCO has 13 900 labels. Most begin with a verb ("manage paperwork") and never stand so in an advert; many are everyday
words ("energy"). What is kept names a field or a product and, in adverts that people marked by hand, stands inside a
marked skill rather than outside. Nothing of the adverts is kept, only which labels they ruled out.

  python tools/skill_taxonomy.py --data DIR            writes crates/documents/data/esco_skills.txt
  python tools/skill_taxonomy.py --data DIR --measure  prints hits inside and outside of marked skills, on other adverts

DIR holds esco_skill_labels_en.txt (ESCO v1.1, CC BY 4.0) and skillspan_*_{train,dev}.conll (SkillSpan).
"""

import argparse
import collections
import pathlib
import re

DATA = pathlib.Path(__file__).resolve().parent.parent / "crates/documents/data"
# Single words in lower case that name a field of study or practice by their form.
FIELD = re.compile(r"(?:logy|graphy|metry|nomy|mics|tics|nics|therapy|pathy|iatrics|urgy|istry|scopy|dontics|culture|keeping)$")
MAX_WORDS = 4
# A first word that stands first in this share of the labels it is in, and in so many, is a verb.
VERB_SHARE, VERB_LABELS = 0.7, 3


def words(text):
    return [word.strip(".,;:()!?\"'").lower().replace("-", " ") for word in text.split()]


def sentences(paths):
    """(words, inside) of each sentence: inside marks the words of a skill."""
    for path in paths:
        sentence = []
        for line in path.read_text(encoding="utf-8").splitlines() + [""]:
            if line.strip():
                token, skill, knowledge = line.split("\t")
                sentence.append((token, skill != "O" or knowledge != "O"))
            elif sentence:
                yield sentence
                sentence = []


def verbs(labels):
    first, anywhere = collections.Counter(), collections.Counter()
    for label in labels:
        parts = label.lower().split()
        first[parts[0]] += 1
        anywhere.update(set(parts))
    return {word for word, count in first.items() if count >= VERB_LABELS and count >= VERB_SHARE * anywhere[word]}


def candidates(labels, known):
    """Labels that name something, with how strictly they must be written."""
    verb = verbs(labels)
    for label in labels:
        parts = label.split()
        if label.lower() in known or not 1 <= len(parts) <= MAX_WORDS or re.search(r"[(),/=~!:;\"]", label) or len(label) < 4:
            continue
        if parts[0].lower() in verb:
            continue
        if len(parts) == 1 and label == label.lower() and not FIELD.search(label):
            continue
        # A product's name that may be a word as well counts only as it is written.
        yield label, len(parts) == 1 and label != label.lower()


def hits(names, data):
    """How often each name stands inside and outside of marked skills."""
    forms = collections.defaultdict(list)
    for name, is_strict in names:
        parts = words(name)
        forms[parts[0]].append((parts, name, is_strict))
    inside, outside = collections.Counter(), collections.Counter()
    for sentence in data:
        tokens = [words(token)[0] if words(token) else "" for token, _ in sentence]
        for at, token in enumerate(tokens):
            for parts, name, is_strict in forms.get(token, ()):
                end = at + len(parts)
                if tokens[at:end] != parts or is_strict and sentence[at][0].strip(".,;:()") != name:
                    continue
                (inside if any(marked for _, marked in sentence[at:end]) else outside)[name] += 1
    return inside, outside


def chosen(labels, known, train):
    names = list(candidates(labels, known))
    inside, outside = hits(names, train)
    return [(name, strict) for name, strict in names if outside[name] == 0 or inside[name] > outside[name]]


def known_names():
    text = (DATA / "skills.toml").read_text(encoding="utf-8")
    entries = (entry.lstrip("~!") for line in text.splitlines() if not line.startswith("#") for entry in re.findall(r'"([^"]+)"', line))
    return {form.strip().lower() for entry in entries for form in re.split(r"[=,]", entry)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    labels = sorted({line.strip() for line in (options.data / "esco_skill_labels_en.txt").read_text(encoding="utf-8").splitlines() if line.strip()})
    known = known_names()
    part = lambda name: list(sentences(sorted(options.data.glob(f"skillspan_*_{name}.conll"))))
    names = chosen(labels, known, part("train"))
    if options.measure:
        report = [("all labels of ESCO", [(label, False) for label in labels]), ("those that name something", list(candidates(labels, known))), ("those that are kept", names)]
        for title, some in report:
            inside, outside = hits(some, part("dev"))
            right, wrong = sum(inside.values()), sum(outside.values())
            print(f"{title}: {len(some)} labels, {right} hits inside a marked skill, {wrong} outside ({right / max(1, right + wrong):.2f} inside)")
            print("  outside most often:", ", ".join(f"{name} {count}" for name, count in outside.most_common(12)))
        return
    head = [
        "# Names of skills from ESCO v1.1, the European classification of skills and occupations (CC BY 4.0), chosen by",
        "# tools/skill_taxonomy.py. This service uses the ESCO classification of the European Commission.",
        "# One a line; ~ before a name that counts only as it is written.",
    ]
    lines = [("~" if strict else "") + name for name, strict in names]
    (DATA / "esco_skills.txt").write_text("\n".join(head + lines) + "\n", encoding="utf-8")
    print(len(lines), "names")


if __name__ == "__main__":
    main()
