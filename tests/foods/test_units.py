import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.errors import FoodsError
from foods.units import convert


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [(900, "ug", "mg", 0.9), (0.9, "mg", "ug", 900), (2.7, "L", "g", 2700),
     (1, "kcal", "kJ", 4.184), (2000, "kcal", "MJ", 8.368),
     (15, "µg", "ug", 15), (3, "mg", "mg", 3)],
)  # fmt: skip
def test_units_are_converted(amount, unit, to, expected):
    assert convert(amount, unit, to) == pytest.approx(expected)


@settings(deadline=None)
@given(
    amount=st.floats(0, 1e6),
    units=st.sampled_from([("g", "ug"), ("mg", "g"), ("ug", "mg"), ("kJ", "kcal"), ("MJ", "kJ")]),
)
def test_there_and_back_is_the_same(amount, units):
    unit, to = units
    assert convert(convert(amount, unit, to), to, unit) == pytest.approx(amount)


@pytest.mark.parametrize(("unit", "to"), [("mg", "kcal"), ("grain", "mg"), ("IU", "IU")])
def test_what_cannot_be_converted_is_refused(unit, to):
    with pytest.raises(FoodsError, match=f"cannot convert '{unit}' to '{to}'"):
        convert(1, unit, to)
