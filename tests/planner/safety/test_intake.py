import pytest

from foods.errors import FoodNotFoundError
from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.safety.intake import SupplementIntake, read_intake
from planner.settings import read_settings


@pytest.mark.parametrize(
    ("text", "intake"),
    [
        (
            "magnesium citrate:100mg_elemental",
            SupplementIntake("magnesium citrate", 100, "elemental"),
        ),
        (
            "magnesium oxide: 400 mg compound x2 per day",
            SupplementIntake("magnesium oxide", 400, "compound", 2),
        ),
        # 40 IU are 1 µg: 1000 IU are 25 µg, 0.025 mg
        ("vitamin D3:1000 IU", SupplementIntake("vitamin D3", 0.025, "elemental")),
        ("vitamin B12: 10 µg", SupplementIntake("vitamin B12", 0.01, "elemental")),
        ("Vitamin D3:1000 IE", SupplementIntake("Vitamin D3", 0.025, "elemental")),
        (
            "Magnesiumcitrat:200mg_elemental",
            SupplementIntake("Magnesium citrate", 200, "elemental"),
        ),
        ("Magnesiumglycinat:200mg_elemental", SupplementIntake("Magnesiumglycinat", 200)),
        ("Magnesium-Oxid:400mg_compound", SupplementIntake("Magnesium oxide", 400, "compound")),
        (
            "Bittersalz:400mg_compound",
            SupplementIntake("Magnesium sulfate heptahydrate", 400, "compound"),
        ),
    ],
)
def test_a_supplement_is_read_with_amount_kind_and_doses(text, intake):
    assert read_intake(text) == intake


def test_milligrams_of_a_label_are_asked_about():
    with pytest.raises(ConfigError, match=r"of the element or of the whole compound\?.*mg_comp"):
        read_intake("magnesium oxide:400mg")


@pytest.mark.parametrize("text", ["Vitamin D3:1.000 IE", "magnesium oxide:1.000mg_compound"])
def test_a_point_of_a_thousand_is_asked_about(text):
    with pytest.raises(ConfigError, match="may mean a thousand"):
        read_intake(text)


@pytest.mark.parametrize("text", ["Magnesiumcitrat:200", "Magnesiumcitrat:200mg"])
def test_a_german_name_without_what_its_amount_is_of_is_asked_about(text):
    with pytest.raises(ConfigError, match=r"mg_elemental.*mg_compound"):
        read_intake(text)


def test_what_a_bottle_says_is_asked_about_in_both_readings():
    both = "magnesium oxide:500mg_elemental.*magnesium oxide:500mg_compound"
    for text in ("magnesium oxide 500 mg", "500 mg magnesium oxide"):
        with pytest.raises(ConfigError, match=both):
            read_intake(text)


@pytest.mark.parametrize("text", ["magnesium oxide:mg_elemental", ":3mg"])
def test_a_supplement_without_name_or_amount_is_refused(text):
    with pytest.raises(ConfigError, match="magnesium citrate:100mg_elemental"):
        read_intake(text)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("Vitamin D 1000 IE", "Vitamin D:1000 IE"),
        ("Kalzium 500 mg", "calcium carbonate:500mg_elemental"),
        ("Eisen 50 mg", "ferrous bisglycinate:50mg_elemental"),
        ("magnesium", "magnesium citrate:100mg_elemental"),
        ("Magnesiumcitrat", "Magnesium citrate:100mg_elemental"),
        ("Vitamin D", "Vitamin D:1000 IU"),
        ("a zinc tablet", "zinc gluconate:10mg_elemental"),
        ("Folsäure", "Folic acid:400 ug"),
        ("calcium 600", "calcium carbonate:600mg_elemental"),
        ("Magnesium 400 Verla", "magnesium citrate:400mg_elemental"),
        ("Magnesium Verla 400", "magnesium citrate:400mg_elemental"),
        ("Vitamin D 1000", "Vitamin D:1000 IU"),
    ],
)
def test_what_is_taken_is_asked_about_with_an_example_of_itself(text, example):
    with pytest.raises(ConfigError, match=f'write "{example}"'):
        read_intake(text)
    read_intake(example)


def test_an_amount_without_its_unit_is_said_to_have_none():
    with pytest.raises(ConfigError, match="the unit of 600 is missing"):
        read_intake("calcium 600")


@pytest.mark.parametrize(
    ("text", "told"), [("omega 3", "no supplement"), ("Magnesiumaspartat", "no supplement")]
)
def test_what_no_compound_is_called_is_not_answered_with_others(text, told):
    with pytest.raises(FoodNotFoundError, match=told):
        read_intake(text)


def test_every_nutrient_of_supplements_has_an_amount_for_its_example():
    label = read_settings("supplements.toml")["label"]
    assert {one.nutrient for one in read_supplements().values()} == label.keys()


def test_a_compound_counts_with_the_element_in_it():
    # 400 mg x 24.305 / 40.304 = 241.2 mg, twice a day
    intake = SupplementIntake("magnesium oxide", 400, "compound", 2)
    assert intake.elemental_mg_per_dose == pytest.approx(241.2, abs=0.05)
    assert intake.elemental_mg_per_day == pytest.approx(482.4, abs=0.1)


def test_a_vitamin_is_counted_in_the_unit_of_its_nutrient():
    assert read_intake("vitamin D3:400IU x2").nutrient_per_day == pytest.approx(20.0)
    assert SupplementIntake("calcium citrate", 250).nutrient_per_day == 250.0


def test_international_units_are_for_vitamins_that_have_them():
    with pytest.raises(ConfigError, match="no international units"):
        read_intake("magnesium oxide:400IU_elemental")


def test_an_amount_of_nothing_is_refused():
    with pytest.raises(ConfigError, match="amounts above 0"):
        SupplementIntake("magnesium oxide", 0)
