"""The arithmetic of the realism score, and what it knows of who eats."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.servings import mass_per_food
from planner.errors import ConfigError
from planner.plan.plan import DayFacts, Plan
from planner.realism.score import measures, score_plan
from planner.realism.served import ScoredEater
from planner.settings import read_settings
from tests.bench.panel.agree import scored, scored_week
from tests.bench.panel.menus import by_hand
from tests.bench.panel.reader import read_plan

DAYS = dict(by_hand())
SETTINGS = read_settings("realism.toml")
ONE = DAYS["good 4"]
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def score(plan, **eater):
    return score_plan(plan, read_embedded_foods(), read_embedded_dishes(), ScoredEater(**eater))


def test_four_points_of_faults_halve_a_day():
    found = scored(DAYS["bad 3"])
    points = sum(part.points for part in found.parts)
    assert found.score == pytest.approx(10 * 4 / (4 + points))


def test_a_week_is_the_mean_of_its_days_where_nothing_is_wrong_between_them():
    week = scored_week(ONE, DAYS["bad 3"])
    assert week.score == pytest.approx((scored(ONE).score + scored(DAYS["bad 3"]).score) / 2)
    assert week.days == (scored(ONE).score, scored(DAYS["bad 3"]).score)


def test_a_part_costs_its_most_and_not_more():
    stuffed = DAYS["bad 1"].replace("; water\nSnack", "; 3 cups brown rice, cooked" * 5 + "\nSnack")
    (found,) = [part for part in scored(stuffed).parts if part.part_id == "extra_starch"]
    assert len(found.faults) > 5
    assert found.points == SETTINGS["day"]["extra_starch"]["most"]


def test_what_costs_most_is_told_first():
    points = [part.points for part in scored(DAYS["bad 2"]).parts]
    assert points == sorted(points, reverse=True)
    assert scored(DAYS["bad 2"]).parts[0].part_id == "second_main"


def test_the_bad_days_are_worse_than_the_good_ones():
    good = [scored(text).score for name, text in DAYS.items() if name.startswith("good")]
    bad = [scored(text).score for name, text in DAYS.items() if name.startswith("bad")]
    assert max(bad) + 1 < min(good)
    assert sum(bad) / len(bad) + 3.5 < sum(good) / len(good)


def test_a_meal_that_nobody_asked_for_is_not_missed():
    plan = read_plan("\n".join(line for line in ONE.splitlines() if "Lunch" not in line))
    out = replace(plan, days=(replace(plan.days[0], facts=DayFacts(missed=(("lunch", "out"),))),))
    assert score(plan).score < 5 < score(out).score
    assert score(plan, slots=("breakfast", "dinner")).score == score(out).score


def test_there_is_time_to_cook_at_the_weekend():
    plan = read_plan(DAYS["good 8"])
    assert score(plan, weekend=(True,)).score > score(plan, weekend=(False,)).score


def test_what_is_disliked_is_told_by_its_name():
    apart = {"peaches": (frozenset({"peach"}), frozenset())}
    found = score(read_plan(ONE), disliked=apart)
    assert "peaches: once" in " ".join(part.sentence for part in found.parts)
    assert found.score < score(read_plan(ONE)).score


def test_a_plan_without_days_has_no_score():
    assert score(Plan((), {}, {}, None, 0.0, 0)).score == 0


def test_a_part_without_a_measure_is_refused(monkeypatch):
    broken = {**SETTINGS, "day": {"odd": {"measure": "nothing"}}}
    monkeypatch.setattr("planner.realism.score.read_settings", lambda _: broken)
    with pytest.raises(ConfigError, match="odd lacks"):
        measures.__wrapped__()


def test_a_menu_that_comes_again_has_its_weekend_again():
    assert [ScoredEater(weekend=(False, True)).is_free(day) for day in (1, 2, 3, 4)] == [
        False, True, False, True,
    ]  # fmt: skip


def parts_of(plan, **eater):
    return {part.part_id for part in score(plan, **eater).parts}


def test_who_eats_no_meat_misses_none():
    day = read_plan(DAYS["good 6"])  # white beans and tofu
    assert "no_centre" in parts_of(day)
    assert "no_centre" in parts_of(day, proteins=frozenset({"legume", "fish"}))
    assert "no_centre" not in parts_of(day, proteins=frozenset({"legume", "soy", "egg"}))
    assert "no_centre" not in parts_of(read_plan(DAYS["good 8"]))  # trout in the evening


def told(dish_id):
    """Write a serving of a dish as a line of a menu."""
    dish, foods = DISHES[dish_id], read_embedded_foods()
    parts = mass_per_food(dish).items()
    masses = (f"{mass_g / dish.servings:.0f} g {foods[one].name}" for one, mass_g in parts)
    return f"{dish.name} [{', '.join(masses)}]"


def test_who_asked_for_a_kitchen_likes_its_dishes_and_has_dal_at_noon_and_in_the_evening():
    noon, evening = own = ("chickpea_tikka_masala_rice", "sambar_okra_brown_rice")
    day = read_plan(f"Lunch: {told(noon)}\nDinner: {told(evening)}")
    blamed = {"little_liked", "no_centre", "beans_again", "uncommon"}
    assert blamed <= parts_of(day)
    assert not blamed & parts_of(day, own=frozenset(own))
