"""Refuse constructed impossible requests, and plan with every way out that is offered.

Run from the project's folder: ``python -m tests.bench.refusals``; ``--only N`` takes each N-th of
``refusals.toml``. A line each: how it was refused, ways out, those that plan when accepted, whether
one comes as near to the wish as is known to plan, and seconds of processor.
"""

import argparse
import sys
import time
import tomllib
from pathlib import Path
from statistics import median

from foods.errors import UserFacingError
from planner import pipeline
from planner.errors import RefusedError
from planner.explain.offers import asked_with, parts_of
from planner.request.read import request_from_dict
from planner.table.held import figure_of
from planner.table.ways import side_of

REQUESTS = Path(__file__).with_suffix(".toml")


def plans(request, offer):
    """Whether a request as a way out changes it has a plan that passes its check."""
    try:
        return pipeline.plan_meals(asked_with(request, offer)).passed
    except UserFacingError:
        return False


def is_near(offer, key, figure):
    """Whether a way out asks for a figure no further off than this one."""
    bound = figure_of(offer)
    if bound is None or offer.band is None or offer.band.nutrient != key:
        return False
    return bound <= figure if side_of(offer.band) == "upper" else bound >= figure


def answered(row):
    """Return how a request is refused, its ways out, those that plan, and whether one is near."""
    near, _ = row.pop("near", {}), (row.pop("kind"), row.pop("name"))
    request = request_from_dict(row)
    try:
        report = pipeline.plan_meals(request)
    except RefusedError:
        return "refused for safety", 0, 0, True
    works = sum(plans(request, offer) for offer in report.offers)
    reached = all(
        any(is_near(part, key, figure) for offer in report.offers for part in parts_of(offer))
        for key, figure in near.items()
    )
    return report.outcome.status, len(report.offers), works, reached


def main():
    """Refuse all, or each N-th, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, default=1, metavar="N")
    rows = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))["request"]
    took, offered, worked, say = [], 0, 0, sys.stdout.write
    for row in rows[:: parser.parse_args().only]:
        name, started = f"{row['kind']}: {row['name']}", time.process_time()
        status, offers, works, reached = answered(row)
        took.append(time.process_time() - started)
        offered, worked = offered + offers, worked + works
        far = "" if reached else ", none as near as is known to plan"
        say(f"{name}: {status}, {works} of {offers} ways plan{far}; {took[-1]:.1f} s\n")
    say(f"{worked} of {offered} ways plan; median {median(took):.1f} s with their trials\n")


if __name__ == "__main__":
    main()
