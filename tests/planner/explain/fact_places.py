"""Find a fact where the register says it is; each way of looking returns whether it is there."""

import csv
import re
import shlex
from functools import cache
from importlib import import_module

from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.supplement import find_supplement
from planner.cli import cli
from planner.explain.absorption import absorb_view, absorption_text
from planner.explain.facts import Fact, FactPlace
from planner.export.week import week_blocks
from planner.export.why import facts_told
from planner.plan.plan import Plan
from planner.request.profile import Profile
from planner.settings import read_settings, read_text
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.targets.derive import derive_targets
from tests.plates import day
from tests.reports import make_report
from tests.told import printed, week_of

BESIDE = {"lentils_cooked": 200.0, "bread_whole_wheat": 60.0, "spinach_cooked": 90.0}  # with tips
AGES = (5, 9, 14, 19, 31, 51, 71)
STEP = re.compile(r"(\w+)(?:\[(?:(\w+)=)?(\w+)\])?")


def find(fact: Fact, place: FactPlace) -> bool:
    """Look for ``fact`` at ``place``."""
    return WAYS[place.way](fact, *place.arguments)


def lesson(fact):
    return fact.statement in " ".join(printed(facts_told([fact])).split())


def setting(_fact, file, key, value):
    found = lookup(file, key)
    if isinstance(found, list):
        return value in found
    return float(found) == float(value) if isinstance(found, float | int) else found == value


def words(_fact, file, key, text):
    return text in lookup(file, key)


def lookup(file, key):
    """Walk ``cap[oxalate_greens].portions_per_week``; ``[ID]`` picks the entry with that id."""
    found = read_settings(file)
    for step in key.split("."):
        name, field, wanted = STEP.fullmatch(step).groups()
        found = found[name]
        if wanted:
            found = next(one for one in found if one.get(field or "id") == wanted)
    return found


def row(_fact, file, conditions, column, value):
    wanted = dict(condition.split("=") for condition in conditions.split(","))
    rows = csv.DictReader(read_text(file).splitlines())
    found = [one for one in rows if all(one[key] == text for key, text in wanted.items())]
    return bool(found) and found[0][column] == value


def target(_fact, who, nutrient, period, basis, field, value):
    found = targets_of(who).find(nutrient, period, basis)
    bound = getattr(found, field)
    if value == "none":
        return bound is None
    return bound is True if value == "true" else bound == float(value)


def note(_fact, who, text):
    return any(text in one for one in targets_of(who).notes)


@cache
def targets_of(who):
    standard, sex, age, *state = who.split()
    profile = Profile(sex=sex, age_y=int(age), state=state[0] if state else "none")
    return derive_targets(profile, standard)


def silent(_fact, standard, nutrient, kind, age):
    rows = [one for one in read_standard(standard).values if one.nutrient == nutrient]
    assert rows
    return not any(one.kind == kind and one.covers_age(int(age)) for one in rows)


def never(_fact, nutrient, value):
    bounds = {
        bound
        for standard in standard_ids()
        for sex in ("f", "m")
        for age in AGES
        for one in targets_of(f"{standard} {sex} {age}").targets
        if one.nutrient == nutrient
        for bound in (one.lower, one.upper)
    }
    return bool(bounds) and float(value) not in bounds


def without(_fact, file, word):
    return word not in read_text(file)


def food(_fact, food_id, column, word):
    found = getattr(read_embedded_foods()[food_id], column)
    return found == word if isinstance(found, str) else word in found


def figure(_fact, food_id, nutrient, value):
    return read_embedded_foods()[food_id].per_100g[nutrient] == float(value)


def compound(_fact, name, column, value):
    return str(getattr(find_supplement(name), column)) == value


def option(_fact, command, name):
    options = import_module(f"planner.cli.{command}").command.params
    return any(name in one.opts for one in options)


def page(_fact, text):
    return text in printed_week()


@cache
def printed_week():
    return " ".join(printed(week_blocks(week_of(make_report()), "full")).split())


def page_with(_fact, food_id, text):
    foods = read_embedded_foods()
    plan = Plan((day(1, foods, lunch={**BESIDE, food_id: 240.0}),), {}, {}, None, 0.0, 0)
    return text in " ".join(absorption_text(absorb_view(plan, foods)))


def answer(_fact, options, text):
    return text in safety_answer(options)


@cache
def safety_answer(options):
    result = CliRunner().invoke(cli, ["safety", *shlex.split(options)])
    assert result.exit_code in (0, 3), result.output
    return " ".join(result.output.split())


WAYS = {
    "lesson": lesson, "setting": setting, "words": words, "row": row, "target": target,
    "note": note, "silent": silent, "never": never, "without": without, "food": food,
    "figure": figure, "compound": compound, "option": option, "page": page,
    "page_with": page_with, "answer": answer,
}  # fmt: skip
