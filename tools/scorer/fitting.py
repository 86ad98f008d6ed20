"""The model: gradient-boosted trees, monotone where covering more must not score less, with a ridge regression; then a
gate that keeps what says nothing of the target low."""

import lightgbm
import numpy as np
from sklearn.linear_model import Ridge

PARTS = 8
MONOTONE = {"recall_new", "recall_all", "recall_rare", "soft_new", "soft_all", "soft_demoted", "met_new"}
# What a share of 0 is on each scale: graders of Mohler give .45 to what says nothing.
NOTHING = {"mohler": 0.45, "saf": 0.2}
WEIGHT = {"mohler": 3000, "saf": 2500, "scientsbank": 4000, "beetle": 2500}
WEIGHT_MADE = 0.4
MADE = 2500
RECIPE = {
    "parts": PARTS, "monotone": sorted(MONOTONE), "nothing": NOTHING, "weight": WEIGHT, "weight_made": WEIGHT_MADE,
    "trees": {
        "n_estimators": 200, "learning_rate": 0.06, "num_leaves": 8, "min_child_samples": 40, "subsample": 0.7,
        "subsample_freq": 1, "colsample_bytree": 0.4, "reg_lambda": 10.0,
    },
    "ridge": 200.0,
    "gate": {"feature": "soft_demoted", "full_from": 0.4},
    "disorder": {"words_shared": 0.9, "sequence": 0.75, "precision_all": 0.9, "length_ratio": 1.25, "words": 4,
                 "at_most": 0.3},
}
KNOTS = np.array([0, 0.05, 0.1, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1])
SCALE_WEIGHT = {"mohler": 1, "saf": 1, "scientsbank": 2, "beetle": 2, "made": 4}
# Shares from which another interval is stated, and how much of the human shares it shall hold.
BINS = np.array([0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
STATED = 0.8


class Table:
    def __init__(self, names, matrix, answers, without=()):
        keep = [at for at, name in enumerate(names) if name not in without]
        self.names = [names[at] for at in keep]
        self.all_names, self.all = names, matrix
        self.x = matrix[:, keep]
        self.set = np.array([a.set for a in answers])
        self.group = np.array([a.group for a in answers])
        self.key = np.array([a.key for a in answers])
        self.probe = np.array([a.probe for a in answers])
        self.human = np.array([a.share for a in answers])
        self.real = ~np.isin(self.set, ["made", "probes"])
        self.y = self.human.copy()
        for name, nothing in NOTHING.items():
            self.y[self.set == name] = (self.human[self.set == name] - nothing) / (1 - nothing)
        groups = np.array(sorted(set(self.group)))
        np.random.default_rng(3).shuffle(groups)
        part = {group: at % PARTS for at, group in enumerate(groups)}
        self.part = np.array([part[group] for group in self.group])
        fits = self.column("soft_demoted") + 0.3 * self.column("precision_all")
        self.rows, self.weight = self.to_train_on(fits)

    def column(self, name):
        return self.all[:, self.all_names.index(name)]

    def best(self, shares):
        """For each answer of the sets the row with the reference that fits best."""
        found = {}
        for at in np.where(self.real)[0]:
            if self.key[at] not in found or shares[at] > shares[found[self.key[at]]]:
                found[self.key[at]] = at
        return np.array(sorted(found.values()))

    def to_train_on(self, fits):
        chance = np.random.default_rng(0)
        best = self.best(fits)
        weight = np.zeros(len(self.y))
        for name, total in WEIGHT.items():
            rows = best[self.set[best] == name]
            _, at, count = np.unique(self.group[rows], return_inverse=True, return_counts=True)
            weight[rows] = count[at] ** -0.5
            weight[rows] *= total / weight[rows].sum()
        made = chance.permutation(np.where(self.set == "made")[0])[:MADE]
        # A wrong answer is wrong beside every reference, and the best of many is looked at.
        taken = set(best)
        wrong = [at for at in np.where(self.real & (self.human < 0.5))[0] if at not in taken]
        wrong = chance.permutation(np.array(wrong))[:MADE]
        weight[made] = weight[wrong] = WEIGHT_MADE
        return np.concatenate([best, made, wrong]), weight

    def fitted(self, rows):
        x, y, weight = self.x[rows], self.y[rows], self.weight[rows]
        trees = lightgbm.LGBMRegressor(
            **RECIPE["trees"], monotone_constraints=[int(name in MONOTONE) for name in self.names], random_state=1,
            n_jobs=1, deterministic=True, force_row_wise=True, verbose=-1,
        ).fit(x, y, sample_weight=weight)
        middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
        ridge = Ridge(alpha=RECIPE["ridge"]).fit((x - middle) / spread, y, sample_weight=weight)
        linear = ridge.coef_ / spread
        return trees, linear, float(ridge.intercept_ - linear @ middle)

    def shares(self, model, rows):
        trees, linear, bias = model
        plain = 0.5 * trees.predict(self.x[rows]) + 0.5 * (self.x[rows] @ linear + bias)
        gate, disorder = RECIPE["gate"], RECIPE["disorder"]
        shares = np.clip(plain, 0, 1) * np.clip(self.column(gate["feature"])[rows] / gate["full_from"], 0, 1)
        column = lambda name: self.column(name)[rows]
        shuffled = (
            (column("words_shared") >= disorder["words_shared"]) & (column("sequence") < disorder["sequence"])
            & (column("precision_all") > disorder["precision_all"]) & (column("length_ratio") < disorder["length_ratio"])
            & (np.expm1(column("target_words")) >= disorder["words"] - 1e-6)
        )
        return np.where(shuffled, np.minimum(shares, disorder["at_most"]), shares)

    def cross_validated(self):
        shares = np.zeros(len(self.y))
        for part in range(PARTS):
            model = self.fitted(self.rows[self.part[self.rows] != part])
            rows = np.where(self.part == part)[0]
            shares[rows] = self.shares(model, rows)
        return shares

    def trained(self):
        trees, linear, bias = self.fitted(self.rows)
        dump = trees.booster_.dump_model()
        return {
            "bias": bias, "linear": [float(weight) for weight in linear],
            "trees": [flat(tree["tree_structure"]) for tree in dump["tree_info"]],
        }


def flat(node):
    """A tree as [[feature, threshold, left, right] ...] and leaves; a child below 0 is leaf -child - 1."""
    splits, leaves = [], []

    def add(node):
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return -len(leaves)
        assert node["decision_type"] == "<="
        at = len(splits)
        splits.append([node["split_feature"], node["threshold"], 0, 0])
        splits[at][2] = add(node["left_child"])
        splits[at][3] = add(node["right_child"])
        return at

    add(node)
    return {"splits": splits, "leaves": leaves}


def scaled(table, shares):
    """Shares on the scale of people, each part by the others; and the scale from all of them."""
    best = table.best(shares)
    rows = np.concatenate([best, np.where(table.set == "made")[0]])
    people = np.zeros(len(shares))
    for part in range(PARTS):
        mine = table.part == part
        people[mine] = np.interp(shares[mine], KNOTS, scale(table, shares, rows[table.part[rows] != part]))
    return people, scale(table, shares, rows)


def scale(table, shares, rows):
    """What people gave on average where the model gave each of KNOTS, never falling."""
    weight = np.zeros(len(shares))
    for name, total in SCALE_WEIGHT.items():
        mine = rows[table.set[rows] == name]
        weight[mine] = total / len(mine)
    middles = (KNOTS[1:] + KNOTS[:-1]) / 2
    knot = np.digitize(shares[rows], middles)
    means = [
        np.average(table.human[rows[knot == at]], weights=weight[rows[knot == at]]) for at in range(len(KNOTS))
    ]
    means[0], means[-1] = 0.0, 1.0
    return np.maximum.accumulate(means)


def intervals(table, people, rows):
    """For shares around each of BINS: the narrowest range that holds 80 % of the human shares, and how many of them lie
    within a quarter. Mohler and SAF count alike."""
    found = []
    for at in range(len(BINS)):
        mine = rows[np.isin(table.set[rows], list(NOTHING)) & (bins(people[rows]) == at)]
        weight = np.zeros(len(people))
        for name in NOTHING:
            own = mine[table.set[mine] == name]
            weight[own] = 1 / max(len(own), 1)
        low, high = narrowest(table.human[mine], weight[mine] / weight[mine].sum())
        near = np.average(np.abs(table.human[mine] - people[mine]) <= 0.25, weights=weight[mine])
        found.append([float(BINS[at]), round(float(low), 3), round(float(high), 3), round(float(near), 3)])
    return found


def narrowest(human, weight):
    values = np.unique(human)
    mass = np.array([weight[human == value].sum() for value in values]).cumsum()
    before = np.concatenate([[0.0], mass[:-1]])
    best = (np.inf, 0.0, values[0], values[-1])
    for low in range(len(values)):
        held = mass - before[low]
        high = int(np.argmax(held >= STATED - 1e-9))
        if held[high] >= STATED - 1e-9:
            best = min(best, (values[high] - values[low], held[high], values[low], values[high]))
    return best[2], best[3]


def bins(people):
    return np.digitize(people, BINS[1:])
