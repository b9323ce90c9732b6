"""A report by hand: three meals and a snack a day, made of four foods."""

from dataclasses import replace
from datetime import timedelta

from foods.food import Measure, UsualServing
from planner.check.judge import CheckResult, Finding
from planner.cli.options import build_request
from planner.explain.report import Collision, Concession, Refusal, Report, Source, Why
from planner.plan.assemble import content_of
from planner.plan.outcome import Outcome
from planner.plan.plan import Day, Item, Meal, Plan
from planner.targets.derive import derive_targets
from tests.plates import food, table

OATS = food("oats", group="whole_grains", magnesium_mg=120.0, calcium_mg=50.0, energy_kcal=380.0)
MILK = food("milk", group="milk", magnesium_mg=11.0, calcium_mg=125.0, energy_kcal=42.0)
BEANS = food("beans", group="legumes", magnesium_mg=70.0, calcium_mg=60.0, energy_kcal=130.0)
APPLE = replace(
    food("apple", group="fruit", magnesium_mg=5.0, calcium_mg=6.0, energy_kcal=52.0),
    measures=(Measure("medium", 180.0),),
    serving=UsualServing(Measure("medium", 180.0), 1, 1, 2, 7, frozenset()),
)
FOODS = replace(table(OATS, MILK, BEANS, APPLE), sha256="0" * 64)
FINDINGS = (
    Finding("magnesium_mg", "week", None, 319.6, 320.0, None, False, 1.0, False, "total"),
    Finding("calcium_mg", "week", None, 1210.0, 1200.0, None, True, 1.0, True, "total"),
    Finding("ca_mg_ratio", "day", 1, 1.9, 1.0, 2.0, True, 1.0, True, "total"),
    Finding("ca_mg_ratio", "day", 2, 1.7, 1.0, 2.0, True, 1.0, True, "total"),
)


def make_item(name, kind, masses, minutes=0):
    """Give an item of ``masses`` [g] by food id."""
    parts = tuple(masses.items())
    mass_g = sum(masses.values())
    content = content_of(parts, FOODS)
    return Item(kind, name.lower(), name, 1.0, "1 serving", mass_g, parts, content, 1.25, minutes)


def make_day(number, start=None):
    """Give a day: oats, a bean stew with its long name, and an apple."""
    porridge = make_item("Oats with milk", "dish", {"oats": 100.0, "milk": 200.0}, 10)
    lunch = make_item("Bean soup with oats and milk", "dish", {"beans": 100.0, "milk": 100.0}, 30)
    stew = make_item(
        "West African bean stew with toasted oats, apple and a spoon of sour milk",
        "dish",
        {"beans": 200.0, "milk": 50.0},
        45,
    )
    meals = (
        Meal("breakfast", (porridge,)),
        Meal("lunch", (lunch,)),
        Meal("dinner", (stew,)),
        Meal("snack", (make_item("Apple", "food", {"apple": 180.0}),)),
    )
    # magnesium 120+22 + 70+11 + 140+5.5 + 9 = 377.5; calcium 50+250 + 60+125 + 120+62.5 + 10.8
    totals = content_of([p for m in meals for i in m.items for p in i.ingredients], FOODS)
    ratio = totals["calcium_mg"] / totals["magnesium_mg"]
    when = start + timedelta(days=number - 1) if start else None
    return Day(number, when, meals, totals, ratio, 5.0)


def make_plan(days=7, start=None):
    """Give a plan of equal days."""
    made = tuple(make_day(number, start) for number in range(1, days + 1))
    means = made[0].totals
    totals = {key: None if value is None else value * days for key, value in means.items()}
    return Plan(made, totals, means, made[0].ca_mg_ratio, 5.0 * days, 4)


def make_report(days=7, start=None, passed=True, **flags):
    """Give a report on a plan of ``days``, asked for with ``flags`` of the command line."""
    asked = build_request(days=days, start=start, **flags)
    return Report(
        request=asked,
        targets=derive_targets(asked.profile, asked.standard, asked.preferences),
        outcome=make_outcome(),
        foods=FOODS,
        plan=make_plan(days, start),
        check=CheckResult(passed, FINDINGS, () if passed else ("Day 1: no lunch.",)),
        why=Why(
            ("Energy is close to its lower bound.",),
            (Source("oats", "Oats", 120.0, 0.32),),
            (Source("milk", "Milk", 437.5, 0.6),),
            ("Vitamin D: 2 µg a day from food, 13 % of 15 µg.",),
            {"cost": 3.0, "taste": 0.0},
            0.05,
        ),
        refusal=None,
        notes=("A note.",),
        warnings=(("kidney", "Ask your clinic.", "own rule"),),
        candidates=312,
        left_out=40,
    )


def make_outcome(status="feasible", **changes):
    """Give an outcome of 4.00 points."""
    outcome = Outcome(status, (), 4.0, (), 900, 3.12)
    return replace(outcome, **changes)


def make_refusal(**changes):
    """Give a report without a plan."""
    refusal = Refusal(
        (
            Collision(
                "calcium", "at least 1,200 mg", "Calcium: at least 1,200 mg a day over the week"
            ),
        ),
        (Concession("calcium at least 900 mg", '--target "calcium_mg>=900"'),),
    )
    none = {"plan": None, "check": None, "why": None, "refusal": refusal}
    return replace(make_report(), **({"outcome": make_outcome("infeasible")} | none | changes))
