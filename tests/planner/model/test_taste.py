from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from planner.meals.patterns import read_pattern
from planner.meals.rules import read_meal_rules
from planner.model.board import Column, ColumnTable
from planner.model.build import build_average_day
from planner.model.objective import column_points, work_points
from planner.model.taste import draw_points, history_points, pattern_points, season_points
from planner.request.request import Weights
from tests.kitchen import NUTRIENTS, PLACES, tiny_candidates, tiny_input

TABLE = ColumnTable.from_candidates(tiny_candidates(), [place.place_id for place in PLACES])
TENFOLD = np.array([10.0 if key == "magnesium_mg" else 1.0 for key in NUTRIENTS])
HISTORY = {"main": 1.0, "breakfast": 0.2, "fade": 0.5}


def by_dish(values):
    return {
        column.candidate.source_id: value
        for column, value in zip(TABLE.columns, values, strict=True)
    }


def test_a_dish_of_the_latest_plan_costs_most_and_points_add_up():
    past = (frozenset({"beans"}), frozenset({"beans", "fish", "porridge"}))
    points = by_dish(history_points(TABLE.columns, past, HISTORY))
    # beans: latest 1 + one plan before 0.5; fish 0.5; porridge is a breakfast, 0.2 × 0.5
    assert points["beans"] == pytest.approx(1.5)
    assert points["fish"] == pytest.approx(0.5)
    assert points["porridge"] == pytest.approx(0.1)
    assert points["apple"] == 0.0


def test_a_food_out_of_season_costs_from_a_mass_on():
    out = frozenset({"apple", "chard"})
    points = by_dish(season_points(TABLE.columns, out, 20.0, 0.3))
    assert points["apple"] == points["chard_pie"] == pytest.approx(0.3)
    assert points["beans"] == 0.0
    assert not season_points(TABLE.columns, out, 1000.0, 0.3).any()


def test_a_pattern_prices_dishes_of_other_kitchens_and_leaves_the_others():
    taste = {"other_kitchen": {"main": 0.4, "else": 0.3}, "other_tag": 0.2, "unwanted_tag": 0.1}
    points = by_dish(pattern_points(TABLE.columns, read_pattern("east_asian"), taste))
    assert points["beans"] == pytest.approx(0.4)  # Latin American
    assert points["rice"] == points["fish"] == 0.0  # East Asian; goes with everything


def test_a_pattern_prices_dishes_without_its_tags():
    taste = {"other_kitchen": {"main": 0.4, "else": 0.3}, "other_tag": 0.2, "unwanted_tag": 0.1}
    points = by_dish(pattern_points(TABLE.columns, read_pattern("children"), taste))
    assert points["fish"] == pytest.approx(0.2)
    assert points["apple"] == 0.0


def test_terms_without_points_are_left_out():
    plain = build_average_day(tiny_input())
    assert not {"history", "season", "pattern"} & set(plain.terms[False])
    past = build_average_day(replace(tiny_input(), history=(frozenset({"fish"}),)))
    assert past.terms[False]["history"].max() > 0


def test_no_dish_is_better_or_worse_for_its_magnesium():
    def with_more(candidate):
        servings = tuple(replace(one, amounts=one.amounts * TENFOLD) for one in candidate.servings)
        return replace(candidate, servings=servings)

    usual = tiny_candidates()
    rich = replace(usual, candidates=tuple(map(with_more, usual.candidates)))
    terms = [build_average_day(tiny_input(candidates=one)).terms for one in (usual, rich)]
    for weekend, points in terms[0].items():
        assert set(points) == set(terms[1][weekend])
        for term, values in points.items():
            assert list(values) == list(terms[1][weekend][term]), term


def test_what_a_person_does_not_think_of_costs_more_and_another_person_thinks_of_it():
    taste = {"draw": {"main": 1.0}, "rest": {"above": 0.5, "main": 10.0}}
    mains = [at for at, one in enumerate(TABLE.columns) if one.candidate.traits.kind == "main"]
    drawn = np.array([draw_points(TABLE.columns, f"person {n}", taste)[mains] for n in range(40)])
    assert np.all((drawn <= 0.5) | ((drawn > 10.5) & (drawn <= 11.0)))
    assert np.all((drawn > 10).any(axis=0) & (drawn < 10).any(axis=0))
    assert not draw_points(TABLE.columns, "", taste).any()


def priced(size, term, **changes):
    """Give the points of one term by dish, on a workday."""
    points, rules = tiny_input().rules.points, tiny_input().rules.rules
    points = {**points, **{name: {**points[name], **new} for name, new in changes.items()}}
    size = {**rules["servings"], **size}
    terms = column_points(TABLE.columns, points, Weights(), (), (), 5.0, size, weekend=False)
    return by_dish(terms[term])


def test_a_heaped_plate_costs_by_its_mass():
    grams = by_dish([one.serving.portion.mass_g for one in TABLE.columns])
    plain = priced({"heavy_g": 1e6}, "portion")
    heavy = priced({"heavy_g": 0.0}, "portion", portion={"heavy_100_g": 2.0})
    assert heavy["beans"] - plain["beans"] == pytest.approx(2.0 * grams["beans"] / 100)
    assert heavy["apple"] == plain["apple"]  # a main dish alone is heaped


def test_a_main_dish_or_a_side_that_does_not_travel_costs_at_lunch_on_a_workday():
    (fish,) = [one for one in TABLE.columns if one.place == "lunch.main"
               and one.candidate.source_id == "fish"]  # fmt: skip
    for kind, tags, more in (
        ("main", (), 5.0), ("side", (), 5.0), ("side", ("lunchbox",), 0.0), ("food", (), 0.0)
    ):  # fmt: skip
        traits = replace(fish.candidate.traits, kind=kind, tags=frozenset(tags))
        column = SimpleNamespace(
            candidate=replace(fish.candidate, traits=traits), slot="lunch", place=fish.place
        )
        plain, at_table = (
            work_points(
                column,
                {**tiny_input().rules.points["effort"], "workday_at_table": points},
                weekend=False,
            )
            for points in (0.0, 5.0)
        )
        assert at_table - plain == pytest.approx(more)


