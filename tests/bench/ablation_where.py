"""What prices and sections of eaters are worth in the settings in which they count.

    python -m tests.bench.ablation_where PEOPLE SEED OUT [SETTING ...]

For each setting of ``ablation_where.toml`` a week of each person of ``tests.bench.profiles`` is
planned with everything, then without each name of the setting. One line of OUT for each week: its
realism, whether it passed its check, and what was counted in it. No week with everything: the
person is left out.
"""

from __future__ import annotations

import csv
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from planner.explain.table_report import TableReport
from planner.export.as_json import as_json
from planner.kitchen.used_up import asked_uses, taken_g
from planner.plan.plan import Item, Plan
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.table.prepare import _out_of_season
from planner.table.replan import replan_table
from planner.table.till import plan_table
from planner.wire.document import parse_plan_document
from tests.bench.ablation import half_work, without
from tests.bench.habits import DISHES, FOODS, MAINS, WEEKEND
from tests.bench.profiles import draw_request

SETTINGS = Path(__file__).with_suffix(".toml")
OWN = ("without", "after", "then", "people")  # keys of a setting that are none of a request
REPEATED, WHOLE = ("main", "breakfast"), ("main", "breakfast", "snack")
MINERALS = ("magnesium_mg", "calcium_mg")
TAGS = ("kids", "spicy", "sweet")
Thing = tuple[int, str, Item]


def asked_in(setting: Mapping[str, Any], seed: int, number: int) -> PlanRequest:
    """Draw a person, or so many for a table, and lay over what the setting asks for."""
    people = setting.get("people", 1)
    table = request_to_dict(draw_request(seed, number))
    if people > 1:
        drawn = (draw_request(seed, number * people + at).profile for at in range(people))
        table = {"eaters": [_eater(f"Eater {at}", one) for at, one in enumerate(drawn, start=1)]}
    return _laid(table, {key: value for key, value in setting.items() if key not in OWN})


def _laid(table: Mapping[str, Any], over: Mapping[str, Any]) -> PlanRequest:
    more = {key: {**table.get(key, {}), **value} for key, value in over.items()}
    return request_from_dict({**table, **more})


def _eater(name: str, profile: Any) -> dict[str, Any]:
    body = request_to_dict(PlanRequest(profile))["profile"]
    del body["standard"]
    return {"name": name, "profile": body}


def plan(request: PlanRequest) -> TableReport:
    """Plan with half of the sweeps."""
    return plan_table(request, None, None, time.perf_counter(), work_of=half_work)


def planned_after(
    setting: Mapping[str, Any], request: PlanRequest, folder: str
) -> tuple[Plan | None, Callable[[], TableReport]]:
    """Give the week before, and what plans the one that is compared."""
    if "after" not in setting:
        return None, lambda: plan(request)
    before = plan(request)
    assert before.plan is not None
    file, wanted = Path(folder) / "before.json", request.preferences
    file.write_text(as_json(before), encoding="utf-8")
    if setting["after"] == "week":
        wanted = replace(wanted, history=(str(file),))
        return before.plan, lambda: plan(replace(request, preferences=wanted))
    dinners = (one for _, slot, one in _things(before.plan) if slot == "dinner")
    banned = next(one.item_id for one in dinners if _kind(one) == "main")
    then = setting.get("then", {"preferences": {"without": [*wanted.without, banned]}})
    asked = _laid(request_to_dict(request), then)
    document = parse_plan_document(file.read_text(encoding="utf-8"), str(file))
    return before.plan, lambda: replan_table(document, asked).report


def counted(report: TableReport, before: Plan | None) -> Counter[str]:
    """Count in a week, over all who eat it, what the prices are for."""
    found: Counter[str] = Counter()
    weeks = [list(_things(one.plan)) for one in report.reports.values() if one.plan]
    bad = _out_of_season(next(iter(report.reports.values())).request, FOODS)
    for one in report.reports.values():
        assert one.plan is not None
        found.update(_of_plan(one.plan, bad))
        if one.usual is not None:
            found["own meals"] += one.usual.own
        if one.check is not None:
            shares = (f for f in one.check.findings if f.nutrient.endswith("_pct_energy"))
            found["shares missed"] += sum(not f.holds for f in shares)
        for _, use in asked_uses(one.request, one.foods, one.dishes):
            found["used up, g"] += round(min(use.mass_g, taken_g(use, one.plan, one.foods)))
    found.update(_at_table(weeks))
    if before is not None:
        found.update(_since(list(_things(before)), weeks[0]))
    return found


