"""From any corner, fractions reach the best one, or say that there is none."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.basket.exact import BasketProgram, Corner, as_typed, finish_exactly

THIRD = Fraction(1, 3)


def program(cost, rows, upper=None):
    """Make a program from rows ``(coefficients, lower, upper)``; variables from 0 to ``upper``."""
    count = len(cost)
    fractions = [[Fraction(value) for value in row[0]] for row in rows]
    return BasketProgram(
        cost=tuple(map(Fraction, cost)),
        columns=tuple(
            {i: row[j] for i, row in enumerate(fractions) if row[j]} for j in range(count)
        ),
        lower=(Fraction(0),) * count,
        upper=tuple(
            None if bound is None else Fraction(bound) for bound in upper or [None] * count
        ),
        row_lower=tuple(None if row[1] is None else Fraction(row[1]) for row in rows),
        row_upper=tuple(None if row[2] is None else Fraction(row[2]) for row in rows),
    )


def row_corner(made):
    """Every row basic and every variable at 0: the corner that needs no solver."""
    count = len(made.cost)
    return Corner(tuple(range(count, count + len(made.row_lower))), frozenset())


def two_foods(upper=None):
    """Minimise 2 a + 3 b where a + 3 b >= 5 and a + b >= 2."""
    return program([2, 3], [([1, 3], 5, None), ([1, 1], 2, None)], upper)


def test_dual_steps_reach_the_optimum_from_no_food_at_all():
    found = finish_exactly(two_foods(), row_corner(two_foods()))
    assert found.values == (Fraction(1, 2), Fraction(3, 2))
    assert found.objective == Fraction(11, 2)
    assert found.prices == (Fraction(1, 2), Fraction(3, 2))


def test_primal_steps_reach_the_optimum_from_a_dear_corner():
    # a basic in the first row, the second row basic: a = 5, cost 10.
    found = finish_exactly(two_foods(), Corner((0, 3), frozenset()))
    assert found.objective == Fraction(11, 2)


def test_a_corner_neither_feasible_nor_best_is_mended():
    # a = 2 in the second row leaves the first short, and b would be cheaper for it.
    made = program([2, 1], [([1, 3], 5, None), ([1, 1], 2, None)])
    assert finish_exactly(made, Corner((2, 0), frozenset())).objective == 2  # b = 2


def test_an_upper_bound_is_kept():
    found = finish_exactly(two_foods([None, 1]), row_corner(two_foods()))
    assert found.values == (2, 1)
    assert found.prices == (2, 0)


def test_a_variable_may_start_at_its_upper_bound():
    found = finish_exactly(two_foods([9, 9]), Corner((2, 3), frozenset({0, 1})))
    assert found.objective == Fraction(11, 2)


def test_a_saving_without_rows_goes_to_the_bound():
    assert finish_exactly(program([-1], [], [7]), Corner((), frozenset())).values == (7,)


def test_an_equality_comes_out_as_a_fraction():
    found = finish_exactly(program([1], [([3], 1, 1)]), Corner((1,), frozenset()))
    assert found.values == (THIRD,)
    assert found.prices == (THIRD,)


@pytest.mark.parametrize(
    ("made", "corner"),
    [
        (program([1], [([0], 1, None)]), Corner((1,), frozenset())),  # infeasible
        (program([-1], [([1], 1, None)]), Corner((1,), frozenset())),  # unbounded
        (program([1, 1], [([1, 1], 1, None)] * 2), Corner((0, 1), frozenset())),  # singular
        (two_foods(), Corner((0,), frozenset())),  # too few
    ],
)
def test_where_there_is_no_optimum_there_is_no_answer(made, corner):
    assert finish_exactly(made, corner) is None


def test_too_many_steps_are_not_taken():
    assert finish_exactly(two_foods(), row_corner(two_foods()), most_steps=1) is None


def test_a_number_is_the_decimal_that_was_typed():
    assert as_typed(0.1) == Fraction(1, 10)
    assert as_typed(1e-6) == Fraction(1, 1000000)


FIGURES = st.integers(0, 9)


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_the_start_does_not_matter(data):
    foods, rows = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    made = program(
        data.draw(st.lists(FIGURES, min_size=foods, max_size=foods)),
        [
            (data.draw(st.lists(FIGURES, min_size=foods, max_size=foods)), data.draw(FIGURES), None)
            for _ in range(rows)
        ],
        data.draw(st.lists(st.none() | FIGURES, min_size=foods, max_size=foods)),
    )
    basic = data.draw(st.permutations(range(foods + rows)))[:rows]
    first = finish_exactly(made, row_corner(made))
    other = finish_exactly(made, Corner(tuple(basic), frozenset(data.draw(st.sets(st.just(0))))))
    if other is not None:
        assert first is not None
        assert other.objective == first.objective
