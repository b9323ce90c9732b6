"""Diaries, our own and exports of other programs, are read line by line."""

from io import StringIO

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.line_mass import usual_mass
from planner.candidates.dish import read_embedded_dishes
from planner.diary.formats import read_amount, read_measure
from planner.diary.names import NameBook
from planner.diary.read import matches_as_csv, read_diary
from planner.errors import ConfigError
from tests.plates import food
from tests.rows import rows

OWN = "day,meal,food,amount,unit\n"
CRONOMETER = (
    "Day,Time,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Vitamin D (IU),Category\n"
)


@pytest.fixture
def read(tmp_path):
    def from_text(text, matches=None):
        path = tmp_path / "diary.csv"
        path.write_text(text, encoding="utf-8")
        own = None
        if matches is not None:
            own = tmp_path / "matches.csv"
            own.write_text(matches, encoding="utf-8")
        return read_diary(path, read_embedded_foods(), read_embedded_dishes(), own)

    return from_text


def entries(diary):
    return [*diary.entries()]


@rows(__file__, "a_supplement_with_its_amount_in")
def test_a_supplement_with_its_amount_in_a_text_is_one(read, line, compound, magnesium):
    (entry,) = entries(read(f"breakfast: {line}\n"))
    assert (entry.kind, entry.item_id) == ("supplement", compound)
    assert entry.nutrients["magnesium_mg"] == pytest.approx(magnesium, rel=1e-3)


@pytest.mark.parametrize("line", ["200 mg magnesium glycinate", "calcium carbonate 500 mg"])
def test_a_salt_in_a_text_is_asked_about(read, line):
    _, entry = entries(read(f"banana\n{line}\n"))
    assert (entry.kind, entry.is_pill) == ("unmatched", True)
    assert "mass of the element or of the whole compound" in str(entry.why)


def test_without_columns_each_line_is_a_food(read):
    diary = read("Breakfast:\n2 eggs\n\nLunch\nbanana\nDay 2\n3 oz cooked beef\n")
    told = [(day.day, meal.slot, len(meal.entries)) for day in diary.days for meal in day.meals]
    assert told == [("1", "breakfast", 1), ("1", "lunch", 1), ("2", "", 1)]
    assert [entry.line for entry in entries(diary)] == [2, 5, 7]
    # a day may begin all lines, as in our own table
    assert [day.day for day in read("1,2 eggs\n2,banana\n").days] == ["1", "2"]
    assert len(entries(read("2, 3 oz beef\nbanana\n"))) >= 2


def test_lines_stand_by_day_and_meal_in_the_order_of_the_file(read):
    diary = read(OWN + "2,lunch,banana,100,g\n1,Supper,tahini,1,tbsp\n2,Snacks,almonds,1,oz\n")
    assert [(day.number, day.day) for day in diary.days] == [(1, "2"), (2, "1")]
    assert [meal.slot for meal in diary.days[0].meals] == ["lunch", "snack"]
    assert diary.days[1].meals[0].slot == "dinner"
    assert entries(diary)[1].line == 4


@pytest.mark.parametrize(
    ("unit", "amount_mg"), [("mg_elemental", 400.0), ("mg_compound", 400 * 24.305 / 40.304)]
)
def test_a_supplement_counts_as_the_element_in_it(read, unit, amount_mg):
    (pill,) = entries(read(f"{OWN}1,snack,magnesium oxide,400,{unit}\n"))
    assert pill.kind == "supplement"
    assert pill.nutrients["magnesium_mg"] == pytest.approx(amount_mg, rel=1e-4)


def test_a_name_of_several_foods_is_the_usual_one_and_says_what_else_it_may_be(read):
    (milk,) = entries(read(OWN + "1,breakfast,milk,1,cup\n"))
    assert (milk.item_id, milk.mass_g, milk.how) == ("milk_reduced_fat", 244.0, "usual")
    assert "milk_whole" in milk.near
    assert not milk.asks  # all milk has much the same magnesium and calcium
    much, little = entries(read(OWN + "1,lunch,spinach,4,cups\n1,lunch,spinach,1,handful\n"))
    assert (much.item_id, much.asks, little.asks) == ("spinach_raw", True, False)


