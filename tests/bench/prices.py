"""Measure what quoted prices are worth: how many hold in sign where they are solved again.

Run from the project's folder: ``python -m tests.bench.prices --people 4 --whole 3``. Each person is
planned for, every price that ``magplan explain`` tells of the week is gathered, and each of its
figures is solved for again in two ways:

- ``mix``: the average week is built anew by the model room with the target itself changed, by the
  step quoted and by half as much again; none of that goes by the rows and prices that were quoted.
  A figure holds where it has the sign that was told.
- ``near``: the whole week is planned again from the plan, moving as little as possible, with the
  bound as a request would ask for it, and with the request as it was, which mostly leaves the plan.
- ``anew``: the whole week is searched from nothing with the bound as a request would ask for it,
  beside the plan, which was searched by the same work from the same seed.

A price holds for a whole week where the tighter one has no fewer points. The search is not exact:
these two say how far prices of a mix tell of whole weeks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.board_lp import BoardMatrix, WarmProgram
from planner.explain.account import BoundPrice
from planner.model.build import build_aggregated_week
from planner.model.input import ModelInput
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.table.session import SeatedWeek, open_table
from planner.why.bounds import BoundRows, bands_of, price_bounds
from planner.why.ledger import Ledger, figures_of
from planner.wire.document import PlanDocument, parse_plan_document
from tests.bench.profiles import draw_request
from tests.one_eater import as_json, plan_meals, replan_meals

ASKED = ("magnesium_mg", "calcium_mg")
FURTHER = (1.0, 1.5)  # of the step that was quoted
NAMES = ("points", "cost_usd", "energy_kcal", "minutes")
PEOPLE = (
    PlanRequest(),
    PlanRequest(
        profile=Profile(sex="m", age_y=40, height_cm=178.0, weight_kg=80.0),
        preferences=Preferences(like={"lentils": 3}, budget_per_week=150.0),
    ),
    PlanRequest(
        profile=Profile(sex="f", age_y=29, height_cm=168.0, weight_kg=62.0),
        preferences=Preferences(diet="vegan"),
    ),
    PlanRequest(profile=Profile(sex="m", age_y=68, height_cm=172.0, weight_kg=74.0), standard="uk"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that is told, and what solving again gave: the step's part of the one quoted."""

    person: int
    bound: str
    figure: str
    quoted: float
    again: float

    @property
    def holds(self) -> bool:
        """Whether the sign is the same."""
        return self.quoted * self.again > 0.0


def main() -> None:
    """Plan, gather, solve again, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=len(PEOPLE))
    parser.add_argument("--whole", type=int, default=0, help="whole weeks planned again, a person")
    asked = parser.parse_args()
    every: list[Told] = []
    weeks: dict[str, list[tuple[str, float, float]]] = {"near": [], "anew": []}
    for number in range(asked.people):
        request = PEOPLE[number] if number < len(PEOPLE) else draw_request(0, number)
        report = plan_meals(request)
        if report.plan is None:
            _say(f"person {number}: no plan")
            continue
        document = parse_plan_document(as_json(report), "plan")
        seated = open_table(document).eaters[NAMELESS].weeks[0]
        ledger = Ledger.of_week(seated.parts)
        most = int(read_settings("explain.toml")["told"]["prices"])
        prices = price_bounds(ledger, seated.seating.choices, ASKED, most)
        every += _again(number, seated, ledger, prices)
        plain = report.outcome.objective
        near = _near(document, request) if asked.whole else None
        weeks["near"] += _whole(document, prices, asked.whole, _near, near)
        weeks["anew"] += _whole(document, prices, asked.whole, _anew, plain)
    _print(every, weeks)


def _again(
    person: int, seated: SeatedWeek, ledger: Ledger, prices: Sequence[BoundPrice]
) -> Iterator[Told]:
    """Solve again for every figure that is told, with the model's own targets changed."""
    bands = {(one.key, one.bound): one for one in bands_of(ledger)}
    base = _figures(seated.parts.model.source)
    least = read_settings("explain.toml")["least"]
    for price in prices:
        band = bands.get((price.key, price.bound))
        for sign, quote in ((1.0, price.tighter), (-1.0, price.looser)):
            if quote is None:
                continue
            told = [*sorted(quote.steady)]
            told += ["points"] if abs(quote.more.points) >= least["points"] else []
            for times in FURTHER if told else ():
                found = _figures(_changed(ledger, price, band, sign * times))
                for name in told if found else ():
                    again = found[name] - base[name]
                    name_of = f"{price.key.name} {'+' if sign > 0 else '-'}{times:g}"
                    yield Told(person, name_of, name, getattr(quote.more, name), again)


