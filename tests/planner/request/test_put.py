"""Dishes that are put on meals, and foods to be used up: read, laid over, written and read back."""

import re
from datetime import date

import pytest

from planner.cli.eater_flags import change_table
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.request.days import puts_by_day
from planner.request.meal_phrases import read_guests, read_holiday, read_meal_of_day
from planner.request.put import Put, days_put, days_without, on_days, read_put
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from planner.request.request import WeekOptions
from planner.request.use_phrases import read_use
from planner.targets.eaters import eater_requests

MONDAY = date(2026, 3, 2)
TABLE = {"eaters": [{"name": "Ann"}, {"name": "Ben"}]}


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("fri:dinner=pizza", Put("fri", "dinner", "pizza")),
        (" 3 : Lunch = bean soup ", Put(3, "lunch", "bean soup")),
        ("Every Friday:dinner=pizza", Put("every friday", "dinner", "pizza")),
        ("every breakfast=oatmeal", Put("every day", "breakfast", "oatmeal")),
        ("weekday breakfasts=oatmeal", Put("weekday", "breakfast", "oatmeal")),
        ("next Fri:dinner=pizza", Put("next Fri", "dinner", "pizza")),
        ("Ben:Each lunch=soup", Put("every day", "lunch", "soup", "Ben")),
        ("every day:snack=apple", Put("every day", "snack", "apple")),
        ("2026-03-06:dinner=pizza", Put("2026-03-06", "dinner", "pizza")),
        ("Ben:fri:dinner=pizza", Put("fri", "dinner", "pizza", "Ben")),
    ],
)
def test_a_put_is_read_as_people_write_it(text, put):
    assert read_put(text) == put


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fri:dinner=pizza", "dinner, Friday"),
        ("second fri:dinner=pizza", "dinner, second Friday"),
        ("every fri:dinner=pizza", "dinner, every Friday"),
        ("every day:snack=pizza", "snack, every day"),
        ("2026-03-06:dinner=pizza", "dinner, 2026-03-06"),
        ("3:dinner=pizza", "dinner, day 3"),
    ],
)
def test_the_day_of_a_put_is_said_by_its_name(text, said):
    assert read_put(text).text == f"pizza at {said}"


@pytest.mark.parametrize("text", ["pizza", "fri=pizza", "fri:tea=x", ":dinner=x", "a:b:3:lunch=x"])
def test_another_form_of_put_is_refused_with_an_example(text):
    with pytest.raises(ConfigError, match='such as "fri:dinner=pizza"'):
        read_put(text)


@pytest.mark.parametrize("text", ["every 3:dinner=x", "every 6 Mar:dinner=x"])
def test_only_a_weekday_comes_every_week(text):
    with pytest.raises(ConfigError, match="write every fri"):
        read_put(text)


def test_today_is_kept_as_a_date():
    assert date.fromisoformat(read_put("today:dinner=pizza").day)


@pytest.mark.parametrize(
    ("day", "count", "start", "days"),
    [
        ("fri", 7, None, (5,)),
        ("every fri", 14, None, (5, 12)),
        ("every fri", 14, date(2026, 3, 5), (2, 9)),  # from Thursday on
        ("every day", 3, None, (1, 2, 3)),
        ("2026-03-03", 7, MONDAY, (2,)),
        (4, 7, None, (4,)),
    ],
)
def test_a_day_means_the_days_of_the_plan_that_are_called_so(day, count, start, days):
    assert days_put(day, count, start) == days


def test_a_weekday_of_two_weeks_is_asked_about():
    with pytest.raises(ConfigError, match='day 5 and day 12 — name one, or write "every fri"'):
        days_put("fri", 14, None)
    with pytest.raises(ConfigError, match=r"day 5 \(Fri 11 Dec\) and day 12 \(Fri 18 Dec\) — name"):
        days_put("fri", 14, date(2026, 12, 7))
    for flags in (
        {"skip": [read_meal_of_day("fri:dinner")]},
        {"eat_out": [read_meal_of_day("fri")]},
        {"guests": [read_guests("fri:dinner=1")]},
        {"holiday": [read_holiday("fri")]},
    ):
        with pytest.raises(ConfigError, match=r"day 5 and day 12 — name one, or write"):
            build_request(days=14, **flags)
    for text in ("every fri:dinner", "fridays:dinner", "jeden Freitag:Abendessen"):
        asked = build_request(days=14, skip=[read_meal_of_day(text)])
        assert asked.week.skip == ((5, "dinner"), (12, "dinner"))


