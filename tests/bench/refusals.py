"""Refuse constructed impossible requests and write what the answers are worth to ``refusals.md``.

Run from the project's folder: ``python -m tests.bench.refusals``; ``--only N`` takes each N-th. For
each request of ``refusals.toml`` it asks anew, in problems of their own: do the rules that are
named really collide, and does each of them, left out, let the others hold; does each way out plan
when it is accepted; of one in which several things give way, is each needed. Seconds are those of
the processor, so that other work on the machine counts less.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from foods.errors import UserFacingError
from planner import pipeline
from planner.bound.conflict import find_core, rules_of
from planner.bound.trials import TOUCHED, ColdTrials, Group, RuleRows
from planner.errors import RefusedError
from planner.explain.offers import asked_with, parts_of
from planner.explain.report import Concession
from planner.model.build import build_aggregated_week
from planner.model.input import ModelInput
from planner.model.keys import MEAL, PLATE, rules_standing
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from planner.table.held import figure_of
from planner.table.may_open import IN_VAIN
from planner.table.prepare import prepare_table
from planner.table.ways import side_of
from planner.table.ways_tried import PROVEN

FILE = Path(__file__).with_suffix(".md")
REQUESTS = Path(__file__).with_suffix(".toml")
REFUSED = "refused"  # by a safety rule, before anything is planned
GOAL_S = {1: 10.0, 2: 14.0, 4: 20.0}  # of processor, by eaters: what is aimed at


@dataclass(frozen=True, slots=True)
class Case:
    """A constructed request.

    ``near`` are figures of wishes that a way out has to come as near as.
    """

    kind: str
    name: str
    request: PlanRequest
    near: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request.

    ``minimal``, ``needed`` and ``near`` are ``None`` where there is nothing to be asked of.
    ``reason`` is what a safety rule says that refuses before anything is planned.
    """

    case: Case
    status: str
    named: int
    minimal: bool | None
    offers: int
    working: int
    needed: bool | None
    has_best_effort: bool
    near: bool | None
    seconds: float
    reason: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing of the answer is wrong, and it says something."""
        says = self.named > 0 or self.offers > 0
        true = self.working == self.offers and self.minimal is not False
        return says and true and self.needed is not False and self.near is not False


def cases() -> list[Case]:
    """Read the constructed requests."""
    rows = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))["request"]
    told = [(one.pop("kind"), one.pop("name"), one.pop("near", {}), one) for one in rows]
    return [Case(kind, name, request_from_dict(one), near) for kind, name, near, one in told]


def answer(case: Case) -> Answer:
    """Ask for one request, and test what is answered."""
    started = time.process_time()
    try:
        report = pipeline.plan_meals(case.request)
    except RefusedError as refused:
        seconds = time.process_time() - started
        return Answer(case, REFUSED, 1, None, 0, 0, None, False, None, seconds, str(refused))
    seconds = time.process_time() - started
    refusals = [report.refusal, *(one.refusal for one in report.reports.values())]
    known = [one for one in refusals if one is not None]
    offers = report.offers
    return Answer(
        case,
        report.outcome.status,
        sum(len(one.conflict) for one in known),
        is_minimal(case.request) if report.outcome.status == PROVEN else None,
        len(offers),
        sum(plans(case.request, offer) for offer in offers),
        all(are_needed(case.request, offer) for offer in offers) if offers else None,
        report.best_effort is not None,
        are_near(case, offers) if case.near else None,
        seconds,
    )


def are_near(case: Case, offers: Sequence[Concession]) -> bool:
    """Whether one of the ways comes as near to each wish as it has to."""
    return any(
        all(
            any(_is_near(one, key, figure) for one in parts_of(offer))
            for key, figure in case.near.items()
        )
        for offer in offers
    )


def _is_near(offer: Concession, key: str, figure: float) -> bool:
    bound = figure_of(offer)
    if bound is None or offer.band is None or offer.band.nutrient != key:
        return False
    return bound <= figure if side_of(offer.band) == "upper" else bound >= figure


def plans(request: PlanRequest, offer: Concession) -> bool:
    """Whether a request as a way out changes it has a plan that passes its check."""
    try:
        return pipeline.plan_meals(asked_with(request, offer)).passed
    except UserFacingError:
        return False


def are_needed(request: PlanRequest, offer: Concession) -> bool:
    """Whether, of several things that give way at once, none alone may stay as it was asked."""
    if not offer.also:
        return True
    parts = [replace(one, also=()) for part in parts_of(offer) for one in (part, *part.also)]
    return not any(
        plans(request, replace(rest[0], also=tuple(rest[1:])))
        for part in parts
        if (rest := [one for one in parts if one is not part])
    )


def is_minimal(request: PlanRequest) -> bool | None:
    """Whether what collides does, and no more without any one of it; ``None`` if none is named."""
    found = [
        checked for source in sources_of(request) if (checked := checked_core(source)) is not None
    ]
    return all(found) if found else None


def sources_of(request: PlanRequest) -> Iterator[ModelInput]:
    """Give the model's input of each eater who has something for each place."""
    for week in prepare_table(request).alone.values():
        yield week.source


