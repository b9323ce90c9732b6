import pytest

from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.request.eater_phrases import EATER_EXAMPLE, read_eater
from planner.request.lay_over import lay_over
from planner.request.meal_phrases import read_guests, read_meal_out
from planner.request.measures import names_unit
from planner.request.read import request_from_dict, request_to_dict


def test_an_eater_is_read_as_an_entry_of_the_file():
    body = "name=Ben, sex=m, age=40, height=1.78 m, weight=80"
    assert read_eater(f"{body}, without=peanut, without=soy, like=tofu:3") == {
        "name": "Ben",
        "profile": {"sex": "m", "age": 40, "height_cm": 178.0, "weight_kg": 80.0},
        "preferences": {"without": ["peanut", "soy"], "like": {"tofu": 3}},
    }


def test_the_example_can_be_read_and_slots_are_joined_by_a_plus():
    assert read_eater(EATER_EXAMPLE)["preferences"]["diet"] == "vegetarian"
    assert read_eater("name=Mia,slots=lunch+dinner")["slots"] == ["lunch", "dinner"]


def test_bounds_of_an_eater_are_those_of_the_flags_and_are_laid_over_a_file():
    told = read_eater("name=Ole,macros=40/25/35,target=iron_mg>=15")
    targets = {
        "carbohydrate_pct_energy": {"lower": 35.0, "upper": 45.0},
        "protein_pct_energy": {"lower": 20.0, "upper": 30.0},
        "fat_pct_energy": {"lower": 30.0, "upper": 40.0},
        "iron_mg": {"lower": 15.0},
    }
    assert told["targets"] == targets
    before = {"zinc_mg": {"lower": 15.0}}
    laid = lay_over({"eaters": [{"name": "Ole", "targets": before}]}, {"eater": (told,)})
    assert laid["eaters"][0]["targets"] == before | targets


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sex=m", "names nobody"),
        ("name=Ben,sex=x", "'x' is not one of f, m"),
        ("name=Ben,age=ten", "'ten' is no number"),
        ("name=Ben,wieght=80", "unknown key 'wieght', the nearest: weight"),
        ("name=Ben,age=9,age=10", "age stands there twice"),
        ("name=Ben,peanut", "'peanut' is no key=value"),
        ("name=Ben,slots=brunch", "'brunch' is not one of"),
    ],
)
def test_what_is_no_eater_is_said(text, message):
    with pytest.raises(ConfigError, match=message):
        read_eater(text)


def test_who_is_there_on_some_days_says_which():
    for said, days in (
        ("days=fri-sun", ["fri-sun"]),
        ("on=sat sun", ["sat", "sun"]),
        ("days=1+3", [1, 3]),
        ("days=every day", ["every day"]),
        ("away=mon-wed+sat", ["every day but mon-wed+sat"]),
    ):
        assert [*map(str, days)] == read_eater(f"name=Kid,age=8,{said}")["days"]
    for wrong, message in (
        ("days=fri,away=mon", "away stands there twice"),
        ("away=2026-03-02", "weekday"),
        ("skip=mon", "days=fri-sun or away=mon"),
    ):
        with pytest.raises(ConfigError, match=message):
            read_eater(f"name=Kid,age=8,{wrong}")
    assert read_guests("sat,sun:dinner=1")["count"] == 1


def test_what_flags_say_of_a_mother_and_her_child_is_said_of_an_eater_too():
    told = "name=Mum,sex=f,age=32,state=lactating,lactation-month=4"
    month = read_eater(told)["profile"]["lactation_month"]
    assert (month, type(month)) == (4, int)  # as a request file has it
    assert (
        read_eater("name=Ann,state=pregnant,gestation_week=20")["profile"]["gestation_week"] == 20
    )
    assert read_eater("name=Mia,age=18 months")["profile"]["age"] == 1


