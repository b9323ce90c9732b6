"""The panel: bands, wishes and weights of the request, each with the standard's value."""

import re
import threading
import time
from html import unescape

import pytest

from planner.request.read import request_from_dict
from planner.web.desk import DONE, DROPPED, Desk, Job
from planner.web.tuning import (
    preset_answers,
    preset_choices,
    priced,
    sliders_for,
    tune_answers,
)
from tests.workbench import Visitor

PLAIN = request_from_dict({"profile": {"sex": "f", "age": 55}}, "test")
MAGNESIUM, CALCIUM = "band.magnesium_mg", "band.calcium_mg"


def tuned(before=PLAIN, **values):
    now = {one.name: one.value for one in sliders_for(before)}
    return tune_answers({**now, **{name.replace("__", "."): one for name, one in values.items()}},
                        before)  # fmt: skip


def bands(answers):
    return {one.nutrient: (one.lower, one.upper) for one in answers.request.overrides}


def test_each_slider_says_the_standards_value_and_stands_at_it():
    found = {one.name: one for one in sliders_for(PLAIN)}
    assert (found[MAGNESIUM].usual, found[MAGNESIUM].value) == (320, "")
    assert "at least 320 mg (RDA)" in found[MAGNESIUM].hint
    assert found["ratio_max"].usual == 2.0
    assert all(one.low <= one.usual <= one.high for one in found.values())
    assert len({one.label for one in found.values()}) == len(found)


def test_nothing_set_asks_for_the_same():
    assert tuned().request == PLAIN


def test_what_is_set_is_asked_for_and_let_go_again():
    answers = tuned(
        band__magnesium_mg="450", ratio_max="1.8", budget_per_week="90", max_minutes="40",
        weight__effort="2", energy_kcal="2100",
    )  # fmt: skip
    request = answers.request
    assert bands(answers) == {"magnesium_mg": (450, None), "ca_mg_ratio": (None, 1.8)}
    assert (request.preferences.budget_per_week, request.preferences.max_minutes) == (90, 40)
    assert (request.weights.effort, request.profile.energy_kcal) == (2, 2100)
    shown = {one.name: one.value for one in sliders_for(request)}
    assert (shown[MAGNESIUM], shown["ratio_max"], shown["weight.effort"]) == ("450", "1.8", "2")
    back = tune_answers(dict.fromkeys(shown, ""), request).request
    assert back == PLAIN


def test_the_ends_of_a_band_are_set_and_let_go_by_themselves():
    both = tuned(ratio_min="1.2", ratio_max="1.8")
    assert bands(both) == {"ca_mg_ratio": (1.2, 1.8)}
    one = tuned(both.request, ratio_min="")
    assert bands(one) == {"ca_mg_ratio": (None, 1.8)}


@pytest.mark.parametrize(
    ("name", "text"),
    [(MAGNESIUM, "much"), (MAGNESIUM, "-3"), (MAGNESIUM, "nan"), ("weight.cost", "101"),
     ("budget_per_week", "lots")],
)  # fmt: skip
def test_what_is_no_number_is_told_at_its_field(name, text):
    (fault,) = tune_answers({name: text}, PLAIN).faults
    assert fault.field == name
    assert "--" not in fault.text


def test_what_cannot_be_a_band_is_told():
    assert tuned(ratio_min="1.9", ratio_max="1.2").request is None


def test_energy_is_nobodys_where_several_eat():
    table = request_from_dict({"eaters": [{"name": "Ann"}, {"name": "Tom"}]}, "test")
    assert "energy_kcal" not in {one.name for one in sliders_for(table)}
    assert "Ann: at least" in sliders_for(table)[0].hint


def test_of_a_week_the_newest_job_alone_counts():
    desk, begun, ended, taken = Desk(), threading.Event(), threading.Event(), []

    def slow(_tell, _watch):
        begun.set()
        ended.wait(10)
        return "old"

    first = Job(slow, taken.append, "first")
    second = Job(lambda *_: "dropped", taken.append, "second")
    third = Job(lambda *_: "new", taken.append, "third")
    desk.ask("a", first)
    begun.wait(10)
    desk.ask("a", second)
    desk.ask("a", third)
    ended.set()
    while third.is_open:
        pass
    assert taken == ["new"]
    assert first.stop[0] == 1
    assert (first.state, second.state, third.state) == (DROPPED, DROPPED, DONE)


@pytest.fixture(scope="module")
def visitor():
    visitor = Visitor()
    visitor.ended(visitor.post("/plan", days="1").headers["location"])
    return visitor


def test_a_change_is_planned_checked_and_shown_beside_the_panel(visitor):
    path, week, form = panel(visitor)
    assert visitor.post(path, **form).headers["location"] == path
    assert len(week.steps) == 1  # nothing was set
    visitor.post(path, **form | {MAGNESIUM: "500"})
    visitor.ended(path)
    page = unescape(visitor.get(path).text)
    assert week.step.report.passed
    assert week.step.report.plan.means["magnesium_mg"] >= 500
    assert 'value="500"' in page
    assert page.index("Not medical advice") < page.index('id="week"')
    assert visitor.post(f"/week/{week.week_id}/undo", then="tune").headers["location"] == path
    assert week.step.report.request.overrides == ()