def checked_core(source: ModelInput) -> bool | None:
    """Test the set that is named in problems of PuLP, which know nothing of how it was found.

    They have every row of the aggregated week, priced ones and classes of days among them.
    """
    model = build_aggregated_week(source)
    rules = RuleRows.of(model.board, {"": model.keys}, len(source.weekend))
    core = find_core(rules_of(source))
    groups = [group for group, _ in core.groups]
    if not groups:
        return None
    structure = rules.of_rules(rules_standing(PLATE, MEAL))
    if any(group in structure for group in groups):
        structure = rules.of_rules(rules_standing(PLATE))
    trials = ColdTrials(rules)

    def hold(kept: Sequence[Group]) -> bool:
        least = trials.give_way(structure, kept)
        return least is not None and least <= TOUCHED

    rests = ([one for one in groups if one != group] for group in groups)
    return not hold(groups) and all(hold(rest) for rest in rests)


def table(found: Sequence[Answer]) -> str:
    """Write the table."""
    lines = [
        "# What a refusal is worth",
        "",
        f"{len(found)} constructed impossible requests (`refusals.toml`); "
        f"{datetime.now(UTC).date()}, commit {_commit()}; {platform.machine()}, "
        f"Python {platform.python_version()}. Written by "
        "`python -m tests.bench.refusals`.",
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {name} | {value} |" for name, value in summary(found)),
        "",
        "| kind | request | status | named | minimal | ways | work | needed | best effort | near "
        "| s |",
        "| --- | --- | --- | ---: | --- | ---: | ---: | --- | --- | --- | ---: |",
        *map(_row, found),
    ]
    return "\n".join(lines) + "\n"


def summary(found: Sequence[Answer]) -> list[tuple[str, str]]:
    """Give the figures over all requests."""
    tested = [one for one in found if one.minimal is not None]
    several = [one for one in found if one.needed is not None]
    near = [one for one in found if one.near is not None]
    offers, working = sum(one.offers for one in found), sum(one.working for one in found)
    refused = [one for one in found if one.status in (PROVEN, IN_VAIN, REFUSED)]
    rows = [
        ("refused", f"{len(refused)} of {len(found)}"),
        (
            "named set minimal",
            f"{sum(bool(one.minimal) for one in tested)} of {len(tested)} proven",
        ),
        ("ways that plan when accepted", f"{working} of {offers}"),
        ("requests with a way out", f"{sum(one.offers > 0 for one in found)} of {len(found)}"),
        (
            "nothing that gives way is needless",
            f"{sum(bool(one.needed) for one in several)} of {len(several)}",
        ),
        ("near enough to a wish", f"{sum(bool(one.near) for one in near)} of {len(near)}"),
        ("with a best effort", f"{sum(one.has_best_effort for one in found)} of {len(found)}"),
    ]
    for eaters, goal_s in GOAL_S.items():
        own = sorted(one.seconds for one in found if _eaters(one) == eaters)
        if own:
            within = sum(one <= goal_s for one in own)
            text = f"median {median(own):.1f}, most {own[-1]:.1f}; {within} of {len(own)} within "
            rows.append((f"processor seconds, {eaters} at table", f"{text}{goal_s:.0f}"))
    return rows


def _eaters(one: Answer) -> int:
    return max(1, len(one.case.request.eaters))


def _row(one: Answer) -> str:
    words = {True: "yes", False: "NO", None: "–"}
    cells: Iterable[object] = (
        one.case.kind,
        one.case.name,
        f"{one.status}: {one.reason}" if one.reason else one.status,
        one.named,
        words[one.minimal],
        one.offers,
        one.working,
        words[one.needed],
        words[one.has_best_effort],
        words[one.near],
        f"{one.seconds:.1f}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def main(arguments: Sequence[str] | None = None) -> None:
    """Refuse all, or each N-th, and write the table after each answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, default=1, metavar="N")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args(arguments)
    pipeline.plan_meals(request_from_dict({"week": {"days": 1}}))  # compiles the search once
    found: list[Answer] = []
    for case in cases()[:: asked.only]:
        found.append(answer(case))
        asked.out.write_text(table(found), encoding="utf-8")


if __name__ == "__main__":
    main()
