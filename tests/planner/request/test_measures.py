import pytest

from planner.errors import ConfigError
from planner.request.measures import (
    read_concentration,
    read_figure,
    read_height_cm,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
)


@pytest.mark.parametrize(
    ("text", "height_cm"),
    [
        ("165", 165),
        ("165 cm", 165),
        ("1.65 m", 165),
        ("1,65m", 165),
        ("5 ft 5 in", 165.1),  # 65 in x 2.54 cm
        ("5'5\"", 165.1),
        ("5 feet", 152.4),  # 60 in x 2.54 cm
        ("65 inches", 165.1),
    ],
)
def test_a_height_is_read_in_every_usual_form(text, height_cm):
    assert read_height_cm(text) == pytest.approx(height_cm)


@pytest.mark.parametrize(
    ("text", "weight_kg"),
    [
        ("65", 65),
        ("65.5 kg", 65.5),
        ("143 lb", 64.8637),  # 143 x 0.45359237
        ("10 st 3 lb", 64.8637),  # 10 x 14 + 3 = 143 lb
    ],
)
def test_a_weight_is_read_in_every_usual_form(text, weight_kg):
    assert read_weight_kg(text) == pytest.approx(weight_kg, abs=1e-4)


@pytest.mark.parametrize("text", ["", "nan", "inf", "-165", "tall", "5 ft 12 in", "165 kg", "1e2"])
def test_what_is_no_height_is_refused_with_examples(text):
    with pytest.raises(ConfigError, match="is not a height — write 165"):
        read_height_cm(text)


@pytest.mark.parametrize("text", ["", "nan", "-65", "65 cm", "10 st 14 lb"])
def test_what_is_no_weight_is_refused_with_examples(text):
    with pytest.raises(ConfigError, match="is not a weight — write 65"):
        read_weight_kg(text)


@pytest.mark.parametrize("text", ["49", "251", "1.65", "9 ft"])
def test_a_height_nobody_has_is_refused(text):
    with pytest.raises(ConfigError, match="outside 50 to 250 cm"):
        read_height_cm(text)


@pytest.mark.parametrize("text", ["2.9", "351", "800 lb"])
def test_a_weight_nobody_has_is_refused(text):
    with pytest.raises(ConfigError, match="outside 3 to 350 kg"):
        read_weight_kg(text)


def test_both_ends_of_the_range_are_accepted():
    assert (read_height_cm("50"), read_height_cm("250")) == (50, 250)
    assert (read_weight_kg("3"), read_weight_kg("350")) == (3, 350)


@pytest.mark.parametrize(
    ("text", "serum"),
    [
        ("2.1 mg/dL", 2.1),
        ("0.85 mmol/L", 2.0659),  # 0.85 x 24.305 / 10
        ("0,85 mmol/l", 2.0659),
        ("2 mmol / L", 4.861),
        ("1.7 mEq/L", 2.0659),
    ],
)
@pytest.mark.parametrize("standard_id", ["us", "uk", "mine.csv"])
def test_magnesium_in_serum_is_read_in_the_units_of_laboratories(text, serum, standard_id):
    assert read_serum_magnesium_mg_dl(text, standard_id) == pytest.approx(serum, abs=1e-3)


def test_a_serum_without_a_unit_is_mg_per_dl_in_the_us_and_asked_about_elsewhere():
    assert read_serum_magnesium_mg_dl("2", "us") == 2
    for standard_id in ("eu", "uk", "who", "mine.csv"):
        with pytest.raises(ConfigError, match=r'unit is missing.*"2\.0 mg/dL" or "2\.0 mmol/L"'):
            read_serum_magnesium_mg_dl("2.0", standard_id)


@pytest.mark.parametrize("text", ["", "2.0 g/L", "normal", "-2 mg/dL", "nan mmol/L", "2 mg/dL/L"])
def test_what_is_no_serum_is_refused_with_the_units(text):
    with pytest.raises(ConfigError, match="is no magnesium in serum — write a number and one of"):
        read_serum_magnesium_mg_dl(text, "us")


@pytest.mark.parametrize("text", ["31 mg/dL", "12.4 mmol/L", "0.04 mmol/L"])
def test_a_serum_nobody_has_is_refused(text):
    with pytest.raises(ConfigError, match=r"outside 0\.1 to 30 mg/dL"):
        read_serum_magnesium_mg_dl(text, "uk")


def test_another_concentration_may_refuse_a_unit_and_always_ask_for_one():
    units = {"mmol/L": 1.0, "mEq/L": 1.0}
    assert read_concentration("5.1 mEq/L", "potassium in serum", units) == 5.1
    with pytest.raises(ConfigError, match="is no potassium in serum"):
        read_concentration("20 mg/dL", "potassium in serum", units)
    with pytest.raises(ConfigError, match=r"potassium in serum '5\.1': the unit is missing"):
        read_concentration("5.1", "potassium in serum", units)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("8 months", 0),
        ("18 months", 1),
        ("59 Months", 4),
        ("60 months", 5),
        ("5 years", 5),
        ("0", 0),
    ],
)
def test_an_age_is_the_years_that_are_completed(text, age):
    assert read_figure(text, "age") == age


def test_what_is_no_unit_of_an_age_is_refused_and_months_are_named():
    with pytest.raises(ConfigError) as told:
        read_figure("8 moths", "age")
    assert told.value.remedy.endswith("years, year, y, months, month")
