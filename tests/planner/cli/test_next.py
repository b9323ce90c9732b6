"""Week after week: what was liked, the days that follow a plan, and a change that is taken back."""

import json
import shutil
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.check.document import check_document
from planner.cli import cli
from planner.cli.next import _with_unused, with_ratings
from planner.cli.not_again import names_of_dishes
from planner.cli.options import build_request, change_request
from planner.cli.rest import with_rest
from planner.cli.shop import shop_for
from planner.errors import ConfigError, ExportError
from planner.export.formats import STEPS_MARK
from planner.export.steps import STEPS_FILE, KeptStep, most_steps, read_steps, steps_text
from planner.kitchen.not_eaten import home_unused
from planner.kitchen.sold import keeping_of
from planner.request.eater import Guests
from planner.request.meal_hours import read_meal_hours
from planner.request.next_week import (
    let_go,
    over_days,
    rated,
    request_after,
    with_favorites,
    within_days,
)
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.put import Put, read_without_on
from planner.request.read import read_request
from planner.wire.document import read_history, read_plan_document

TABLE = ["--eater", "name=Ann,sex=f,age=40", "--eater", "name=Tom,sex=m,age=44"]


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weeks") / "week"
    flags = ["--days", "2", "--start", "2026-11-30", "--guests", "2:dinner=1"]
    run("plan", *TABLE, *flags, "--out", folder)
    return folder


def dinner(folder, day):
    meals = json.loads((folder / "plan.json").read_text())["days"][day - 1]["meals"]
    (items,) = (meal["items"] for meal in meals if meal["slot"] == "dinner")
    return next(one["name"] for one in items if one["kind"] == "dish")


def at_home(week, plans, start=None):
    """Give food → days on which it is good, of what is at home after some plans."""
    asked = read_request(week / "request.toml")
    empty = replace(asked.week, start=start and date.fromisoformat(start), pantry=())
    rest = with_rest(replace(asked, week=empty), [str(one) for one in plans])
    return {one.food: one.days for one in rest.week.pantry}


def test_what_the_latest_earlier_plan_leaves_is_at_home_as_long_as_it_keeps(week, tmp_path, capsys):
    next_day, a_month_later = "2026-12-02", "2027-01-02"
    plan = week / "plan.json"
    home = at_home(week, [plan], next_day)
    assert home == at_home(week, [plan])
    assert f"what is left of {len(home)} foods" in capsys.readouterr().err
    fridge = {food: days for food, days in home.items() if days is not None and days <= 14}
    assert fridge
    later = at_home(week, [plan], a_month_later)
    assert later == {
        food: None if days is None else days - 31
        for food, days in home.items()
        if days is None or days > 31
    }
    assert at_home(week, [plan], "2026-12-01") == {}  # it is not over by then
    older = tmp_path / "plan.json"
    older.write_text(
        plan.read_text().replace("2026-11-30", "2026-11-23").replace("2026-12-01", "2026-11-24")
    )
    assert at_home(week, [plan, older], next_day) == home
    assert at_home(week, ["eaten: 2026-11-30, soup"]) == {}


def test_what_was_liked_stands_beside_the_plan_and_the_next_days_heed_it(week):
    loved, banned = dinner(week, 1), dinner(week, 2)
    assert "3 of 3" in run("like", week / "plan.json", "mon:dinner", 3).stderr
    assert "does not come again" in run("like", week / "plan.json", "tue:dinner", 0).stderr
    wanted = read_request(week / "request.toml").preferences
    assert list(wanted.like.values()) == [3]
    assert len(wanted.without) == 1
    following = week.parent / "next"
    told = run("next", week / "plan.json", "--out", following, "--per-week", "oven<=1").stderr
    assert "Not asked for again: guests." in told
    assert "Taken to be at home" in told
    frozen = [one for one in shop_for(week / "plan.json").batch.labels if one.eat_on is None]
    assert ("In the freezer: " in told) == bool(frozen)
    assert all(one.name in told for one in frozen)
    document = read_plan_document(following / "plan.json")
    assert document.plan.days[0].date == date(2026, 12, 2)
    assert document.request.preferences.history == (str(week / "plan.json"),)
    assert document.request.week.pantry
    assert document.request.week.has_usual
    assert [rule.name for rule in document.request.preferences.per_week] == ["oven"]
    served = {item.name for day in document.plan.days for item in day.items()}
    assert banned not in served
    first = {item.name for item in document.plan.days[0].items()}
    assert loved not in first  # it was eaten two days ago; liked, it may come on the third
    assert check_document(document, read_embedded_foods()).passed


