"""Who has food to be used up: the same comes again and more of it, on no three days running."""

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.used_up import asked_uses, taken_g
from planner.request.meal_hours import read_cook_on
from planner.request.preferences import Preferences
from planner.request.put import Put
from planner.request.request import BODY_FIELDS, PlanRequest, SolveOptions, WeekOptions
from planner.settings import read_settings
from tests.one_eater import plan_meals
from tests.planner.table.test_asked import prepared

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
DINNERS = {one.dish_id for one in DISHES if one.kind == "main"}
LENTILS = {"red lentils": 300.0}
THREE = {**LENTILS, "oats": 300.0, "almonds": 120.0}


def source(use, **more):
    return next(iter(prepared(use=use, **more).weeks.values())).source


def test_three_days_use_up_nearly_all_of_a_bag_of_lentils():
    wanted = Preferences(use=LENTILS)
    seed = SolveOptions(seed=4)  # as seeds 2 to 7
    request = PlanRequest(assumed=BODY_FIELDS, week=WeekOptions(3), preferences=wanted, solve=seed)
    report = plan_meals(request, FOODS, DISHES)
    ((_, lentils),) = asked_uses(request, FOODS, DISHES)
    assert report.check.passed
    assert taken_g(lentils, report.plan, FOODS) >= 230.0  # 171 g where each dish comes once
    served = [
        {one.item_id for one in day.items() if one.kind == "dish"} for day in report.plan.days
    ]
    assert not set.intersection(*served) & DINNERS


def test_only_who_asks_for_it_has_other_limits():
    usual, asked = source({}), source(LENTILS)
    changed = read_settings("meals/eaters.toml")["uses_up"]["rules"]
    assert usual.eaten_again() == frozenset()
    for name, own in changed.items():
        assert {key: asked.rules.rules[name][key] for key in own} == own
        assert any(usual.rules.rules[name][key] != one for key, one in own.items()), name


def test_who_names_several_foods_buys_few_things_besides():
    one, several = source(LENTILS), source(THREE)
    assert one.rules.rules["kinds"]["most"] > several.rules.rules["kinds"]["most"]
    assert one.rules.points["waste"]["per_kind"] < several.rules.points["waste"]["per_kind"]


def test_what_the_whole_table_is_to_use_up_is_eaten_again_by_each():
    each = [one.source.eaten_again() for one in prepared(use=LENTILS, ben={}).weeks.values()]
    assert all("red_lentil_tomato_soup_pita" in one for one in each)
    ann, ben = (one.source.eaten_again() for one in prepared(ben={"use": LENTILS}).weeks.values())
    assert ann == frozenset()
    assert ben


def test_what_is_cooked_already_or_put_on_a_meal_does_not_come_again_nor_who_cooks_ahead():
    assert source({"leftover rice": 200.0}).eaten_again() == frozenset()
    put = Put("sat", "dinner", "red_lentil_tomato_soup_pita")
    (own,) = prepared(put, use=LENTILS).weeks.values()
    assert own.source.eaten_again() == source(LENTILS).eaten_again() - {put.dish}
    ahead = source(LENTILS, wishes={"max_minutes_on": read_cook_on("sun,wed")})
    assert ahead.eaten_again() == frozenset()
