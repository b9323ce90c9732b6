"""No wish is taken and ignored: every flag of ``plan`` changes the plan, or is refused."""

import json
import shlex

import pytest

from planner.cli.plan import command
from planner.request.tables import WISHES
from tests.commands import ended

BASE = "plan --days 1 --sex f --age 40 --height 170 --weight 70 --activity low_active --json"
CHANGES = """
    --sex m|--age 70|--height 150|--weight 60|--activity very_active|--state pregnant
    --state pregnant --gestation-week 35|--state lactating --lactation-month 9|--standard eu
    --energy-kcal 2600|--goal lose|--energy-equation mifflin|--egfr 45|--serum-mg "1.5 mg/dL"
    --clinic "sodium_mg<=1500"|--condition osteoporosis|--medicine levothyroxine
    --medicine warfarin --vitamin-k-before 150|--condition "other: X" --clinic-agreed
    --diet vegan|--without banana|--like lentils:3|--dislike kale:3|--per-week "fish>=7"
    --days 2 --min-days-between salmon=3|--drink coffee:2|--use spinach:300g|--kitchen stove
    --max-minutes 15|--max-minutes-weekday 25|--max-minutes-breakfast 0|--max-ingredients 5
    --lunch packed_cold|--budget-per-week 60
    --medicine eltroxin@07:00 --supplement "magnesium oxide:90mg_elemental" --meal-at dinner=18:00
    --days 7 --time-limit 0.001 --budget-per-week 80 --budget-counts eaten
    --with-alcohol|--conservative|--allow-supplements|--days 2|--start 2026-03-02
    --eat-out 1:lunch|--skip 1:lunch|--units metric|--pattern mediterranean
    --start 2026-03-02 --hemisphere south|--guests 1:dinner=2|--holiday 1|--put 1:dinner=pizza
    --shops uk|--packages {packages}|--pantry {pantry}|--pantry {pantry} --from-pantry
    --cupboard empty|--gap 0.45|--time-limit 0.001|--seed 34|--water hepar
    --water hepar --water-litres 2
    --supplement "magnesium citrate:100mg_elemental"|--target "magnesium_mg>=600"
    --macros 40/30/30|--without-on banana:1
    --ratio-min 1.3|--ratio-max 1.4|--tap-water mg=40,ca=100|--habit "milk glasses a day<=0"
    --rhythm usual|--effort thorough|--preset quick_week|--history {plan}
    --max-minutes-on 1:dinner=20|--max-minutes-on 1:day=40|--more-energy "1=400 kcal"
    --cook-on tue|--only lunch|--days 5 --trips 1
    --put 1:lunch=lunchbox|--put 1:dinner=one_pan|--put 1:dinner=soft|--put "1:dinner=no cook"
    --per-week "mild>=2"|--per-week "freezes>=2"|--without spicy|--like soup:3
    --diet jain|--diet halal|--diet kosher|--diet pescatarian|--diet soft
    --without "hard to chew"
"""
REFUSED = {
    "--gestation-week 30": "state is 'none'",
    "--lactation-month 3": "state is 'none'",
    '--serum-potassium "5.2 mmol/L"': "Potassium in serum",
    "--vitamin-k-before 120": "does nothing by itself — add --medicine",
    "--clinic-agreed": "does nothing by itself — add --condition",
    "--budget-counts eaten": "does nothing by itself — add --budget-per-week",
    "--hemisphere south": "does nothing by itself — add --start",
    "--cycle 14": "not whole weeks",
    "--eater name=Ann,sex=f,age=40": "belongs to one of them",
    "--dishes {folder}": "no dish",
}
APART = {"request_path", "no_rest", "alternatives", "accept", "day",
         "full", "json_wanted", "out", "force"}  # fmt: skip
UNTOLD = {"created", "asked_for", "request", "request_readings", "seed", "time_s", "build_s"}
DIARY = "day,meal,food,amount,unit\n1,breakfast,rolled oats,60,g\n1,dinner,salmon cooked,150,g\n"


def typed():
    return [words for line in CHANGES.strip().splitlines() for words in line.strip().split("|")]


def without_last_flag(words):
    *_, last = (at for at, word in enumerate(words) if word.startswith("--"))
    return words[:last]


def told(value):
    """Give what a plan tells, without what it was asked for and the clock."""
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items() if key not in UNTOLD}
    return [told(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = {name: folder / name for name in ("pantry", "packages", "diary", "plan", "folder")}
    files["folder"].mkdir()
    files["pantry"].write_text("food,amount,unit\nlentils dry,500,g\n")
    files["packages"].write_text("food_id,pack,size_g,price\nolive oil,bottle,460,90\n")
    files["diary"].write_text(DIARY)
    code, out, err = ended(*shlex.split(BASE))
    assert code == 0, err
    files["plan"].write_text(out)
    return json.loads(out), files


def test_every_flag_is_typed():
    flags = {word for one in (*typed(), *REFUSED) for word in one.split() if word.startswith("--")}
    assert {one.name for one in command.params} - APART == {
        flag.removeprefix("--").replace("-", "_") for flag in flags
    }
    assert {one.name for one in WISHES}.isdisjoint(APART)


def test_without_a_flag_nothing_changes(base):
    assert told(json.loads(ended(*shlex.split(BASE))[1])) == told(base[0])


@pytest.mark.parametrize("words", typed())
def test_a_plan_shows_what_was_typed(words, base):
    plan, files = base
    asked = shlex.split(words.format(**files))
    code, out, err = ended(*shlex.split(BASE), *asked)
    assert code == 0, err or out
    if fewer := without_last_flag(asked):
        code, less, _ = ended(*shlex.split(BASE), *fewer)
        assert code in (0, 3)
        plan = {} if code else json.loads(less)  # {}: refused without it
    before, now = told(plan), told(json.loads(out))
    shown = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    assert shown, "taken and ignored"


def test_a_flag_typed_twice_counts_twice_or_is_refused():
    twice = [*shlex.split(BASE), "--without-on", "banana:1", "--without-on", "banana:1,mon"]
    code, out, err = ended(*twice, "--meal-at", "lunch=12:00", "--meal-at", "lunch=13:00")
    assert (code, out) == (1, "")
    assert "lunch is given twice" in err
    wanted = json.loads(ended(*twice, "--days", "2", "--start", "2026-03-01")[1])["request"]
    assert wanted["preferences"]["without_on"] == {"banana": ["1", "mon"]}


def test_hours_of_meals_move_those_of_supplements():
    taken = [*shlex.split(BASE), "--medicine", "levothyroxine@07:00"]
    taken += ["--supplement", "magnesium citrate:100mg_elemental"]
    usual, late = (
        json.loads(ended(*taken, *more)[1])["schedule"]
        for more in ((), ("--meal-at", "breakfast=09:00", "--meal-at", "dinner=18:00"))
    )
    assert usual != late


@pytest.mark.parametrize(("words", "reason"), REFUSED.items())
def test_what_would_do_nothing_is_refused(words, reason, base):
    code, out, err = ended(*shlex.split(BASE), *shlex.split(words.format(**base[1])))
    assert code in (1, 3), out
    assert reason in err