def test_who_eats_is_read_beside_the_plan_and_a_dish_of_it_that_is_let_go_is_no_such_change(
    week, tmp_path
):
    folder = shutil.copytree(week, tmp_path / "copy")
    plan, asked = folder / "plan.json", folder / "request.toml"
    told = "something else of who eats"
    kept = asked.read_text("utf-8")
    assert told not in run("show", plan).stderr
    asked.write_text(kept.replace("age = 44", 'age = 44\nconditions = ["favism"]'), "utf-8")
    assert told in run("show", plan).stderr
    assert told in run("shop", plan).stderr
    with pytest.raises(ConfigError, match=told):
        run("replan", plan)


def test_what_was_not_eaten_and_not_used_is_said_with_flags_or_asked_at_a_terminal(
    week, tmp_path, monkeypatch
):
    gone, eaten = dinner(week, 2), dinner(week, 1)
    names = {one.dish_id: one.name for one in read_embedded_dishes()}
    monkeypatch.setattr("planner.cli.next.is_terminal", lambda _stream: True)
    words = ["next", week / "plan.json", "--days", "1", "--force", "--no-rest", "--out"]
    for flags, answer in (
        (["--skipped", "2:dinner", "--not-used", "rice,500,g"], ""),
        ([], "2:dinner\nrice,500,g\n"),
        (["--yes"], ""),
    ):
        words_ = [str(one) for one in (*words, tmp_path / "w", *flags)]
        made = CliRunner().invoke(cli, words_, input=answer, catch_exceptions=False)
        assert made.exit_code == 0, made.stderr
        asked = read_request(tmp_path / "w" / "request.toml")
        (lately,) = asked.preferences.history
        at_home = {one.food: one.amount for one in asked.week.pantry}
        was_asked = "were not eaten" in made.stderr
        if flags == ["--yes"]:
            assert (lately, at_home, was_asked) == (str(week / "plan.json"), {}, False)
        else:
            assert "at home: White long-grain rice, dry, 500 g, keeps." in made.stderr
            ids = read_history([lately])[0]
            assert eaten in {names[one] for one in ids}
            assert gone not in {names[one] for one in ids}
            assert (at_home, was_asked) == ({"white_rice_dry": 500.0}, not flags)


def test_what_was_not_used_is_at_home_while_it_keeps(week, monkeypatch, capsys):
    made = shop_for(week / "plan.json")
    bought = {one.food_id for one in made.shopping.lines if not one.is_pantry}
    fresh = {one: keeping_of(made.foods[one]).fresh_days for one in bought}
    found = home_unused(made.shopping, bought, made.plan.days[-1].day, made.foods)
    left = {one.food: one.days for one in found}
    assert left == {
        one: days and days - made.plan.days[-1].day  # all is bought on the day before the first
        for one, days in fresh.items()
    }
    food = made.foods[next(one for one, days in sorted(fresh.items()) if days)].name
    (home,) = _with_unused(week / "plan.json", (), [food])
    assert home.days
    for said in ("200 g Spinat", "spinach 200g", "spinach, 200, g"):
        (home,) = _with_unused(week / "plan.json", (), [said])
        assert (home.food, home.amount, home.unit) == ("spinach_raw", 200.0, "g")
    assert "taken to be at home" in capsys.readouterr().err
    monkeypatch.setattr("planner.kitchen.not_eaten._days_left", lambda *_: -1)
    assert _with_unused(week / "plan.json", (), [food]) == ()
    assert capsys.readouterr().err == (
        f"Not used: {food}, good until Mon 30 Nov, so that it is bought anew where it is needed.\n"
    )
    with pytest.raises(ConfigError, match="no day 9"):
        run("next", week / "plan.json", "--skipped", "9:dinner")