def test_a_week_that_still_keeps_every_rule_is_shown_before_another_is_searched(visitor):
    path, week, form = panel(visitor)
    before = week.step
    bound = str(int(before.report.plan.means["magnesium_mg"]) - 1)
    visitor.post(path, **form | {MAGNESIUM: bound})
    job = visitor.bench.desk.of(week.week_id)
    visitor.bench.desk.wait_for_sight(week.week_id, 60)
    assert job.seen == 1
    seen = week.step
    assert seen.report.passed
    assert seen.report.request.overrides
    assert week.made.as_it_stands(before.standing, seen.report.request).report.passed
    visitor.ended(path)
    assert week.step.report.outcome.objective <= seen.report.outcome.objective
    assert visitor.post(f"/week/{week.week_id}/undo", then="tune").headers["location"] == path
    assert week.step is before


def test_a_week_that_breaks_what_is_asked_is_not_shown_as_it_stands(visitor):
    _path, week, _form = panel(visitor)
    too_much = week.step.report.plan.means["magnesium_mg"] + 10
    request = tuned(week.step.report.request, band__magnesium_mg=f"{too_much:.0f}").request
    assert week.made.as_it_stands(week.step.standing, request) is None


def test_what_can_be_shown_at_once_waits_for_nobodys_work():
    desk, begun, ended, taken = Desk(), threading.Event(), threading.Event(), []

    def slow(_tell, _watch):
        begun.set()
        ended.wait(10)
        return "slow"

    for name in "abc":  # more than plan side by side
        desk.ask(name, Job(slow, taken.append, name))
    begun.wait(10)
    desk.ask("d", Job(lambda *_: "found", taken.append, "d", look=lambda: "seen"))
    desk.wait_for_sight("d", 10)
    assert taken == ["seen"]
    assert desk.of("d").is_open
    ended.set()
    while desk.of("d").is_open:
        pass
    assert "found" in taken
    desk.close()


def panel(visitor):
    (week,) = visitor.bench.shelf
    form = {one.name: one.value for one in sliders_for(week.step.report.request)}
    return f"/week/{week.week_id}/tune", week, form


def test_what_cannot_be_shows_the_conflict_and_a_button_opens_the_way(visitor):
    path, week, form = panel(visitor)
    visitor.post(path, **form | {"budget_per_week": "2"})
    visitor.ended(path)
    page = unescape(visitor.get(path).text)
    assert page.index("What conflicts") < page.index('name="way"') < page.index("as it was before")
    assert 'value="2"' in page
    steps = len(week.steps)
    visitor.post(f"/week/{week.week_id}/accept", way="1", then="tune")
    visitor.ended(path)
    assert week.refused is None
    assert week.step.report.passed
    assert (len(week.steps), week.can_redo) != (steps, True)
    assert week.step.report.request.preferences.budget_per_week > 2


def test_what_holds_the_week_back_stands_at_its_slider_with_its_price(visitor):
    path, week, _form = panel(visitor)
    page = unescape(visitor.get(path).text)
    (prices,) = week.prices().values()
    found = priced(sliders_for(week.step.report.request), {"": prices}, {"": 100.0})
    told = [(one.name, text) for one in found for text in one.prices]
    assert told
    assert all("the week would fit your wishes" in text and "less well" in text for _, text in told)
    assert page.count("Holds the week back.") == len(told)
    assert week.prices() is week.prices()


def test_a_preset_adds_what_it_wishes_and_leaves_bounds_and_people_as_they_are():
    before = tuned(band__calcium_mg="1250", max_minutes="60").request
    quick = preset_answers("quick_week", before).request
    assert quick.preferences.max_minutes_weekday == 25
    assert quick.weights.effort == 2
    bones = preset_answers("strict_bones", quick).request
    bands = {one.nutrient: (one.lower, one.upper) for one in bones.overrides}
    assert bands == {"calcium_mg": (1250, None), "sodium_mg": (None, 2000)}
    assert bones.profile == PLAIN.profile
    assert "family" not in dict(preset_choices())


def test_a_preset_is_planned_from_the_panel_and_no_other_name_is_taken(visitor):
    path, week, _form = panel(visitor)
    steps = len(week.steps)
    assert visitor.post(f"{path[:-5]}/preset", preset="../x").status_code == 400
    assert visitor.post(f"{path[:-5]}/preset", preset="low_budget").headers["location"] == path
    page = unescape(visitor.ended(path).text)
    assert week.step.report.passed
    assert week.step.report.request.weights.cost == 4
    assert len(week.steps) == steps + 1
    assert "together ask for" in page


def test_a_slider_is_planned_at_several_values_beside_the_week():
    visitor = Visitor()
    answer = visitor.post("/plan", sex="f", age="55", days="1")
    place = answer.headers["location"].partition("#")[0]
    visitor.ended(place)
    before = visitor.get(place).text
    wrong = visitor.post(f"{place}/curve", slider="ratio_max", low="2.4", high="1.6")
    assert wrong.status_code == 422
    assert "the lower one first" in wrong.text
    asked = visitor.post(f"{place}/curve", slider="ratio_max", low="1.6", high="2.4")
    assert asked.headers["location"] == f"{place}/curve"
    job = visitor.bench.desk.of(f"{place.split('/')[2]}/curve")
    until = time.monotonic() + 300
    while job.is_open and time.monotonic() < until:
        time.sleep(0.05)
    page = unescape(visitor.get(f"{place}/curve").text)
    week = visitor.bench.shelf.get(place.split("/")[2])
    assert week.curve.points[0].way.at == (1.6,)
    assert all(one.report is None or one.report.passed for one in week.curve.points)
    assert page.count("<tr>") >= len(week.curve.points) == 6
    assert "Fits less well" in page
    assert not {"points", "knee", "solver"} & set(re.sub("<[^>]*>", " ", page).lower().split())
    assert visitor.get(f"{place}/curve/picture").text.startswith("<!-- magplan -->")
    assert visitor.get(place).text == before
