"""What is printed: agreement with people, probes, ablations, failures."""

import collections

import numpy as np
from scipy.stats import pearsonr
from sklearn.metrics import f1_score

import fitting

GROUPS = {
    "words": ["recall_new", "recall_all", "recall_asked", "precision_new", "precision_all", "f1_new", "recall_rare",
              "precision_rare", "met_new", "echo"],
    "meaning": ["soft_new", "soft_all", "soft_demoted", "soft_precision_new", "soft_precision", "missed", "strange",
                "strange_count", "rarest", "cos", "cos_question", "cos_new", "cos_new_question", "cos_new_target"],
    "order": ["words_shared", "pairs_shared", "triples_shared", "content_pairs", "sequence", "content_sequence", "near",
              "turned", "near_of_both"],
    "letters": ["letters", "letters_new", "letters_question"],
    "polarity": ["negations", "negations_target", "negations_apart", "negations_question", "opposites", "contrary",
                 "yes_no"],
    "shape": ["answer_words", "answer_new", "target_words", "target_new", "target_new_share", "question_words",
              "length_ratio", "small_words", "figures_met", "figures_strange", "asks_why", "asks_how", "asks_which",
              "asks_what"],
}
CORRECT_FROM = 0.5


def r(one, other):
    return pearsonr(one, other)[0] if np.std(one) > 0 and np.std(other) > 0 else 0.0


def within(shares, human, group):
    varied = [g for g in sorted(set(group)) if np.std(human[group == g]) > 0]
    return float(np.mean([r(shares[group == g], human[group == g]) for g in varied]))


def interval(figure, group, *columns):
    """95 % by drawing questions with replacement."""
    chance = np.random.default_rng(1)
    names = sorted(set(group))
    rows = {name: np.where(group == name)[0] for name in names}
    drawn = []
    for _ in range(1000):
        at = np.concatenate([rows[name] for name in chance.choice(names, len(names))])
        drawn.append(figure(*(column[at] for column in columns)))
    return np.percentile(drawn, [2.5, 97.5])


def figures(table, shares):
    best = table.best(shares)
    found = {}
    for name in ("mohler", "saf"):
        rows = best[table.set[best] == name]
        found[name] = (r(shares[rows], table.human[rows]), within(shares[rows], table.human[rows], table.group[rows]))
    for name in ("scientsbank", "beetle"):
        rows = best[table.set[best] == name]
        found[name] = (macro_f1(shares[rows], table.human[rows]),)
    return found


def macro_f1(shares, human):
    return f1_score(human >= 0.5, shares >= CORRECT_FROM, average="macro")


def agreement(answers, table, shares):
    best = table.best(shares)
    length = np.log1p([len(answers[at].answer.split()) for at in range(len(answers))])
    for name in ("mohler", "saf"):
        rows = best[table.set[best] == name]
        own, human, group = shares[rows], table.human[rows], table.group[rows]
        low, high = interval(r, group, own, human)
        error = np.sqrt(np.mean((own - human) ** 2))
        print(f"{name}: r {r(own, human):.3f} [{low:.2f}, {high:.2f}], within questions {within(own, human, group):.3f}, "
              f"RMSE {error:.3f}; by length alone r {r(length[rows], human):.3f}, n {len(rows)}")
    for name in ("scientsbank", "beetle"):
        rows = best[table.set[best] == name]
        own, human, group = shares[rows], table.human[rows], table.group[rows]
        low, high = interval(macro_f1, group, own, human)
        print(f"{name}: correct or not, macro-F1 {macro_f1(own, human):.3f} [{low:.2f}, {high:.2f}], n {len(rows)}")


def probes(answers, shares):
    found, base = collections.defaultdict(list), {}
    for answer, share in zip(answers, shares):
        if answer.set == "probes":
            found[answer.probe].append((answer.base, share))
            if answer.probe == "base":
                base[answer.base] = share
    for probe, scored in found.items():
        own = np.array([share for _, share in scored])
        change = np.mean([abs(share - base[key]) for key, share in scored])
        print(f"  {probe}: mean {own.mean():.3f}, above .4 {np.mean(own > 0.4):.3f}, change {change:.3f}")


def coverage(table, people):
    """Of the stated 80 % intervals, each made without the part that it is tried on."""
    best = table.best(people)
    held = {"mohler": [], "saf": []}
    for part in range(fitting.PARTS):
        stated = fitting.intervals(table, people, best[table.part[best] != part])
        for name, found in held.items():
            rows = best[(table.set[best] == name) & (table.part[best] == part)]
            low, high = np.array(stated)[fitting.bins(people[rows])][:, 1:3].T
            found += list((table.human[rows] >= low - 1e-9) & (table.human[rows] <= high + 1e-9))
    for name, found in held.items():
        print(f"{name}: 80 % intervals hold {np.mean(found):.3f} of the human shares")
    both = np.mean([np.mean(found) for found in held.values()])
    print(f"both alike: {both:.3f}")


def ablations(answers, table):
    print("\nwithout a group of features: Mohler r, within; SAF r, within; SciEntsBank, Beetle macro-F1")
    for name, group in {"nothing": [], **GROUPS}.items():
        smaller = fitting.Table(table.all_names, table.all, answers, without=group)
        found = figures(smaller, fitting.scaled(smaller, smaller.cross_validated())[0])
        print(f"  {name}: " + ", ".join(f"{value:.3f}" for values in found.values() for value in values))


def failures(answers, table, shares):
    print("\nfurthest from the graders")
    best = table.best(shares)
    for name in ("mohler", "saf", "scientsbank", "beetle"):
        rows = best[table.set[best] == name]
        error = shares[rows] - table.y[rows].clip(0, 1)
        for at in rows[np.argsort(-np.abs(error), kind="stable")[:4]]:
            print(f"  {answers[at].key}: {shares[at]:.2f}, graders {table.human[at]:.2f}")