def test_a_dish_that_is_not_wanted_again_is_named_by_some_of_its_words(week, tmp_path):
    dish = dinner(week, 1)
    words = " ".join(reversed(dish.replace(",", "").split()[-3:]))
    result = run("next", week / "plan.json", "--not-again", words, "--out", tmp_path / "next")
    assert result.exit_code == 0
    assert dish in " ".join(result.stdout.split()).partition("Breakfast")[0]
    assert "take it off `without` there" in result.stderr
    document = read_plan_document(tmp_path / "next/plan.json")
    assert dish in document.request.preferences.without
    assert dish not in {item.name for day in document.plan.days for item in day.items()}


def test_days_that_are_made_anew_have_other_dishes_and_the_rest_stays(week, tmp_path):
    result = run("replan", week / "plan.json", "--anew", "2", "--out", tmp_path / "anew")
    assert result.exit_code == 0
    before, after = (
        [
            {item.name for item in day.items() if item.kind == "dish"}
            for day in read_plan_document(path / "plan.json").plan.days
        ]
        for path in (week, tmp_path / "anew")
    )
    assert before[0] == after[0]
    assert after[1].isdisjoint(before[1])


def test_words_in_the_names_of_several_dishes_of_a_plan_are_asked_about():
    names = {"sushi_bowl": "Sushi bowl with baked salmon", "baked_salmon": "Baked salmon with dill"}
    items = [SimpleNamespace(item_id=one, name=name, kind="dish") for one, name in names.items()]
    plan = SimpleNamespace(served=lambda: [(None, None, item) for item in items])
    with pytest.raises(ConfigError, match="several dishes of the plan") as told:
        names_of_dishes(plan, ("baked salmon",))
    assert all(name in str(told.value) for name in names.values())
    kept = ("no such dish", "Baked salmon with dill", "sushi_bowl")
    assert names_of_dishes(plan, kept) == kept
    assert names_of_dishes(plan, ("salmon bowl",)) == ("sushi_bowl",)


def test_a_note_is_kept_with_its_dish_and_goes_along(week, tmp_path):
    plan, dish = week / "plan.json", dinner(week, 1)
    before = plan.read_bytes()
    words = "half the salt, <b>=1+1</b> #strong[x] {y}"
    assert dish in run("note", plan, "mon:dinner", words).stderr
    run("note", plan, "Grandma comes")
    asked = [read_plan_document(plan).request, read_request(week / "request.toml")]
    assert [sorted(one.week.notes.values()) for one in asked] == [["Grandma comes", words]] * 2
    shown = " ".join(run("show", plan, "--day", "1").stdout.split())
    assert f"Note: {words}" in shown
    assert "Note: Grandma comes" in run("show", plan).stdout
    run("export", plan, "--to", "html,md,ics,csv", "--out", tmp_path)
    page, text = (tmp_path / name for name in ("week.html", "week.md"))
    assert "half the salt, &lt;b&gt;=1+1&lt;/b&gt; #strong[x] {y}" in page.read_text()
    assert r"&lt;b&gt;=1+1&lt;/b&gt; \#strong\[x\] {y}" in text.read_text()
    run("replan", plan, "--skip", "1:snack", "--put", f"2:dinner={dish}", "--out", tmp_path / "new")
    assert f"Note: {words}" in " ".join(
        run("show", tmp_path / "new/plan.json", "--day", "2").stdout.split()
    )
    run("undo", week)  # the note on the whole plan
    run("note", plan, "1:dinner", "")
    assert plan.read_bytes() == before


@pytest.mark.parametrize("text", ["x" * 201, "two\u202enotes", "bell \a"])
def test_a_note_is_a_few_words_that_can_be_printed(week, text):
    with pytest.raises(ConfigError, match="a note has 1 to 200 letters"):
        run("note", week / "plan.json", text)


