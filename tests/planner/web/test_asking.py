"""From fields to a request: words are understood as the commands do, or asked about."""

import pytest

from planner.cli.options import build_request
from planner.request.tables import WISHES
from planner.web.asking import answers_now, answers_of, asked_names, read_answers
from planner.web.fields import CHOICE, LINES, NUMBER, TEXT, TICK, field_for, web_settings
from tests.commands import ended


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


def test_nothing_said_is_the_sample_person():
    assert read_answers({}).request.is_sample_profile


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"without": "gltn"}, "without", "nearest known: gluten"),
        ({"medicine": "blorp"}, "medicine", "not known to this program"),
        ({"age": "old"}, "age", "no number"),
        ({"budget_per_week": "much"}, "budget_per_week", "no amount of money"),
        ({"pattern": "medi"}, "pattern", "did you mean mediterranean?"),
        ({"pattern": "own.toml"}, "pattern", "asks for other files"),
        ({"meal_at": "dinr=8"}, "meal_at", "names no meal and its hour"),
        ({"meal_at": "dinner=18\ndinner=19"}, "meal_at", "given twice"),
        ({"meal_at": "dinner=6:30"}, "meal_at", "is not after lunch"),
        ({"macros": "40/40/40"}, "macros", "three that make 100"),
        ({"target": "protin>=3"}, "target", "the nearest: protein_g"),
        ({"macros": "40/30/30", "target": "fat_pct_energy<=20"}, "target", "” (fat_pct_energy): "),
        ({"guests": "sat:diner=2"}, "guests", "is no meal with guests"),
        ({"guests": "sat:dinner=2,vegn"}, "guests", "did you mean 'vegan'?"),
        ({"guests": "9:dinner=2"}, "guests", "the plan has 7 days"),
        ({"guests": "6:dinner=2,without blorp"}, "guests", "is called 'blorp'"),
        ({"skip": "9:dinner"}, "skip", "“Meals that are not eaten”: the plan has 7 days"),
        ({"eat_out": "9:dinner"}, "eat_out", "“Meals eaten elsewhere”: the plan has 7 days"),
        ({"eat_out": "thu:dinner=blorp"}, "eat_out", "is called 'blorp'"),
        ({"days": "2", "skip": "fri:dinner"}, "skip", "'fri' is no day of the plan"),
        ({"habit": "desserts a day<=99"}, "habit", "can be 0 to 3 desserts"),
        ({"habit": "nuts=<"}, "habit", "is no habit"),
        ({"without_on": "meat"}, "without_on", "for all days “Allergies, and what may not occur”"),
        ({"without_on": "blorp:mon"}, "without_on", "is called 'blorp'"),
        ({"condition": "pregnancy"}, "condition", "“Pregnant or breastfeeding”"),
        ({"weight": "200", "height": "150", "age": "30"}, "", '“Weight” "200 lb"'),
        ({"medicine": "blood pressure tablets"}, "medicine", "which of them?"),
        ({"put": "fri:dinner=piza"}, "put", "is called 'piza' — the nearest: pizza; "),
        ({"put": "fri:dinner=quiche", "kitchen": "microwave"}, "put", "left out as asked"),
        (
            {"budget_per_week": "60 euros"},
            "budget_per_week",
            "choose “Where you shop”: “Countries with the euro”",
        ),
        ({"pantry": "blorp,3,g"}, "pantry", "blorp"),
        ({"only": "brunch"}, "only", "is not one of"),
        ({"cook_on": "blorp"}, "cook_on", "blorp"),
        (
            {"eater1.name": "Tom", "eater1.age": "9", "eater1.medicine": "blorp"},
            "eater1.medicine",
            "not known",
        ),
        ({"eater1.age": "9"}, "eater1.name", "called"),
        ({"eater1.name": "Tom", "eater1.age": "x"}, "eater1.age", "no number"),
    ],
)
def test_what_is_not_understood_is_asked_about_at_its_field(values, field, words):
    (where, text), *advice = faults(**values)
    assert all(one == (where, advice[0][1]) for one in advice)  # a line of its own
    assert where == field
    assert words in text
    assert "--" not in text


@pytest.mark.parametrize(
    "values", [{"only": "lunch"}, {"pantry": "rice,500,g\nmilk,1,l,3"}, {"shops": "uk"}]
)
def test_what_the_command_line_has_stands_in_fields_again(values):
    asked = read_answers(values).request
    assert asked != read_answers({}).request
    assert read_answers(answers_of(asked)).request == asked


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


WISHES_OF_DAYS = {
    "skip": "wed\nsat:snack", "eat_out": "every breakfast\nthu:dinner=pizza",
    "habit": "energy_a_meal_kcal<=900", "max_minutes_on": "tue,thu:dinner=20",
    "without_on": "meat:mon,wed", "use": "spinach:300g by wed", "max_minutes_breakfast": "0",
}  # fmt: skip


def test_what_stands_in_fields_again_asks_for_the_same():
    request = read_answers(WISHES_OF_DAYS).request
    assert read_answers(answers_of(request)).request == request
    assert answers_now(request, WISHES_OF_DAYS) == WISHES_OF_DAYS


TYPED = {
    "height": "170|5 ft 5 in|1.65 m", "weight": "65|143 lb", "clinic": "potassium_mg<=2500",
    "condition": "osteoporosis", "medicine": "levothyroxine|ciprofloxacin:2|alendronate:1/week",
    "start": "2026-03-02|today|mon", "eat_out": "sat:dinner|weekday lunches|wed|"
    "thu:dinner=pizza and salad", "skip": "every breakfast|sat:snack|wed",
    "meal_at": "dinner=18:30|snack=10:00,16:00|mon,tue:dinner=20:00|"
    "breakfast=12:00\nlunch=15:30\ndinner=19:30", "guests": "6:dinner=2|weekday lunches=2|"
    "sat:dinner=2,vegan,without peanut|sat:dinner=2,half servings",
    "holiday": "fri|2026-12-25|us|de-by",
    "put": "fri:dinner=pizza|every fri:dinner=pizza|every dinner=one pot",
    "pantry": "rice,500,g|milk,1,l,3", "without_on": "meat:mon,wed,fri",
    "like": "tofu:3|tofu:1", "dislike": "tofu:3|tofu:1", "per_week": "fish>=2|nuts<=3",
    "drink": "coffee:2|green tea:1|coffee:0",
    "use": "spinach:300g|2 chicken breasts|leftover rice:300g", "kitchen": "stove|microwave",
    "max_minutes_on": "tue,thu:dinner=20|sun-fri:day=30", "cook_on": "sun,wed",
    "more_energy": "tue,thu=400 kcal", "supplement": "magnesium citrate:100mg_elemental",
    "target": "magnesium_mg>=450|protein_g>=110|carbohydrate_pct_energy<=40|sodium_mg<=1500",
    "habit": "desserts a day<=0|milk glasses a day<=2|energy_a_meal_kcal<=500",
}  # fmt: skip
TYPED_WITH = {"holiday": {"start": "2026-12-21"}, "habit": {"energy_kcal": "1900"}}


@pytest.mark.parametrize("name", TYPED)
def test_each_example_beside_a_field_can_be_typed(name):
    for text in TYPED[name].split("|"):
        assert read_answers({"age": "50", **TYPED_WITH.get(name, {}), name: text}).faults == ()
