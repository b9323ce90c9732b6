import pytest

from planner.plan.rounding import (
    apart_text,
    percent_above,
    percent_below,
    percent_near,
    price_above,
)
from tests.rows import rows


@rows(__file__, "a_value_never_looks_like")
def test_a_value_never_looks_like_the_bound_it_misses(value, bound, text):
    assert apart_text(value, bound) == text


@pytest.mark.parametrize(("share", "below", "above"), [
    (0.996, "99 %", "100 %"), (1.0, "100 %", "100 %"), (0.0, "0 %", "0 %"), (0.004, "0 %", "1 %"),
    (0.1 + 0.2 + 0.7, "100 %", "100 %"), (0.29, "29 %", "29 %"),
])  # fmt: skip
def test_a_share_is_whole_or_nothing_only_where_it_is(share, below, above):
    assert (percent_below(share), percent_above(share)) == (below, above)


@pytest.mark.parametrize(("share", "near"), [
    (3.73 / 15, "25 %"), (7.94 / 15, "53 %"), (0.996, "99 %"), (0.004, "1 %"), (1.004, "100 %"),
    (0.0, "0 %"), (1.0, "100 %"),
])  # fmt: skip
def test_a_share_is_rounded_and_whole_or_nothing_only_where_it_is(share, near):
    assert percent_near(share) == near


def test_a_price_above_a_budget_does_not_look_like_it():
    assert price_above(42.001) == "42.01"
    assert price_above(42.0) == "42.00"