def test_a_line_may_have_its_amount_and_several_foods(read):
    coffee, milk, eggs = entries(
        read("day,food\n1,cup of coffee with a splash of milk\n1,2 eggs\n")
    )
    assert (coffee.item_id, coffee.mass_g) == ("coffee", 237.0)
    assert (milk.item_id, milk.mass_g, milk.is_usual_amount) == ("milk_reduced_fat", 30.0, True)
    assert (eggs.item_id, eggs.mass_g) == ("egg_hard_boiled", 100.0)


@rows(__file__, "a_line_is_read_as_people")
def test_a_line_is_read_as_people_and_programs_write_it(read, line, read_as):
    found = entries(read(f'day,food\n1,"{line}"\n'))
    assert {entry.item_id: round(entry.mass_g) for entry in found} == read_as


def test_lines_that_nobody_knows_are_listed_and_the_rest_counts(read):
    text = "1,breakfast,banana,1,bucket\n1,snack,tahini,-1,oz\n1,snack,zabaglione,1,cup\n"
    *unknown, known = entries(read(OWN + text + "1,snack,banana,1,piece\n"))
    assert [entry.kind for entry in unknown] == ["unmatched"] * 3
    assert "no measure '1 bucket'" in unknown[0].why
    assert known.ingredients == (("banana", 118.0),)


def test_all_faults_of_a_file_are_told_at_once(read):
    text = (
        ",breakfast,banana,1,cup\n"
        "1,breakfast,,1,cup\n"
        "1,snack,magnesium citrate,100,mg\n"
        "1,snack,unobtainium,100,mg_elemental\n"
    )
    with pytest.raises(ConfigError) as error:
        read(OWN + text)
    told = error.value.faults
    assert [fault.split(":")[0] for fault in told] == [
        "row 2, day", "row 3, food", "row 4, food", "row 5, food",
    ]  # fmt: skip
    assert "element or of the whole compound" in told[2]


def test_amounts_of_a_meal_that_is_several_foods_are_guessed_where_none_is_said(read):
    assert all(entry.guessed_g for entry in entries(read("big salad\n")))
    plain, big = (
        sum(entry.mass_g for entry in entries(read(name))) for name in ("salad\n", "big salad\n")
    )
    assert big > 2 * plain
    assert not any(entry.guessed_g for entry in entries(read("60 g muesli\n")))


@pytest.mark.parametrize("column", ["pack,cup", "how many,2", "portion size,big"])
def test_a_column_that_looks_like_an_amount_is_never_passed_over(read, column):
    name, _, cell = column.partition(",")
    with pytest.raises(ConfigError, match="unknown column"):
        read(f"day,food,{name}\n1,banana,{cell}\n")


@rows(__file__, "what_is_no_diary")
def test_what_is_no_diary_is_refused_with_the_reason(read, text, what):
    with pytest.raises(ConfigError, match=what):
        read(text)


def test_an_export_of_cronometer_is_read(read):
    diary = read(
        CRONOMETER + '2026-01-15,9:15 AM,Breakfast,"Oats, Rolled, Dry",58.00 g,220.0,80,,Cereal\n'
        "2026-01-15,1:00 PM,Lunch,Grandma's Chili,1.00 full recipe,900.0,200,40,Recipes\n"
        "2026-01-16,,Uncategorized,Magnesium Glycinate Brand,2.00 capsule,0.00,200,,Supplements\n"
    )
    oats, chili, pill = entries(diary)
    assert diary.program == "Cronometer"
    assert [day.day for day in diary.days] == ["2026-01-15", "2026-01-16"]
    assert oats.ingredients == (("rolled_oats", 58.0),)
    assert chili.kind == "unmatched"
    assert chili.stated == {"energy_kcal": 900.0, "magnesium_mg": 200.0, "vitamin_d_ug": 1.0}
    assert (pill.kind, pill.how) == ("supplement", "category")
    assert pill.nutrients == {"energy_kcal": 0.0, "magnesium_mg": 200.0}  # a blank is unknown