def test_a_menu_that_comes_again_has_its_puts_once():
    week = WeekOptions(days=14, cycle=7, put=(Put("every fri", "dinner", "pizza"),))
    assert list(puts_by_day(week)) == [5]


@pytest.mark.parametrize(
    ("text", "grams"), [("rice:300g", 300), ("rice:0.5 kg", 500), ("rice: 1 lb", 453.59237)]
)
def test_food_to_be_used_up_is_weighed_in_any_unit(text, grams):
    name, mass_g = read_use(text)
    assert (name, mass_g) == ("rice", pytest.approx(grams))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2 chicken breasts", "Chicken breast"),
        ("1 lb ground beef", "Lean ground beef"),
        ("3 eggs", "Egg"),
        ("black beans 1 tin", "Black beans, canned"),
        ("canned chickpeas:1 can", "Chickpeas, canned"),
    ],
)
def test_a_line_as_of_a_recipe_is_food_as_it_is_bought(text, name):
    found, mass_g = read_use(text)
    assert found.startswith(name)
    assert 100 < mass_g < 500


@pytest.mark.parametrize(
    "text",
    [
        "500 g carrots",
        "carrots 0.5 kg",
    ],
)
def test_a_weight_in_a_line_is_that_of_what_is_at_home(text):
    assert read_use(text) == ("Carrot", 500.0)


@pytest.mark.parametrize(
    ("text", "name", "grams"),
    [
        ("1 bag of edamame", "Shelled edamame, frozen", 340.2),
        ("a jar of tahini", "Tahini", 453.6),
        ("frozen spinach 2 packs", "Frozen spinach", 567.0),
    ],
)
def test_packages_of_our_shops_are_amounts(text, name, grams):
    assert read_use(text) == (name, pytest.approx(grams, abs=1.0))


@pytest.mark.parametrize(
    ("text", "name", "grams"),
    [
        ("tofu 400g", "tofu", 400),
        ("milk: 1 l", "milk", 1031),
        ("a gallon of milk", "milk", 3903),
        ("2 x 400g chickpeas", "chickpeas", 800),
        ("~300 g lentils", "Brown or green lentils, dry", 300),
        ("1,000 g potatoes", "Potatoes", 1000),
        ("potatoes:1.000 g", "potatoes", 1000),
        ("eggs:6", "Eggs", 342),
        ("eggs,6", "Eggs", 342),
        ("6 hard-boiled eggs", "hard-boiled eggs", 300),
        ("1 kg potatoes, Friday", "Potatoes by Friday", 1000),
    ],
)
def test_amounts_are_read_as_people_write_them(text, name, grams):
    assert read_use(text) == (name, pytest.approx(grams, abs=1.0))


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("1 Glas rote Bete", "rote Bete:300g"),
        ("angebrochene Packung Feta", "Feta:300g"),
    ],
)
def test_an_amount_of_which_nobody_knows_the_grams_is_not_said_to_be_none(text, example):
    with pytest.raises(ConfigError, match=f'does not tell how many grams.*"{example}"'):
        read_use(text)
    read_use(example)


@pytest.mark.parametrize(
    "text",
    [
        "2 bananas, 3 apples",
    ],
)
def test_of_several_foods_none_is_left_out_silently(text):
    with pytest.raises(ConfigError, match=r"several foods.*write each by itself"):
        read_use(text)