def test_guests_are_a_meal_of_a_day_with_a_number():
    assert read_guests("6:dinner=2") == {"day": 6, "slot": "dinner", "count": 2}
    assert read_guests("1:lunch")["count"] == 1
    request = build_request(days=7, guests=(read_guests("weekday lunches=3"),))
    assert [(one.day, one.slot, one.count) for one in request.week.guests] == [
        (day, "lunch", 3) for day in range(1, 6)
    ]
    every = [read_guests("every dinner=1"), read_guests("6:dinner=3")]  # one day of them is another
    counts = {one.day: one.count for one in build_request(days=7, guests=every).week.guests}
    assert counts == {day: 3 if day == 6 else 1 for day in range(1, 8)}
    every.reverse()  # in whatever order
    assert {one.day: one.count for one in build_request(days=7, guests=every).week.guests} == counts
    twice = [read_guests("6:dinner=4"), read_guests("6:dinner=2,vegetarian")]
    with pytest.raises(ConfigError, match="day 6, dinner stands there twice"):
        build_request(days=7, guests=twice)
    with pytest.raises(ConfigError, match="80 is not 1 to 20 people") as caught:
        read_guests("weekday lunches=80")
    assert "--people 80" in caught.value.remedy


@pytest.mark.parametrize(
    ("guests", "out", "days"),
    [
        (["every dinner=1"], "2:dinner", [1, 3]),
        (["every dinner=1", "3:dinner=4"], "2", [1, 3]),
        (["1:dinner=1", "2:dinner=1"], "2:dinner", None),
        (["every dinner=1", "2:dinner=4"], "2:dinner", None),
        (["every dinner=1"], "every dinner", None),
    ],
)
def test_guests_of_every_dinner_do_not_come_to_one_that_is_not_planned(guests, out, days):
    guests, out = [*map(read_guests, guests)], [read_meal_out(out)]
    planned = request_to_dict(build_request(days=3, guests=guests))
    for make in (
        lambda: build_request(days=3, guests=guests, eat_out=out),
        lambda: request_from_dict(lay_over(planned, {"eat_out": out})),
    ):
        if days is None:
            with pytest.raises(ConfigError, match="no dinner is planned on day"):
                make()
        else:
            assert [one.day for one in make().week.guests] == days


def test_guests_who_were_asked_are_sent_away_with_none():
    before = request_to_dict(build_request(days=3, guests=[read_guests("every dinner=1")]))
    laid = request_from_dict(lay_over(before, {"guests": [read_guests("2:dinner=0")]}))
    assert [one.day for one in laid.week.guests] == [1, 3]


@pytest.mark.parametrize("order", [1, -1])
def test_guests_who_eat_otherwise_sit_beside_those_of_every_day(order):
    flags = ["sat:dinner=4,vegan", "every dinner=1,half servings,without peanut"][::order]
    request = build_request(days=7, start="2026-03-02", guests=list(map(read_guests, flags)))
    seated = {one.day: one for one in request.week.guests}
    assert {one.count for day, one in seated.items() if day != 6} == {1}
    saturday = seated[6]
    assert (saturday.count, saturday.diet, saturday.without) == (5, "vegan", ("peanut",))
    assert saturday.servings * saturday.count == pytest.approx(4.5)
    flags = ["sat:dinner=4,vegan", "every dinner=1,pescatarian"]
    with pytest.raises(ConfigError, match="day 6, dinner stands there twice"):
        build_request(days=7, start="2026-03-02", guests=list(map(read_guests, flags)))


@pytest.mark.parametrize(
    "text", ["dinner=2", "6:brunch=2", "6:dinner=some", "99:dinner=1", "0:lunch"]
)
def test_what_is_no_meal_with_guests_is_said(text):
    with pytest.raises(ConfigError, match=r"no meal with guests|is not"):
        read_guests(text)


def test_a_weight_with_its_unit_is_meant_as_it_is():
    assert names_unit(read_eater("name=Bo,weight=150 kg")["profile"]["weight_kg"])
    assert not names_unit(read_eater("name=Bo,weight=150")["profile"]["weight_kg"])


def test_a_phrase_may_hold_bounds_and_two_of_a_nutrient_make_a_band():
    bounds = "target=fat_pct_energy<=45,target=energy_kcal>=1900,target=energy_kcal<=2100"
    assert read_eater(f"name=Tom,{bounds}")["targets"] == {
        "fat_pct_energy": {"upper": 45.0},
        "energy_kcal": {"lower": 1900.0, "upper": 2100.0},
    }


def test_how_many_an_eater_stands_for_is_laid_over_who_is_there():
    laid = lay_over(
        {"eaters": [{"name": "Ann"}, {"name": "Ben"}]}, {"eater": ({"name": "ben", "count": 4},)}
    )
    assert [one.get("count") for one in laid["eaters"]] == [None, 4]
