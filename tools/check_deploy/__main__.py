"""Holds what is under deploy/, render.yaml and the workflow against the tools that will read them.

hadolint reads the Dockerfile, the Compose specification compose.yaml, nginx its configuration, systemd the unit. Helm
renders the chart with several settings, and the schemas of Kubernetes read what comes out. What others read (Render, the
collector of traces, Grafana) is held against deploy/forms.yaml. Names that one file has of another must be there: hosts,
ports, files, volumes, labels. Every variable that is set for our program must be one that it knows. The rules of Prometheus
and its configuration are read by scripts/check-alerts.

Usage: tools/check_deploy PROGRAM     (PROGRAM: a built `greenroom`)
Exit status 1 and a line for each problem.
"""

import sys

import chart
import compose
import forms
import image
import nginx
import program
import render
import unit
import watching
import workflow


def main():
    built = sys.argv[1]
    # What does not have its form is not looked into.
    problems = [*forms.problems()] or [*compose.problems(), *watching.problems(), *render.problems()]
    problems += [*image.problems(), *nginx.problems(), *chart.problems(), *unit.problems()]
    problems += [*program.problems(built), *workflow.problems()]
    print("\n".join(problems) if problems else "deploy: fine")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
