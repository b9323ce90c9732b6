"""Random people with random medicines, pills, waters and meals: no printed hour breaks a row.

All hours are worked out anew from the tables, on one line of time through all days, by code that
shares nothing with what lays the days out. ``MAGPLAN_HARDEN=1`` tries 2,000 of them.
"""

import csv
import os
import random
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from foods.supplement import find_supplement
from planner.export.as_ics import as_ics
from planner.export.documents import WeekDocument
from planner.plan.plan import SUPPLEMENT, Item, Meal
from planner.plan.times import times_by_day, times_of_plan
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water
from planner.safety.intake import SupplementIntake
from tests.medicine_names import is_asked, read_medicines
from tests.plates import food, table
from tests.reports import make_plan, make_report

SAFETY = Path(__file__).parents[3] / "configs" / "safety"
SCHEDULES = 2000 if os.environ.get("MAGPLAN_HARDEN") else 120
AT_A_TIME = 40
MONDAY = date(2026, 3, 2)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEAR = 1e-6
CHECK = make_report(1).check


def rows(name):
    with (SAFETY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INTERACTIONS = {row["interaction_id"]: row for row in rows("interactions.csv")}
APART = rows("apart.csv")
SETTINGS = tomllib.loads((SAFETY / "schedule.toml").read_text(encoding="utf-8"))
NAMES = sorted(
    {n for row in INTERACTIONS.values() for n in row["examples"].split(";") if n} - {"methotrexate"}
)  # is asked how often
NEEDING_HOURS = sorted(
    {
        name
        for row in APART
        for name in (INTERACTIONS.get(row["interaction_id"]) or {"examples": ""})["examples"].split(
            ";"
        )
        if name
    }
)
PILLS = (
    ("magnesium citrate", 150, "elemental"), ("magnesium oxide", 400, "compound"),
    ("calcium carbonate", 500, "elemental"), ("calcium carbonate", 200, "elemental"),
    ("ferrous fumarate", 27, "elemental"), ("vitamin D3", 0.02, "elemental"),
)  # fmt: skip
FOODS = table(
    food("bread", calcium_mg=40.0, iron_mg=2.0, fibre_g=6.0),
    food("rice", calcium_mg=5.0, iron_mg=0.5, fibre_g=0.5),
    food("fish", calcium_mg=15.0, iron_mg=1.0),
    food("milk", group="milk", calcium_mg=120.0, words=("allergen:milk",)),
    food("butter", group="fat_oil", calcium_mg=20.0, words=("origin:dairy",)),
    food("tofu", group="soy", calcium_mg=300.0, iron_mg=3.0, words=("allergen:soy",)),
    food("soy_sauce", group="sauce", words=("allergen:soy",)),
    food("juice", group="drink", calcium_mg=140.0, words=("flag:ca_fortified",)),
    food("cereal", iron_mg=25.0, fibre_g=4.0, words=("flag:fortified",)),
    food("kale", calcium_mg=130.0, fibre_g=4.0),
    food("bran", fibre_g=25.0),
)


def a_medicine(dice):
    """Return a medicine that nobody asks about how often it is taken."""
    while True:
        name = dice.choice(NEEDING_HOURS if dice.random() < 0.7 else NAMES)
        often = dice.choice(["", ":1", ":2", ":2", ":3", ":4", ":1/week", "@", "@"])
        if often == "@":
            count = dice.choice([1, 1, 2])
            often = f":{count}/week@{','.join(dice.sample(WEEK, count))}"
        if name != "methotrexate" and not is_asked(f"{name}{often}"):
            return f"{name}{often}"


def a_meal(dice, slot):
    lines = [(one.food_id, float(dice.randrange(5, 250))) for one in
             dice.sample(list(FOODS), dice.randrange(1, 4))]  # fmt: skip
    return Meal(slot, (Item("food", "it", "It", 1.0, "1", 0.0, tuple(lines), {}, 0.0, 0),))


def a_pill(intake):
    compound, amount = find_supplement(intake.name), intake.nutrient_per_day / intake.per_day
    return Item(SUPPLEMENT, compound.compound_id, f"{compound.label}, taken already", 1.0,
                f"1 dose of {amount:g}", 0.0, (), {compound.nutrient: amount}, 0.0, 0)  # fmt: skip


def a_case(seed):
    """Give a request and a plan of one to nine days for it, with dates or without."""
    dice = random.Random(seed)
    medicines = tuple(a_medicine(dice) for _ in range(dice.randrange(1, 5)))
    pills = tuple(SupplementIntake(*one, dice.choice([1, 1, 2, 3])) for one in
                  dice.sample(PILLS, dice.randrange(0, 3)))  # fmt: skip
    water = Water(drink="hepar") if dice.random() < 0.3 else Water()
    sick = {"egfr": 20.0} if dice.random() < 0.1 else {}
    request = PlanRequest(
        Profile(sex="f", age_y=40, medicines=medicines, **sick), supplements=pills, water=water
    )
    start = MONDAY + timedelta(days=dice.randrange(7)) if dice.random() < 0.8 else None
    days = [a_day(dice, day, pills) for day in make_plan(dice.randrange(1, 10), start).days]
    return request, replace(make_plan(1), days=tuple(days))


def a_day(dice, day, pills):
    slots = ("breakfast", "lunch", "dinner", "snack")[dice.choice([0, 0, 1]) : dice.choice([3, 4])]
    meals = {slot: a_meal(dice, slot) for slot in slots}
    for pill in pills:
        for _ in range(int(pill.per_day)):
            slot = dice.choice(slots)
            meals[slot] = replace(meals[slot], items=(*meals[slot].items, a_pill(pill)))
    return replace(day, meals=tuple(meals.values()))


class Thing:
    """Something on the line of time, from ``start`` to ``end`` [h from the first midnight]."""

    def __init__(
        self, name, start, end, *, kind="", is_medicine=False, holds=None, per_day=None,
        is_eased=False,
    ):  # fmt: skip
        self.name, self.start, self.end, self.is_eased = name, start, end, is_eased
        self.kind, self.is_medicine, self.holds, self.per_day = kind, is_medicine, holds, per_day


def clock(text):
    return int(text[:2]) + int(text[3:]) / 60


def eaten(meal, midnight):
    """Give a meal with what it holds, by the words of the table."""
    holds = dict.fromkeys(("calcium_mg", "iron_mg", "fibre", "dairy", "soy", "fortified"), 0.0)
    for item in meal.items:
        for food_id, mass_g in item.ingredients:
            one = FOODS[food_id]
            for kind, key in (("calcium_mg",) * 2, ("iron_mg",) * 2, ("fibre", "fibre_g")):
                holds[kind] += one.per_100g.get(key, 0.0) * mass_g / 100
            is_milk = one.group == "milk" or "milk" in one.allergens or "dairy" in one.origin
            holds["dairy"] += mass_g * is_milk
            holds["soy"] += mass_g * ("soy" in one.allergens)
            holds["fortified"] += mass_g * ("ca_fortified" in one.flags)
    start = midnight + SETTINGS["hour"][meal.slot]
    return Thing(meal.slot, start, start + 0.5, kind="meal", holds=holds)


def on_the_line(request, plan, told):
    """Give every meal and every dose that has an hour, through all days."""
    drugs = {one.name: one for one in read_medicines(request.profile.medicines)}
    for number, day in enumerate(plan.days):
        midnight = 24.0 * number
        yield from (eaten(meal, midnight) for meal in day.meals)
        for line in told[day.day].lines:
            start, end = midnight + clock(line.earliest), midnight + clock(line.latest)
            assert line.earliest <= line.best <= line.latest
            drug = drugs.get(line.item)
            kind = mineral(drug) if drug else kind_of(line.item)
            per_day = None if drug else total(request, kind)
            eased = line.item in told[day.day].with_water
            yield Thing(line.item, start, end, kind=kind, is_medicine=drug is not None,
                        per_day=per_day, is_eased=eased)  # fmt: skip


def kind_of(item):
    if "mineral water" in item:
        return "water"
    return "magnesium_mg" if item == "magnesium" else find_supplement(item).nutrient


def total(request, kind):
    """Give the amount of a day in pills; ``None`` where nobody takes any yet."""
    taken = [one.nutrient_per_day for one in request.supplements if one.nutrient == kind]
    return sum(taken) if taken else None


def mineral(drug):
    ids = [one.interaction_id for one in drug.interactions]
    return next(
        (SETTINGS["mineral_medicine"][i] for i in ids if i in SETTINGS["mineral_medicine"]), ""
    )


@cache
def rules_of(name):
    """Give (kind, hours before, hours after, least in a meal) of a medicine, from the tables."""
    (drug,) = read_medicines([f"{name}:1/day"])
    found = []
    for one in drug.interactions:
        row = INTERACTIONS[one.interaction_id]
        if row["hours_before_mg"]:
            hours = (float(row["hours_before_mg"]), float(row["hours_after_mg"]))
            found.append(("magnesium_mg", max(0.5, hours[0]), max(0.5, hours[1]), None))
        for row in APART:
            is_meant = not row["names"] or any(n in name for n in row["names"].split(";"))
            if row["interaction_id"] == one.interaction_id and is_meant:
                if not row["hours_before"]:
                    found.append((row["kind"], 1e9, 1e9, None))  # never
                    continue
                least = float(row["meal_from"]) if row["meal_from"] else None
                found.append(
                    (row["kind"], float(row["hours_before"]), float(row["hours_after"]), least)
                )
    return found


def is_meant(kind, least, other):
    if kind == "anything":
        return True
    if kind == "medicine":
        return other.is_medicine
    if other.kind != "meal":
        return other.kind == kind
    if least is None:
        return False
    return kind == "food" or other.holds.get(kind, 0.0) >= max(least, NEAR)


def assert_apart(one, other, before_h, after_h, why):
    """``other`` must be at least ``before_h`` after ``one``, or ``after_h`` before it."""
    is_far = (other.start - one.end >= before_h - NEAR and other.start >= one.end) or (
        one.start - other.end >= after_h - NEAR and one.start >= other.end
    )
    at_once = other.start <= one.end and one.start <= other.end
    where = (why, one.name, (one.start, one.end), other.name, (other.start, other.end))
    assert is_far, where
    assert not at_once, where


def assert_hours_kept(things):
    rules = {one.name: rules_of(one.name) for one in things if one.is_medicine}
    for one, other in combinations(things, 2):
        for of, to in ((one, other), (other, one)):
            for kind, before_h, after_h, least in rules.get(of.name, ()) if of.is_medicine else ():
                # an antibiotic keeps its dose: the milk of the meal gives way, and it is said
                gives_way = of.is_eased and to.kind == "meal" and kind not in ("food", "anything")
                if of.name != to.name and is_meant(kind, least, to) and not gives_way:
                    assert_apart(of, to, before_h, after_h, kind)
        for rule in SETTINGS["apart"]:
            if {one.kind, other.kind} == set(rule["nutrients"]) and all(
                it.per_day is None or it.per_day > rule["above_per_day"] for it in (one, other)
            ):
                assert_apart(one, other, rule["hours"], rule["hours"], "two minerals")


def assert_every_dose_is_told(request, plan, told):
    """Every dose of every day has an hour, or is named as having none."""
    for day in plan.days:
        schedule = told[day.day]
        nowhere = {*schedule.without_hour, *schedule.any_time}
        counted = {}
        for line in schedule.lines:
            counted[line.item] = counted.get(line.item, 0) + 1
        for drug in read_medicines(request.profile.medicines):
            is_due = not drug.is_weekly or (day.date and day.date.weekday() in drug.weekdays)
            wanted = drug.per_day if is_due and drug.name not in nowhere else 0
            assert counted.get(drug.name, 0) == wanted, (drug.name, day.day)
        pills = [item for item in day.items() if item.is_supplement]
        for label in {pill.name.rpartition(", ")[0] for pill in pills}:
            wanted = 0 if label in nowhere else sum(label in pill.name for pill in pills)
            assert counted.get(label, 0) == wanted, (label, day.day)


def assert_calendar_counts(request, plan, told):
    """The calendar holds as many entries as doses are taken, at an hour of their window."""
    text = as_ics(WeekDocument(plan, request, CHECK, FOODS, ())).replace("\r\n ", "")
    titles = [one.replace("\\,", ",") for one in re.findall(r"SUMMARY:(.*)\r\n", text)]
    for drug in read_medicines(request.profile.medicines):
        doses = [t for t in titles if t == drug.name or t.startswith(f"{drug.name}, dose ")]
        lines = [line for one in told.values() for line in one.lines if line.item == drug.name]
        assert len(doses) == len(lines), drug.name
        due = [day for day in plan.days if day.date.weekday() in drug.weekdays]
        at_any_hour = [day for day in due if drug.name in told[day.day].any_time]
        assert titles.count(f"{drug.name}: on this day") == len(at_any_hour)
        reminders = [t for t in titles if re.match(f"{re.escape(drug.name)}: .* this week,", t)]
        is_open = drug.is_weekly and not drug.weekdays
        assert len(reminders) == (-(-len(plan.days) // 7) if is_open else 0)


@pytest.mark.parametrize("first", range(0, SCHEDULES, AT_A_TIME))
def test_no_hour_of_a_random_schedule_breaks_a_row_of_its_table(first):
    placed = 0
    for seed in range(first, first + AT_A_TIME):
        request, plan = a_case(seed)
        told = times_by_day(plan, request, FOODS)
        things = list(on_the_line(request, plan, told))
        assert_hours_kept(things)
        assert_every_dose_is_told(request, plan, told)
        if plan.days[0].date is not None:
            assert_calendar_counts(request, plan, told)
        for own in times_of_plan(plan, request, FOODS):
            if not own.days:
                alone = list(on_the_line(request, replace(plan, days=plan.days[:1]),
                                         {plan.days[0].day: own.schedule}))  # fmt: skip
                assert_hours_kept(alone)
        placed += sum(one.is_medicine for one in things)
    assert placed > AT_A_TIME  # most have a time: nothing is kept by saying nothing
