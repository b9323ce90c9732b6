import pytest

from planner.safety.intake import SupplementIntake
from planner.safety.medicines import known_interactions, read_medicines
from planner.safety.schedule import build_schedule, separations


def hours(clock):
    return int(clock[:2]) + int(clock[3:]) / 60


def lines(*names, supplements=()):
    return {one.item: one for one in build_schedule(read_medicines(names), supplements)}


def test_levothyroxine_comes_first_and_magnesium_four_hours_later():
    day = lines("levothyroxine")
    assert (day["levothyroxine"].earliest, day["levothyroxine"].latest) == ("07:00", "08:00")
    assert day["magnesium"].earliest == "12:00"
    assert day["magnesium"].hours_apart_from == {"levothyroxine": 4}


def test_of_two_rules_on_one_medicine_the_longer_hours_hold():
    (apart,) = separations(read_medicines(["moxifloxacin"]))
    assert (apart.before_h, apart.after_h) == (4, 8)


def test_calcium_pills_get_a_time_of_their_own():
    calcium = SupplementIntake("calcium carbonate", 500)
    day = lines("levothyroxine", supplements=[calcium])
    assert day["calcium carbonate"].earliest == "12:00"  # 4 h after 08:00
    assert day["magnesium"].earliest == "16:00"  # 2 h after 14:00


def test_nothing_to_keep_apart_needs_no_day():
    assert build_schedule(read_medicines(["metformin"]), ()) == ()


@pytest.mark.parametrize("name", [row.names[0] for row in known_interactions().values()])
def test_any_time_within_the_day_keeps_the_hours(name):
    day = lines(name, "levothyroxine")
    for apart in separations(read_medicines([name, "levothyroxine"])):
        medicine, magnesium = day[apart.item], day["magnesium"]
        assert hours(magnesium.earliest) - hours(medicine.latest) >= apart.before_h
        assert 24 + hours(medicine.earliest) - hours(magnesium.latest) >= apart.after_h
