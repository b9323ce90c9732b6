"""No wish is taken and ignored: every flag of ``plan`` changes what is planned, or is refused.

What a week is planned from shows it without a search: the rows and points of the model; else the
work of the search; else what is told of a stored week. What shows in none of these is judged, or
planned.
"""

import json
import shlex
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property

import numpy as np
import pytest

from planner.check.document import check_document
from planner.cli.options import build_request
from planner.cli.plan import command
from planner.errors import PlannerError
from planner.export.as_json import as_json
from planner.request.read import request_to_dict
from planner.request.tables import WISHES
from planner.rhythm.plan import build_week
from planner.rhythm.rhythms import rhythm_of
from planner.rhythm.weeks import StandingPlan
from planner.table.prepare import prepare_table
from planner.table.session import TableSession
from tests import stored
from tests.commands import ended

WEEK = "woman_55"  # stored, of the person of BASE
BASE = "--sex f --age 55 --height 165 --weight 65"
CHANGES = """
    --sex m|--age 70|--height 150|--weight 60|--activity very_active|--state pregnant
    --state pregnant --gestation-week 35|--state lactating --lactation-month 9|--standard eu
    --energy-kcal 2600|--goal lose|--energy-equation mifflin|--egfr 45|--serum-mg "1.5 mg/dL"
    --clinic "sodium_mg<=1500"|--condition osteoporosis|--medicine levothyroxine
    --medicine warfarin --vitamin-k-before 150|--condition "other: X" --clinic-agreed
    --diet vegan|--without banana|--like lentils:3|--dislike kale:3|--per-week "fish>=7"
    --min-days-between salmon=3|--drink coffee:2|--use spinach:300g|--kitchen stove
    --max-minutes 15|--max-minutes-weekday 25|--max-minutes-breakfast 0|--max-ingredients 5
    --lunch packed_cold|--budget-per-week 60
    --medicine eltroxin@07:00 --supplement "magnesium oxide:90mg_elemental" --meal-at dinner=18:00
    --with-alcohol|--conservative|--allow-supplements|--days 2|--start 2026-03-02
    --eat-out 1:lunch|--skip 1:lunch|--units metric|--pattern mediterranean
    --start 2026-03-02 --hemisphere south|--guests 1:dinner=2|--holiday 1|--put 1:dinner=pizza
    --shops uk|--packages {packages}|--pantry {pantry}|--pantry {pantry} --from-pantry
    --cupboard empty|--seed 34|--water hepar
    --water hepar --water-litres 2
    --supplement "magnesium citrate:100mg_elemental"|--target "magnesium_mg>=600"
    --macros 40/30/30|--without-on banana:1
    --ratio-min 1.3|--ratio-max 1.4|--tap-water mg=40,ca=100|--habit "nuts a day g<=10"
    --effort thorough|--preset quick_week|--history {plan}
    --max-minutes-on 1:dinner=20|--max-minutes-on 1:day=40|--more-energy "1=400 kcal"
    --cook-on tue|--only lunch|--days 5 --trips 1
    --put 1:lunch=lunchbox|--put 1:dinner=one_pan|--put 1:dinner=soft|--put "1:dinner=no cook"
    --per-week "mild>=2"|--per-week "freezes>=2"|--without spicy|--like soup:3
    --diet jain|--diet halal|--diet kosher|--diet pescatarian|--diet soft
    --without "hard to chew"
"""
JUDGED = ("--budget-per-week 80 --budget-counts eaten",)  # weeks are searched until it is kept
PLANNED = ("--rhythm cook_daily",)  # days are put together another way from the same rows
REFUSED = {
    "--gestation-week 30": "state is 'none'",
    "--lactation-month 3": "state is 'none'",
    '--serum-potassium "5.2 mmol/L"': "Potassium in serum",
    "--vitamin-k-before 120": "does nothing by itself — add --medicine",
    "--clinic-agreed": "does nothing by itself — add --condition",
    "--budget-counts eaten": "does nothing by itself — add --budget-per-week",
    "--hemisphere south": "does nothing by itself — add --start",
    "--cycle 14": "does not repeat within 7 days",
    "--eater name=Ann,sex=f,age=40": "belongs to one of them",
    "--dishes {folder}": "no dish",
}
APART = {"request_path", "no_rest", "alternatives", "accept", "day",
         "full", "json_wanted", "out", "force"}  # fmt: skip
UNTOLD = {"created", "asked_for", "request", "request_readings", "seed", "time_s"}


def typed():
    return [words for line in CHANGES.strip().splitlines() for words in line.strip().split("|")]


