"""Week after week: what was liked, the days that follow a plan, notes, and what is taken back."""

import json
import shutil
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from planner.check.document import check_document
from planner.cli.next import _with_unused, with_ratings
from planner.cli.options import build_request, change_request, dishes_of_days, names_of_dishes
from planner.cli.shop import shop_for, with_rest
from planner.errors import CandidatesError, ConfigError
from planner.export.files import STEPS_FILE, KeptStep, most_steps, read_steps, steps_text
from planner.kitchen.carried import home_unused
from planner.kitchen.sold import keeping_of
from planner.request.eater import Guests
from planner.request.meal_phrases import read_meal_hours
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
from planner.wire.document import read_plan_document
from tests import stored
from tests.commands import PAIR, ended
from tests.rows import rows


def run(*words, code=0):
    found, out, err = ended(*words)
    assert found == code, err
    return SimpleNamespace(out=out, err=err, text=" ".join(f"{out} {err}".split()))


@pytest.fixture
def week(planned_once, tmp_path):
    """Return a folder of the test's own with two days of two people, and a guest."""
    return shutil.copytree(planned_once(*PAIR), tmp_path / "week")


@pytest.fixture
def asked(monkeypatch):
    """Return a function: words of a command → the request that it would plan for."""

    def planned_for(*words, told=None):
        seen = []

        def plan_meals(request):
            seen.append(request)
            raise CandidatesError("enough seen")

        monkeypatch.setattr("planner.pipeline.plan_meals", plan_meals)
        if told is not None:
            answers = iter(told)
            monkeypatch.setattr("planner.cli.next.is_terminal", lambda _stream: True)
            monkeypatch.setattr(
                "click.prompt",
                lambda *_args, value_proc=str, **_more: value_proc(next(answers)),
            )
        said = run(*words, code=1)
        assert "enough seen" in said.err
        return seen[0], said.text

    return planned_for


def dinner(folder, day):
    meals = json.loads((folder / "plan.json").read_text())["days"][day - 1]["meals"]
    (items,) = (meal["items"] for meal in meals if meal["slot"] == "dinner")
    return next(item["name"] for item in items if item["kind"] == "dish")


def at_home(week, plans, start=None):
    """Return food → days on which it is good, of what is at home after some plans."""
    asked = read_request(week / "request.toml")
    empty = replace(asked.week, start=start and date.fromisoformat(start), pantry=())
    rest = with_rest(replace(asked, week=empty), [str(path) for path in plans])
    return {thing.food: thing.days for thing in rest.week.pantry}


def test_what_the_latest_earlier_plan_leaves_is_at_home_as_long_as_it_keeps(week, tmp_path, capsys):
    next_day, a_month_later = "2029-12-05", "2030-01-05"
    plan = week / "plan.json"
    home = at_home(week, [plan], next_day)
    assert home == at_home(week, [plan])
    assert f"what is left of {len(home)} foods" in capsys.readouterr().err
    assert {food for food, days in home.items() if days is not None and days <= 14}
    assert at_home(week, [plan], a_month_later) == {
        food: None if days is None else days - 31
        for food, days in home.items()
        if days is None or days > 31
    }
    assert at_home(week, [plan], "2029-12-04") == {}  # it is not over by then
    older = tmp_path / "plan.json"
    older.write_text(
        plan.read_text().replace("2029-12-03", "2029-11-26").replace("2029-12-04", "2029-11-27")
    )
    assert at_home(week, [plan, older], next_day) == home
    assert at_home(week, ["eaten: 2029-12-03, soup"]) == {}


def test_what_was_liked_stands_beside_the_plan_and_the_next_days_heed_it(week, tmp_path):
    loved, banned, plan = dinner(week, 1), dinner(week, 2), week / "plan.json"
    assert "3 of 3" in run("like", plan, "mon:dinner", 3).err
    assert "does not come again" in run("like", plan, "tue:dinner", 0).err
    wanted = read_request(week / "request.toml").preferences
    assert (list(wanted.like.values()), len(wanted.without)) == ([3], 1)
    words = ("--days", 1, "--per-week", "oven<=1", "--effort", "quick", "--out", tmp_path / "next")
    told = run("next", plan, *words)
    assert "Not asked for again: guests." in told.text
    assert "Taken to be at home" in told.text
    frozen = [label for label in shop_for(plan).batch.labels if label.eat_on is None]
    assert ("In the freezer: " in told.text) == bool(frozen)
    document = read_plan_document(tmp_path / "next/plan.json")
    assert document.plan.days[0].date == date(2029, 12, 5)
    assert document.request.preferences.history == (str(plan),)
    assert document.request.week.pantry
    assert [rule.name for rule in document.request.preferences.per_week] == ["oven"]
    # what is liked was eaten two days ago, so that it may come on the third day
    assert {loved, banned}.isdisjoint(item.name for item in document.plan.days[0].items())
    assert check_document(document, stored.foods()).passed


