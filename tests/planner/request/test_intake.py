import pytest

from foods.errors import FoodNotFoundError
from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.request.eater_tables import read_intake
from planner.safety.intake import SupplementIntake
from planner.settings import read_settings
from tests.rows import rows


@rows(__file__, "a_supplement_is_read_with_amount")
def test_a_supplement_is_read_with_amount_kind_and_doses(text, name, amount_mg, kind, per_day):
    assert read_intake(text) == SupplementIntake(name, amount_mg, kind, per_day)


@rows(__file__, "a_supplement_is_asked_about")
def test_what_may_mean_two_things_or_none_is_asked_about(text, told):
    with pytest.raises((ConfigError, FoodNotFoundError), match=told):
        read_intake(text)


@rows(__file__, "what_is_taken_is_asked_about")
def test_what_is_taken_is_asked_about_with_an_example_of_itself(text, example):
    with pytest.raises(ConfigError, match=f'write "{example}"'):
        read_intake(text)
    read_intake(example)


def test_every_nutrient_of_supplements_has_an_amount_for_its_example():
    label = read_settings("supplements.toml")["label"]
    assert {supplement.nutrient for supplement in read_supplements().values()} == label.keys()


def test_a_compound_counts_with_the_element_in_it():
    # 400 mg x 24.305 / 40.304 = 241.2 mg, twice a day
    intake = SupplementIntake("magnesium oxide", 400, "compound", 2)
    assert intake.elemental_mg_per_dose == pytest.approx(241.2, abs=0.05)
    assert intake.elemental_mg_per_day == pytest.approx(482.4, abs=0.1)


def test_a_vitamin_is_counted_in_the_unit_of_its_nutrient():
    assert read_intake("vitamin D3:400IU x2").nutrient_per_day == pytest.approx(20.0)
    assert SupplementIntake("calcium citrate", 250).nutrient_per_day == 250.0


def test_an_amount_of_nothing_is_refused():
    with pytest.raises(ConfigError, match="amounts above 0"):
        SupplementIntake("magnesium oxide", 0)
