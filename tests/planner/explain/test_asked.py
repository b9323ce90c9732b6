from foods.embedded import read_embedded_foods
from planner.candidates.used_up import UsedUp
from planner.explain.asked import notes_on_rates, notes_on_uses
from planner.language.spoken import spoken
from planner.plan.plan import Plan
from tests.plates import day, food, table

PLATES = table(food("pumpkin_seeds_raw"), food("salmon_raw"), food("chard_raw"))
FOODS = read_embedded_foods()


def told(food_id: str, mass_g: float, eaten_g: float) -> str:
    days = tuple(day(number, PLATES, snack={food_id: eaten_g}) for number in (1, 2))
    use = UsedUp("a bag", {food_id: 1.0}, mass_g, frozenset({food_id}))
    (note,) = notes_on_uses([("", use)], {"": Plan(days, {}, {}, None, 0.0, 1)}, FOODS)
    return spoken(note)


def test_a_bag_that_keeps_says_how_much_a_day_how_long_and_why_not_more():
    text = told("pumpkin_seeds_raw", 500.0, 20.0)
    assert "40 of 500 g are eaten, some 20 g a day (" in text
    assert "lasts 25 days in all, and 460 g keep for later: no meal was found" in text


def test_what_spoils_is_left_over():
    assert "460 g are left over" in told("salmon_raw", 500.0, 20.0)
    assert "all 40 g are eaten" in told("salmon_raw", 40.0, 20.0)
    assert "chard and beet greens together: at most 2 meals" in told("chard_raw", 500.0, 20.0)


def test_the_first_screen_has_it_of_what_keeps_and_is_left_alone():
    days = tuple(day(one, PLATES, snack={"pumpkin_seeds_raw": 20.0}) for one in (1, 2))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    for mass_g, count in ((500.0, 1), (40.0, 0)):
        use = UsedUp("a bag", {"pumpkin_seeds_raw": 1.0}, mass_g, frozenset({"pumpkin_seeds_raw"}))
        found = [spoken(one) for one in notes_on_rates([("", use)], plan, FOODS)]
        assert ["lasts 25 days" in one for one in found] == [True] * count