def test_a_meal_without_such_a_dish_is_something_to_mend(week):
    with pytest.raises(ConfigError, match="no dish of that kind stands at dinner of day 1"):
        run("like", week / "plan.json", "1:dinner", 2, "--item", "unobtainium")


def test_a_grade_that_is_none_is_told_what_grades_mean(week):
    told = run("like", week / "plan.json", "1:dinner", 5).stderr
    assert (
        "'5' is no grade — write 3 (very much), 2, 1 (a little), 0 (never again), these words, or "
        in told
    )


def test_a_dish_and_a_grade_are_said_in_words(week, tmp_path):
    own = shutil.copytree(week, tmp_path / "own")
    name = dinner(own, 2)
    for words, without in (
        ((name, "never", "again"), [name]),
        (("2:dinner", "very much"), []),
        ((name.split(" with ")[0].lower(), "never again"), [name]),
    ):
        assert run("like", own / "plan.json", *words).exit_code == 0
        assert list(read_request(own / "request.toml").preferences.without) == without
    wrong = run("like", own / "plan.json", "blorp", 3)
    assert (wrong.exit_code, "no meal of a day" in wrong.stderr) == (2, True)


def test_the_last_change_is_taken_back(week):
    folder = week.parent / "changed"
    run("plan", "--days", "1", "--out", folder)
    with pytest.raises(ExportError, match="has nothing to take back"):
        run("undo", folder)
    first = (folder / "plan.json").read_bytes()
    run("replan", folder / "plan.json", "--skip", "1:snack", "--out", folder)
    assert first != (folder / "plan.json").read_bytes()
    told = run("undo", folder).stdout
    assert "Taken back: replan" in told
    assert "Day 1  snack: new: " in told
    assert "magnesium" in told
    assert (folder / "plan.json").read_bytes() == first
    assert run("check", folder / "plan.json").exit_code == 0


def test_several_steps_are_taken_back_each_by_its_name(week):
    folder = shutil.copytree(week, week.parent / "steps")
    (folder / "steps.json").unlink(missing_ok=True)  # of other tests
    plan = folder / "plan.json"
    kept = [plan.read_bytes()]
    for words in ("one", "two", "three"):
        run("note", plan, words)
        kept.append(plan.read_bytes())
    run("like", plan, "1:dinner", 1)
    told = run("undo", folder, "--steps", 3)
    assert [line.partition(": ")[2].split(",")[0] for line in told.stdout.splitlines()] == [
        f"like {dinner(folder, 1)}".split(",")[0],
        'note "three"',
        'note "two"',
    ]
    assert "1 more can be taken back with `magplan undo`; the last" in told.stderr
    assert plan.read_bytes() == kept[1]
    with pytest.raises(ExportError, match="has only 1 of so many steps"):
        run("undo", folder, "--steps", 2)
    run("note", plan, "four")
    run("undo", folder, "--steps", 2)
    assert plan.read_bytes() == kept[0]


@pytest.mark.parametrize(
    ("grade", "said"),
    [("never again", "never again"), ("2/5", "less often"), ("3/5", "neither liked nor disliked")],
)
def test_a_rating_that_is_taken_back_is_named_as_it_was_meant(week, grade, said):
    folder = shutil.copytree(week, week.parent / said.replace(" ", "_"))
    run("like", folder / "plan.json", "1:dinner", 3)
    run("like", folder / "plan.json", "1:dinner", *grade.split())
    told = run("undo", folder).stdout
    assert f"Taken back: {said}: {dinner(folder, 1)}" in told


def test_a_step_is_named_in_the_language_of_now(week):
    folder = shutil.copytree(week, week.parent / "spoken")
    run("like", folder / "plan.json", "1:dinner", 1, "--lang", "de")
    run("note", folder / "plan.json", "Reis {heute}", "--lang", "de")
    told = run("undo", folder, "--steps", 2).stdout
    assert 'Taken back: note "Reis {heute}", the whole plan' in told
    assert f"Taken back: like {dinner(folder, 1)}" in told