def test_who_eats_is_read_beside_the_plan(week):
    plan, beside = week / "plan.json", week / "request.toml"
    told = "something else of who eats"
    assert told not in run("show", plan).err
    text = beside.read_text("utf-8")
    beside.write_text(text.replace("age = 44", 'age = 44\nconditions = ["favism"]'), "utf-8")
    assert told in run("show", plan).err
    assert told in run("shop", plan).err
    assert told in run("replan", plan, code=1).err


@rows(__file__, "what_was_not_eaten_and")
def test_what_was_not_eaten_and_not_used_is_said_with_flags_or_asked(week, asked, flags, answers):
    request, told = asked("next", week / "plan.json", "--no-rest", *flags, told=answers)
    (lately,) = request.preferences.history
    home = {thing.food: thing.amount for thing in request.week.pantry}
    if flags == ["--yes"]:
        assert (lately, home) == (str(week / "plan.json"), {})
        return
    ids = {
        item.name: item.item_id
        for _, _, item in read_plan_document(week / "plan.json").plan.served()
    }
    assert ids[dinner(week, 1)] in lately
    assert ids[dinner(week, 2)] not in lately
    assert home == {"white_rice_dry": 500.0}
    assert "at home: White long-grain rice, dry, 500 g, keeps." in told


def test_what_was_not_used_is_at_home_while_it_keeps(week, monkeypatch, capsys):
    made = shop_for(week / "plan.json")
    bought = {line.food_id for line in made.shopping.lines if not line.is_pantry}
    fresh = {food: keeping_of(made.foods[food]).fresh_days for food in bought}
    last = made.plan.days[-1].day
    found = home_unused(made.shopping, bought, last, made.foods)
    days = {food: days and days - last for food, days in fresh.items()}  # bought the day before
    assert {thing.food: thing.days for thing in found} == days
    for said in ("spinach 200g", "spinach, 200, g"):
        (home,) = _with_unused(week / "plan.json", (), [said])
        assert (home.food, home.amount, home.unit) == ("spinach_raw", 200.0, "g")
    monkeypatch.setattr("planner.kitchen.carried._days_left", lambda *_: -1)
    food = made.foods[next(food for food, days in sorted(fresh.items()) if days)].name
    assert _with_unused(week / "plan.json", (), [food]) == ()
    assert f"Not used: {food}, good until Mon 3 Dec" in capsys.readouterr().err


def test_a_dish_that_is_not_wanted_again_is_named_by_some_of_its_words(week, asked):
    dish = dinner(week, 1)
    words = " ".join(reversed(dish.replace(",", "").split()[-3:]))
    request, _ = asked("next", week / "plan.json", "--not-again", words)
    assert dish in request.preferences.without
    names = {"sushi_bowl": "Sushi bowl with baked salmon", "baked_salmon": "Baked salmon with dill"}
    items = [SimpleNamespace(item_id=key, name=name, kind="dish") for key, name in names.items()]
    plan = SimpleNamespace(served=lambda: [(None, None, item) for item in items])
    with pytest.raises(ConfigError, match=r"several dishes of the plan.*Sushi bowl.*with dill"):
        names_of_dishes(plan, ("baked salmon",))
    kept = ("no such dish", "Baked salmon with dill", "sushi_bowl")
    assert names_of_dishes(plan, (*kept, "salmon bowl")) == (*kept, "sushi_bowl")


def test_days_that_are_made_anew_leave_out_their_own_dishes(week):
    document = read_plan_document(week / "plan.json")
    named = dishes_of_days(document.plan, ["2"], document.request.week)
    served = {item.name: item.item_id for item in document.plan.days[1].items()
              if item.kind == "dish"}  # fmt: skip
    assert {name for name, _ in named} <= {*served, *served.values()}
    assert [days for _, days in named] == [["2"]] * len(served)


def test_a_note_is_kept_with_its_dish_and_told_as_text(week, tmp_path):
    plan, dish = week / "plan.json", dinner(week, 1)
    before = plan.read_bytes()
    words = "half the salt, <b>=1+1</b> #strong[x] {y}"
    assert dish in run("note", plan, "mon:dinner", words).err
    run("note", plan, "Grandma comes")
    asked = [read_plan_document(plan).request, read_request(week / "request.toml")]
    assert [sorted(each.week.notes.values()) for each in asked] == [["Grandma comes", words]] * 2
    assert f"Note: {words}" in run("show", plan, "--day", 1).text
    assert "Note: Grandma comes" in run("show", plan).text
    run("export", plan, "--to", "html", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "week.html").read_text()
    assert "half the salt, &lt;b&gt;=1+1&lt;/b&gt; #strong[x] {y}" in page
    run("undo", week)  # the note on the whole plan
    run("note", plan, "1:dinner", "")
    assert plan.read_bytes() == before
    for wrong in ("x" * 201, "two\u202enotes", "bell \a"):
        assert "a note has 1 to 200 letters" in run("note", plan, wrong, code=1).err


