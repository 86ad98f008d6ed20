"""What is printed: agreement with people, probes, ablations, failures."""

import collections

import numpy as np
from scipy.stats import pearsonr
from sklearn.metrics import f1_score

import fitting
import known

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


def within_each(shares, human, group):
    varied = [g for g in sorted(set(group)) if np.std(human[group == g]) > 0]
    return [r(shares[group == g], human[group == g]) for g in varied]


def within(shares, human, group):
    return float(np.mean(within_each(shares, human, group)))


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


def within_with_interval(shares, human, group):
    """The mean over questions, which are drawn with replacement."""
    values = np.array(within_each(shares, human, group))
    drawn = values[np.random.default_rng(1).integers(0, len(values), (1000, len(values)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.2f}, {high:.2f}]"


def with_interval(figure, group, *columns):
    low, high = interval(figure, group, *columns)
    return f"{figure(*columns):.3f} [{low:.2f}, {high:.2f}]"


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
    graded(answers, table, shares)
    labelled(answers, table, shares)


def graded(answers, table, shares):
    print("\n| set | answers, questions | r [95 %] | within questions [95 %] | wanted | RMSE, of their mean | "
          "human against human: r, within | length alone: r [95 %], within |\n|---|---|---|---|---|---|---|---|")
    for name, rows, own, human, group in parts_of(table, shares, ("mohler", "saf")):
        length = lengths(answers, rows)
        people = between_people(answers, rows, group)
        error = np.sqrt(np.mean((own - human) ** 2))
        wanted = ", ".join(f"{figure:.2f}" for figure in known.WANTED[name])
        print(f"| {name} | {len(rows)}, {len(set(group))} | {with_interval(r, group, own, human)} | "
              f"{within_with_interval(own, human, group)} | {wanted} | {error:.3f}, {np.std(human):.3f} | "
              f"{people} | {with_interval(r, group, length, human)}, {within(length, human, group):.3f} |")


def labelled(answers, table, shares):
    print("\n| set | answers, questions | correct or not, macro-F1 [95 %] | wanted | length alone [95 %] | "
          "always the commonest |\n|---|---|---|---|---|---|")
    for name, rows, own, human, group in parts_of(table, shares, ("scientsbank", "beetle")):
        by_length = threshold_of_others(lengths(answers, rows), human, table.part[rows])
        commonest = np.full(len(rows), float(np.mean(human) >= 0.5))
        print(f"| {name} | {len(rows)}, {len(set(group))} | {with_interval(macro_f1, group, own, human)} | "
              f"{known.WANTED[name][0]:.2f} | {with_interval(macro_f1, group, by_length, human)} | "
              f"{macro_f1(commonest, human):.3f} |")


def parts_of(table, shares, names):
    best = table.best(shares)
    for name in names:
        rows = best[table.set[best] == name]
        yield name, rows, shares[rows], table.human[rows], table.group[rows]


def lengths(answers, rows):
    return np.log1p([len(answers[at].answer.split()) for at in rows])


def between_people(answers, rows, group):
    """One grader against another, where the set names both."""
    marks = np.array([answers[at].graders for at in rows if len(answers[at].graders) == 2])
    if len(marks) < len(rows):
        return "not known"
    return f"{with_interval(r, group, *marks.T)}, {within(*marks.T, group):.3f}"


def threshold_of_others(values, human, parts):
    """1 where a value lies beyond the threshold, or below it, that is best on the other parts."""
    said = np.zeros(len(values))
    for part in range(fitting.PARTS):
        others, mine = parts != part, parts == part
        tried = [(sign, threshold) for sign in (1, -1) for threshold in np.unique(values)]
        sign, threshold = max(tried, key=lambda rule: f1_score(
            human[others] >= 0.5, rule[0] * values[others] >= rule[0] * rule[1], average="macro"))
        said[mine] = sign * values[mine] >= sign * threshold
    return said


def by_length(answers, table, shares):
    """Whether short or long answers are wronged."""
    print("\n## By length of the answer: ours less graders', mean\n")
    print("| set | shortest third, up to words | middle | longest third |\n|---|---|---|---|")
    for name, rows, own, human, _ in parts_of(table, shares, ("mohler", "saf", "scientsbank", "beetle")):
        words = np.array([len(answers[at].answer.split()) for at in rows])
        first, second = np.percentile(words, [100 / 3, 200 / 3])
        third = np.digitize(words, [first, second], right=True)
        gaps = [np.mean((own - human)[third == at]) for at in range(3)]
        print(f"| {name} | {gaps[0]:+.3f} ({first:.0f}) | {gaps[1]:+.3f} ({second:.0f}) | {gaps[2]:+.3f} |")


def probes(answers, shares):
    found, base = collections.defaultdict(list), {}
    for answer, share in zip(answers, shares):
        if answer.set == "probes":
            found[answer.probe].append((answer.base, share))
            if answer.probe == "base":
                base[answer.base] = share
    print("\n| answers of Mohler made worse mechanically | mean | above .4 | mean change |\n|---|---|---|---|")
    for probe, scored in found.items():
        own = np.array([share for _, share in scored])
        change = np.mean([abs(share - base[key]) for key, share in scored])
        print(f"| {probe} | {own.mean():.3f} | {np.mean(own > 0.4):.3f} | {change:.3f} |")
    print()


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
    print("\n## Without a group of features\n")
    print("| without | mohler r, within | saf r, within | scientsbank macro-F1 | beetle macro-F1 |")
    print("|---|---|---|---|---|")
    for name, group in {"nothing": [], **GROUPS}.items():
        smaller = fitting.Table(table.all_names, table.all, answers, without=group)
        found = figures(smaller, fitting.scaled(smaller, smaller.cross_validated())[0])
        cells = [", ".join(f"{value:.3f}" for value in values) for values in found.values()]
        print(f"| {name} | {' | '.join(cells)} |")


def failures(answers, table, shares):
    print("\n## Furthest from the graders: answers of the sets by their ids\n")
    best = table.best(shares)
    for name in ("mohler", "saf", "scientsbank", "beetle"):
        rows = best[table.set[best] == name]
        error = shares[rows] - table.y[rows].clip(0, 1)
        for at in rows[np.argsort(-np.abs(error), kind="stable")[:4]]:
            print(f"  {answers[at].key}: {shares[at]:.2f}, graders {table.human[at]:.2f}")
