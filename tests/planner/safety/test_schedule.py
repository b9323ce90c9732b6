"""Hours of pills beside medicines: no medicine has an hour but its person's, no rule is broken."""

import random
from itertools import product

import pytest

from planner.export.safety import remark_texts
from planner.safety.gate import (
    Taken,
    as_hour,
    build_schedule,
    drug_of_day,
    hours_between,
    keeps_apart,
    meal_at,
)
from planner.safety.intake import SupplementIntake
from planner.safety.sentences import read_safety_rows
from tests.medicine_names import NAMES, read_medicines
from tests.rows import rows

CALCIUM = SupplementIntake("calcium carbonate", 500)
MAGNESIUM = SupplementIntake("magnesium citrate", 300)
IRON = SupplementIntake("ferrous fumarate", 27)


def day(*names, supplements=(), **beside):
    return build_schedule(read_medicines(names), supplements, **beside)


def hours_of(schedule):
    return {line.name: line.best for line in schedule.lines}


def rules_of(*names):
    return [str(rule) for rule in day(*names).rules]


def test_a_medicine_without_an_hour_gets_none_and_its_rule_is_told():
    told = day("levothyroxine", supplements=[MAGNESIUM])
    assert set(hours_of(told)) == {"magnesium citrate"}
    assert told.lines[0].hours_apart_from == {"levothyroxine": 4}
    assert "magnesium 4 h away from levothyroxine" in rules_of("levothyroxine")
    assert "magnesium 2 h after ciprofloxacin, or 6 h before it" in rules_of("ciprofloxacin:2")


@rows(__file__, "the_hour_that_a_person_gives")
def test_the_hour_that_a_person_gives_is_the_only_one_a_medicine_has(text, hours):
    told = day(text, supplements=[MAGNESIUM])
    assert [line.best for line in told.lines if line.item != "magnesium citrate"] == hours


def test_pills_are_laid_around_the_hour_that_is_given():
    evening = day("levothyroxine@18:00", supplements=[MAGNESIUM])
    assert hours_of(evening)["magnesium citrate"] == "12:30"
    full = day("moxifloxacin:3@08:00,14:00,20:00", supplements=[MAGNESIUM])
    assert full.no_time_for == ("magnesium citrate",)


def test_of_two_rules_on_one_medicine_the_longer_hours_hold():
    # D03 (quinolones): 2 h before, 6 h after; D46: 4 and 8
    assert "magnesium 4 h after moxifloxacin, or 8 h before it" in rules_of("moxifloxacin")


def test_nothing_is_said_of_what_stands_between_two_medicines():
    told = day("mycophenolate:2@08:00,20:00", "digoxin@08:00")
    assert hours_of(told) == {
        "digoxin": "08:00", "mycophenolate, dose 1 of 2": "08:00",
        "mycophenolate, dose 2 of 2": "20:00",
    }  # fmt: skip


def test_a_mineral_that_is_a_medicine_is_named_beside_what_it_binds():
    assert "Maalox 2 h away from digoxin" in rules_of("digoxin", "Maalox")
    assert "ferrous sulfate 4 h away from levothyroxine" in rules_of(
        "levothyroxine", "ferrous sulfate"
    )


def test_minerals_keep_apart_from_each_other_where_they_are_large():
    told = day(supplements=[CALCIUM, MAGNESIUM, IRON])
    hours = {name: as_hour(best) for name, best in hours_of(told).items()}
    assert not told.no_time_for
    assert abs(hours["calcium carbonate"] - hours["magnesium citrate"]) >= 2
    assert abs(hours["ferrous fumarate"] - hours["magnesium citrate"]) >= 3
    small = SupplementIntake("calcium carbonate", 200)
    assert not day(supplements=[small, MAGNESIUM]).is_told


def test_a_meal_that_binds_a_medicine_at_its_hour_is_told():
    milk = meal_at("breakfast", {"dairy": 200.0})
    told = day("doxycycline:2@08:30,20:30", meals=(milk,))
    assert told.near_meals == (("doxycycline", "breakfast"),)
    assert any("breakfast stands nearer to doxycycline" in text for text in remark_texts(told))
    assert not day("doxycycline:2@12:30,23:30", meals=(milk,)).near_meals
    assert not day("doxycycline:2", meals=(milk,)).near_meals


def test_what_is_taken_on_some_days_has_its_hour_on_these_alone():
    weekly = "alendronate:1/week@sun 06:30"
    assert hours_of(day(weekly, weekday=6)) == {"alendronate": "06:30"}
    assert hours_of(day(weekly, weekday=0)) == {}
    assert day("alendronate:1/week").unnamed_days == (("alendronate", 1),)


def test_what_is_not_swallowed_has_no_rule_of_hours():
    assert rules_of("doxycycline injection:1", "ciprofloxacin eye drops", "salbutamol spray") == []
    assert rules_of("ciprofloxacin as needed")


def test_a_daily_dose_of_what_most_take_weekly_is_said_loudly_and_first():
    told = remark_texts(day("methotrexate:1/day"))
    assert told[0].startswith("methotrexate EVERY DAY: most people take it ONCE A WEEK")


@pytest.mark.parametrize("seed", range(4))
def test_no_hour_of_a_pill_breaks_a_row_of_the_tables(seed):
    """Every pair is measured against ``interactions.csv`` itself, today and over the night."""
    chance, told = random.Random(seed), read_safety_rows("interactions")
    interactions = {row["interaction_id"]: row for row in told}
    names = [name for name in NAMES.values() if ":" not in name]
    for _ in range(40):
        hours = {
            name: f"{chance.randrange(5, 24):02d}:{chance.choice(('00', '15', '30'))}"
            for name in chance.sample(names, chance.randint(1, 4))
        }
        medicines = read_medicines([f"{name}@{at}" for name, at in hours.items()])
        told = build_schedule(medicines, chance.sample([CALCIUM, MAGNESIUM, IRON], 2), ["hepar"])
        assert {line.best for line in told.lines if line.item in hours} <= set(hours.values())
        pills = [line for line in told.lines if line.item == "magnesium citrate"]
        for medicine, pill in product(medicines, pills):
            used = [interactions[one.interaction_id] for one in medicine.interactions]
            used = [row for row in used if row["hours_before_mg"]] * medicine.is_swallowed
            for row in used:
                after = (as_hour(pill.best) - as_hour(hours[medicine.name])) % 24
                assert after >= float(row["hours_before_mg"])
                assert 24 - after >= float(row["hours_after_mg"])


def test_hours_are_kept_over_the_night():
    (drug,) = map(drug_of_day, read_medicines(["levothyroxine@05:00"]))
    late = Taken("magnesium", "magnesium_mg", 200.0).at(23.0)
    assert hours_between(late, drug) == 4
    assert keeps_apart(drug, late)
    assert not keeps_apart(drug, late.at(2.0))
    assert not keeps_apart(drug.at(1.0), late)  # 22 h after it by day, and 2 h before it by night
