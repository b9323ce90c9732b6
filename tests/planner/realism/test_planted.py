"""Faults planted in good days: each is found, told, and costs what readers would take off."""

import tomllib
from pathlib import Path

import pytest

from planner.settings import read_settings
from tests.bench.panel.agree import scored, scored_week
from tests.bench.panel.menus import by_hand

DAYS = {name: text.strip() for name, text in by_hand()}
GOOD = [DAYS[f"good {number}"] for number in range(1, 8)]
PARTS = read_settings("realism.toml")["day"]
PLANTED = tomllib.loads(Path(__file__).with_name("planted.toml").read_text(encoding="utf-8"))
A_POINT = 1.0

each = pytest.mark.parametrize("fault", PLANTED["fault"], ids=lambda fault: fault["part"])


def planted(fault):
    """Score the good day with the fault in it."""
    lines = DAYS[f"good {fault['day']}"].splitlines()
    slots = [line.partition(": ")[0] for line in lines]
    changed = [
        f"{slot}: {fault['meals'].get(slot, line.partition(': ')[2])}"
        for slot, line in zip(slots, lines, strict=True)
    ]
    return scored("\n".join(changed))


@each
def test_a_planted_fault_is_found_and_told_in_words(fault):
    (found,) = [part for part in planted(fault).parts if part.part_id == fault["part"]]
    assert found.points > 0
    assert found.sentence[1:].startswith(f"{PARTS[fault['part']]['says'][1:]} (")


@each
def test_a_fault_that_readers_name_often_costs_at_least_a_point(fault):
    cost = scored(DAYS[f"good {fault['day']}"]).score - planted(fault).score
    assert cost >= (A_POINT if fault["dear"] else 0.0)


def test_every_part_of_a_day_has_a_fault_planted():
    assert {fault["part"] for fault in PLANTED["fault"]} == set(PARTS)


def test_a_week_of_good_days_is_good():
    # 24 rounds of readers gave these days 7.0 to 8.2; some have a dish that fewer people like
    assert scored_week(*GOOD).score >= 7.0


def test_one_day_eaten_seven_times_is_no_week():
    assert scored_week(*[GOOD[0]] * 7).score < 5


def test_the_same_breakfast_on_seven_days_is_no_week():
    first = GOOD[1].splitlines()[0]
    week = ["\n".join([first, *day.splitlines()[1:]]) for day in GOOD]
    assert scored_week(*week).score < 5


def test_a_week_without_lunch_is_no_week():
    week = ["\n".join(x for x in day.splitlines() if "Lunch" not in x) for day in GOOD]
    assert scored_week(*week).score < 5


def test_pumpkin_seeds_on_seven_days_are_no_week():
    seeds = "; 2 tbsp roasted pumpkin seeds unsalted\nLunch"
    assert scored_week(*[day.replace("\nLunch", seeds, 1) for day in GOOD]).score < 5
