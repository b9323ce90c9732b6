"""Who eats together mostly eats the same: each further dish costs points, and none is forced."""

import time
from dataclasses import replace

import numpy as np
import pytest

from planner.bound.lower_bound import solve_aggregate
from planner.candidates.candidate import CandidateSet
from planner.model.board import Column
from planner.model.bought import bought_for
from planner.model.days import Absence
from planner.model.input import Wishes
from planner.search.evaluate import NOTHING
from planner.search.work import ListedMeals
from planner.solve.compose import solve_table
from planner.solve.menus import served_eaters
from planner.solve.parts import EaterWeek, Steering, average_weeks, build_week
from planner.solve.together import FURTHER, THINGS, table_prices, terms_beside
from tests.kitchen import searched, tiny_candidates, tiny_input
from tests.two_eaters import FEW

OPTIONS = searched(sweeps=150, rounds=16, hot=2.0)
WORK = OPTIONS


def eater(seed, price, without=(), dear=""):
    """An eater to whom every portion has another price, where a further dish has ``price``.

    What is ``dear`` costs much more.
    """
    rng, kitchen = np.random.default_rng(seed), tiny_candidates()
    found = []
    for one in kitchen.candidates:
        cost = float(rng.uniform(0.3, 30.0)) + (90.0 if one.source_id == dear else 0.0)
        servings = tuple(replace(each, cost_usd=cost) for each in one.servings)
        places = tuple(place for place in one.places if (place, one.candidate_id) not in without)
        found.append(replace(one, servings=servings, places=places))
    kept = tuple(one for one in found if one.places)
    source = tiny_input(
        candidates=CandidateSet(kept, (), kitchen.nutrients), wishes=Wishes(), targets=FEW
    )
    table = {**source.rules.points["table"], "further_dish": price, "third_dish": 3.0 * price}
    rules = replace(source.rules, points={**source.rules.points, "table": table})
    return replace(source, rules=rules)


def solved(price, ann=(), ben=()):
    sources = {"Ann": eater(3, price, ann), "Ben": eater(43, price, ben)}
    return sources, solve_table(sources, {}, WORK, time.perf_counter())


def served_on(place, found):
    return [
        [c.candidate.source_id for day in one.days for c in day if c.place == place]
        for one in found.each.values()
    ]


def test_a_further_dish_that_costs_nothing_is_cooked_and_one_that_costs_much_is_not():
    _, apart = solved(0.0)
    _, alike = solved(50.0)
    assert len(set(map(tuple, served_on("lunch.main", apart)))) == 2
    assert len(set(map(tuple, served_on("lunch.main", alike)))) == 1
    assert FURTHER not in alike.total.terms


@pytest.mark.parametrize(("price", "kinds"), [(0.0, 2), (50.0, 1)])
def test_a_first_snack_of_ones_own_costs_points_as_a_lunch_does(price, kinds):
    sources, at_dinner = {}, [("dinner.finish", "apple"), ("dinner.finish", "pudding")]
    for name, seed, dear in (("Ann", 3, "apple"), ("Ben", 43, "pudding")):
        source = eater(seed, price, at_dinner, dear)
        fruit = {**source.rules.rules["fruit"], "occasions": 1}
        rules = replace(source.rules, rules={**source.rules.rules, "fruit": fruit})
        sources[name] = replace(source, rules=rules)
    found = solve_table(sources, {}, WORK, time.perf_counter())
    assert len(set(map(tuple, served_on("snack.first", found)))) == kinds


def test_what_stands_beside_the_first_snack_is_one_thing_and_nobody_needs_it():
    source, at = with_columns(eater(1, 2.0))
    apple, nuts = at["snack.first.apple.100"], at["snack.second.nuts.100"]
    milk = Column(1, nuts.place, at["snack.first.pudding.100"].candidate, nuts.serving)
    assert further_points(source, [[[apple]], [[apple, nuts]], [[apple, nuts]]]) == 0.0
    assert further_points(source, [[[apple]], [[apple, nuts]], [[apple, milk]]]) == 2.0


def test_who_may_not_have_it_has_another_dish_and_the_points_say_so():
    only_pie = [("lunch.main", "beans"), ("lunch.main", "fish")]
    sources, found = solved(50.0, ann=[("lunch.main", "chard_pie")], ben=only_pie)
    beside = terms_beside(sources["Ann"], (one.days for one in found.each.values()))
    assert found.total.terms[FURTHER] == beside[FURTHER] >= 50.0  # nothing is left over on day 1
    own = sum(one.objective for one in found.each.values())
    assert found.total.objective == pytest.approx(own + sum(beside.values()))


