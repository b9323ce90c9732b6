"""What may be changed into what: plates and roles stay, and amounts are those of a kitchen."""

from foods.embedded import read_embedded_foods
from planner.candidates.servings import food_portions
from planner.improve.change import ADD, AMOUNT, REMOVE, SWAP, Choice, with_changes
from planner.improve.offered import offered_changes
from tests.diaries import a_day, all_dishes, dash_days

DRINKS = {"milk", "plant_drink"}


def choice(*may_come):
    foods = read_embedded_foods()
    ids = frozenset(may_come or foods.foods)
    return Choice(foods, {one.dish_id: one for one in all_dishes()}, ids)


def changes_of(diary, *may_come):
    return tuple(offered_changes(diary, choice(*may_come)))


def group(entry):
    return read_embedded_foods()[entry.item_id].group


def test_an_egg_breakfast_gets_no_lentils():
    day = a_day(breakfast=[("egg_scrambled", 2, "large"), ("bread_white", 1, "slice")])
    come = {one.come.item_id for one in changes_of(day) if one.come and one.slot == "breakfast"}
    assert come
    assert not {group_ for one in come if (group_ := read_embedded_foods()[one].group) in
                ("legumes", "soy", "fish", "poultry", "red_meat", "vegetables")}  # fmt: skip
    assert not any(one.action == SWAP and one.gone.item_id == "egg_scrambled"
                   for one in changes_of(day))  # fmt: skip


def test_a_glass_of_milk_becomes_a_drink_or_less_milk():
    day = a_day(breakfast=[("milk_whole", 1, "cup"), ("corn_flakes", 1, "cup")])
    of_milk = [one for one in changes_of(day) if one.gone and one.gone.item_id == "milk_whole"]
    assert {one.action for one in of_milk} == {SWAP, AMOUNT}
    assert {group(one.come) for one in of_milk} == DRINKS
    assert {one.come.amount for one in of_milk if one.action == AMOUNT} == {"1/2 cup"}


def test_what_comes_of_a_food_is_a_usual_amount_of_it():
    foods = read_embedded_foods()
    for diary in dash_days().values():
        for change in changes_of(diary):
            if change.action in (SWAP, ADD) and change.come.kind == "food":
                food = foods[change.come.item_id]
                step_g = food.serving.step * food.serving.measure.mass_g
                steps = change.come.mass_g / step_g
                assert abs(steps - round(steps)) * step_g <= 0.51, change.come
            if change.action == ADD:
                usual = {one.mass_g for one in food_portions(foods[change.come.item_id])}
                assert change.come.mass_g in usual


def test_nothing_is_put_over_a_salad_that_is_not_there():
    salad = [("salad_mix", 2, "cup"), ("italian_dressing", 1, "tbsp")]
    with_salad = a_day(dinner=[*salad, ("pasta_cooked", 1, "cup")])
    without = a_day(dinner=[("carrot_cooked", 1, "cup"), ("pasta_cooked", 1, "cup")])
    found = [{one.says for one in changes_of(day) if one.slot == "dinner"}
             for day in (with_salad, without)]  # fmt: skip
    assert "over the salad" in found[0]
    assert "over the salad" not in found[1]


def test_leaves_in_a_pita_are_no_salad():
    dressing = ("italian_dressing", 1, "tbsp")
    lines = [("romaine_lettuce", 1, "cup"), ("pita_whole_wheat", 1, "pita")]
    pita, salad = a_day(lunch=lines), a_day(lunch=[*lines, dressing])
    says = [{one.says for one in changes_of(day)} for day in (pita, salad)]
    assert not says[0] & {"over the salad", "in the salad"}
    assert says[1] >= {"over the salad", "in the salad"}


def test_what_a_dish_is_made_around_stays():
    """Cheese with ham or beans, chickpeas with feta, applesauce with pork, potato with steak."""
    oz, cup = "oz", "cup"
    for slot, kept, beside in (
        ("lunch", ("swiss_cheese", 1, oz), ("ham", 2, oz)),
        ("lunch", ("monterey_jack", 1, oz), ("black_beans_cooked", 1, cup)),
        ("lunch", ("chickpeas_cooked", 1, cup), ("feta", 1, oz)),
        ("dinner", ("applesauce", 1, cup), ("pork_tenderloin_roasted", 3, oz)),
        ("dinner", ("potato_boiled", 1, cup), ("beef_sirloin_broiled", 3, oz)),
    ):
        other = {one.come.item_id for one in changes_of(a_day(**{slot: [kept, beside]}))
                 if one.action == SWAP and one.gone.item_id == kept[0]}  # fmt: skip
        assert other <= {"potato_baked", "sweet_potato_baked"}, kept