def test_a_row_of_an_export_is_one_food_and_counts_as_the_file_says_where_ours_is_another(read):
    diary = read(
        "Day,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Calcium (mg)\n"
        '2026-03-02,Breakfast,"Almonds, Honey, BrandX",50 g,100,60,650\n'
        '2026-03-02,Lunch,"Chicken Breast, Roasted",150 g,250,42,22\n'
        '2026-03-02,Dinner,"Almonds, BrandX",50 g,100,,\n'
    )
    nuts, chicken, short = entries(diary)
    assert (nuts.kind, nuts.stated["magnesium_mg"]) == ("unmatched", 60.0)
    assert str(nuts.why).startswith("the file says 100 kcal, and ")
    assert chicken.item_id == "chicken_breast_roasted"
    assert short.is_matched  # without magnesium and calcium of its own


def test_foods_of_myfitnesspal_have_their_amount_behind_the_last_comma(read):
    text = 'Date,Meal,Food,Calories\n2026-01-15,Breakfast,"Mill - Rolled Oats, 0.5 cup",150\n'
    diary = read(text)
    (oats,) = entries(diary)
    assert diary.program == "MyFitnessPal"
    assert (oats.written, oats.amount, oats.how) == ("Mill - Rolled Oats", "0.5 cup", "name")
    assert oats.ingredients == (("rolled_oats", pytest.approx(40.5)),)


def test_a_file_of_matches_says_what_a_name_and_a_measure_are(read):
    own = "name,food_id,unit,one_is\nMilk,milk_whole,,\nMag tablet,magnesium oxide,tablet,"
    milk, pill = entries(
        read(OWN + "1,,milk,1,cup\n1,,mag tablet,2,tablet\n", own + "100 mg_elemental\n")
    )
    assert (milk.item_id, milk.how) == ("milk_whole", "matches_file")
    assert (pill.kind, pill.nutrients) == ("supplement", {"magnesium_mg": 200.0})


@rows(__file__, "a_wrong_match_is_a_fault")
def test_a_wrong_match_is_a_fault_of_its_file(read, rows, what):
    with pytest.raises(ConfigError, match=what):
        read(OWN + "1,,milk,1,cup\n", "name,food_id,unit,one_is\n" + rows)


def test_a_file_of_matches_that_was_begun_can_be_filled_in(read):
    text = OWN + "1,,milk,1,cup\n1,,zabaglione,1,pot\n1,,spinach,4,cups\n1,,banana,1,cup\n"
    begun = matches_as_csv(read(text))
    head, unknown, asked, *others = begun.splitlines()
    assert head == "name,food_id,unit,one_is,near"
    assert unknown.startswith("zabaglione,,pot,,")
    assert asked.startswith("spinach,spinach_raw,,,spinach_cooked")
    assert others[0].startswith("milk,milk_reduced_fat,,,")
    own = begun.replace("zabaglione,,pot,", "zabaglione,hot_cocoa,pot,150 g")
    assert entries(read(text, own))[1].ingredients == (("hot_cocoa", 150.0),)


def read_line(line, shops=""):
    quoted = line.replace('"', '""')
    text = StringIO(f'day,food\n1,"{quoted}"\n')
    diary = read_diary(text, read_lookup_foods(), read_embedded_dishes(), shops=shops)
    return {one.item_id or f"?{one.written}": round(one.mass_g or 0) for one in diary.entries()}


@rows(__file__, "portions_sandwiches_makers_and_meals_are")
def test_portions_sandwiches_makers_and_meals_are_read_as_people_mean_them(line, read_as):
    assert read_line(line) == read_as


@rows(__file__, "chips_and_pints_are_what_the")
def test_chips_and_pints_are_what_the_country_of_the_shops_calls_so(shops, read_as):
    text = StringIO("day,food\n1,chips\n1,pint of bitter\n1,lemonade\n")
    diary = read_diary(text, read_lookup_foods(), read_embedded_dishes(), shops=shops)
    assert {entry.item_id: round(entry.mass_g or 0) for entry in entries(diary)} == read_as