@pytest.mark.parametrize("text", ["spinach:300g by wednesday", "spinach by wednesday:300g"])
def test_what_is_good_until_a_day_is_not_planned_behind_it(text):
    request = request_from_dict({"preferences": {"use": dict([read_use(text)])}} | TABLE)
    wanted = request.preferences
    assert dict(wanted.use) == {"Fresh spinach": 300}
    (days,) = wanted.without_on.values()
    assert days_without(days, 7, None) == {4, 5, 6, 7}
    assert not days_without(days, 2, None)
    assert request_from_dict(request_to_dict(request)) == request
    longer = change_table(request, "plan", (), {"use": (read_use("spinach:300g by fri"),)})
    assert dict(longer.preferences.without_on) == {"Fresh spinach": ["after fri"]}
    assert on_days("Fresh spinach", days) == "no Fresh spinach after wednesday"


@pytest.mark.parametrize(
    "text", ["rice", "2 breasts", "rice:", "rice:much", "rice:0g", "rice:30kg", "200 spinach"]
)
def test_food_without_an_amount_that_can_be_eaten_is_refused(text):
    with pytest.raises(ConfigError, match="write"):
        read_use(text)


def test_what_is_asked_for_is_written_and_read_back(tmp_path):
    week = {"put": [{"day": "every fri", "slot": "dinner", "dish": "pizza", "eater": "Ben"}]}
    request = request_from_dict({"week": week, "preferences": {"use": {"rice": 300}}} | TABLE)
    assert request_from_dict(request_to_dict(request)) == request
    file = tmp_path / "request.toml"
    file.write_text(write_request(request), encoding="utf-8")
    assert read_request(file) == request
    assert 'day = "every fri"' in file.read_text(encoding="utf-8")


def test_a_flag_takes_the_place_of_what_the_file_puts_on_the_meal(tmp_path):
    file = tmp_path / "request.toml"
    file.write_text(
        '[week]\nput = [{day = "fri", slot = "dinner", dish = "pizza"}, '
        '{day = 2026-03-03, slot = "lunch", dish = "soup"}]\nstart = 2026-03-02\n'
    )
    other = build_request(file, put=(read_put("fri:dinner=stew"),)).week.put
    assert [one.dish for one in other] == ["soup", "stew"]
    for said in (
        "fri:dinner=none",
        "5:dinner=none",
        "2026-03-06:dinner=none",
        "every fri:dinner=none",
    ):
        gone = build_request(file, put=(read_put(said),)).week.put
        assert [one.dish for one in gone] == ["soup"]


def test_a_day_that_the_plan_does_not_have_is_not_let_go_in_silence():
    with pytest.raises(ConfigError, match="there are 7 days, not a day 9"):
        build_request(put=(read_put("9:dinner=none"),))


def test_one_day_of_what_comes_every_week_may_have_another_dish(tmp_path):
    file = tmp_path / "request.toml"
    file.write_text(
        '[week]\ndays = 21\nput = [{day = "every fri", slot = "dinner", dish = "pizza"}]\n'
    )
    put = build_request(file, put=(read_put("12:dinner=stew"),)).week.put
    assert [(one.day, one.dish) for one in put] == [(5, "pizza"), (19, "pizza"), (12, "stew")]


@pytest.mark.parametrize(
    ("week", "fault"),
    [
        ({"days": 3}, "there are 3 days, not a day 4"),
        ({"slots": ["breakfast", "lunch"]}, "no dinner is planned"),
        ({"skip": [{"day": 4, "slot": "dinner"}]}, "no dinner is planned on day 4"),
    ],
)
def test_a_put_on_a_meal_that_is_not_planned_is_refused(week, fault):
    put = [{"day": 4, "slot": "dinner", "dish": "pizza"}]
    with pytest.raises(ConfigError, match=f"--put 4:dinner=pizza: {fault}"):
        request_from_dict({"week": {**week, "put": put}})


def test_a_put_of_nobody_at_the_table_is_refused():
    put = [{"day": 4, "slot": "dinner", "dish": "pizza", "eater": "Tom"}]
    with pytest.raises(ConfigError, match="nobody is called 'Tom' — one of Ann, Ben"):
        request_from_dict({"week": {"put": put}} | TABLE)