def _of_plan(week: Plan, bad: frozenset[str]) -> Iterator[str]:
    things = list(_things(week))
    for _, _, item in things:
        yield from ("out of season" for food, _ in item.ingredients if food in bad)
        if _kind(item) in WHOLE:
            yield "whole plates"
            yield from (tag for tag in TAGS if tag in DISHES[item.item_id].tags)
    for amounts in (day.supplement_totals for day in week.days):
        yield from ["pills, mg"] * round(sum(amounts.get(key) or 0.0 for key in MINERALS))
        yield from ("pill days" for _ in amounts)
    workdays = [day for day in week.days if day.day not in WEEKEND]
    yield from ["minutes"] * sum(day.active_minutes for day in workdays)
    sizes = [sum(one.mass_g for one in meal.items) for day in week.days for meal in day.meals
             if meal.slot in (*MAINS, "breakfast")]  # fmt: skip
    yield from ["heaviest, g"] * round(max(sizes))
    served = [{one.item_id for at, _, one in things if at == day.day and _kind(one) in REPEATED}
              for day in week.days]  # fmt: skip
    both = [early & late for early, late in pairwise(served)]
    yield from ["three days running"] * sum(len(one & two) for one, two in pairwise(both))


def _at_table(weeks: Sequence[Sequence[Thing]]) -> Iterator[str]:
    """Count dishes that differ: cooked ones of a meal beyond one, main ones beyond two."""
    cooked: dict[tuple[int, str, str], set[str]] = {}
    mains: dict[tuple[int, str], set[str]] = {}
    for day, slot, item in (one for week in weeks for one in week):
        if _kind(item) == "main" and slot in MAINS:
            mains.setdefault((day, slot), set()).add(item.item_id)
        if _kind(item) and item.leftover_of is None:
            cooked.setdefault((day, slot, _kind(item)), set()).add(item.item_id)
    if len(weeks) > 1:
        yield from ["further dishes"] * sum(len(one) - 1 for one in cooked.values())
        yield from ["third dishes"] * sum(max(0, len(one) - 2) for one in mains.values())


def _since(before: Iterable[Thing], after: Iterable[Thing]) -> Iterator[str]:
    early, late = (
        Counter((day, slot, one.item_id) for day, slot, one in week) for week in (before, after)
    )
    known = {name for _, _, name in early}
    again = {name for _, _, name in late if name in DISHES and DISHES[name].kind in REPEATED}
    yield from ["gone"] * (early - late).total()
    yield from ["again"] * len(again & known)


def _things(week: Plan) -> Iterator[Thing]:
    for day in week.days:
        for meal in day.meals:
            yield from ((day.day, meal.slot, one) for one in meal.items if not one.is_beside)


def _kind(item: Item) -> str:
    return DISHES[item.item_id].kind if item.item_id in DISHES else ""


def lines_of(name: str, setting: Mapping[str, Any], seed: int, number: int) -> Iterator[list[Any]]:
    """Plan for one person with everything, and without each name."""
    request = asked_in(setting, seed, number)
    with TemporaryDirectory() as folder:
        before, planned = planned_after(setting, request, folder)
        for left_out in ["", *setting["without"]]:
            with without(left_out):
                report = planned()
            line: list[Any] = [name, number, left_out]
            if not report.outcome.has_plan:
                yield [*line, "no plan"]
                if not left_out:
                    return
                continue
            scores = [one.realism.score for one in report.reports.values() if one.realism]
            counts = " ".join(f"{what}={count};" for what, count in counted(report, before).items())
            yield [*line, round(mean(scores), 3), report.passed, counts]


def main(people: str, seed: str, out: str, *names: str) -> None:
    """Plan, count and write."""
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    with Path(out).open("a", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        for name in names or settings:
            for number in range(int(people)):
                try:
                    for line in lines_of(name, settings[name], int(seed), number):
                        lines.writerow(line)
                        file.flush()
                except Exception as failed:
                    lines.writerow([name, number, "", repr(failed)[:200]])


if __name__ == "__main__":
    main(*sys.argv[1:])