def test_no_more_steps_are_kept_than_the_settings_say(tmp_path):
    steps = [KeptStep(str(number), {"plan.json": "ä"}) for number in range(most_steps() + 2)]
    (tmp_path / STEPS_FILE).write_text(steps_text(steps, {}), "utf-8")
    assert STEPS_MARK in (tmp_path / STEPS_FILE).read_text("utf-8")
    assert read_steps(tmp_path) == tuple(steps[2:])


def test_a_step_is_taken_back_in_a_copy_of_a_folder_too_but_not_over_what_was_changed_there(
    week, tmp_path
):
    own = shutil.copytree(week, tmp_path / "own")
    run("like", own / "plan.json", "1:dinner", 1)
    asked = (own / "request.toml").read_text()
    run("like", own / "plan.json", "1:dinner", 2)
    copy = tmp_path / "copy"
    shutil.copytree(own, copy, copy_function=shutil.copyfile)
    assert run("undo", copy).exit_code == 0
    assert (copy / "request.toml").read_text() == asked
    assert not list(copy.glob("*.bak"))
    with (copy / "plan.json").open("a") as file:
        file.write("\n")
    with pytest.raises(ExportError, match="copied without its time"):
        run("undo", copy)


def test_ratings_of_another_person_come_along_and_ones_own_stay(week, tmp_path, capsys):
    his = shutil.copytree(week, tmp_path / "his")
    (his / "request.toml").unlink()
    first, second = dinner(week, 1), dinner(week, 2)
    run("like", his / "plan.json", "1:dinner", "1/5")
    run("like", his / "plan.json", "2:dinner", 0)
    hers = rated(Preferences(without=("peanut",)), first, 3)
    both = with_ratings(replace(build_request(), preferences=hers), [str(his / "plan.json")])
    wanted = both.preferences
    assert (dict(wanted.like), dict(wanted.dislike)) == ({first: 3}, {})
    assert wanted.without == ("peanut", second)
    told = capsys.readouterr().err
    assert f"yours stays: {first}: liked 3 of 3, there disliked 3 of 3." in told
    assert f"taken along from {his / 'plan.json'}: {second} (never again)." in told


PEPPERS = "1:dinner=chicken_black_bean_squash_chili"  # with jalapeño peppers


def test_a_list_with_letters_beyond_ascii_comes_back_with_one_mark(week):
    folder = week.parent / "marked"
    run("plan", "--days", "1", "--put", PEPPERS, "--out", folder)
    shopping = folder / "shopping.csv"
    marked = shopping.read_bytes()
    assert not marked.isascii()
    run("replan", folder / "plan.json", "--skip", "1:snack", "--out", folder)
    run("undo", folder)
    assert shopping.read_bytes() == marked


def test_wishes_stay_and_what_was_for_single_days_does_not():
    asked = build_request(days=2, like=(("tofu", 2),))
    every = tuple((day, "breakfast") for day in (1, 2))
    week = replace(
        asked.week,
        guests=(Guests(1, "dinner", 2),),
        skip=(*every, (2, "lunch")),
        put=(Put("every fri", "dinner", "pizza"), Put(2, "lunch", "chili")),
    )
    asked = replace(asked, week=week, preferences=replace(asked.preferences, use={"rice": 90.0}))
    after = request_after(asked, None, "a/plan.json", None)
    assert (after.week.skip, after.week.guests, after.week.start) == (every, (), None)
    assert [one.day for one in after.week.put] == ["every fri"]
    assert (dict(after.preferences.like), after.preferences.use) == ({"tofu": 2}, {})
    assert len(list(let_go(asked, after))) == 4
    assert list(let_go(after, request_after(after, None, "b/plan.json", None))) == []


def test_wishes_for_weekdays_that_the_next_days_do_not_have_are_let_go():
    asked = build_request(
        without_on=(read_without_on("meat:mon,thu"),), meal_at=(read_meal_hours("thu:dinner=19"),)
    )
    after = request_after(asked, None, "a/plan.json", None)
    assert within_days(after, None) == after
    few = within_days(after, 3)
    assert dict(few.preferences.without_on) == {"meat": ("mon",)}
    assert [str(one) for one in let_go(asked, few)] == [
        "hours of meals on single days",
        "other wishes for single days",
    ]
    change_request(few, "plan.json", days=3)


