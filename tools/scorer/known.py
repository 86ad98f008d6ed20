"""What others reached, to stand beside our own figures. None of these is of just the questions that ours are of: the
published ones split the sets otherwise, and the baselines were tried on questions kept apart from ours, or on all."""

# Wanted of our own figures: r and mean r within questions, or macro-F1.
WANTED = {"mohler": (0.62, 0.60), "saf": (0.60, 0.52), "scientsbank": (0.75,), "beetle": (0.76,)}
WANTED_OF_THREE = {"scientsbank": 0.55}

# Who, what was measured, the figure.
PUBLISHED = {
    "mohler": [
        ("Mohler 2011, words with SVMRank", "r", 0.480),
        ("Sultan 2016, alignment with a ridge", "r", 0.592),
        ("Metzler 2019, FastText, answers split by chance", "r", 0.537),
        ("Metzler 2019, BERT frozen, answers split by chance", "r", 0.318),
    ],
}
# Trained on the questions that are measured here, tried on others: words alone, and with all-MiniLM-L6-v2.
BASELINES = {
    "mohler": [
        ("words, ridge and trees, 32 other questions", "r", 0.568),
        ("the same with a transformer, 32 other questions", "r", 0.606),
        ("with a transformer, all 81 questions, each left out", "r", 0.602),
    ],
    "saf": [
        ("words, ridge and trees, 12 other questions", "r", 0.547),
        ("the same with a transformer, 12 other questions", "r", 0.468),
    ],
    "scientsbank": [
        ("logistic regression over words, unseen questions", "macro-F1", 0.716),
        ("the same, unseen domains", "macro-F1", 0.727),
        ("three verdicts, unseen questions", "macro-F1 of three", 0.482),
        ("three verdicts, unseen domains", "macro-F1 of three", 0.494),
    ],
    "beetle": [
        ("trees over words, unseen questions", "macro-F1", 0.726),
        ("three verdicts, with a transformer, unseen questions", "macro-F1 of three", 0.541),
    ],
}


def show():
    print("\n## What others reached, on other questions or splits\n")
    print("| set | who | what | figure |\n|---|---|---|---|")
    for kind, found in (("published", PUBLISHED), ("baseline", BASELINES)):
        for name, rows in found.items():
            for who, what, figure in rows:
                print(f"| {name} | {kind}: {who} | {what} | {figure:.3f} |")
