"""Reading diaries: our own, and exports of other programs."""

from io import StringIO

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from planner.candidates.dish import read_embedded_dishes
from planner.diary.matches import matches_as_csv
from planner.diary.read import read_diary
from planner.errors import ConfigError

OWN = "day,meal,food,amount,unit\n"
CRONOMETER = (
    "Day,Time,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Vitamin D (IU),Category\n"
)
DISH = next(one for one in read_embedded_dishes() if one.servings > 1)


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


@pytest.mark.parametrize(
    ("line", "compound", "magnesium"),
    [
        ("200 mg elemental magnesium glycinate", "magnesium_bisglycinate", 200.0),
        ("magnesium glycinate 200 mg_elemental", "magnesium_bisglycinate", 200.0),
        ("200 mg magnesium glycinate elemental", "magnesium_bisglycinate", 200.0),
        ("Magnesium oxide tablet, 400 mg compound", "magnesium_oxide", 400 * 24.305 / 40.304),
    ],
)
def test_a_supplement_with_its_amount_in_a_text_is_one(read, line, compound, magnesium):
    (entry,) = entries(read(f"breakfast: {line}\n"))
    assert (entry.kind, entry.item_id) == ("supplement", compound)
    assert entry.nutrients["magnesium_mg"] == pytest.approx(magnesium, rel=1e-3)


def test_a_vitamin_in_a_text_is_asked_nothing(read):
    (entry,) = entries(read("vitamin D3 1,000 IU\n"))
    assert entry.nutrients == {"vitamin_d_ug": pytest.approx(25.0)}


@pytest.mark.parametrize("line", ["200 mg magnesium glycinate", "calcium carbonate 500 mg"])
def test_a_salt_in_a_text_is_asked_about(read, line):
    _, entry = entries(read(f"banana\n{line}\n"))
    assert (entry.kind, entry.is_pill) == ("unmatched", True)
    assert "mass of the element or of the whole compound" in str(entry.why)


def test_weekdays_are_headings_and_a_meal_may_stand_before_its_food(read):
    diary = read("Tuesday\nbreakfast: 2 eggs\nWed:\nbanana\n")
    told = [(day.day, meal.slot, len(meal.entries)) for day in diary.days for meal in day.meals]
    assert told == [("1", "breakfast", 1), ("2", "", 1)]


def test_without_columns_each_line_is_a_food(read):
    diary = read("Breakfast:\n2 eggs\n\nLunch\nbanana\nDay 2\n3 oz cooked beef\n")
    told = [(day.day, meal.slot, len(meal.entries)) for day in diary.days for meal in day.meals]
    assert told == [("1", "breakfast", 1), ("1", "lunch", 1), ("2", "", 1)]
    assert [one.line for one in entries(diary)] == [2, 5, 7]
    # a day may begin all lines, as in our own table
    assert [day.day for day in read("1,2 eggs\n2,banana\n").days] == ["1", "2"]
    assert len(entries(read("2, 3 oz beef\nbanana\n"))) >= 2


def test_a_table_that_lacks_a_column_is_no_list_of_foods(read):
    with pytest.raises(ConfigError, match="no column 'day'"):
        read("when,food\n1,banana\n")


def test_lines_stand_by_day_and_meal_in_the_order_of_the_file(read):
    diary = read(OWN + "2,lunch,banana,100,g\n1,Supper,tahini,1,tbsp\n2,Snacks,almonds,1,oz\n")
    assert [(day.number, day.day) for day in diary.days] == [(1, "2"), (2, "1")]
    assert [meal.slot for meal in diary.days[0].meals] == ["lunch", "snack"]
    assert diary.days[1].meals[0].slot == "dinner"
    assert entries(diary)[1].line == 4


def test_a_food_counts_by_its_grams_and_a_dish_by_its_servings(read):
    food, dish = entries(read(f"{OWN}1,,banana,50,g\n1,,{DISH.dish_id},1,serving\n"))
    assert (food.kind, food.ingredients) == ("food", (("banana", 50.0),))
    whole = sum(line.mass_g for line in DISH.ingredients)
    assert dish.kind == "dish"
    assert dish.mass_g == pytest.approx(whole / DISH.servings)


def test_a_dish_by_mass_is_a_part_of_what_the_recipe_yields(read):
    (dish,) = entries(read(f"{OWN}1,,{DISH.dish_id},{DISH.yield_g / 4},g\n"))
    assert dish.mass_g == pytest.approx(sum(line.mass_g for line in DISH.ingredients) / 4)


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