@pytest.mark.parametrize("days", [1, 3])
def test_a_meal_that_is_missed_every_day_is_missed_on_more_or_fewer_days_that_follow(days):
    asked = build_request(days=2)
    out = tuple(Put(day, "lunch", "pizza", is_out=True) for day in (1, 2))
    every = tuple((day, "breakfast") for day in (1, 2))
    week = replace(asked.week, skip=every, not_eaten=every, put=out)
    after = request_after(replace(asked, week=week), None, "a/plan.json", None)
    after = change_request(over_days(after, days), "plan.json", days=days)
    numbers = list(range(1, days + 1))
    assert [day for day, _slot in after.week.skip] == numbers
    assert after.week.not_eaten == after.week.skip
    assert [one.day for one in after.week.put] == numbers


def test_what_was_liked_very_much_comes_once_more_and_not_each_week(tmp_path):
    run("plan", "--days", "2", "--sex", "f", "--age", "40", "--out", tmp_path / "a")
    assert "No dish is liked 3 of 3" in run("next", tmp_path / "a/plan.json", "--favorites").stderr
    loved = dinner(tmp_path / "a", 2)
    run("like", tmp_path / "a/plan.json", "2:dinner", 3)
    run("next", tmp_path / "a/plan.json", "--favorites", "--days", 7, "--out", tmp_path / "b")
    document = read_plan_document(tmp_path / "b/plan.json")
    assert loved in {item.name for day in document.plan.days for item in day.items()}
    assert check_document(document, read_embedded_foods()).passed
    (rule,) = document.request.preferences.per_week
    assert (rule.sense, rule.count) == (">=", 1)
    gone = next(iter(document.request.preferences.like))
    forged = replace(document.request.preferences, per_week=(replace(rule, count=7),))
    told = replace(document, request=replace(document.request, preferences=forged))
    assert gone in str(check_document(told, read_embedded_foods()).as_one().faults)
    after = request_after(document.request, None, "b/plan.json", None)
    assert after.preferences.per_week == ()
    assert [*let_go(document.request, after)] == ["dishes liked very much, once more"]


def test_of_many_that_were_liked_very_much_the_latest_come_and_a_rule_of_ones_own_stays():
    names = [f"dish {number}" for number in range(6)]
    own = FrequencyRule("dish 5", "<=", 2)
    wanted = Preferences(like={**dict.fromkeys(names, 3), "tofu": 3, "rice": 2}, per_week=(own,))
    rules = with_favorites(wanted, {*names, "rice"}).per_week
    assert [one.name for one in rules] == ["dish 5", "dish 2", "dish 3", "dish 4"]


@pytest.mark.parametrize(
    ("stars", "like", "dislike"),
    [("5/5", [3], []), ("4/5", [2], []), ("3/5", [], []), ("2 stars", [], [2]), ("1/5", [], [3])],
)
def test_few_stars_make_a_dish_come_less_often_and_ban_nothing(
    week, tmp_path, stars, like, dislike
):
    (tmp_path / "plan.json").write_bytes((week / "plan.json").read_bytes())
    told = run("like", tmp_path / "plan.json", "mon:dinner", stars).stderr
    wanted = read_request(tmp_path / "request.toml").preferences
    assert [*wanted.like.values()] == like
    assert [*wanted.dislike.values()] == dislike
    assert not wanted.without
    assert ("less often" in told) == bool(dislike)


def test_a_dish_is_liked_or_left_out_but_not_both():
    wanted = rated(Preferences(dislike={"chili": 1}), "chili", 3)
    assert (dict(wanted.like), dict(wanted.dislike), wanted.without) == ({"chili": 3}, {}, ())
    wanted = rated(wanted, "chili", 0)
    assert (dict(wanted.like), wanted.without) == ({}, ("chili",))
    assert rated(wanted, "chili", 1).without == ()
