#!/usr/bin/env python3
"""Ability estimates beside catsim, calibration beside girth: the same data, one run, one table.

Usage: compare_adaptive.py PROGRAM [--seeds 1,2,3,4,5] [--out target/bench.json]

PROGRAM is the greenroom binary. Calibrations are compared by processor time, which other work on the machine changes
little: girth's without its start, ours with start, files and standard errors, which girth does not give. A step
of an interview is timed by the clock, ours within the program.
"""
import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from catsim import irt
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector
from girth import grm_mml, twopl_mml

LENGTHS = (5, 10, 15, 20, 30)
NODES = np.linspace(-6, 6, 121)
PRIOR = np.exp(-0.5 * NODES**2)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("--seeds", default="1,2,3,4,5")
    arguments.add_argument("--out", type=Path, default=Path("target/bench.json"))
    arguments = arguments.parse_args()
    seeds = [int(seed) for seed in arguments.seeds.split(",")]
    figures = {"interviews": [], "calibrations": []}
    with tempfile.TemporaryDirectory() as home:
        for seed in seeds:
            figures["interviews"].append(show(interviews(arguments.program, Path(home), seed)))
        for seed in seeds:
            for model in ("2pl", "grm"):
                figures["calibrations"].append(show(calibration(arguments.program, Path(home), seed, model)))
    summarise(figures)
    before = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
    arguments.out.write_text(json.dumps(before | {"adaptive": figures}, indent=2))


def show(figures):
    print(json.dumps(figures), flush=True)
    return figures


def greenroom(program, *arguments):
    output = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(output.stdout)


def interviews(program, home, seed, items=500, people=1000):
    """Both estimate 1 000 people's ability with the same 500 items and the same luck."""
    draws = np.random.default_rng(seed)
    a, b = draws.uniform(0.5, 2, items), draws.standard_normal(items)
    thetas, uniforms = draws.standard_normal(people), draws.random((people, items))
    files = {name: home / f"{name}.csv" for name in ("items", "thetas", "uniforms")}
    np.savetxt(files["items"], np.c_[a, b], delimiter=",", header="a,b", comments="", fmt="%.17g")
    np.savetxt(files["thetas"], thetas, fmt="%.17g")
    np.savetxt(files["uniforms"], uniforms, delimiter=",", fmt="%.17g")
    data = [part for name, file in files.items() for part in (f"--{name}-file", file)]
    ours = greenroom(program, "simulate", "adaptive", "--seed", seed, *data)
    bound = greenroom(program, "simulate", "adaptive", "--seed", seed, "--constraints", *data)
    theirs = catsim(ItemBank(np.c_[a, b, np.zeros(items), np.ones(items)]), thetas, uniforms)
    ours, bound, theirs = (
        {key: figures[key] for key in ("rmse", "coverage", "ms_per_step") if key in figures}
        for figures in (ours, bound, theirs)
    )
    more = {length: round(bound["rmse"][length] / ours["rmse"][length], 3) for length in ours["rmse"]}
    times = theirs["ms_per_step"] / ours["ms_per_step"]
    return {"seed": seed, "ours": ours, "catsim": theirs, "times_faster": times, "rmse_with_constraints": more}


def catsim(bank, thetas, uniforms):
    """catsim's selector of most information; catsim has no expected a posteriori, so that is numpy's, vectorised."""
    selector = MaxInfoSelector()
    errors, covered = {n: [] for n in LENGTHS}, {n: [] for n in LENGTHS}
    right = uniforms < np.array([irt.icc_hpc(theta, bank.items) for theta in thetas])
    start = time.perf_counter()
    for person, theta in enumerate(thetas):
        asked, posterior, estimate, error = [], PRIOR / PRIOR.sum(), 0.0, 1.0
        for step in range(1, max(LENGTHS) + 1):
            item = int(selector.select(item_bank=bank, administered_items=asked, est_theta=estimate))
            asked.append(item)
            probability = 1 / (1 + np.exp(-bank.items[item, 0] * (NODES - bank.items[item, 1])))
            posterior = posterior * (probability if right[person, item] else 1 - probability)
            posterior /= posterior.sum()
            estimate = float(posterior @ NODES)
            error = float(np.sqrt(posterior @ NODES**2 - estimate**2))
            if step in LENGTHS:
                errors[step].append(estimate - theta)
                covered[step].append(abs(estimate - theta) <= 1.96 * error)
    ms = (time.perf_counter() - start) * 1e3 / (len(thetas) * max(LENGTHS))
    return {
        "rmse": {str(n): float(np.sqrt(np.mean(np.square(errors[n])))) for n in LENGTHS},
        "coverage": {str(n): float(np.mean(covered[n])) for n in LENGTHS},
        "ms_per_step": ms,
    }


def calibration(program, home, seed, model, people=1000):
    """Both find the parameters of the same items from the same answers."""
    draws = np.random.default_rng(seed)
    graded = model == "grm"
    items = 20 if graded else 40
    a = draws.uniform(0.8, 2.2, items) if graded else draws.uniform(0.5, 2, items)
    b = draws.normal(0, 0.5 if graded else 1, items)[:, None] + (np.array([-1.2, -0.4, 0.4, 1.2]) if graded else 0)
    theta, luck = draws.standard_normal((people, 1, 1)), draws.random((people, items, 1))
    answers = (luck < 1 / (1 + np.exp(-a[:, None] * (theta - b)))).sum(axis=2)
    file = home / "responses.csv"
    np.savetxt(file, answers, delimiter=",", fmt="%d")
    start = children_s()
    found = greenroom(program, "bank", "calibrate", "--responses", file, "--model", model)["items"]
    ours_s = children_s() - start
    start = time.process_time()
    theirs = (grm_mml if graded else twopl_mml)(answers.T.copy())
    theirs_s = time.process_time() - start
    rmse = lambda found, true: float(np.sqrt(np.mean((np.squeeze(found) - np.squeeze(true)) ** 2)))
    return {
        "seed": seed,
        "model": model,
        "ours": {"a": rmse([i["a"] for i in found], a), "b": rmse([i["b"] for i in found], b), "s": ours_s},
        "girth": {"a": rmse(theirs["Discrimination"], a), "b": rmse(theirs["Difficulty"], b), "s": theirs_s},
        "times_faster": theirs_s / ours_s,
    }


def children_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def summarise(figures):
    span = lambda values: f"{min(values):.3f} to {max(values):.3f} (mean {np.mean(values):.3f})"
    for who in ("ours", "catsim"):
        for what in ("rmse", "coverage"):
            by_length = {n: span([run[who][what][str(n)] for run in figures["interviews"]]) for n in LENGTHS}
            print(f"{who:8}{what:10}", "  ".join(f"{n}: {text}" for n, text in by_length.items()))
    print("catsim's step takes", span([run["times_faster"] for run in figures["interviews"]]), "times as long")
    print("with constraints", {n: span([run["rmse_with_constraints"][str(n)] for run in figures["interviews"]]) for n in LENGTHS})
    for model in ("2pl", "grm"):
        runs = [run for run in figures["calibrations"] if run["model"] == model]
        for who in ("ours", "girth"):
            print(f"{model} {who:6}", {key: span([run[who][key] for run in runs]) for key in ("a", "b", "s")})
        print(f"{model} girth takes", span([run["times_faster"] for run in runs]), "times as long")


if __name__ == "__main__":
    main()