def test_no_cabbage_comes_beside_a_cabbage():
    lines = [("carrot_cooked", 1, "cup"), ("brown_rice_cooked", 1, "cup")]
    for beside, there in (([], True), ([("collards_cooked", 1, "cup")], False)):
        come = {one.come.item_id for one in changes_of(a_day(dinner=[*lines, *beside]))
                if one.action == SWAP}  # fmt: skip
        assert ("brussels_sprouts_cooked" in come) == there


def test_no_more_fruit_comes_at_once_than_a_helping_or_than_there_was():
    day = a_day(breakfast=[("apple", 1, "medium")], lunch=[("watermelon", 2, "cup")])
    foods, comes = read_embedded_foods(), 0
    for one in changes_of(day):
        if one.come and foods[one.come.item_id].group == "fruit":
            gone_g = one.gone.mass_g if one.gone else 0.0
            assert one.come.mass_g <= max(165.0, gone_g), one.come
            comes += 1
    assert comes


def test_taking_dairy_or_calcium_alone_is_the_last_resort_and_asks_more():
    day = a_day(
        breakfast=[("milk_lowfat", 1, "cup"), ("corn_flakes", 1, "cup")],
        lunch=[("bread_rye", 2, "slice"), ("swiss_cheese", 1, "oz")],
        snack=[("yogurt_lowfat", 1, "cup")],
    )
    found = {
        (one.action, one.gone.item_id, one.subject): one for one in changes_of(day) if one.gone
    }
    last = {key for key, one in found.items() if one.is_last_resort}
    assert last >= {
        ("amount", "milk_lowfat", "milk_lowfat"),
        ("swap", "milk_lowfat", "soy_drink_unsweetened"),
        ("remove", "swiss_cheese", "swiss_cheese"),
        ("swap", "yogurt_lowfat", "greek_yogurt_lowfat"),
    }
    assert ("swap", "bread_rye", "bread_whole_wheat") not in last
    assert min(found[key].points for key in last) > max(
        one.points for key, one in found.items() if key[0] == "swap" and key not in last
    )


def test_a_food_of_the_day_is_not_added_once_more():
    day = a_day(breakfast=[("banana", 1, "medium")], snack=[("almonds", 2, "tbsp")])
    added = {one.come.item_id for one in changes_of(day) if one.action == ADD}
    assert not added & {"banana", "almonds"}


def test_what_a_day_has_does_not_come_for_another_thing_but_bread_may():
    day = a_day(
        breakfast=[("banana", 1, "medium"), ("bread_whole_wheat", 1, "slice")],
        lunch=[("apple", 1, "medium"), ("bread_white", 2, "slice")],
    )
    come = {(one.gone.item_id, one.come.item_id) for one in changes_of(day) if one.action == SWAP}
    assert ("apple", "orange") in come
    assert ("apple", "banana") not in come
    assert ("bread_white", "bread_whole_wheat") in come


def test_a_snack_comes_where_there_is_none_and_asks_more():
    day = a_day(lunch=[("white_rice_cooked", 1, "cup")])
    there = a_day(lunch=[("white_rice_cooked", 1, "cup")], snack=[("apple", 1, "medium")])
    new = next(one for one in changes_of(day, "cashews") if one.slot == "snack")
    old = next(one for one in changes_of(there, "cashews") if one.slot == "snack")
    assert new.points > old.points
    assert [meal.slot for meal in with_changes(day, [new]).days[0].meals] == ["lunch", "snack"]


def test_the_last_thing_of_a_meal_is_not_left_out():
    alone = a_day(snack=[("potato_chips", 1, "oz")])
    beside = a_day(snack=[("potato_chips", 1, "oz"), ("apple", 1, "medium")])
    assert not any(one.action == REMOVE for one in changes_of(alone))
    assert any(one.action == REMOVE for one in changes_of(beside))


def test_a_dish_stays_or_becomes_its_like():
    diary = dash_days()[7]
    dishes = {one.dish_id: one for one in all_dishes()}
    of_dish = [one for one in changes_of(diary) if one.gone and one.gone.kind == "dish"]
    assert of_dish
    for one in of_dish:
        assert one.action in (SWAP, AMOUNT)
        old, new = dishes[one.gone.item_id], dishes[one.come.item_id]
        assert (old.kind, old.role, old.protein) == (new.kind, new.role, new.protein)


def test_only_what_may_come_comes():
    for diary in dash_days().values():
        come = {one.come.item_id for one in changes_of(diary, "quinoa_cooked")
                if one.action in (SWAP, ADD)}  # fmt: skip
        assert come <= {"quinoa_cooked"}


def test_changes_touch_their_lines_alone():
    diary = dash_days()[2]
    for change in changes_of(diary)[::7]:
        before, after = ([*one.days[0].entries()] for one in (diary, with_changes(diary, [change])))
        gone = [one for one in before if not any(one is other for other in after)]
        come = [one for one in after if not any(one is other for other in before)]
        assert gone == ([change.gone] if change.gone else [])
        assert come == ([change.come] if change.come else [])
