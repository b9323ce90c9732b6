"""Hours between medicines and minerals, worked out on a clock."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.request.profile import Profile
from planner.safety.apart import drug_of_day
from planner.safety.clock import Taken, hours_between
from planner.safety.day_meals import meal_at, usual_meals
from planner.safety.gate import judge_supplements
from planner.safety.intake import SupplementIntake
from planner.safety.patient import read_patient
from planner.safety.schedule import build_schedule
from tests.medicine_names import NAMES as NAME_OF_ROW
from tests.medicine_names import read_medicines

NAMES = [name for name in NAME_OF_ROW.values() if ":" not in name]
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


def test_mineral_water_is_kept_from_what_its_calcium_binds():
    day = lines("alendronate", waters=["hepar"])
    assert day["hepar"].earliest == "10:00"  # 2 h after 08:00
    assert day["hepar"].hours_apart_from == {"alendronate": 2}
    assert lines("ciprofloxacin", waters=["hepar"])["hepar"].hours_apart_from
    assert lines("gabapentin", waters=["hepar"])["hepar"].hours_apart_from == {}


def test_a_medicine_is_never_taken_together_with_magnesium():
    # the table gives fexofenadine 0 h before magnesium
    assert lines("fexofenadine")["magnesium"].earliest == "08:30"


def test_two_doses_of_one_pill_alone_need_no_day():
    twice = SupplementIntake("magnesium oxide", 100, "elemental", 2)
    assert not build_schedule((), [twice]).is_needed


def test_nothing_to_keep_apart_needs_no_day():
    day = build_schedule(read_medicines(["metformin"]))
    assert (day.lines, day.is_needed, day.any_time) == ((), False, ("metformin",))


def test_a_day_to_be_named_is_told_though_no_hours_are_asked():
    day = build_schedule(read_medicines(["HRT:1/week"]))
    assert (day.is_needed, day.is_told, day.unnamed_days) == (False, True, (("HRT", 1),))


def test_what_nobody_said_about_doses_is_told():
    day = build_schedule(read_medicines(["levothyroxine", "gabapentin:3", "alendronate:1/week"]))
    assert day.assumed_once == ("levothyroxine",)
    assert day.on_some_days == ("alendronate",)


def test_bedtime_is_open_where_breakfast_is_too_early_and_rich():
    day = build_schedule(read_medicines(["levothyroxine"]), meals=usual_meals())
    (tablet,) = [one for one in day.lines if one.item == "levothyroxine"]
    assert (tablet.earliest, tablet.hours_apart_from["dinner"]) == ("23:30", 4)  # 19:30 + 4 h


def test_a_plain_breakfast_leaves_the_morning_open():
    plain = meal_at("breakfast", {"calcium_mg": 150.0, "fibre": 9.0})
    day = build_schedule(read_medicines(["levothyroxine"]), meals=[plain, *usual_meals()[1:]])
    (tablet,) = [one for one in day.lines if one.item == "levothyroxine"]
    assert (tablet.earliest, tablet.latest) == ("07:00", "07:00")  # an hour before breakfast


def test_who_must_be_alone_is_alone_from_every_other_medicine():
    day = build_schedule(read_medicines(["alendronate", "levothyroxine", "metformin:2"]))
    assert day.any_time == ()  # metformin has its hours here too
    starts = sorted((hours(one.earliest), one.item) for one in day.lines)
    drugs = [pair for pair in starts if pair[1] != "magnesium"]
    assert len({hour for hour, _ in drugs}) == len(drugs)


def test_ibandronate_is_alone_for_an_hour_and_alendronate_for_half_of_it():
    def after(name):
        drug, other = map(drug_of_day, read_medicines([name, "metformin"]))
        return hours_between(drug, other)

    assert (after("alendronate"), after("ibandronate")) == (0.5, 1)


def test_a_refused_pill_has_no_hour_and_is_named():
    day = build_schedule(read_medicines(["alendronate"]), [MAGNESIUM],
                         refused=frozenset({"magnesium_mg"}))  # fmt: skip
    assert {one.item for one in day.lines} == {"alendronate"}
    assert (day.refused, day.without_hour) == (("magnesium citrate",),) * 2


@pytest.mark.parametrize(("amount_mg", "has_hour"), [(350, True), (351, False)])
def test_a_pill_up_to_the_upper_level_has_its_hour_and_one_above_none(amount_mg, has_hour):
    person = Profile(sex="f", age_y=40, medicines=("levothyroxine:1",))
    pill = SupplementIntake("magnesium citrate", amount_mg)
    day = judge_supplements(read_patient(person), supplements=[pill]).schedule
    assert ("magnesium citrate" in {one.item for one in day.lines}) is has_hour
    assert ("magnesium citrate" in day.without_hour) is not has_hour


def test_no_magnesium_has_an_hour_beside_raltegravir():
    day = build_schedule(read_medicines(["raltegravir:2", "milk of magnesia"]), [MAGNESIUM])
    assert {one.item for one in day.lines} == {"raltegravir"}
    assert {pill for pill, _ in day.never_with} == {"milk of magnesia", "magnesium citrate"}
    assert build_schedule(read_medicines(["dolutegravir:1"]), [MAGNESIUM]).never_with == ()


def test_a_meals_milk_never_pushes_out_a_prescribed_antibiotic():
    day = build_schedule(read_medicines(["doxycycline:2"]), [IRON], meals=usual_meals())
    assert [one.item for one in day.lines].count("doxycycline") == 2
    assert (day.no_time_for, day.with_water) == ((), ("doxycycline",))


def test_a_pill_gives_way_before_a_prescribed_antibiotic_does():
    iron = Taken("iron", "iron_mg", 4, 60.0)
    day = build_schedule(read_medicines(["ciprofloxacin:2"]), [iron], meals=usual_meals())
    assert [one.item for one in day.lines].count("ciprofloxacin") == 2
    assert "ciprofloxacin" not in day.no_time_for


def test_what_a_medicine_without_a_time_binds_gets_none_either():
    day = build_schedule(read_medicines(["levothyroxine:4"]), [IRON], meals=usual_meals())
    assert day.lines == ()
    assert set(day.no_time_for) == {"levothyroxine", "ferrous fumarate", "magnesium"}


def test_a_dose_is_told_as_it_is_declared():
    tablet = SupplementIntake("magnesium oxide", 400, "compound")
    day = build_schedule(read_medicines(["levothyroxine"]), [tablet])
    (line,) = [one for one in day.lines if one.item == "magnesium oxide"]
    assert (line.doses, line.amount) == (1, "241.2 mg of magnesium (400 mg of magnesium oxide)")


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
