"""The panel of bands, wishes and weights; whose turn it is at the desk."""

import threading

import pytest

from planner.plan.stop import go_on
from planner.request.read import request_from_dict
from planner.web.tuning import (
    preset_answers,
    preset_choices,
    sliders_for,
    tune_answers,
)
from planner.web.weeks import DONE, DROPPED, Desk, Job
from tests import stored
from tests.planner.sweep.sweeps import made_sweep
from tests.workbench import Visitor, opened

PLAIN = request_from_dict({"profile": {"sex": "f", "age": 55}}, "test")
MAGNESIUM, CALCIUM = "band.magnesium_mg", "band.calcium_mg"


def tuned(before=PLAIN, **values):
    now = {slider.name: slider.value for slider in sliders_for(before)}
    return tune_answers({**now, **{name.replace("__", "."): one for name, one in values.items()}},
                        before)  # fmt: skip


def bands(answers):
    return {one.nutrient: (one.lower, one.upper) for one in answers.request.overrides}


def test_each_slider_says_the_standards_value_and_stands_at_it():
    found = {slider.name: slider for slider in sliders_for(PLAIN)}
    assert (found[MAGNESIUM].usual, found[MAGNESIUM].value) == (320, "")
    assert "at least 320 mg (RDA)" in found[MAGNESIUM].hint
    assert found["ratio_max"].usual == 2.0
    assert all(slider.low <= slider.usual <= slider.high for slider in found.values())
    assert len({slider.label for slider in found.values()}) == len(found)


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
    shown = {slider.name: slider.value for slider in sliders_for(request)}
    assert (shown[MAGNESIUM], shown["ratio_max"], shown["weight.effort"]) == ("450", "1.8", "2")
    back = tune_answers(dict.fromkeys(shown, ""), request).request
    assert back == PLAIN


@pytest.mark.parametrize(
    ("name", "text"),
    [(MAGNESIUM, "much"), (MAGNESIUM, "-3"), (MAGNESIUM, "nan"), ("weight.cost", "101"),
     ("budget_per_week", "lots")],
)  # fmt: skip
def test_what_is_no_number_is_told_at_its_field(name, text):
    (fault,) = tune_answers({name: text}, PLAIN).faults
    assert fault.field == name
    assert "--" not in fault.text
    assert tuned(ratio_min="1.9", ratio_max="1.2").request is None


def test_of_a_week_the_newest_job_alone_counts():
    desk, begun, ended, taken = Desk(), threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        ended.wait(10)
        return "old"

    first = Job(slow, taken.append, "first")
    second = Job(lambda: "dropped", taken.append, "second")
    third = Job(lambda: "new", taken.append, "third")
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
    opened(visitor.bench, stored.report("woman_55"), {"days": "7"})
    return visitor


def test_what_a_slider_costs_is_shown_as_a_table_and_a_picture_without_points(visitor):
    (week,) = visitor.bench.shelf
    week.curve = made_sweep([9.0, "refused", 5.0])
    page = visitor.get(f"/week/{week.week_id}/curve").text
    assert "<td>80</td>" in page  # 9 of 5
    assert "too little energy" in page
    assert "oints" not in page
    assert "no plan" in visitor.get(f"/week/{week.week_id}/curve/picture").text


def test_a_preset_adds_what_it_wishes_and_leaves_bounds_and_people_as_they_are():
    before = tuned(band__calcium_mg="1250", max_minutes="60").request
    quick = preset_answers("quick_week", before).request
    assert quick.preferences.max_minutes_weekday == 25
    assert quick.weights.effort == 2
    bones = preset_answers("strict_bones", quick).request
    bands = {override.nutrient: (override.lower, override.upper) for override in bones.overrides}
    assert bands == {"calcium_mg": (1250, None), "sodium_mg": (None, 2000)}
    assert bones.profile == PLAIN.profile
    assert "family" not in dict(preset_choices())


WAIT_S = 20.0


@pytest.fixture
def desk():
    one = Desk()
    yield one
    one.close()


class Asked:
    """Jobs of several people, and in which order their work was begun and taken."""

    def __init__(self, desk):
        self.desk = desk
        self.begun = []
        self.taken = []

    def ask(self, whose, work):
        def begun():
            self.begun.append(whose)
            work()
            return whose

        made = Job(begun, self.taken.append, "")
        self.desk.ask(whose, made)
        return made


def until_stopped(begun, free):
    """Work until somebody sets ``free``, or the job is ended."""
    begun.set()
    while not free.wait(0.01):
        go_on()


def ended(*jobs):
    done = threading.Event()
    for _ in range(int(WAIT_S / 0.01)):
        if not any(job.is_open for job in jobs):
            return
        done.wait(0.01)
    raise AssertionError("no end")


def test_whoever_asks_again_stands_behind_who_waits(desk):
    asked, begun, free = Asked(desk), threading.Event(), threading.Event()
    first = asked.ask("first", lambda: until_stopped(begun, free))
    assert begun.wait(WAIT_S)
    asked.ask("ann", lambda: None)
    bob = asked.ask("bob", lambda: None)
    ann = asked.ask("ann", lambda: None)  # once more
    free.set()
    ended(first, ann, bob)
    assert asked.begun == ["first", "bob", "ann"]


def test_what_cannot_be_shown_fails_alone_and_ends_no_worker(desk, capsys):
    wrong = Job(lambda: True, lambda report: report.passed, "")
    desk.ask("ann", wrong)
    ended(wrong)
    assert (wrong.state, type(wrong.error)) == ("failed", AttributeError)
    assert "AttributeError" in capsys.readouterr().err
    bob = Asked(desk).ask("bob", lambda: None)
    ended(bob)
    assert bob.state == "done"
