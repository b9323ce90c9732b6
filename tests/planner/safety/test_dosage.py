import pytest

from planner.errors import ConfigError
from planner.safety.medicines import Dosage, read_dosage
from tests.medicine_names import read_medicines
from tests.rows import rows


@pytest.mark.parametrize(
    ("text", "dosage"),
    [
        ("levothyroxine", Dosage("levothyroxine")),
        ("ciprofloxacin:2", Dosage("ciprofloxacin", 2, is_given=True)),
        ("calcium carbonate: 3/day", Dosage("calcium carbonate", 3, is_given=True)),
        ("gabapentin:3 times a day", Dosage("gabapentin", 3, is_given=True)),
        ("ferrous sulfate x2", Dosage("ferrous sulfate", 2, is_given=True)),
        ("alendronate:1/week", Dosage("alendronate", 1, True, 1)),
        ("methotrexate:1/week@mon", Dosage("methotrexate", 1, True, 1, (0,))),
        ("alendronate:1/week on Sunday", Dosage("alendronate", 1, True, 1, (6,))),
        ("alendronate: once a week on sundays", Dosage("alendronate", 1, True, 1, (6,))),
        ("methotrexate:SUNDAY", Dosage("methotrexate", 1, True, 1, (6,))),
        ("methotrexate:2/week@Mon,Thu", Dosage("methotrexate", 1, True, 2, (0, 3))),
        ("methotrexate:weds and sat", Dosage("methotrexate", 1, True, 2, (2, 5))),
        ("methotrexate:weekly", Dosage("methotrexate", 1, True, 1)),
        ("methotrexate:1/day", Dosage("methotrexate", 1, True)),
    ],
)
def test_how_often_is_read_as_people_write_it(text, dosage):
    assert read_dosage(text) == dosage


@rows(__file__, "what_is_no_number_of_doses")
def test_what_is_no_number_of_doses_is_told_with_the_way_to_write_it(text):
    with pytest.raises(ConfigError, match="ciprofloxacin:2"):
        read_dosage(text)


@pytest.mark.parametrize("text", ["a:2/week@mon", "a:1/week@mon,thu", "a:2/week on sat, sat"])
def test_as_many_days_are_named_as_doses(text):
    with pytest.raises(ConfigError, match=r"name as many days as doses: \"a:\d/week@"):
        read_dosage(text)


@rows(__file__, "what_kills_when_taken_daily_is")
def test_what_kills_when_taken_daily_is_asked_about(text):
    with pytest.raises(
        ConfigError, match=r"once a week, and taking it every .*:1/week@mon.*:1/day"
    ):
        read_dosage(text)


def test_a_list_of_days_is_no_list_of_medicines():
    found = read_medicines(["methotrexate:2/week@mon, thu, levothyroxine; warfarin"])
    assert [(medicine.name, medicine.weekdays) for medicine in found] == [
        ("methotrexate", (0, 3)), ("levothyroxine", ()), ("warfarin", ())
    ]  # fmt: skip


def test_a_weekly_medicine_named_twice_has_all_its_days_and_daily_is_more():
    (one,) = read_medicines(["alendronate:sun", "Alendronate:1/week@wed"])
    assert (one.per_week, one.weekdays) == (2, (2, 6))
    (one,) = read_medicines(["alendronate:sun", "alendronate:1/day"])
    assert not one.is_weekly
    (one,) = read_medicines(["alendronate", "alendronate:sun"])
    assert one.is_weekly


def test_a_list_in_one_line_is_read_one_by_one_and_nothing_is_dropped():
    found = read_medicines(["levothyroxine, ciprofloxacin:2", ";"])
    assert [(medicine.name, medicine.per_day) for medicine in found] == [
        ("levothyroxine", 1), ("ciprofloxacin", 2), (";", 1)
    ]  # fmt: skip


def test_a_medicine_named_twice_is_one_with_the_more_doses():
    (one,) = read_medicines(["Ciprofloxacin", "ciprofloxacin:2"])
    assert (one.per_day, one.is_known) == (2, True)
