import pytest

from planner.errors import ConfigError
from planner.safety.dosage import Dosage, read_dosage
from planner.safety.medicines import read_medicines


@pytest.mark.parametrize(
    ("text", "dosage"),
    [
        ("levothyroxine", Dosage("levothyroxine")),
        ("ciprofloxacin:2", Dosage("ciprofloxacin", 2, is_given=True)),
        ("calcium carbonate: 3/day", Dosage("calcium carbonate", 3, is_given=True)),
        ("gabapentin:3 times a day", Dosage("gabapentin", 3, is_given=True)),
        ("ferrous sulfate x2", Dosage("ferrous sulfate", 2, is_given=True)),
        ("alendronate:1/week", Dosage("alendronate", 1, is_given=True, is_weekly=True)),
    ],
)
def test_how_often_is_read_as_people_write_it(text, dosage):
    assert read_dosage(text) == dosage


@pytest.mark.parametrize(
    "text", ["aspirin:two", "aspirin:0", "aspirin:25", "aspirin:", ":", ":2", "a:500mg"]
)
def test_what_is_no_number_of_doses_is_told_with_the_way_to_write_it(text):
    with pytest.raises(ConfigError, match="ciprofloxacin:2"):
        read_dosage(text)


def test_a_list_in_one_line_is_read_one_by_one_and_nothing_is_dropped():
    found = read_medicines(["levothyroxine, ciprofloxacin:2", ";"])
    assert [(one.name, one.doses_per_day) for one in found] == [
        ("levothyroxine", 1), ("ciprofloxacin", 2), (";", 1)
    ]  # fmt: skip


def test_a_medicine_named_twice_is_one_with_the_more_doses():
    (one,) = read_medicines(["Ciprofloxacin", "ciprofloxacin:2"])
    assert (one.doses_per_day, one.is_known) == (2, True)