def test_only_a_reading_that_would_change_much_is_asked_about(read):
    much, little = entries(read(OWN + "1,lunch,spinach,4,cups\n1,lunch,spinach,1,handful\n"))
    assert (much.item_id, much.asks) == ("spinach_raw", True)
    assert not little.asks


def test_a_line_may_have_its_amount_and_several_foods(read):
    coffee, milk, eggs = entries(
        read("day,food\n1,cup of coffee with a splash of milk\n1,2 eggs\n")
    )
    assert (coffee.item_id, coffee.mass_g) == ("coffee", 237.0)
    assert (milk.item_id, milk.mass_g, milk.is_usual_amount) == ("milk_reduced_fat", 30.0, True)
    assert (eggs.item_id, eggs.mass_g) == ("egg_hard_boiled", 100.0)


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("Kirkland - Extra Large Eggs, 2 egg", {"egg_hard_boiled": 100}),
        ("Chobani - Non-fat Greek Yogurt, Vanilla, 150 g", {"greek_yogurt_nonfat": 150}),
        ("Coffee - Brewed from grounds, 12 fl oz", {"coffee": 355}),
        ("coffee with half and half, 2 cups", {"coffee": 474, "half_and_half": 15}),
        ("tablespoon of honey in tea", {"honey": 21, "black_tea": 237}),
        ("a couple of eggs", {"egg_hard_boiled": 100}),
        ("2 coffees", {"coffee": 480}),
        ("Bananas - Raw, 1 medium", {"banana": 118}),
        ("banana: sliced, with honey", {"banana": 118}),
        ("ham on whole wheat", {"ham": 57, "bread_whole_wheat": 64}),
        ("pint of beer", {"beer": 473}),
        ("half pint of lager", {"beer": 237}),
        ("1 beer", {"beer": 355}),
        ("small box raisins", {"raisins": 32}),
        ("small glass of milk", {"milk_reduced_fat": 180}),
        ("OJ small glass", {"orange_juice": 150}),
        ("yoghurt natural 125g pot", {"yogurt_whole": 125}),
        ("chicken thigh w/ skin 1", {"chicken_thigh_roasted": 85}),
        ("2 Scheiben Vollkornbrot mit Butter", {"bread_whole_wheat": 64, "butter": 5}),
    ],
)
def test_a_line_is_read_as_people_and_programs_write_it(read, line, read_as):
    found = entries(read(f'day,food\n1,"{line}"\n'))
    assert {one.item_id: round(one.mass_g) for one in found} == read_as


def test_a_line_with_foods_that_no_plan_uses_is_read_too_and_a_mixed_dish_is_no_ingredient():
    read_as = {
        "beans on toast": {"baked_beans": 200, "bread_white": 65},
        "cranberry juice": {"cranberry_drink": 248},
        "starbucks grande latte": {"latte": 480},
        "popcorn movie theater medium": {"popcorn_movie": 182},
        "2 pot noodles": {"ramen_soup": 900},
        "fish and chips from the chippy": {"fried_fish": 160, "french_fries": 220},
        "ham egg and chips": {"ham": 57, "egg_fried": 46, "french_fries": 110},
        "pint of bitter": {"beer": 473},
        "apple juice box": {"apple_juice": 200},
        "tempeh stir fry": {"stir_fry_vegetables": 180, "tempeh_cooked": 85},
        "zurek zabaglione": {"": 0},
        "can of 7up": {"lemon_lime_soda": 372},
        "12-grain toast": {"bread_multigrain": 38},
        "fruit yoghurt": {"yogurt_fruit_lowfat": 150},
        "microwave dinner": {"tv_dinner_chicken": 312},
        "2 mini bagels": {"bagel_plain": 90},
        "iced matcha latte": {"latte": 360},
        "hot dog": {"hot_dog_bun": 102},
        "omelette": {"omelet": 122},
        "scotch egg": {"egg_hard_boiled": 50, "pork_sausage_cooked": 50, "breadcrumbs": 12},
    }
    text = "day,food\n" + "".join(f"1,{line}\n" for line in read_as)
    found = {line: {} for line in read_as}
    for one in entries(read_diary(StringIO(text), read_lookup_foods(), read_embedded_dishes())):
        found[[*read_as][one.line - 2]][one.item_id] = round(one.mass_g or 0)
    assert found == read_as


def test_lines_that_nobody_knows_are_listed_and_the_rest_counts(read):
    text = "1,breakfast,banana,1,bucket\n1,snack,tahini,-1,oz\n1,snack,zabaglione,1,cup\n"
    *unknown, known = entries(read(OWN + text + "1,snack,banana,1,piece\n"))
    assert [one.kind for one in unknown] == ["unmatched"] * 3
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
    assert [one.split(":")[0] for one in told] == [
        "row 2, day", "row 3, food", "row 4, food", "row 5, food",
    ]  # fmt: skip
    assert "element or of the whole compound" in told[2]