def test_a_workday_lunch_that_takes_long_costs_by_its_minutes_and_less_where_more_eat_it():
    never = {"workday_clock": {}}
    always = {"workday_clock": {"lunch": {"minutes": 5, "points": 3.0, "per_minute": 0.5}}}
    late = {
        name: priced({}, "effort", effort=one)
        for name, one in (("never", never), ("always", always))
    }
    lunches = [one for one in TABLE.columns if one.slot == "lunch"]
    minutes = {one.candidate.source_id: one.candidate.traits.minutes for one in lunches}
    for dish, value in late["always"].items():
        if value != late["never"][dish]:
            assert value - late["never"][dish] == pytest.approx(3.0 + 0.5 * (minutes[dish] - 5))
    for lunch in lunches:
        alone, both = (
            work_points(lunch, {**tiny_input().rules.points["effort"], **always},
                        weekend=False, sharers=n) for n in (1, 2)
        )  # fmt: skip
        none = work_points(lunch, {**tiny_input().rules.points["effort"], **never}, weekend=False)
        assert alone - none == pytest.approx(2 * (both - none))
    assert late["always"] != late["never"]


def test_a_second_meal_as_the_main_one_of_a_free_day_costs():
    again = next(one for one in TABLE.columns if one.candidate.traits.is_leftover)
    anew = next(
        one
        for one in TABLE.columns
        if one.place == again.place and not one.candidate.traits.is_leftover
    )
    effort = tiny_input().rules.points["effort"]
    priced_so = {**effort, "weekend_again": {again.place: 2.0}}
    free = {**effort, "weekend_again": {}}
    for column, more in ((again, 2.0), (anew, 0.0)):
        for weekend in (True, False):
            cost = work_points(column, priced_so, weekend=weekend)
            cost -= work_points(column, free, weekend=weekend)
            assert cost == pytest.approx(more if weekend else 0.0)


def test_who_eats_much_may_rather_have_one_thing_more():
    place = {"place": {"snack.first": 1.0}, "place_large": {"places": ["snack.first"], "fade": 2.0}}
    usual, large, vast = (
        priced({"usual": usual}, "taste", taste=place)["apple"] for usual in (1.0, 1.25, 2.0)
    )
    assert usual - large == pytest.approx(0.5)
    assert usual - vast == pytest.approx(1.0)


def centred(by_place, columns=TABLE.columns, kitchens=frozenset()):
    """Give the points that ``centre`` alone adds, by place and dish."""
    points, rules = tiny_input().rules.points, tiny_input().rules.rules
    found = []
    for centre in (by_place, {}):
        taste = {**points["taste"], "centre": centre}
        priced_so = {**points, "taste": taste}
        terms = column_points(
            columns, priced_so, Weights(), (), (), 5.0, rules["servings"],
            kitchens=kitchens, weekend=False,
        )  # fmt: skip
        found.append(terms["taste"])
    names = [(c.place, c.candidate.source_id) for c in columns]
    return dict(zip(names, found[0] - found[1], strict=True))


def test_a_protein_costs_at_the_meal_where_people_would_rather_have_another():
    more = centred({"dinner.main": {"legume": 4.0, "cheese": 5.0}})
    assert more["dinner.main", "beans"] == pytest.approx(4.0)
    assert more["dinner.main", "chard_pie"] == pytest.approx(5.0)
    assert more["dinner.main", "fish"] == pytest.approx(0.0)
    assert more["lunch.main", "beans"] == pytest.approx(0.0)


def test_who_eats_no_meat_pays_for_no_centre_of_a_plate():
    plants = [c for c in TABLE.columns if c.candidate.source_id != "fish"]
    more = centred({"dinner.main": {"legume": 4.0, "cheese": 5.0}}, plants)
    assert more["dinner.main", "beans"] == pytest.approx(0.0)
    assert more["dinner.main", "chard_pie"] == pytest.approx(1.0)


def test_who_asks_for_a_kitchen_pays_for_no_protein_of_its_dishes():
    latin = read_pattern("latin_american").kitchens
    more = centred({"dinner.main": {"legume": 4.0, "cheese": 5.0}}, kitchens=latin)
    assert more["dinner.main", "beans"] == pytest.approx(0.0)
    assert more["dinner.main", "chard_pie"] == pytest.approx(5.0)


def test_a_salad_that_many_like_is_put_on_a_day_that_has_none():
    points = read_meal_rules().points
    taste, variety, effort = points["taste"], points["variety"], points["effort"]
    salad = taste["grade"][1] + taste["draw"]["side"] + variety["component_extra"]
    salad += 10 * effort["per_active_minute_weekday"]
    assert salad < variety["fresh_missing"]


def test_a_snack_of_a_workday_is_put_together_in_five_minutes():
    effort = read_meal_rules().points["effort"]
    snack = next(one for one in TABLE.columns if one.slot == "snack")

    def costs(minutes):
        traits = replace(snack.candidate.traits, active_minutes=minutes)
        candidate = replace(snack.candidate, traits=traits)
        made = Column(snack.index, snack.place, candidate, snack.serving)
        return work_points(made, effort, weekend=False)

    usual = effort["per_active_minute_weekday"]
    assert costs(5) - costs(4) == pytest.approx(usual)
    assert costs(6) - costs(5) == pytest.approx(usual + effort["workday_extra"]["snack"])