def test_each_eater_has_what_is_everybodys_and_ones_own():
    puts = [
        {"day": 1, "slot": "dinner", "dish": "pizza"},
        {"day": 2, "slot": "lunch", "dish": "soup", "eater": "ben"},
    ]
    asked = eater_requests(request_from_dict({"week": {"put": puts}} | TABLE))
    assert [one.dish for one in asked["Ann"].week.put] == ["pizza"]
    assert [one.dish for one in asked["Ben"].week.put] == ["pizza", "soup"]


def test_whose_flags_they_are_says_whose_meals_they_are():
    request = request_from_dict(TABLE)
    puts = (read_put("3:lunch=soup"), read_put("Ann:4:lunch=stew"))
    changed = change_table(request, "flags", ("Ben",), {"put": puts, "use": (("rice", 300.0),)})
    assert [(one.eater, one.dish) for one in changed.week.put] == [("Ben", "soup"), ("Ann", "stew")]
    assert [dict(one.preferences.use) for one in changed.eaters] == [{}, {"rice": 300.0}]


@pytest.mark.parametrize("text", ["Friday dinner=pizza", "Freitagabend=pizza"])
def test_a_meal_may_stand_behind_its_day_without_a_colon(text):
    put = read_put(text)
    assert (put.slot, put.dish) == ("dinner", "pizza")
    assert days_put(put.day, 7, None) == (5,)


def test_guests_are_read_as_people_count_them_and_the_example_has_their_words():
    assert read_guests("fri:dinner=2 vegetarians")["diet"] == "vegetarian"
    assert read_guests("fr:abendessen=2 Gäste")["count"] == 2
    for said in ("4 guests on sat evening", "4 Gäste am Samstagabend", "sat dinner: 4"):
        assert read_guests(said) == read_guests("sat:dinner=4")
    assert read_guests("6:dinner=2 guests, vegan")["diet"] == "vegan"
    for said in ("sat dinner 2 vegetarians", "zwei Vegetarier am Samstagabend"):
        assert read_guests(said) == read_guests("sat:dinner=2,vegetarian")


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("2 vegetarians", "1:dinner=2 vegetarians"),
        ("zwei Veganer am Samstag", "samstag:dinner=2 veganer"),
        ("sat: 2 vegans", "sat:dinner=2 vegans"),
        ("vegetarians", "1:dinner=2"),
    ],
)
def test_guests_without_a_meal_are_asked_about_with_what_is_read_as_printed(text, example):
    with pytest.raises(ConfigError, match=f'"{example}"') as raised:
        read_guests(text)
    for printed in re.findall('"(.*?)"', raised.value.remedy):
        assert read_guests(printed)["count"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "leftover roast",
    ],
)
def test_what_no_plan_takes_of_what_is_left_has_no_example_that_does_not_work(text):
    with pytest.raises(ConfigError, match="says no amount") as raised:
        read_use(text)
    assert re.search("--eat-out 1:lunch$", raised.value.remedy)


@pytest.mark.parametrize(
    "text",
    [
        "leftover coleslaw",
        "leftover pulled pork",
        "leftover guacamole",
        "leftover mashed potatoes",
        "leftover garlic bread",
        "leftover cranberry sauce",
    ],
)
def test_what_stands_beside_something_is_asked_what_it_is_had_with(text):
    with pytest.raises(ConfigError, match=r"no meal by itself .* --eat-out 1:lunch, or say what"):
        read_use(text)


@pytest.mark.parametrize(
    ("text", "count", "thing"),
    [
        ("half a lasagne", 0.5, "lasagne"),
        ("two slices of pizza", 2.0, "pizza"),
        ("three bean salad", 0.0, "three bean salad"),
        ("half and half", 0.0, "half and half"),
    ],
)
def test_halves_and_what_german_counts_by_are_read(text, count, thing):
    put = read_put(f"fri:dinner={text}")
    assert (put.count, put.thing) == (count, thing)
