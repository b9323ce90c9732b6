"""Tables that people give: split once, refused with the same words, all faults together."""

import pytest

from foods.errors import FoodDataError
from foods.own_file import most_faults
from foods.sheet import parse_rows, parse_sheet


def sheet(*lines):
    return parse_sheet("\n".join(lines), "mine.csv")


def test_rows_have_their_number_in_the_file_and_cells_without_spaces():
    read = sheet("a, b", "1 , 2", "", ",", '"x', 'y",3')
    assert read.columns == ("a", "b")
    assert read.rows == ((2, {"a": "1", "b": "2"}), (6, {"a": "x\ny", "b": "3"}))
    assert read.faults == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"mine\.csv: is empty, with no rows — its first row"),
        (" , ,\n\n", "is empty"),
        ("a;b\n1;2", r"mine\.csv, row 1: columns are separated by semicolons — separate them"),
        ("a|b\n", "separated by bars"),
        ("a\0", "holds NUL bytes — save it as"),
        ('a,b\n1,"2', r"mine\.csv, row 2: damaged, not readable as CSV: .* — look for a quote"),
    ],
)
def test_a_text_that_is_no_table_is_refused_at_once(text, said):
    with pytest.raises(FoodDataError, match=said):
        parse_sheet(text, "mine.csv")


def test_faults_of_shape_columns_and_cells_come_together_in_the_order_of_rows():
    read = sheet("name,,mg,mg", "oats,,x,", "rye,1", "oats,,-1,", ",,inf,1_0")
    read.check_columns(("name", "unit"), ("name", "unit", "mg"))
    read.check_once("name")
    for number, row in read.rows:
        read.amount(number, row, "mg", least=0.0)
    with pytest.raises(FoodDataError) as caught:
        read.raise_faults()
    assert str(caught.value).splitlines() == [
        "mine.csv: ",
        "  row 1: column 2 has no name — name it or delete it",
        "  row 1: two columns are named 'mg' — rename or delete one",
        "  row 1: no column 'unit' — the first row must name 'unit'",
        "  row 3: 2 cells under 4 columns — write one per column, blank where there is nothing, "
        "and 1.5 with a point",
        "  row 4, name: 'oats' stands in row 2 already — delete or rename one",
        "  row 5, name: blank — give it a name",
        "  row 5, mg: '1_0' is not a figure of 0 or more — write it like 1.5",
    ]


def test_a_column_that_is_not_known_is_answered_with_the_nearest():
    read = sheet("nme,colour", "x,y")
    read.check_columns((), ("name", "unit"))
    assert read.fault_lines == [
        "row 1: unknown column 'nme' — did you mean 'name'?",
        "row 1: unknown column 'colour' — leave it out",
    ]


@pytest.mark.parametrize(
    ("cell", "amount"), [("", None), ("1.5", 1.5), ("0", 0.0), ("-2", -2.0), ("1e3", 1000.0)]
)
def test_a_blank_is_unknown_and_a_number_is_read(cell, amount):
    read = sheet("a,b", f"x,{cell}")
    assert read.amount(*read.rows[0], "b") == amount
    assert read.faults == []


def test_no_more_faults_are_told_than_somebody_reads():
    read = sheet("a,b", *["1"] * (most_faults() + 7))
    with pytest.raises(FoodDataError, match="and 7 more") as caught:
        read.raise_faults()
    assert len(str(caught.value).splitlines()) == most_faults() + 2


def test_rows_of_a_table_with_a_fault_are_not_given():
    with pytest.raises(FoodDataError, match="row 2: 1 cells under 2 columns"):
        parse_rows("a,b\n1\n", "mine.csv")
