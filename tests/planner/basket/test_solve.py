"""Two files become a basket to the digit; where there is none, the reasons are true and small."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.basket import solve
from planner.basket.read import read_basket
from planner.basket.show import basket_as_text
from planner.basket.solve import solve_basket
from planner.basket.table import BasketFood, BasketTable, NutrientBand, list_rows
from planner.errors import ConfigError, SolverError, TargetsError
from tests.rows import rows

FOODS = "name,cost,min,max,iron,zinc\nrice,1.5,,4,2,0.5\nmilk,0.8,1,,0.1,1\n"
TARGETS = "nutrient,lower,upper\niron,8,\nzinc,,3\n"


def read(tmp_path, foods=FOODS, targets=TARGETS):
    for name, content in (("foods.csv", foods), ("targets.csv", targets)):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    return read_basket(tmp_path / "foods.csv", tmp_path / "targets.csv")


def test_both_files_become_one_table(tmp_path):
    table = read(tmp_path)
    assert table.foods == (BasketFood("rice", 1.5, 0, 4), BasketFood("milk", 0.8, 1, None))
    assert table.nutrients == ("iron", "zinc")
    assert table.content.tolist() == [[2, 0.5], [0.1, 1]]
    assert table.bands == (NutrientBand("iron", 8, None), NutrientBand("zinc", None, 3))


def test_tables_of_pandas_are_read_as_files_are():
    foods = pd.DataFrame({"name": ["rice", "milk"], "Cost": [1.5, 0.8], "iron": [2, None]})
    targets = pd.DataFrame({"nutrient": ["iron"], "lower": [8], "upper": [None]})
    with pytest.raises(ConfigError, match=r"the table, row 3, iron: blank, which is unknown"):
        read_basket(foods, targets)
    table = read_basket(foods.fillna({"iron": 0.1}), targets)
    assert table.content.tolist() == [[2], [0.1]]
    assert table.bands == (NutrientBand("iron", 8, None),)


def test_a_blank_is_unknown_and_never_zero_where_a_target_needs_it(tmp_path):
    foods = FOODS.replace("rice,1.5,,4,2,0.5", "rice,1.5,,4,2,")
    assert np.isnan(read(tmp_path, foods, "nutrient,lower,upper\niron,8,\n").content[0, 1])
    with pytest.raises(ConfigError, match=r"row 2, zinc: blank, which is unknown.*write 0"):
        read(tmp_path, foods)


@rows(__file__, "a_faulty_file_is_refused")
def test_a_faulty_file_is_refused_with_place_and_remedy(tmp_path, file, text, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, **{file: text})


@pytest.mark.parametrize(
    ("foods", "message"),
    [
        ("name,cost,iron,zinc\nmaté,1,2,3\n".encode("latin-1"), "line 2 is not encoded as UTF-8"),
        ("name,cost,iron,zinc\n".encode("utf-16"), "is encoded as UTF-16"),
        (b"name,cost\0\0,iron,zinc\n", "not a text file"),
    ],
)
def test_another_encoding_is_named(tmp_path, foods, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, foods)


def test_faults_of_both_files_come_together(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, FOODS.replace("0.8", "dear"), TARGETS.replace("8", "much"))
    lines = str(caught.value).strip().splitlines()
    assert len(lines) == 2
    assert "foods.csv, row 3, cost" in lines[0]
    assert "targets.csv, row 2, lower" in lines[1]


def shop(iron=(6.0, None)):
    """Rice has 1.5 mg of iron and an unknown amount of zinc, water nothing."""
    foods = (BasketFood("rice", 1.5, 1, 4.0), BasketFood("water", 0.0))
    content = np.array([[1.5, np.nan], [0.0, 0.0]])
    return BasketTable(foods, ("iron", "zinc"), content, (NutrientBand("iron", *iron),))


def test_the_json_answer_is_complete_and_unrounded():
    table = shop(iron=(5.0, None))
    answer = solve_basket(table).json_values()
    assert answer.pop("solver")
    assert answer == {
        "status": "optimal", "objective": 5.0, "bound": 5.0,
        "amounts": {"rice": 5 / 1.5, "water": 0.0}, "nutrients": {"iron": 5.0, "zinc": None},
        "prices": {"iron": 1.0}, "conflict": [], "relaxations": [], "unlimited": [], "notes": [],
    }  # fmt: skip


def test_the_text_is_a_table_and_of_no_basket_says_what_to_change():
    table = shop()
    text = basket_as_text(table, solve_basket(table))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0] == "Cheapest basket: cost 6, 1 of 2 foods"
    assert {"rice 4 6 1 4", "iron 6 6 1", "zinc unknown"} <= set(lines)
    table = shop(iron=(12, None))
    text = basket_as_text(table, solve_basket(table))
    assert "These cannot all hold:\n  rice <= 4\n  iron >= 12\n" in text
    assert "  iron >= 12: change 12 to 6" in text


OPEN = None


def make_table(nutrients, foods, bands):
    """Make a table from ``name: (cost, contents, least, most)`` and ``nutrient: (low, high)``."""
    listed = tuple(BasketFood(name, cost, *bounds) for name, (cost, _, *bounds) in foods.items())
    content = np.array([row[1] for row in foods.values()], dtype=float)
    names = tuple(nutrients.split())
    limits = tuple(NutrientBand(name, *limit) for name, limit in bands.items())
    return BasketTable(listed, names, content.reshape(len(listed), len(names)), limits)


def polly():
    """Chvátal, Linear Programming (1983), chapter 1; cents, and servings at most."""
    foods = {
        "oatmeal": (3, (110, 4, 2), 0, 4),
        "chicken": (24, (205, 32, 12), 0, 3),
        "eggs": (13, (160, 13, 54), 0, 2),
        "milk": (9, (160, 8, 285), 0, 8),
        "cherry pie": (20, (420, 4, 22), 0, 2),
        "pork with beans": (19, (260, 14, 80), 0, 2),
    }
    asked = {"energy": (2000, OPEN), "protein": (55, OPEN), "calcium": (800, OPEN)}
    return make_table("energy protein calcium", foods, asked)


def winston():
    """Winston, Operations Research, diet example; cents."""
    foods = {
        "brownie": (50, (400, 3, 2, 2)),
        "ice cream": (20, (200, 2, 2, 4)),
        "cola": (30, (150, 0, 4, 1)),
        "cheesecake": (80, (500, 0, 4, 5)),
    }
    asked = {"calories": (500,), "chocolate": (6,), "sugar": (10,), "fat": (8,)}
    return make_table("calories chocolate sugar fat", foods, asked)


def ampl_second(sodium):
    """Fourer, Gay, Kernighan, AMPL, chapter 2, the second diet: percent of the weekly need in a
    package, with variety, salt and energy."""
    foods = {
        "beef": (3.19, (60, 20, 10, 15, 938, 295), 2, 10),
        "chicken": (2.59, (8, 0, 20, 20, 2180, 770), 2, 10),
        "fish": (2.29, (8, 10, 15, 10, 945, 440), 2, 10),
        "ham": (2.89, (40, 40, 35, 10, 278, 430), 2, 10),
        "macaroni": (1.89, (15, 35, 15, 15, 1182, 315), 2, 10),
        "meatloaf": (1.99, (70, 30, 15, 15, 896, 400), 2, 10),
        "spaghetti": (1.99, (25, 50, 25, 15, 1329, 370), 2, 10),
        "turkey": (2.49, (60, 20, 15, 10, 1397, 450), 2, 10),
    }
    vitamins = {"A": (700, 20000), "C": (700, 20000), "B1": (700, 10000), "B2": (700, 10000)}
    asked = vitamins | {"Na": (0, sodium), "kcal": (16000, 24000)}
    return make_table("A C B1 B2 Na kcal", foods, asked)


def ozark():
    """Taha, Operations Research, Ozark Farms: 800 lb of feed exactly."""
    foods = {"corn": (0.3, (0.09, 0.02, 1)), "soybean meal": (0.9, (0.6, 0.06, 1))}
    asked = {"protein": (240, OPEN), "fibre": (OPEN, 40), "mass": (800, 800)}
    return make_table("protein fibre mass", foods, asked)


def eaten(answer):
    return {name: units for name, units in answer.amounts.items() if units}


def test_pollys_diet_costs_what_chvatal_says():
    answer = solve_basket(polly())
    assert answer.objective == 92.5  # 4 oatmeal, 4.5 milk, 2 pies
    assert eaten(answer) == {"oatmeal": 4, "milk": 4.5, "cherry pie": 2}
    assert answer.nutrients["energy"] == 2000
    assert answer.prices == {"energy": 0.05625, "protein": 0, "calcium": 0}  # milk: 9 / 160


@pytest.mark.parametrize("integer", [False, True])
def test_diets_of_textbooks_cost_what_they_say(integer):
    answer = solve_basket(winston(), integer=integer)
    assert answer.objective == 90
    assert eaten(answer) == {"ice cream": 3, "cola": 1}
    if integer:
        answer = solve_basket(ampl_second(50000), integer=True)
        assert answer.objective == pytest.approx(119.30, rel=1e-12)


def test_an_unknown_figure_makes_the_total_unknown_and_not_zero():
    answer = solve_basket(make_table("iron fat", {"rice": (2, (4, np.nan))}, {"iron": (10,)}))
    assert answer.nutrients == {"iron": 10, "fat": None}


@pytest.mark.parametrize("cost", [1e-6, 1e6])
@pytest.mark.parametrize("content", [1e-6, 1e6])
@pytest.mark.parametrize("need", [1e-6, 1e6])
def test_units_from_a_millionth_to_a_million_do_no_harm(cost, content, need):
    table, more = polly(), need / content
    foods = [replace(food, cost=food.cost * cost, most=food.most * more) for food in table.foods]
    bands = [replace(band, lower=band.lower * need) for band in table.bands]
    answer = solve_basket(BasketTable(foods, table.nutrients, table.content * content, bands))
    assert answer.objective == pytest.approx(92.5 * cost * more, rel=1e-9)


def test_the_conflict_and_the_smallest_changes_by_hand():
    foods = {"spinach": (1, (3,), 0, 2), "bread": (1, (1,), 0, 4)}
    answer = solve_basket(make_table("iron", foods, {"iron": (12,)}))
    # 2 x 3 + 4 x 1 = 10 of 12; 2 short: 2/3 of spinach or 2 of bread
    assert answer.status == "infeasible"
    assert set(answer.conflict) == {"spinach <= 2", "bread <= 4", "iron >= 12"}
    changes = {change.row: change.to for change in answer.relaxations}
    assert changes == pytest.approx({"spinach <= 2": 8 / 3, "bread <= 4": 6, "iron >= 12": 10})
    assert (answer.objective, answer.amounts, answer.prices) == (None, {}, {})


def test_an_equality_gives_way_to_the_nearer_side():
    foods = {"a": (1, (4,)), "b": (1, (10,))}
    answer = solve_basket(make_table("x", foods, {"x": (7, 7)}), integer=True)
    assert answer.conflict == ["x = 7"]
    assert [change.to for change in answer.relaxations] == [8]


def test_whole_units_stay_whole_beside_bounds_that_are_not():
    foods = {"bread": (1, (2,), 2.5, OPEN), "cake": (9, (2,), 0, 1.5)}
    answer = solve_basket(make_table("iron", foods, {"iron": (8,)}), integer=True)
    assert answer.amounts == {"bread": 4, "cake": 0}
    answer = solve_basket(make_table("iron", foods, {"iron": (OPEN, 5)}), integer=True)
    assert answer.conflict == ["bread >= 2.5", "iron <= 5"]  # 3 x 2 = 6
    assert [change.to for change in answer.relaxations] == [2, 6]


def test_two_conflicts_leave_no_single_change():
    foods = {"water": (1, (0, 0))}
    answer = solve_basket(make_table("iron zinc", foods, {"iron": (3,), "zinc": (2,)}))
    assert len(answer.conflict) == 1
    assert answer.relaxations == []


@pytest.mark.parametrize("integer", [False, True])
def test_a_cost_that_falls_without_end_names_the_food(integer):
    foods = {"rice": (1, (4,)), "voucher": (-1, (0,)), "refund": (-9, (0,), 0, 3)}
    answer = solve_basket(make_table("iron", foods, {"iron": (8,)}), integer=integer)
    assert (answer.status, answer.unlimited, answer.objective) == ("unbounded", ["voucher"], None)


def test_an_answer_that_does_not_hold_is_not_shown(monkeypatch):
    wrong = {food.name: 0.0 for food in polly().foods}
    monkeypatch.setattr(solve, "read_amounts", lambda *_: wrong)
    with pytest.raises(SolverError, match=r"holds 0\.0 of energy, outside its band"):
        solve_basket(polly())


SIZES = st.sampled_from([1e-6, 1e-3, 1.0, 1e6])


@st.composite
def tables(draw):
    """Small tables with whole figures, each nutrient in a unit of its own."""
    foods = draw(st.integers(1, 4))
    sizes = draw(st.lists(SIZES, min_size=1, max_size=3))
    content = [[draw(st.integers(0, 20)) * size for size in sizes] for _ in range(foods)]
    listed = []
    for number in range(foods):
        least = draw(st.integers(0, 2))
        most = draw(st.one_of(st.none(), st.integers(least, 6)))
        listed.append(BasketFood(f"food{number}", draw(st.integers(0, 30)), least, most))
    bands = []
    for number, size in enumerate(sizes):
        lower = draw(st.integers(0, 60))
        upper = draw(st.one_of(st.none(), st.integers(lower, 90)))
        limit = None if upper is None else upper * size
        bands.append(NutrientBand(f"n{number}", lower * size, limit))
    names = tuple(band.nutrient for band in bands)
    return BasketTable(tuple(listed), names, np.array(content, dtype=float), tuple(bands))


def least_cost_proven_by(prices, table):
    """Return the cost that no basket can beat by LP duality, whatever a solver says."""
    rest = np.array([food.cost for food in table.foods], dtype=float)
    bound = 0.0
    for band in table.bands:
        price = prices[band.nutrient]
        bound += price * (band.lower if price > 0 else band.upper or 0.0)
        rest -= price * table.column(band.nutrient)
    for food, left in zip(table.foods, rest, strict=True):
        most = (0.0 if left > -1e-7 else np.inf) if food.most is None else food.most
        bound += left * (food.least if left > 0 else most)
    return bound


@settings(deadline=None, max_examples=60)
@given(table=tables())
def test_the_prices_prove_the_cost(table):
    answer = solve_basket(table)
    if answer.has_basket:
        assert least_cost_proven_by(answer.prices, table) == pytest.approx(
            answer.objective, rel=1e-6, abs=1e-6
        )


@settings(deadline=None, max_examples=30)
@given(table=tables(), data=st.data())
def test_the_order_of_rows_does_not_matter(table, data):
    order = data.draw(st.permutations(range(len(table.foods))))
    foods = tuple(table.foods[place] for place in order)
    content = table.content[list(order)]
    shuffled = replace(table, foods=foods, content=content, bands=table.bands[::-1])
    said = {"status", "objective", "amounts", "conflict"}
    answer, other = (solve_basket(given).model_dump(include=said) for given in (table, shuffled))
    assert answer == other


RICE = BasketFood("rice", 1.0, most=4)


@pytest.mark.parametrize(
    ("content", "nutrient", "message"),
    [
        ([[1.0, 2.0]], "iron", "do not fit"),
        ([[1.0]], "zinc", "no food column for the nutrient 'zinc'"),
        ([[np.nan]], "iron", "iron: a food has no figure"),
    ],
)
def test_a_table_refuses_what_does_not_fit(content, nutrient, message):
    with pytest.raises(TargetsError, match=message):
        BasketTable((RICE,), ("iron",), np.array(content), (NutrientBand(nutrient, 1),))


def with_band(table, name, lower, upper=None):
    """Return a table with another band of one nutrient."""
    bands = {band.nutrient: band for band in table.bands} | {name: NutrientBand(name, lower, upper)}
    return replace(table, bands=tuple(bands.values()))


IMPOSSIBLE = {
    # all that Polly may eat: 4 x 110 + 3 x 205 + 2 x 160 + 8 x 160 + 2 x 420 + 2 x 260 = 4015
    "Polly, 5000 kcal": (with_band(polly(), "energy", 5000), ("energy >= 5000", 4015)),
    # 4 x 2 + 3 x 12 + 2 x 54 + 8 x 285 + 2 x 22 + 2 x 80 = 2636
    "Polly, 3 g calcium": (with_band(polly(), "calcium", 3000), ("calcium >= 3000", 2636)),
    # 6 of chocolate: two brownies, 4 of fat and 4 of sugar; 6 more of sugar: 1.5 cola, 1.5 of fat
    "Winston, fat at most 4": (with_band(winston(), "fat", None, 4), ("fat <= 4", 5.5)),
    # fibre: 0.02 c + 0.06 s <= 40 with c + s = 800 leaves s <= 600: 0.09 x 200 + 0.6 x 600 = 378
    "Ozark, 600 lb": (with_band(ozark(), "protein", 600), ("protein >= 600", 378)),
    # the least sodium of the book's diet
    "AMPL, sodium at most 40 g": (ampl_second(40000), ("Na <= 40000", 48186)),
}
DIGITS = 1e-7  # that CBC writes
CBC = pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False)
each_table = pytest.mark.parametrize("name", IMPOSSIBLE)


def rows_of(table):
    """Return every row but "not less than nothing" as name → (contents, sign, bound)."""
    rows = {}
    for at, food in enumerate(table.foods):
        alone = [float(at == other) for other in range(len(table.foods))]
        rows |= sides(food.name, alone, food.least or None, food.most)
    for band in table.bands:
        column = table.content[:, table.nutrients.index(band.nutrient)]
        rows |= sides(band.nutrient, [float(number) for number in column], band.lower, band.upper)
    texts = {row.text for row in list_rows(table)}
    assert set(rows) == {text for text in texts if not text.endswith(" >= 0")}
    return rows


def sides(name, contents, lower, upper):
    if lower is not None and lower == upper:
        return {f"{name} = {lower:g}": (contents, "=", lower)}
    both = {">=": lower or None, "<=": upper}
    return {
        f"{name} {sign} {bound:g}": (contents, sign, bound)
        for sign, bound in both.items()
        if bound is not None
    }


def solved(rows, aim=None):
    """Return status and least sum of ``aim`` within ``rows``, by a solver of its own."""
    program = pulp.LpProblem("diet", pulp.LpMinimize)
    count = len(next(iter(rows.values()))[0])
    units = [program.add_variable(f"x{at}", 0) for at in range(count)]
    program += pulp.lpDot(aim, units) if aim else 0 * units[0]
    for contents, sign, bound in rows.values():
        total = pulp.lpDot(contents, units)
        program += {"=": total == bound, ">=": total >= bound, "<=": total <= bound}[sign]
    status = pulp.LpStatus[program.solve(CBC)]
    return status, pulp.value(program.objective)


def nearest(rows, row):
    """Return how near to its bound a row can come when all others hold; ``None``: they conflict."""
    contents, sign, _ = rows[row]
    turned = 1.0 if sign == "<=" else -1.0
    others = {text: limit for text, limit in rows.items() if text != row}
    status, least = solved(others, [turned * content for content in contents])
    return turned * least if status == "Optimal" else None


@each_table
def test_every_smallest_change_is_that_of_another_solver(name):
    table, by_hand = IMPOSSIBLE[name]
    answer, rows = solve_basket(table), rows_of(table)
    assert answer.status == "infeasible"
    changes = {change.row: change.to for change in answer.relaxations}
    for text in answer.conflict:
        if " = " not in text:  # of which the nearer side gives way
            found = nearest(rows, text)
            assert changes.get(text) == (found and pytest.approx(found, rel=DIGITS)), text
    row, to = by_hand
    assert changes[row] == to


@each_table
def test_the_conflict_is_one_and_without_any_member_it_is_none(name):
    table, _ = IMPOSSIBLE[name]
    rows = rows_of(table)
    conflict = {text: rows[text] for text in solve_basket(table).conflict}
    assert solved(conflict)[0] == "Infeasible"
    for member in conflict:
        others = {text: limit for text, limit in conflict.items() if text != member}
        assert not others or solved(others)[0] == "Optimal", member