def without_last_flag(words):
    *_, last = (at for at, word in enumerate(words) if word.startswith("--"))
    return tuple(words[:last])


def told(value):
    """Return what a plan tells, without what it was asked for and the clock."""
    if isinstance(value, dict):
        return {key: told(part) for key, part in value.items() if key not in UNTOLD}
    return [told(part) for part in value] if isinstance(value, list) else value


def written(value):
    """Return a value as bytes that are the same for equal ones."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if is_dataclass(value):
        return b"".join(written(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, list | tuple):
        return b"".join(map(written, value))
    return repr(value).encode()


class Asked:
    """What a week is planned from that words ask for."""

    def __init__(self, words):
        with command.make_context("plan", [*shlex.split(BASE), *words]) as context:
            keys = context.params.keys() - APART
            self.request = build_request(**{key: context.params[key] for key in keys})
        self.table = prepare_table(self.request)

    @cached_property
    def rows(self):
        name, weeks = rhythm_of(self.request), range(self.table.count)
        return written([build_week(self.table, name, number, ()).whole for number in weeks])

    def work(self):
        return self.request.solve

    def told(self):
        """Return what is told of the stored week, as if it answered this request."""
        roles = StandingPlan.to_come(stored.plan(WEEK), self.table)
        report = stored.as_it_stands(TableSession(stored.plan(WEEK), self.table, roles))
        assert report.passed  # what the judge alone sees is no sign that it is planned for
        return told(json.loads(as_json(report)))

    def judged(self):
        """Return the faults of the stored week, but for what it states of its own request."""
        document = replace(stored.document(WEEK), request=self.request)
        faults = check_document(document, self.table.foods).as_one().faults
        return [fault for fault in faults if "states" not in fault]


asked_by = cache(Asked)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    made = {name: folder / name for name in ("pantry", "packages", "folder")}
    made["folder"].mkdir()
    made["pantry"].write_text("food,amount,unit\nlentils dry,500,g\n")
    made["packages"].write_text("food_id,pack,size_g,price\nolive oil,bottle,460,90\n")
    return made | {"plan": stored.folder("vegan_woman_35") / "plan.json"}


def test_every_flag_is_typed():
    flags = {
        word
        for line in (*typed(), *JUDGED, *PLANNED, *REFUSED)
        for word in line.split()
        if word.startswith("--")
    }
    assert {param.name for param in command.params} - APART == {
        flag.removeprefix("--").replace("-", "_") for flag in flags
    }
    assert {wish.name for wish in WISHES}.isdisjoint(APART)


def test_without_a_flag_nothing_changes():
    first, second = asked_by(()), Asked(())
    assert (first.rows, first.work(), first.told(), first.judged()) == (
        second.rows, second.work(), second.told(), second.judged(),
    )  # fmt: skip


@pytest.mark.parametrize("words", typed())
def test_what_is_planned_shows_what_was_typed(words, files):
    asked = tuple(shlex.split(words.format(**files)))
    now = Asked(asked)
    try:
        before = asked_by(without_last_flag(asked))
    except PlannerError:
        return  # it is refused without the flag
    assert now.rows != before.rows or now.work() != before.work() or now.told() != before.told(), (
        "taken and ignored"
    )


@pytest.mark.parametrize("words", JUDGED)
def test_the_judge_goes_by_what_was_typed(words):
    asked = shlex.split(words)
    assert Asked(asked).judged() != asked_by(without_last_flag(asked)).judged()


@pytest.mark.parametrize("words", PLANNED)
def test_a_plan_shows_what_was_typed(words):
    quick = ["plan", *shlex.split(BASE), "--days", "3", "--effort", "quick", "--json"]
    (code, usual, _), (also, other, _) = ended(*quick), ended(*quick, *shlex.split(words))
    assert code == also == 0
    assert told(json.loads(usual)) != told(json.loads(other))


def test_a_flag_typed_twice_counts_twice_or_is_refused():
    twice = ("--without-on", "banana:1", "--without-on", "banana:1,mon", "--start", "2026-03-01")
    wanted = request_to_dict(Asked(twice).request)
    assert wanted["preferences"]["without_on"] == {"banana": ["1", "mon"]}
    code, out, err = ended("plan", "--meal-at", "lunch=12:00", "--meal-at", "lunch=13:00")
    assert (code, out) == (1, "")
    assert "lunch is given twice" in err


@pytest.mark.parametrize(("words", "reason"), REFUSED.items())
def test_what_would_do_nothing_is_refused(words, reason, files):
    code, out, err = ended("plan", *shlex.split(BASE), *shlex.split(words.format(**files)))
    assert code in (1, 3), out
    assert reason in err
