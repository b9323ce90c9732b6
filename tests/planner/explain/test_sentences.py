"""What reports say: what is used up or short, who shares, guests, own bounds and holidays."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from foods.embedded import read_embedded_foods
from planner.bound.conflict import Breach, SharedConflict
from planner.candidates.used_up import UsedUp
from planner.check.judge import CheckResult, Finding
from planner.cli.options import build_request
from planner.explain import offers
from planner.explain.asked import notes_on_rates, notes_on_uses
from planner.explain.days import asked_by_day, facts_sentence, notes_on_days, small_guests_told
from planner.explain.offers import explain_locks
from planner.explain.reasons import explain_plan
from planner.explain.refusal import explain_shared
from planner.explain.report import Collision, Concession
from planner.explain.table_report import knives_told
from planner.model.keys import RowKey
from planner.plan.plan import Day, DayFacts, Plan
from planner.request.eater import Guests
from planner.request.phrases import FrequencyRule, read_macros, read_target
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.solve.locks import Lock
from planner.standards.read import read_standard
from planner.targets.derive import targets_of
from tests import plates
from tests.kitchen import tiny_input
from tests.planner.table.test_asked import prepared
from tests.plates import day, food, table
from tests.reports import FOODS as FOUR_FOODS
from tests.reports import make_plan, make_report
from tests.rows import rows

PLATES = table(food("pumpkin_seeds_raw"), food("salmon_raw"), food("chard_raw"))
FOODS = read_embedded_foods()


def asked_told(food_id, mass_g, eaten_g):
    days = tuple(day(number, PLATES, snack={food_id: eaten_g}) for number in (1, 2))
    use = UsedUp("a bag", {food_id: 1.0}, mass_g, frozenset({food_id}))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    (note,) = notes_on_uses([("", use)], {"": plan}, FOODS)
    return note, " ".join(notes_on_rates([("", use)], plan, FOODS))


def test_a_bag_that_keeps_says_how_much_a_day_how_long_and_why_not_more():
    text, first_screen = asked_told("pumpkin_seeds_raw", 500.0, 20.0)
    assert "40 of 500 g are eaten, some 20 g a day (" in text
    assert "lasts 25 days in all, and 460 g keep for later: no meal was found" in text
    assert "lasts 25 days" in first_screen
    assert asked_told("pumpkin_seeds_raw", 40.0, 20.0)[1] == ""


@pytest.mark.parametrize(
    ("food_id", "mass_g", "told"),
    [
        ("salmon_raw", 500.0, "460 g are left over"),
        ("salmon_raw", 40.0, "all 40 g are eaten"),
        ("chard_raw", 500.0, "chard and beet greens together: at most 2 meals"),
    ],
)
def test_what_spoils_is_left_over(food_id, mass_g, told):
    assert told in asked_told(food_id, mass_g, 20.0)[0]


SHORT = Finding("vitamin_d_ug", "week", None, 9.0, 15.0, None, False, 1.0, False, "total", 1)


def reasons_told(days, *findings):
    report = make_report(days)
    check = CheckResult(True, findings, ())
    return [*explain_plan(make_plan(days), check, report.targets, FOUR_FOODS, {}, ()).short]


def test_what_several_weeks_lack_is_said_once_as_it_is_in_the_worst():
    less, enough = replace(SHORT, week=2, value=6.0), replace(SHORT, week=3, holds=True, value=16.0)
    (line,) = reasons_told(21, SHORT, less, enough)
    assert line.startswith("Weeks 1, 2, most of all 2: Vitamin D: 6 µg a day from food, 40 % of 15")
    assert "none was found" in line
    (line,) = reasons_told(14, replace(SHORT, week=2))
    assert line.startswith("Week 2: Vitamin D: 9 µg")
    (line,) = reasons_told(7, SHORT)
    assert line.startswith("Vitamin D: 9 µg")
    much = Finding("sodium_mg", "week", None, 2400.0, None, 2300.0, False, 1.0, False, "total", 1)
    (line,) = reasons_told(14, replace(much, value=2350.0), replace(much, week=2))
    assert line.startswith("Weeks 1, 2, most of all 2: Sodium: 2,400 mg a day, above the advised")


def asked(*without):
    request = PlanRequest()
    guests = (Guests(1, "lunch", 9, without=without),)
    return replace(request, week=replace(request.week, guests=guests))


def test_the_part_of_a_day_is_of_what_is_recommended_at_their_ages():
    told = small_guests_told(asked("choking hazards"))["small_children_lunch"]
    rows = read_standard("us").values
    days = [
        next(one.value for one in rows if (one.nutrient, one.kind, one.age_min_y) == key)
        for key in (("magnesium", "RDA", 1), ("magnesium", "RDA", 4))
    ]
    assert days == [80, 130]
    assert "of the 80 to 130 mg of magnesium" in told
    assert "24 to 40 mg" in told  # 30 %
    assert "no promise" in told


def test_other_guests_are_told_nothing():
    assert small_guests_told(asked()) == small_guests_told(asked("nuts")) == {}


RICE = {"white_rice_cooked": 150.0}


def left_over_locks_told(at, *, again=False, rows=(), past=()):
    source = prepared(use={"leftover rice": 300.0}).weeks[""].source
    dish = plates.item("fluffy_basmati_rice_butter", RICE)
    days = [plates.day(number, FOODS, dinner=dish) for number in range(1, 8)]
    days[at] = plates.day(at + 1, FOODS, dinner=replace(dish, leftover_of=at if again else None))
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    parts = SimpleNamespace(model=SimpleNamespace(source=source))
    refusal = explain_locks(plan, [Lock(at, "dinner")], parts, rows, past=past)
    assert bool(refusal.relaxations) is not bool(past)
    return str(refusal.conflict[0][2])


@pytest.mark.parametrize(("at", "again"), [(4, False), (2, True)])
def test_a_meal_past_the_days_of_a_leftover_or_warmed_up_twice_names_it(at, again):
    assert "leftover rice is eaten on the first 4 days" in left_over_locks_told(at, again=again)
    assert "the rules allow no plan" in left_over_locks_told(1)  # while it is good


def test_what_is_eaten_already_is_no_wish_that_could_be_let_go(monkeypatch):
    named = Collision("greens", "", "greens twice a week at most")
    monkeypatch.setattr(offers, "row_words", lambda parts, name: named)
    words = left_over_locks_told(1, rows=["rule"], past=(1, 2))
    assert words == "What days that are past have leaves no room for all that follows."


SHARED = {"lunch.main": ("Ann", "Ben"), "dinner.main": ("Ann", "Ben", "Eve")}
FISH = Breach(RowKey("frequency", "fish", "min", number=1), 2.0, 1.0)
NO_FISH = Breach(RowKey("frequency", "fish", "max", number=1), 0.0, None)


def said_of(*places):
    conflict = SharedConflict(places, {"Ann": (FISH,), "Ben": (NO_FISH,)})
    return explain_shared(conflict, SHARED, {"Ann": tiny_input(), "Ben": tiny_input()})


def test_the_table_is_told_who_shares_and_whose_wishes_collide():
    table, _ = said_of("dinner.main")
    ((meal, value, sentence),) = table.conflict
    assert (meal, value) == ("dinner", "shared")
    assert [meal for meal, _, _ in said_of("lunch.main", "dinner.main")[0].conflict] == [
        "lunch", "dinner",
    ]  # fmt: skip
    assert sentence.startswith("dinner: Ann, Ben and Eve share the main dish there")
    assert "what is listed below for Ann and Ben" in sentence
    # Eve is in nobody's way: each of the others may eat something else
    apart = [(one.text, one.apart) for one in table.relaxations]
    assert apart == [
        ("Ann does not share dinner", ("Ann", ("dinner",))),
        ("Ben does not share dinner", ("Ben", ("dinner",))),
    ]


def test_each_eater_is_told_the_own_wish_and_the_least_change_of_it():
    _, own = said_of("dinner.main")
    assert own["Ann"].conflict[0][2] == "fish: at least 2 times in 2 days, as asked for"
    assert own["Ben"].conflict[0][2] == "fish: at most 0 times in 2 days, as asked for"
    # one serving less in two days is 3.5 a week
    rule = FrequencyRule("fish", ">=", 3)
    assert own["Ann"].relaxations == (
        Concession("fish at least 3 times a week", '--per-week "fish>=3"', rule=rule),
    )
    assert own["Ben"].relaxations == ()


def test_that_time_was_over_before_each_change_was_known_is_said():
    conflict = SharedConflict(("dinner.main",), {"Ann": (FISH,)}, is_measured=False)
    table, own = explain_shared(conflict, SHARED, {"Ann": tiny_input()})
    assert "by how much some of these would have to give way" in table.conflict[-1].text
    assert not own["Ann"].is_proven


DAYS = (
    {"fibre_g": 31.6, "fat_g": 70.0, "protein_g": 100.0, "energy_kcal": 2000.0},
    {"fibre_g": 40.2, "fat_g": 81.0, "protein_g": 125.0, "energy_kcal": 2000.0},
)


OWN_DAYS = [replace(day, totals=own) for day, own in zip(make_plan(2).days, DAYS, strict=True)]


def own_bounds_told(*words, overrides=()):
    asked = overrides or tuple(map(read_target, words))
    request = PlanRequest(week=WeekOptions(days=2), overrides=asked)
    return list(asked_by_day(request, targets_of(request), OWN_DAYS))


def test_what_somebody_set_bounds_on_is_said_of_each_day_with_days_outside():
    assert own_bounds_told("fibre_g>=35", "fibre_g<=60", "energy_kcal>=1950") == [
        "Fiber by day: 32, 40 g.",
        "Fiber, 35 to 60 g asked for in the mean of the week; outside it: day 1 (3.4 under).",
        "Each day is within what you asked for: energy.",
    ]
    assert not own_bounds_told()


def test_shares_of_energy_stand_beside_their_grams_with_the_distance():
    # 20 and 25 %, 31.5 and 36.45 % of energy
    assert own_bounds_told(overrides=read_macros("45/25/30")) == [
        "Protein by day: 100, 125 g.",
        "Protein by day, in % of energy: 20, 25.",
        "Fat by day: 70, 81 g.",
        "Fat by day, in % of energy: 32, 36.",
        "Fat, 25 to 35 % of energy asked for in the mean of the week; outside it: "
        "day 2 (1.5 over).",
        "Each day is within what you asked for: protein (share of energy).",
    ]


def test_days_before_a_bound_was_asked_for_are_told_as_such():
    request = build_request(days=2, start=date(2026, 11, 29), target=(read_target("fibre_g>=45"),))
    wanted = replace(request.preferences, since={"fibre_g": "2026-11-30"})
    request = replace(request, preferences=wanted)
    band = "Fiber, at least 45 g asked for in the mean of the week"
    assert list(asked_by_day(request, targets_of(request), OWN_DAYS)) == [
        "Fiber by day: 32, 40 g.",
        f"{band}; outside it: day 2 (4.8 under).",
        f"{band} from 2026-11-30 on; before it was asked for: day 1.",
    ]


THURSDAY = Day(4, date(2026, 11, 26), (), {}, None, 0.0, facts=DayFacts(is_holiday=True))
NOT_WEEKS = SimpleNamespace(weeks=())  # one week: nothing is said of how it was made
NAMED = "Thanksgiving Day: a holiday, with the time of a weekend."


@pytest.mark.parametrize(
    ("when", "shops", "says"),
    [
        (THURSDAY.date, "us", NAMED),
        (THURSDAY.date, "uk", "A holiday, with the time of a weekend."),
        (None, "us", "A holiday, with the time of a weekend."),
        (date(2027, 1, 6), "eu", NAMED.replace("Thanksgiving Day", "Epiphany")),  # of Bavaria
    ],
)
def test_a_holiday_is_called_by_its_name_where_one_shops(when, shops, says):
    assert facts_sentence(replace(THURSDAY, date=when), shops) == says


def notes(week, shops):
    """The notes on a week whose fourth day is Thanksgiving."""
    report = make_report(days=1)
    days = (Day(number, date(2026, 11, 22 + number), (), {}, None, 0.0) for number in range(1, 5))
    plan = replace(report.plan, days=tuple(days))
    return [one for one in notes_on_days(plan, week, NOT_WEEKS, shops) if "--holiday" in one]


def test_a_holiday_that_nobody_asked_for_is_named_with_its_flag():
    week = WeekOptions(days=4, start=date(2026, 11, 23))
    assert notes(week, "us") == [
        "Day 4 is Thanksgiving Day: --holiday us plans it as a day off, on which nobody shops."
    ]
    assert notes(week, "uk") == []
    assert notes(replace(week, holidays=(2,)), "us") == []


@rows(__file__, "whom_traces_harm")
def test_who_shares_a_table_with_an_allergy_is_told_of_knives(conditions, guests, others, whom):
    child = {"sex": "f", "age": 7, "height_cm": 122, "weight_kg": 23, "conditions": conditions}
    table = {"week": {"days": 1, "guests": guests}}
    if others:
        table["eaters"] = [{"name": "Mia", "profile": child}, *({"name": one} for one in others)]
    else:
        table["profile"] = child
    told = list(knives_told(request_from_dict(table)))
    assert [one.startswith(f"Traces harm {whom}: ") for one in told] == [True] * bool(whom)