def test_a_time_of_the_day_is_where_a_pill_stands(read):
    (entry,) = entries(read("evening: 200 mg magnesium glycinate elemental\n"))
    assert entry.kind == "supplement"


def test_a_recipe_is_sent_to_where_recipes_are_improved(read):
    with pytest.raises(ConfigError, match=r"is a recipe.*dishes improve"):
        read("Lasagne\nServes 6\n\nIngredients:\n250 g pasta\n")


def test_amounts_of_a_meal_that_is_several_foods_are_guessed_where_none_is_said(read):
    assert all(one.guessed_g for one in entries(read("big salad\n")))
    plain, big = (
        sum(one.mass_g for one in entries(read(name))) for name in ("salad\n", "big salad\n")
    )
    assert big > 2 * plain
    assert not any(one.guessed_g for one in entries(read("60 g muesli\n")))


def test_a_column_that_is_no_amount_is_named_as_not_used(read):
    head = "day,meal,food,amount,unit,mood,weather,notes\n"
    found = read(head + "1,,banana,1,piece,3,rain,late\n")
    assert found.unused == ("mood", "weather", "notes")


def test_a_column_of_amounts_by_another_name_is_told_what_to_be_called(read):
    with pytest.raises(ConfigError, match=r"'serving size' — call it 'amount' or 'unit'"):
        read("day,food,serving size\n1,banana,1\n")


def test_columns_may_be_called_as_other_tables_call_them(read):
    found = read("Date,Meal,Food,Qty,Unit,Mood\n2026-11-01,Lunch,banana,100,g,tired\n")
    assert entries(read("Datum,Lebensmittel,Menge,Einheit\n1,banana,100,g\n"))[0].mass_g == 100
    (entry,) = entries(found)
    assert (entry.mass_g, found.days[0].day, found.unused) == (100.0, "2026-11-01", ("mood",))


@pytest.mark.parametrize("column", ["pack,cup", "how many,2", "portion size,big"])
def test_a_column_that_looks_like_an_amount_is_never_passed_over(read, column):
    name, _, cell = column.partition(",")
    with pytest.raises(ConfigError, match="unknown column"):
        read(f"day,food,{name}\n1,banana,{cell}\n")


@pytest.mark.parametrize(
    "text",
    [
        "Tag;Mahlzeit;Lebensmittel;Menge\n1;Mittag;rolled oats, dry;62,5 g\n",
        "rolled oats, dry;62,5 g\n",
    ],
)
def test_semicolons_part_cells_where_commas_are_decimal(read, text):
    (entry,) = read(text).days[0].meals[0].entries
    assert entry.mass_g == 62.5


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("day,meal,name,amount\n1,,banana,1\n", "no column 'food'"),
        ("day,meal,food,amount,unit,kcal\n1,,banana,1,g,3\n", "unknown column 'kcal'"),
        (OWN, "no row with something eaten"),
        ("day;meal;food;amount;unit\n1;;banana;1,000;g\n", "separated by semicolons"),
        ("Date,Meal,Calories,Fat (g)\n2026-01-01,Lunch,300,8\n", "totals of meals and no foods"),
        ("Date,Energy (kcal),Magnesium (mg)\n2026-01-01,2000,300\n", "totals and no foods"),
    ],
)
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
    assert pill.nutrients == {"energy_kcal": 0.0, "magnesium_mg": 200.0}


def test_a_blank_of_an_export_is_unknown_and_zero_is_zero(read):
    (one,) = entries(read(CRONOMETER + "1,,Lunch,Grandma's Chili,1 pot,0.00,,,Recipes\n"))
    assert one.stated == {"energy_kcal": 0.0}


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


def test_an_amount_without_its_measure_takes_that_of_the_unit(read):
    rows = "Date,Meal,Food Name,Amount,Unit\n1,Lunch,Rolled oats,60,g\n1,Lunch,Rolled oats,58 g,g\n"
    assert [dict(one.ingredients) for one in entries(read(rows))] == [
        {"rolled_oats": 60.0}, {"rolled_oats": 58.0},
    ]  # fmt: skip


def test_a_measure_of_an_export_that_a_food_has_not_is_no_fault_but_unmatched(read):
    (one,) = entries(read(CRONOMETER + "1,,Lunch,Banana,1.00 crate,90,,,Fruit\n"))
    assert one.kind == "unmatched"
    assert one.near == ("banana",)
    assert "crate" in one.why


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


