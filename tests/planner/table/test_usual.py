"""A week near to a diary: own meals are planned, judged and counted; what is forged is found."""

import json
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.diary.sums import take_in
from planner.document.terminal import as_plain
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.export.usual import path_told
from planner.pipeline import plan_meals
from planner.request.read import (
    read_request,
    request_from_dict,
    request_to_dict,
    write_request,
)
from planner.request.request import NAMELESS
from planner.table.kept import report_kept
from planner.table.prepare import prepare_table
from planner.table.usual import meals_out, path_to
from planner.usual.path import SHOWN, PathChange, PathWeek, UsualPath
from planner.wire.document import parse_plan_document, read_plan_document

FOODS = read_embedded_foods()
DIARY = Path(__file__).parents[2] / "data" / "diaries" / "western_week.csv"
GOLDEN = Path(__file__).parents[2] / "golden" / "weeks"
LEAST_OWN = 9


def asked(**changes):
    return request_from_dict({"usual": {"diary": str(DIARY)}, **changes})


@pytest.fixture(scope="module")
def near():
    return plan_meals(asked())


@pytest.fixture(scope="module")
def written(near):
    return json.loads(as_json(near))


def judged(raw):
    return check_document(parse_plan_document(json.dumps(raw), "plan.json"), FOODS).as_one()


def own_dinners(**preferences):
    week = prepare_table(asked(preferences=preferences)).weeks[NAMELESS]
    ids = {one.source_id for one in week.candidates.candidates}
    out = {(one.day, one.meal): str(one.why) for one in meals_out(week.usual, week.candidates)}
    return {one for one in ids if one.startswith("usual_")}, out


def test_a_meal_that_holds_what_is_forbidden_is_no_candidate_and_says_why():
    free, nothing = own_dinners()
    assert nothing == {}
    held, out = own_dinners(without=["shellfish"])
    assert free - held == {"usual_d5_dinner"}
    assert set(out) == {("fri", "dinner")}
    assert "shellfish" in out["fri", "dinner"]
    vegan, out = own_dinners(diet="vegan")
    assert vegan == {"usual_d3_snack", "usual_d5_snack", "usual_d6_snack", "usual_d7_lunch"}
    assert ("mon", "dinner") in out


def test_own_meals_are_as_they_were_eaten_and_no_food_of_them_is_exchanged():
    held, _ = own_dinners(without=["milk"])
    with_milk = {"usual_d1_breakfast", "usual_d2_snack"}
    assert not held & with_milk
    week = prepare_table(asked()).weeks[NAMELESS]
    (dinner,) = (one for one in week.candidates.candidates if one.candidate_id == "usual_d1_dinner")
    (serving,) = dinner.servings
    assert dict(serving.portion.ingredients) == {
        "pasta_cooked": 220.0,
        "ground_beef_lean_cooked": 90.0,
        "tomato_pasta_sauce": 150.0,
        "parmesan": 10.0,
    }
    assert dinner.places == ("dinner.main",)
    assert dinner.traits.most_per_week == 1


def test_a_week_near_to_a_diary_holds_and_has_meals_of_it(near, written):
    assert near.passed
    assert judged(written).faults == ()
    assert written["usual"]["own_meals"] >= LEAST_OWN
    own = [
        (day["day"], meal["slot"], item)
        for day in written["days"]
        for meal in day["meals"]
        for item in meal["items"]
        if item["id"].startswith("usual_")
    ]
    assert len(own) == written["usual"]["own_meals"]
    assert all(slot == item["id"].rsplit("_", 1)[1] for _, slot, item in own)
    kcal = sum(item["nutrients"]["energy_kcal"] for _, _, item in own)
    share = kcal / written["week"]["totals"]["energy_kcal"]
    assert written["usual"]["energy_share"] == pytest.approx(share)
    for meal in written["usual"]["dishes"]:
        times = sum(item["id"] == meal["id"] for _, _, item in own)
        assert times <= len(meal["days"])


def test_its_foods_are_nearer_to_the_diary_than_those_of_the_same_plan_without_it(near):
    eaten = near.alone.usual.usual.bases

    def known(plan):
        parts = [
            (FOODS[food_id].base in eaten, mass)
            for day in plan.days
            for item in day.items()
            for food_id, mass in item.ingredients
        ]
        return sum(mass for is_known, mass in parts if is_known) / sum(mass for _, mass in parts)

    plain = read_plan_document(GOLDEN / "woman_55" / "plan.json").plan
    assert known(near.plan) > known(plain) + 0.05  # 0.05 to 0.16 over three seeds


def test_the_points_of_what_is_unusual_have_a_name(near, written):
    terms = written["why"]["terms"]
    assert terms["unusual"] > 0
    assert sum(terms.values()) == pytest.approx(written["solver"]["objective"])


def test_the_week_says_how_near_it_is(near, written):
    usual = written["usual"]
    told = f"{usual['own_meals']} of {usual['meals']} meals are your own; "
    assert told in " ".join(as_text(near, full=False).split())
    assert any(one.startswith(told) for one in written["notes"])
    assert usual["read_as"] == {}
    assert "Your " in as_text(near, full=False)


