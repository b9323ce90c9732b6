"""Hours between medicines and minerals, worked out on a clock."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.safety.intake import SupplementIntake
from planner.safety.medicines import read_medicines
from planner.safety.schedule import build_schedule
from tests.medicine_names import NAMES as NAME_OF_ROW

NAMES = list(NAME_OF_ROW.values())
CALCIUM = SupplementIntake("calcium carbonate", 500)
MAGNESIUM = SupplementIntake("magnesium citrate", 300)
IRON = SupplementIntake("ferrous fumarate", 27)
PILLS = (CALCIUM, MAGNESIUM, IRON)


def hours(clock):
    return int(clock[:2]) + int(clock[3:]) / 60


def lines(*names, supplements=(), waters=()):
    day = build_schedule(read_medicines(names), supplements, waters)
    return {one.name: one for one in day.lines}


def hours_asked(medicines):
    """Give medicine → hours before and after magnesium, the longest of its rows in the table."""
    asked = {}
    for one in medicines:
        rows = [row for row in one.interactions if row.hours_before_mg is not None]
        if rows:  # half an hour at least: never at once
            before_h = max(0.5, *(row.hours_before_mg for row in rows))
            asked[one.name] = (before_h, max(0.5, *(row.hours_after_mg or 0 for row in rows)))
    return asked


def assert_hours_kept(day, medicines, minerals=("magnesium",)):
    """Measure every pair of windows, today and over the night, against the table itself."""
    for name, (before_h, after_h) in hours_asked(medicines).items():
        drugs = [one for one in day.lines if one.item == name]
        others = [one for one in day.lines if one.item in minerals]
        for drug, other in product(drugs, others):
            to_other = hours(other.earliest) - hours(drug.latest)
            to_drug = hours(drug.earliest) - hours(other.latest)
            if to_other >= 0:
                assert to_other >= before_h
                assert to_drug + 24 >= after_h
            else:
                assert to_drug >= after_h
                assert to_other + 24 >= before_h


def test_levothyroxine_comes_first_and_magnesium_four_hours_later():
    day = lines("levothyroxine")
    assert (day["levothyroxine"].earliest, day["levothyroxine"].latest) == ("07:00", "08:00")
    assert day["magnesium"].earliest == "12:00"
    assert day["magnesium"].hours_apart_from == {"levothyroxine": 4}


def test_of_two_rules_on_one_medicine_the_longer_hours_hold():
    # D03 (quinolones): 2 h before, 6 h after; D46: 4 and 8
    medicines = read_medicines(["moxifloxacin"])
    assert hours_asked(medicines) == {"moxifloxacin": (4, 8)}
    day = build_schedule(medicines)
    assert_hours_kept(day, medicines)
    (magnesium,) = [one for one in day.lines if one.item == "magnesium"]
    assert magnesium.hours_apart_from == {"moxifloxacin": 4}


def test_a_medicine_taken_twice_stands_twice_in_the_day():
    day = lines("ciprofloxacin:2")
    first, second = day["ciprofloxacin, dose 1 of 2"], day["ciprofloxacin, dose 2 of 2"]
    assert (first.earliest, second.earliest) == ("07:00", "19:00")
    # 2 h after 08:00, 6 h before 19:00
    assert (day["magnesium"].earliest, day["magnesium"].latest) == ("10:00", "13:00")
    assert day["magnesium"].hours_apart_from == {first.name: 2, second.name: 6}


def test_a_day_without_room_is_said_and_shows_no_hour_for_it():
    day = build_schedule(read_medicines(["moxifloxacin:3"]))  # 12 h around each dose
    assert day.no_time_for == ("magnesium",)
    assert {one.item for one in day.lines} == {"moxifloxacin"}
    assert day.is_needed


def test_more_doses_than_the_day_is_made_for_leave_no_day_at_all():
    day = build_schedule(read_medicines(["levothyroxine:6"]), [CALCIUM])
    assert (day.lines, day.no_time_for) == ((), ("levothyroxine",))


def test_calcium_pills_get_a_time_of_their_own():
    day = lines("levothyroxine", supplements=[CALCIUM])
    assert day["calcium carbonate"].earliest == "12:00"  # 4 h after 08:00
    assert day["magnesium"].earliest == "16:00"  # 2 h after 14:00


def test_what_is_taken_stands_by_its_name_and_not_as_magnesium_to_come():
    day = lines("levothyroxine", supplements=[MAGNESIUM])
    assert set(day) == {"levothyroxine", "magnesium citrate"}


def test_small_amounts_of_calcium_and_magnesium_need_no_hours():
    small = SupplementIntake("calcium carbonate", 200)
    assert not build_schedule((), [small, MAGNESIUM]).is_needed
    assert build_schedule((), [CALCIUM, MAGNESIUM]).is_needed


def test_an_iron_tablet_named_as_a_medicine_keeps_away_from_the_thyroid_tablet():
    day = lines("levothyroxine", "ferrous sulfate")
    assert hours(day["ferrous sulfate"].earliest) - hours(day["levothyroxine"].latest) >= 4


def test_an_antacid_named_as_a_medicine_is_kept_apart_like_magnesium():
    day = lines("levothyroxine", "antacid")
    assert day["antacid"].earliest == "12:00"
    assert "magnesium" not in day


def test_mineral_water_is_kept_from_bisphosphonates_alone():
    day = lines("alendronate", waters=["hepar"])
    assert day["hepar"].earliest == "10:00"  # 2 h after 08:00
    assert day["hepar"].hours_apart_from == {"alendronate": 2}
    assert lines("ciprofloxacin", waters=["hepar"])["hepar"].hours_apart_from == {}


def test_a_medicine_is_never_taken_together_with_magnesium():
    # the table gives fexofenadine 0 h before magnesium
    assert lines("fexofenadine")["magnesium"].earliest == "08:30"


def test_two_doses_of_one_pill_alone_need_no_day():
    twice = SupplementIntake("magnesium oxide", 100, "elemental", 2)
    assert not build_schedule((), [twice]).is_needed


def test_nothing_to_keep_apart_needs_no_day():
    day = build_schedule(read_medicines(["metformin"]))
    assert (day.lines, day.is_needed, day.any_time) == ((), False, ("metformin",))


def test_what_nobody_said_about_doses_is_told():
    day = build_schedule(read_medicines(["levothyroxine", "gabapentin:3", "alendronate:1/week"]))
    assert day.assumed_once == ("levothyroxine",)
    assert day.on_some_days == ("alendronate",)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("often", ["", ":2", ":3", ":4"])
def test_any_time_within_the_day_keeps_the_hours(name, often):
    medicines = read_medicines([f"{name}{often}", "levothyroxine"])
    day = build_schedule(medicines)
    assert_hours_kept(day, medicines)
    assert {one.item for one in day.lines} | {*day.no_time_for} >= {*hours_asked(medicines)}


@given(
    names=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["", ":2", ":3"])),
        min_size=1, max_size=4, unique_by=lambda pair: pair[0],
    ),
    pills=st.lists(st.sampled_from(PILLS), max_size=3, unique=True),
)  # fmt: skip
def test_no_mixture_of_medicines_and_pills_breaks_an_hour_or_drops_a_thing(names, pills):
    medicines = read_medicines(f"{name}{often}" for name, often in names)
    day = build_schedule(medicines, pills)
    assert_hours_kept(day, medicines, ("magnesium", "magnesium citrate"))
    told = {one.item for one in day.lines} | {*day.no_time_for} | {*day.any_time}
    too_often = not day.lines and day.no_time_for
    if not too_often:
        assert told >= {one.name for one in medicines} | {one.name for one in pills}