def test_a_measure_of_a_matched_food_may_be_told(read):
    own = "name,food_id,unit,one_is\nseed mix,pumpkin_seeds,bag,45 g\n"
    (one,) = entries(read(OWN + "1,,Seed mix,2,bag\n", own))
    assert one.ingredients == (("pumpkin_seeds", 90.0),)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("milk,milk_hole,,\n", "'milk_hole' is no id"),
        ("milk,milk_whole,cup,lots\n", "'lots' is no amount"),
        ("milk,milk_whole,,\nmilk,milk_skim,,\n", "stands in another row"),
    ],
)
def test_a_wrong_match_is_a_fault_of_its_file(read, rows, what):
    with pytest.raises(ConfigError, match=what):
        read(OWN + "1,,milk,1,cup\n", "name,food_id,unit,one_is\n" + rows)


def test_a_name_that_was_taught_is_known_with_its_amount_and_beside_others(read):
    text = "day,food\n1,2 cups of zorblax\n1,toast with zorblax\n1,zorblax\n"
    begun = matches_as_csv(read(text)).splitlines()
    assert [one.split(",")[0] for one in begun].count("zorblax") == 1
    taught = "name,food_id,unit,one_is\nzorblax,greek_yogurt_nonfat,cup,100 g\n"
    cups, toast, beside, plain = entries(read(text, taught))
    assert {cups.item_id, beside.item_id, plain.item_id} == {"greek_yogurt_nonfat"}
    assert (cups.mass_g, toast.item_id, beside.mass_g) == (200.0, "bread_white", 60.0)
    assert plain.how == "matches_file"


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