def _changed(ledger: Ledger, price: BoundPrice, band: BoundRows | None, steps: float) -> ModelInput:
    """Give the input of a model in which the target itself is moved."""
    source, key = ledger.parts.model.source, price.key
    side = ("preferred_" if key.preferred else "") + {"min": "lower", "max": "upper"}[key.side]
    away = steps * price.step * (1.0 if key.side == "min" else -1.0)
    start = price.bound if price.shadow else price.in_mix or price.bound
    rules = {key.rule}
    if band is not None and price.shadow:
        placed = ledger.program.placed
        names = (placed[number].rows.names[row] for number, row in band.rows)
        rules = {ledger.parts.model.keys[name].rule for name in names}
    periods = {rule.rpartition("_")[2] for rule in rules}
    targets = []
    for target in source.targets:
        is_it = target.nutrient == key.subject and target.period in periods
        is_it &= (key.basis or target.basis) == target.basis
        bound = getattr(target, side)
        if is_it and bound == price.bound:
            target = replace(target, **{side: start + away})
        targets.append(target)
    if key.rule == "budget":
        weeks = len(source.weekend) / 7
        usd = source.wishes.budget_usd + away / weeks
        return replace(source, wishes=replace(source.wishes, budget_usd=usd))
    return replace(source, targets=tuple(targets))


def _figures(source: ModelInput) -> Mapping[str, float]:
    """Say what the best mix comes to, from the model room's own rows; empty where there is none."""
    model = build_aggregated_week(source)
    program = WarmProgram(BoardMatrix.of(model.board), "program")
    points = program.solve()
    if points is None:
        return {}
    values = dict(zip(map(id, model.board.variables), program.values(), strict=True))
    named = {one.name: values[id(one)] for one in model.board.variables}
    sums = dict.fromkeys(NAMES[1:], 0.0)
    for plate in model.plates:
        taken = np.array([values[id(one)] for one in plate.variables]) * plate.weight
        for name, amounts in figures_of(model.table).items():
            sums[name] += float(amounts @ taken)
        for name, minutes in zip(model.cookings.names, model.cookings.minutes, strict=True):
            made = named.get(f"cooked.{name}.d{plate.day}", 0.0)
            sums["minutes"] += float(minutes) * made * plate.weight
    means = {name: value / len(source.weekend) for name, value in sums.items()}
    return {"points": points, **means}


Planning = Callable[[PlanDocument, PlanRequest], float | None]


def _near(document: PlanDocument, request: PlanRequest) -> float | None:
    outcome = replan_meals(document, request).report.outcome
    return outcome.objective if outcome.has_plan else None


def _anew(_document: PlanDocument, request: PlanRequest) -> float | None:
    outcome = plan_meals(request).outcome
    return outcome.objective if outcome.has_plan else None


def _whole(
    document: PlanDocument,
    prices: Sequence[BoundPrice],
    most: int,
    plan: Planning,
    plain: float | None,
) -> Iterator[tuple[str, float, float]]:
    """Plan whole weeks again with bounds tightened; give points without and with."""
    bands = [one for one in prices if one.tighter is not None and _may_be_asked(one)][:most]
    for price in bands:
        side = {"min": "lower", "max": "upper"}[price.key.side]
        start = price.bound if price.shadow else price.in_plan or price.bound
        to = start + price.step * (1.0 if side == "lower" else -1.0)
        limits = {"lower": None, "upper": None, side: to}
        override = TargetOverride(price.key.subject, limits["lower"], limits["upper"])
        others = [o for o in document.request.overrides if o.nutrient != price.key.subject]
        points = plan(document, replace(document.request, overrides=(*others, override)))
        if plain is not None and points is not None:
            yield price.key.name, plain, points


def _may_be_asked(price: BoundPrice) -> bool:
    key = price.key
    is_soft = key.soft or key.preferred or key.basis
    return not is_soft and key.rule.endswith("_week") and key.subject != "energy_kcal"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _print(every: Sequence[Told], weeks: Mapping[str, Sequence[tuple[str, float, float]]]) -> None:
    for one in every:
        if not one.holds:
            _say(f"not: {one}")
    for name in NAMES:
        own = [one for one in every if one.figure == name]
        if own:
            share = sum(one.holds for one in own) / len(own)
            _say(f"mix, {name}: {share:.1%} of {len(own)} hold in sign")
    held = sum(one.holds for one in every)
    _say(f"mix, all: {held} of {len(every)} hold in sign, {held / max(1, len(every)):.1%}")
    for way, found in weeks.items():
        for name, plain, tighter in found:
            _say(f"{way}, {name}: {plain:.2f} points as it was, {tighter:.2f} with it tightened")
        fine = sum(tighter >= plain - 1e-6 for _, plain, tighter in found)
        if found:
            _say(f"{way}: {fine} of {len(found)} hold in sign")


if __name__ == "__main__":
    main()