def test_a_number_that_lacks_its_unit_is_no_count_of_kilograms(read):
    text = OWN + "1,lunch,Potatoes boiled,250,\n1,lunch,Apple,2,\n1,dinner,Oatmeal,300,\n"
    with pytest.raises(ConfigError) as refused:
        read(text)
    told = str(refused.value)
    assert "row 2: 250 of Boiled potatoes would be" in told
    assert "row 4: 300 of Oatmeal" in told
    assert told.count("write the unit behind the number, such as 250 g") == 2
    (potatoes,) = entries(read(OWN + "1,lunch,Potatoes boiled,250,g\n"))
    assert potatoes.mass_g == 250


def test_slices_and_handfuls_are_vague_and_grams_and_cups_are_not(read):
    lines = (
        "a handful of almonds",
        "a few almonds",
        "apple slices, 100 g",
        "1 cup apple slices",
    )
    handful, few, *said = entries(read("\n".join(["Day 1", *lines, ""])))
    assert handful.guessed_g == (20, 40)  # a third around 30 g
    assert few.guessed_g
    assert [entry.guessed_g for entry in said] == [(), ()]


BOOK = NameBook(read_embedded_foods(), read_embedded_dishes())


@rows(__file__, "a_name_of_one_food_is")
def test_a_name_of_one_food_is_matched(name, food_id, how):
    match = BOOK.find(name)
    assert (match.kind, match.item_id, match.how) == ("food", food_id, how)


@rows(__file__, "of_several_foods_the_usual_one")
def test_of_several_foods_the_usual_one_is_taken_and_the_others_are_listed(name, food_id, near):
    match = BOOK.find(name)
    assert match.item_id == food_id
    assert match.sure < 1
    assert near <= {*match.near}


def test_words_that_nobody_knows_are_left_out_only_before_a_name():
    assert BOOK.find("Grandfather's whole milk").item_id == "milk_whole"
    assert BOOK.find("Grandfather's whole milk").sure < 0.8
    assert not BOOK.find("milk zabaglione").item_id
    match = BOOK.find("unobtainium surprise")
    assert (match.kind, match.item_id) == ("", "")
    assert "none of our foods or dishes" in match.why


def test_a_dish_is_found_by_its_id_and_by_its_whole_name():
    dish = next(iter(BOOK.dishes.values()))
    for name in (dish.dish_id, dish.name, dish.name.upper()):
        match = BOOK.find(name, is_dish=True)
        assert (match.kind, match.item_id) == ("dish", dish.dish_id)


OATS = food("oats", piece_g=30.0)  # a cup of it is 100 g, a piece 30 g


@rows(__file__, "a_number_and_its_measure_are")
def test_a_number_and_its_measure_are_read(text, amount):
    assert read_amount(text) == amount


@rows(__file__, "measures_that_a_food_has_become")
def test_measures_that_a_food_has_become_grams(text, grams):
    assert usual_mass(read_measure(text, "oats"), OATS) == (pytest.approx(grams, rel=1e-3), False)


@rows(__file__, "a_measure_that_a_food_has")
def test_a_measure_that_a_food_has_not_weighs_what_people_mean_by_it(text, grams):
    assert usual_mass(read_measure(text), OATS) == (pytest.approx(grams), True)


@pytest.mark.parametrize(
    "text", ["1 full recipe", "2 buckets", "1 e3 g", "some", "0 g", "-3 g", ""]
)
def test_a_measure_that_nobody_knows_is_not_made_up(text):
    assert read_measure(text) is None


@rows(__file__, "lists_are_read_part_by_part")
def test_lists_are_read_part_by_part(line, read_as):
    found = [*read_line(line)]
    assert len(found) == len(read_as)
    assert all(text.startswith(start) for text, start in zip(found, read_as, strict=True))


@rows(__file__, "a_name_that_nothing_has_is")
def test_a_name_that_nothing_has_is_read_by_its_head(line, read_as):
    assert read_line(line, "uk") == read_as