def test_a_kept_plan_is_told_again(near, written):
    kept = report_kept(parse_plan_document(json.dumps(written), "plan.json"))
    assert as_text(kept) == as_text(near)


@pytest.mark.parametrize(
    ("key", "value"), [("own_meals", 28), ("meals", 27), ("energy_share", 0.99)]
)
def test_a_forged_nearness_is_found(written, key, value):
    raw = json.loads(json.dumps(written))
    raw["usual"][key] = value
    assert [str(one) for one in judged(raw).faults if f"as {key} of the diary" in str(one)]


def test_an_own_meal_that_is_not_as_it_was_eaten_is_found(written):
    raw = json.loads(json.dumps(written))
    ids = {item["id"] for day in raw["days"] for meal in day["meals"] for item in meal["items"]}
    meal = next(one for one in raw["usual"]["dishes"] if one["id"] in ids)
    meal["ingredients"][0]["mass_g"] += 40
    assert any("holds other amounts than the diary" in str(one) for one in judged(raw).faults)
    unsaid = json.loads(json.dumps(written))
    del unsaid["usual"]
    assert any("is known, so it cannot be judged" in str(one) for one in judged(unsaid).faults)
    other = json.loads(json.dumps(written))
    del other["request"]["usual"]
    assert any("its request has none" in str(one) for one in judged(other).faults)


def test_the_path_leads_from_the_diary_to_the_plan(near):
    path = path_to(near.alone, 2)
    assert all(len(week.changes) <= 2 for week in path.weeks)
    changed = {(one.day, one.slot) for week in path.weeks for one in week.changes}
    own = near.alone.usual.own
    assert len(changed) == sum(len(week.changes) for week in path.weeks)
    assert len(changed) >= near.alone.usual.meals - own
    last, means = path.weeks[-1].means, near.plan.means
    assert last["magnesium_mg"] == pytest.approx(means["magnesium_mg"])
    assert last["energy_kcal"] == pytest.approx(means["energy_kcal"])
    assert last["ca_mg_ratio"] == pytest.approx(near.plan.ca_mg_ratio)
    eaten = take_in(near.alone.usual.usual.diary.days, FOODS)
    first = path.weeks[0].means  # by the gram, where the diary has half an egg more or less
    assert first["magnesium_mg"] == pytest.approx(eaten.totals["magnesium_mg"], rel=0.01)
    assert first["ca_mg_ratio"] == pytest.approx(eaten.ca_mg_ratio, rel=0.01)
    assert path.weeks[0].means["magnesium_mg"] < last["magnesium_mg"]


def test_the_path_is_told_by_week(near):
    path = path_to(near.alone, 2)
    text = as_plain(path_told(path, near.alone))
    assert "A path: 2 changes a week" in text
    table = next(one for one in text.split("\n\n") if "Mg mg" in one).splitlines()[1:]
    assert [row.split()[1] for row in table] == [str(one.number) for one in path.weeks]
    assert text.count("\n- Day ") == sum(len(week.changes) for week in path.weeks)


def test_meals_that_come_or_go_are_told_so(near):
    nothing = PathChange(1, "snack", (), ("Banana",)), PathChange(2, "brunch", ("Apple",), ())
    added = PathChange(3, "lunch", ("Your apple",), ("Your apple", "Banana"), is_kept=True)
    more = PathChange(4, "dinner", ("Your pasta",), ("Your pasta",))
    other = PathChange(5, "dinner", ("Your pasta",), ("Your pasta", "Salad"))
    figures = dict.fromkeys(SHOWN, 1.0)
    changes = (*nothing, added, more, other)
    weeks = (PathWeek(0, (), (), figures), PathWeek(1, changes, (), figures))
    text = as_plain(path_told(UsualPath(2, weeks), near.alone))
    assert "- Day 1, snack: new: Banana" in text
    assert "- Day 2, brunch: no longer: Apple" in text
    assert "- Day 3, lunch: Your apple, and with it Banana" in text
    assert "- Day 4, dinner: Your pasta, in other amounts" in text
    assert "- Day 5, dinner: Your pasta and Salad instead of Your pasta" in text
    assert "More than 2 at once" in text


def test_a_request_with_a_diary_is_written_and_read_again(tmp_path):
    request = asked()
    assert request_from_dict(request_to_dict(request)) == request
    text = write_request(request)
    assert '[usual]\ndiary = "' in text
    assert "usual" not in request_to_dict(request_from_dict({}))
    assert "[usual]" not in write_request(request_from_dict({}))
    beside = tmp_path / "me.toml"
    beside.write_text('[usual]\ndiary = "mine.csv"\n', encoding="utf-8")
    assert read_request(beside).usual.diary == str(tmp_path / "mine.csv")


def test_a_diary_is_one_persons():
    with pytest.raises(ConfigError, match=r"\[usual\]: a diary is one person's"):
        asked(eaters=[{"name": "Ann"}, {"name": "Ben"}])
