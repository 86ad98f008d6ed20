"""Trains and measures the model of the built-in scorer.

    scripts/python-tools scorer                      # makes the environment and prints where it is
    VENV/bin/python tools/scorer train --data DIR --features BINARY
    VENV/bin/python tools/scorer measure --data DIR --features BINARY --program PROGRAM

DIR holds the public sets as JSON lines (mohler, saf, scientsbank, beetle, robustness_mohler, and siop2024_interview if it
is there); BINARY is greenroom-bench, whose command `features` measures answers; PROGRAM is greenroom, asked by its
command `score`. `train` prints the agreement and writes crates/scoring/data/model.json; `measure` prints the tables of
docs/scoring.md, and writes nothing. The same data gives the same bytes.

All figures are of questions that the model which scored them had not seen: eight parts by question, questions that appear
twice in one part.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np

import fitting
import known
import ladder
import measures
import relevance
import sets
import verdicts

MODEL = pathlib.Path(__file__).parents[2] / "crates" / "scoring" / "data" / "model.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["train", "measure"])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--features", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.command == "measure" and not arguments.program:
        parser.error("measure needs --program")

    answers = sets.read(arguments.data)
    kinds = {}
    for kind, tables in (("english", True), ("any", False)):
        names, matrix = sets.features(answers, arguments.features, tables)
        table = fitting.Table(names, matrix, answers)
        shares, scale = fitting.scaled(table, table.cross_validated())
        print(f"\n# Agreement, {kind}: {len(names)} features, {'with' if tables else 'without'} the table of meanings")
        measures.agreement(answers, table, shares)
        measures.probes(answers, shares)
        measures.coverage(table, shares)
        intervals = fitting.intervals(table, shares, table.best(shares))
        kinds[kind] = {**table.trained(), "scale": list(zip(fitting.KNOTS, scale)), "intervals": intervals}
        if kind == "english" and arguments.command == "measure":
            known.show()
            verdicts.show(answers, table, shares, arguments.program)
            measures.by_length(answers, table, shares)
            measures.ablations(answers, table)
            measures.failures(answers, table, shares)
    if arguments.command == "measure":
        relevance.show(arguments.data, arguments.program)
        ladder.show(arguments.program)
    if arguments.command == "train":
        digests = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(sets.files(arguments.data))
        }
        record = {"trained_on": digests, "recipe": fitting.RECIPE, "features": names, **kinds}
        MODEL.write_text(json.dumps(record, separators=(",", ":")).replace('"trees"', '\n"trees"') + "\n")
        print(f"\nwritten: {MODEL.name}, {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