def test_a_name_that_looks_like_a_formula_is_none_in_the_file_that_was_begun(read):
    text = OWN + "1,,=1+1,1,cup\n"
    begun = matches_as_csv(read(text))
    assert "\n'=1+1,,cup" in begun
    (one,) = entries(read(text, begun.replace("'=1+1,,cup", "'=1+1,milk_skim,cup")))
    assert one.item_id == "milk_skim"


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("clove of garlic", {"garlic": 3}),
        ("5 apple slices", {"apple": 110}),
        ("cheerios with milk and banana", {"oat_rings": 30, "milk_reduced_fat": 125, "banana": 60}),
        ("cheese sandwich with crisps", {"cheese_sandwich": 102, "potato_chips": 28}),
        ("mac and cheese", {"mac_cheese": 280}),
        ("toast with butter and a banana", {"bread_white": 29, "butter": 5, "banana": 118}),
        ("vegemite toast and coffee", {"bread_white": 58, "yeast_extract": 5, "coffee": 237}),
        ("roast potatoes, 3", {"potato_roasted": 165}),
        ("4 new potatoes", {"potato_new": 160}),
        ("3-bean salad", {"bean_salad": 130}),
        ("5-bean chilli", {"chili_vegetarian": 255}),
        ("half a margherita pizza", {"pizza_cheese": 165}),
        ("margherita pizza, half", {"pizza_cheese": 165}),
        ("Corn flakes with milk", {"corn_flakes": 30, "milk_reduced_fat": 125}),
        ("mug of tea, skimmed milk", {"black_tea": 300, "milk_skim": 30}),
        ("1 Chobani strawberry", {"yogurt_greek_fruit": 150}),
        ("Oikos vanilla", {"yogurt_greek_fruit": 150}),
        ("Haagen-Dazs strawberry", {"ice_cream": 135}),
        ("Fage 0%", {"greek_yogurt_nonfat": 150}),
        ("3 slices bacon, cooked crisp", {"bacon_cooked": 33}),
        ("kidney beans, tinned, 80g", {"kidney_beans_canned": 80}),
        ("egg mayo sandwich on brown bread", {"bread_whole_wheat": 70, "egg_salad": 80}),
        ("crumpets, 2, buttered", {"bread_white": 84, "butter": 5}),
        ("1 large pho", {"pho": 637}),
        ("2 tbsp pancake syrup", {"syrup_pancake": 40}),
        ("Quavers", {"cheese_puffs": 18}),
        ("Halo Top", {"ice_cream_light": 135}),
        ("5% fat beef mince 125g", {"ground_beef_lean_cooked": 125}),
        ("Greek yogurt, 0% fat, 150g", {"greek_yogurt_nonfat": 150}),
        ("matchbox piece of cheddar", {"cheddar": 30}),
        ("mozzarella ball, half", {"mozzarella_part_skim": 62}),
        ("Subway 6 inch turkey sub", {"turkey_sandwich": 216}),
        ("2 Scotch eggs", {"egg_hard_boiled": 100, "pork_sausage_cooked": 100, "breadcrumbs": 24}),
        ("150 g fish pie", {"potato_mashed": 65, "cod_cooked": 45, "white_sauce": 40}),
        (
            "toad in the hole with gravy",
            {"pork_sausage_cooked": 110, "yorkshire_pudding": 100, "chicken_gravy": 60},
        ),
        ("ham and cheese panini", {"bread_sourdough": 90, "ham": 30, "cheddar": 21}),
        ("chicken thighs, 2, skinless", {"chicken_thigh_roasted": 170}),
        ("ham and brie baguette", {"bread_sourdough": 110, "ham": 30, "brie": 21}),
        (
            "fish fingers, chips and peas",
            {"fish_sticks": 85, "french_fries": 110, "green_peas_cooked": 80},
        ),
        ("chocolate chip cookie", {"chocolate_chip_cookies": 16}),
        ("2 tbsp hummus with carrot sticks", {"hummus": 30, "carrot_raw": 60}),
        ("avocado toast", {"avocado": 70, "bread_white": 40}),
        ("green bell pepper strips", {"green_pepper_raw": 119}),
        ("large beef pho", {"pho": 637}),  # the helping, and no large piece of meat
        ("Wendy's chili small", {"chili_beef_beans": 210}),
        ("Heinz cream of tomato soup half tin", {"soup_tomato": 200}),
        ("1 fun size Snickers", {"chocolate_nougat_bar": 17}),
        ("small punnet of blueberries", {"blueberries": 112}),
        ("PB&J on white bread", {"peanut_butter_jelly_sandwich": 112}),
        ("flat white on almond milk", {"latte_plant": 360}),
        ("mug of hot chocolate made with milk", {"hot_cocoa": 300}),
        ("scrambled eggs on toast", {"egg_scrambled": 122, "bread_white": 32}),
        ("glass of smooth orange juice", {"orange_juice": 200}),
        ("1 glass of Chardonnay", {"white_wine": 147}),
        ("margarita on the rocks", {"margarita": 225}),
        ("lasagne and chips", {"lasagna_meat": 300, "french_fries": 110}),
        ("rack of lamb", {"lamb_chop": 140}),
        ("Philadelphia light", {"cream_cheese_light": 30}),
        ("square of dark chocolate", {"dark_chocolate_70_85": 10}),
        ("rice cakes with almond butter", {"rice_cakes": 18, "almond_butter": 32}),
        ("2 Babybels", {"edam": 40}),
        ("half of Guinness", {"beer": 284}),
        ("Subway footlong turkey", {"turkey_sandwich": 432}),
        ("ham sandwich on brown bread", {"bread_whole_wheat": 70, "ham": 30}),
        ("ham sandwich on white bread", {"ham_sandwich": 115}),
        ("meat pie with tomato sauce", {"beef_pot_pie": 250, "ketchup": 15}),
        ("cheese crackers", {"cheddar_crackers_small": 30}),
        ("cheese and crackers", {"cheddar": 35, "crackers_saltine": 24}),
        ("burger, no bun", {"hamburger": 145}),
        ("pancakes with syrup", {"pancakes": 100, "maple_syrup": 50}),
        ("barra and salad", {"snapper_cooked": 170, "salad_mix": 50, "tomato": 30, "cucumber": 25}),
    ],
)
def test_portions_sandwiches_makers_and_meals_are_read_as_people_mean_them(line, read_as):
    text = StringIO(f'day,food\n1,"{line}"\n')
    found = entries(read_diary(text, read_lookup_foods(), read_embedded_dishes()))
    assert {one.item_id: round(one.mass_g or 0) for one in found} == read_as


@pytest.mark.parametrize(
    ("shops", "read_as"),
    [
        ("us", {"potato_chips": 28, "beer": 473, "lemonade": 247}),
        ("uk", {"french_fries": 110, "beer": 568, "lemon_lime_soda": 372}),
    ],
)
def test_chips_and_pints_are_what_the_country_of_the_shops_calls_so(shops, read_as):
    text = StringIO("day,food\n1,chips\n1,pint of bitter\n1,lemonade\n")
    diary = read_diary(text, read_lookup_foods(), read_embedded_dishes(), shops=shops)
    assert {one.item_id: round(one.mass_g or 0) for one in entries(diary)} == read_as


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
        "ein paar almonds",
        "apple slices, 100 g",
        "1 cup apple slices",
    )
    handful, few, *said = entries(read("\n".join(["Day 1", *lines, ""])))
    assert handful.guessed_g == (20, 40)  # a third around 30 g
    assert few.guessed_g
    assert [one.guessed_g for one in said] == [(), ()]