@rows(__file__, "a_grade_is_kept_and")
def test_a_grade_is_kept_and_taken_back_by_its_name(week, grade, like, dislike, bans, undone):
    told = run("like", week / "plan.json", dinner(week, 2), *grade.split()).err
    wanted = read_request(week / "request.toml").preferences
    assert ([*wanted.like.values()], [*wanted.dislike.values()]) == (like, dislike)
    assert len(wanted.without) == bans
    assert ("less often" in told) == bool(dislike)
    back = run("undo", week).text
    assert f"Taken back: {undone}" in back
    assert dinner(week, 2) in back
    assert read_request(week / "request.toml").preferences.like == {}


def test_several_steps_are_taken_back_each_by_its_name_and_say_what_changed_back(stored_copy):
    folder = stored_copy("woman_55")
    plan = folder / "plan.json"
    kept = [plan.read_bytes()]
    run("swap", plan, "--day", 1, "--slot", "snack", "--apply", 1, "--out", folder)
    kept.append(plan.read_bytes())
    assert kept[0] != kept[1]
    run("note", plan, "one")
    run("like", plan, "1:dinner", 1)
    told = run("undo", folder, "--steps", 2)
    assert [line.partition(": ")[2][:4] for line in told.out.splitlines()] == ["like", "note"]
    assert plan.read_bytes() == kept[1]
    told = run("undo", folder).text
    assert "Taken back: swap" in told
    assert "Day 1 snack: " in told
    assert plan.read_bytes() == kept[0]
    steps = [KeptStep(f"{{{number}}}", {"plan.json": "ä"}) for number in range(most_steps() + 2)]
    (folder / STEPS_FILE).write_text(steps_text(steps, {}), "utf-8")
    assert read_steps(folder) == tuple(steps[2:])  # no more are kept than the settings say


def test_a_step_is_taken_back_in_a_copy_too_but_not_over_what_was_changed_there(week, tmp_path):
    run("like", week / "plan.json", "1:dinner", 1)
    before = (week / "request.toml").read_text()
    run("like", week / "plan.json", "1:dinner", 2)
    copy, changed = tmp_path / "copy", tmp_path / "changed"
    for folder in (copy, changed):
        shutil.copytree(week, folder, copy_function=shutil.copyfile)
    run("undo", copy)
    assert (copy / "request.toml").read_text() == before
    assert not list(copy.glob("*.bak"))
    (changed / "plan.json").write_text((changed / "plan.json").read_text() + "\n")
    assert "copied without its time" in run("undo", changed, code=1).err


def test_ratings_of_another_person_come_along_and_ones_own_stay(week, capsys):
    first, second = dinner(week, 1), dinner(week, 2)
    run("like", week / "plan.json", "1:dinner", "1/5")
    run("like", week / "plan.json", "2:dinner", 0)
    hers = rated(Preferences(without=("peanut",)), first, 3)
    both = with_ratings(replace(build_request(), preferences=hers), [str(week / "plan.json")])
    wanted = both.preferences
    assert (dict(wanted.like), dict(wanted.dislike)) == ({first: 3}, {})
    assert wanted.without == ("peanut", second)
    assert rated(wanted, second, 1).without == ("peanut",)
    told = capsys.readouterr().err
    assert f"yours stays: {first}: liked 3 of 3, there disliked 3 of 3." in told
    assert f"taken along from {week / 'plan.json'}: {second} (never again)." in told


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
    assert [put.day for put in after.week.put] == ["every fri"]
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
    told = ["hours of meals on single days", "other wishes for single days"]
    assert [str(wish) for wish in let_go(asked, few)] == told
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
    assert [put.day for put in after.week.put] == numbers


def test_what_was_liked_very_much_comes_once_more_and_not_each_week(week, asked):
    plan = week / "plan.json"
    assert "No dish is liked 3 of 3" in asked("next", plan, "--favorites")[1]
    run("like", plan, "2:dinner", 3)
    request, _ = asked("next", plan, "--favorites", "--days", 7)
    (rule,) = request.preferences.per_week
    assert (rule.sense, rule.count) == (">=", 1)
    after = request_after(request, None, "b/plan.json", None)
    assert after.preferences.per_week == ()
    assert "dishes liked very much, once more" in [str(wish) for wish in let_go(request, after)]
    own = FrequencyRule("dish 5", "<=", 2)
    names = [f"dish {number}" for number in range(6)]
    wanted = Preferences(like={**dict.fromkeys(names, 3), "tofu": 3, "rice": 2}, per_week=(own,))
    rules = with_favorites(wanted, {*names, "rice"}).per_week
    assert [rule.name for rule in rules] == ["dish 5", "dish 2", "dish 3", "dish 4"]
