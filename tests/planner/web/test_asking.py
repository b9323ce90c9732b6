"""From fields to a request: words are understood as the commands do, or asked about."""

import pytest

from planner.cli.options import build_request
from planner.request.tables import WISHES
from planner.web.asking import answers_now, answers_of, asked_names, read_answers
from planner.web.fields import CHOICE, LINES, NUMBER, TEXT, TICK, field_for, web_settings
from tests.commands import ended
from tests.rows import rows


def faults(**values):
    return [(one.field, one.text) for one in read_answers(values).faults]


def test_every_field_has_a_label_of_its_own_and_is_a_flag():
    names = {*asked_names(), *web_settings()["ask"]["eater"]["fields"]}
    assert names <= {one.name for one in WISHES}
    labels = [field_for(name).label for name in names]
    assert len({*labels}) == len(labels)
    assert not {*labels} & names


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sex", CHOICE), ("age", TEXT), ("days", NUMBER), ("without", LINES), ("clinic_agreed", TICK),
     ("diet", CHOICE), ("height", TEXT), ("packages", LINES)],
)  # fmt: skip
def test_what_a_field_is_comes_from_its_wish(name, kind):
    assert field_for(name).kind == kind


def test_answers_are_the_request_that_the_flags_make():
    values = {"sex": "f", "age": "62", "height": "5 ft 5 in", "diet": "vegetarian",
              "without": "peanut, soy", "like": "lentils:3\noats", "days": "2",
              "medicine": "levothyroxine"}  # fmt: skip
    flags = build_request(
        None, sex="f", age=62, height=165.1, diet="vegetarian", without=("peanut", "soy"),
        like=(("lentils", 3), ("oats", 2)), days=2, medicine=("levothyroxine",),
    )  # fmt: skip
    asked = read_answers(values).request
    assert asked.preferences == flags.preferences
    assert asked.profile.medicines == flags.profile.medicines
    assert (asked.profile.age_y, asked.week.days) == (62, 2)
    assert asked.assumed == ("weight_kg", "activity")


@pytest.mark.parametrize(
    ("name", "text"),
    [("macros", "40/40/40"), ("target", "protin>=3"), ("pattern", "medi"), ("meal_at", "dinr=8"),
     ("guests", "sat:dinner=2,vegn"), ("skip", "wed:brunch"), ("eat_out", "blorp"),
     ("max_minutes_on", "dinner"), ("per_week", "x")],
)  # fmt: skip
def test_a_wrong_word_is_answered_as_on_the_command_line(name, text):
    code, _, told = ended("plan", f"--{name.replace('_', '-')}", text)
    ((field, said),) = faults(**{name: text})
    assert field == name
    assert code
    assert said in " ".join(told.split())


@rows(__file__, "what_is_not_understood")
def test_what_is_not_understood_is_asked_about_at_its_field(values, field, words):
    (where, text), *advice = faults(**values)
    assert all(one == (where, advice[0][1]) for one in advice)  # a line of its own
    assert where == field
    assert words in text
    assert "--" not in text


@pytest.mark.parametrize("values", [{"age": "3"}, {"condition": "dialysis"}])
def test_a_safety_rule_refuses_before_anything_is_planned(values):
    answers = read_answers(values)
    assert answers.is_refused
    assert answers.request is None
    assert "ask" in answers.faults[0].text


def test_of_several_each_is_asked_for_alone_and_the_kitchen_is_everybodys():
    asked = read_answers(
        {"name": "Ann", "age": "40", "diet": "vegan", "medicine": "levothyroxine",
         "max_minutes_weekday": "30", "eater1.name": "Tom", "eater1.without": "milk"}
    ).request  # fmt: skip
    ann, tom = asked.eaters
    assert (ann.preferences.diet, tom.preferences.diet) == ("vegan", "omnivore")
    assert (ann.profile.medicines, tom.profile.medicines) == (("levothyroxine",), ())
    assert tom.preferences.without == ("milk",)
    assert asked.preferences.max_minutes_weekday == 30


@rows(__file__, "each_example_can_be_typed")
def test_each_example_beside_a_field_can_be_typed(name, texts, beside):
    for text in texts.split("|"):
        assert read_answers({"age": "50", **beside, name: text}).faults == ()


@pytest.mark.parametrize(
    "values",
    [
        {"only": "lunch"}, {"pantry": "rice,500,g\nmilk,1,l,3"}, {"shops": "uk"},
        {"skip": "wed\nsat:snack", "eat_out": "every breakfast\nthu:dinner=pizza",
         "habit": "energy_a_meal_kcal<=900", "max_minutes_on": "tue,thu:dinner=20",
         "without_on": "meat:mon,wed", "use": "spinach:300g by wed", "max_minutes_breakfast": "0"},
    ],
)  # fmt: skip
def test_what_stands_in_fields_again_asks_for_the_same(values):
    request = read_answers(values).request
    assert read_answers({}).request.is_sample_profile
    assert request != read_answers({}).request
    assert read_answers(answers_of(request)).request == request
    assert answers_now(request, values) == values