def further_points(source, weeks):
    """The points of dishes beyond the first."""
    return terms_beside(source, weeks).get(FURTHER, 0.0)


def with_columns(source):
    """An eater's input, and the columns by their names."""
    columns = average_weeks({"": source})[""].parts.model.table.columns
    return source, {one.name: one for one in columns}


def test_what_is_only_warmed_up_is_no_further_dish():
    source, at = with_columns(eater(1, 2.0))
    beans, warmed = at["lunch.main.beans.100"], at["lunch.main.beans.leftover.100"]
    pie, dinner = at["lunch.main.chard_pie.100"], at["dinner.main.fish.100"]
    assert further_points(source, [[[beans]], [[warmed]], [[dinner]]]) == 0.0
    assert further_points(source, [[[beans]], [[pie]], [[beans]]]) == 2.0
    assert further_points(source, [[[beans], [pie]], [[pie], [beans]]]) == 4.0


def test_a_third_main_dish_of_a_meal_costs_more_whether_cooked_or_warmed_up():
    source, at = with_columns(eater(1, 2.0))
    beans, warmed = at["lunch.main.beans.100"], at["lunch.main.beans.leftover.100"]
    pie, fish = at["lunch.main.chard_pie.100"], at["lunch.main.fish.100"]
    prices = table_prices(source)
    assert prices == (2.0, 6.0)
    each = prices.further + prices.third
    assert further_points(source, [[[warmed]], [[pie]], [[fish]]]) == each
    assert further_points(source, [[[beans]], [[pie]], [[fish]]]) == prices.further + each
    assert further_points(source, [[[beans]], [[warmed]], [[pie]]]) == prices.further


def test_a_dish_that_is_good_for_all_is_searched_for_all():
    weeks = average_weeks({name: eater(seed, 5.0) for name, seed in (("Ann", 1), ("Ben", 2))})
    leads = {name: Steering(week.parts.arrays) for name, week in weeks.items()}
    table = weeks["Ann"].parts.model.table.columns
    for served in served_eaters(weeks, {}, leads, ListedMeals(1, 1, 0.0, 12)):
        used = {
            one for own in served.menus for menu in own for one in menu.columns.ravel().tolist()
        }
        dishes = {table[index].candidate.source_id for index in used}
        assert {"beans", "fish", "porridge"} <= dishes


def test_who_shares_the_only_meal_and_no_dish_of_it_finds_no_week():
    away = Absence(("breakfast", "lunch", "snack"))
    dinners = {"Ann": "fish", "Ben": "chard_pie"}
    sources = {
        name: replace(
            eater(1, 5.0, [("dinner.main", dish), ("dinner.main", "beans")]), absences=(away, away)
        )
        for name, dish in dinners.items()
    }
    weeks = {
        name: EaterWeek(one, solve_aggregate(sources[name], one.arrays))
        for name, one in ((name, build_week(source)) for name, source in sources.items())
    }
    leads = {name: Steering(week.parts.arrays) for name, week in weeks.items()}
    shared = {"dinner.main": tuple(sources)}
    for served in served_eaters(weeks, shared, leads, ListedMeals(4, 1, 0.0, 12)):
        assert all((menu.columns == NOTHING).all() for own in served.menus for menu in own)


def test_a_thing_that_one_alone_uses_costs_as_much_as_one_that_all_use():
    source, at = with_columns(eater(1, 2.0))
    waste = {**source.rules.points["waste"], "per_kind": 3.0}
    rules = {**source.rules.rules, "kinds": {**source.rules.rules["kinds"], "most": 0}}
    own = replace(source.rules, points={**source.rules.points, "waste": waste}, rules=rules)
    names = {food for one in at.values() for food, _ in one.serving.portion.ingredients}
    source = replace(source, rules=own, sharers=2, packages={name: (name, 1.0) for name in names})
    beans, fish = at["lunch.main.beans.100"], at["lunch.main.fish.100"]
    bought = {name: set(bought_for(one, source)) for name, one in (("b", beans), ("f", fish))}
    assert bought["b"] - bought["f"]
    assert bought["f"] - bought["b"]
    assert THINGS not in terms_beside(source, [[[beans]], [[beans]]])  # each pays for half of it
    apart = terms_beside(source, [[[beans]], [[fish]]])[THINGS]
    own_parts = 1.5 * (len(bought["b"]) + len(bought["f"]))
    assert apart + own_parts == pytest.approx(3.0 * len(bought["b"] | bought["f"]))
    before = terms_beside(replace(source, sharers=1), [[[beans, fish]]])
    assert THINGS not in before  # who eats alone pays for all
