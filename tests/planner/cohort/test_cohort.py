"""A table of people: read with every wrong cell told, planned one by one, given as tables."""

from math import isnan
from types import SimpleNamespace

import pandas as pd
import pytest

from planner import PlanRequest, Preferences, WeekOptions, plan_cohort
from planner.cohort import plan as cohort_plan
from planner.cohort.read import read_people
from planner.errors import ConfigError, ExportError
from planner.request.profile import Profile
from planner.request.request import SolveOptions
from planner.table.faults import faults_in
from tests.planner.cli.test_request import flagged

DAY = PlanRequest(week=WeekOptions(days=1), solve=SolveOptions(effort="quick"))
PEOPLE = pd.DataFrame(
    {
        "name": ["Ann", "Ben", "Cat", "Eve"],
        "sex": ["f", "m", "f", "f"],
        "age_y": [40, 30, 3, 33],
        "height": ["5 ft 5 in", 178, None, None],
        "diet": ["vegan", None, None, None],
        "without": [["peanut", "soy"], None, None, None],
        "target": [None, None, None, "magnesium_mg>=2000"],
    }
)


@pytest.fixture(scope="module")
def cohort():
    return plan_cohort(PEOPLE, DAY)


def read(frame, common=DAY):
    return read_people(frame, common, faults_in)


def fault_of(frame, common=DAY):
    with pytest.raises(ConfigError) as told:
        plan_cohort(frame, common)
    return str(told.value)


def row(**cells):
    return pd.DataFrame([{"name": "Ann", "sex": "f", "age": 40, **cells}])


def test_each_person_is_read_as_a_request_of_ones_own():
    asked = read(PEOPLE)["Ann"]
    assert (asked.profile.sex, asked.profile.age_y, asked.profile.height_cm) == ("f", 40, 165.1)
    assert asked.preferences.diet == "vegan"
    assert asked.preferences.without == ("peanut", "soy")
    assert asked.assumed == ("weight_kg", "activity")
    assert asked.week.days == 1
    assert read(PEOPLE)["Eve"].overrides[0].lower == 2000.0


def test_cells_of_every_kind_are_read_as_their_flags_are():
    asked = read(
        row(
            like="oats:3; banana", min_days_between="salmon=3", per_week="fish>=2; nuts<=2",
            drink="coffee:2", use="spinach:300g", clinic="potassium_mg<=3000", alcohol=True,
            supplement="magnesium citrate:100mg_elemental x2", start=pd.Timestamp("2026-03-02"),
            target="magnesium_mg>=400; magnesium_mg<=600", budget_per_week="€138", days=3.0,
            condition="osteoporosis", standard="eu", slots="breakfast; lunch; dinner",
        )
    )["Ann"]  # fmt: skip
    typed = flagged(
        *("--sex", "f", "--age", "40", "--like", "oats:3", "--like", "banana", "--days", "3"),
        *("--min-days-between", "salmon=3", "--per-week", "fish>=2", "--per-week", "nuts<=2"),
        *("--drink", "coffee:2", "--use", "spinach:300g", "--clinic", "potassium_mg<=3000"),
        *("--with-alcohol", "--supplement", "magnesium citrate:100mg_elemental x2"),
        *("--start", "2026-03-02", "--target", "magnesium_mg>=400", "--condition", "osteoporosis"),
        *("--target", "magnesium_mg<=600", "--budget-per-week", "€138", "--standard", "eu"),
    )
    assert (asked.profile, asked.preferences) == (typed.profile, typed.preferences)
    assert (asked.supplements, asked.overrides) == (typed.supplements, typed.overrides)
    assert (asked.standard, asked.week.days, asked.week.start) == ("eu", 3, typed.week.start)
    assert asked.week.slots == ("breakfast", "lunch", "dinner")


def test_what_is_common_holds_where_a_row_is_silent_but_nobodys_body_is():
    common = PlanRequest(
        Profile("m", 70, 190, 100, "active", conditions=("osteoporosis",)),
        standard="uk",
        preferences=Preferences(diet="vegan"),
    )
    people = read(pd.concat([row(diet="omnivore"), row(name="Bea")]), common)
    assert [one.preferences.diet for one in people.values()] == ["vegan", "vegan"]
    assert {one.standard for one in people.values()} == {"uk"}
    assert people["Bea"].assumed == ("height_cm", "weight_kg", "activity")
    profile = people["Bea"].profile
    assert (profile.sex, profile.age_y, profile.activity) == ("f", 40, "low_active")
    assert profile.height_cm < 180
    assert profile.conditions == ()


def test_what_is_left_out_for_all_stays_so_whatever_a_row_says():
    common = PlanRequest(preferences=Preferences(diet="vegetarian", without=("peanut",)))
    frame = pd.concat(
        [row(without="milk; peanut", diet="Vegan diet"), row(name="Bea", diet="omnivore")]
    )
    people = [one.preferences for one in read(frame, common).values()]
    assert [one.without for one in people] == [("peanut", "milk"), ("peanut",)]
    assert [one.diet for one in people] == ["vegan", "vegetarian"]


def test_every_wrong_cell_is_told_at_once_with_its_row_and_column():
    frame = pd.DataFrame(
        {
            "name": ["Ann", "Ben", "Ann", ""],
            "sex": ["f", "x", None, "f"],
            "age": [40, None, 3.5, 200],
            "height": ["5 ft 5 in", 178, None, 1.65],
            "diet": ["vegan", "vegn", None, None],
            "like": ["oats:9", None, None, None],
            "per_week": ["fish>=x; nuts<=2", None, None, None],
            "without": [None, "penuts", None, None],
            "medicine": [None, None, None, "aspirn"],
            "gestation_week": [None, 20, None, None],
        }
    )
    text = fault_of(frame)
    for part in (
        "row 2, like: 'oats:9'", "row 2, per_week: 'fish>=x'", "row 3, age: blank",
        "row 3, sex: 'x' is not known", "row 3, diet: unknown diet 'vegn'",
        "row 3, without: no food, group, dish or allergen is called 'penuts'",
        "row 4, name: 'Ann' stands in row 2 already", "row 4, sex: blank",
        "row 4, age: must be a whole number, but is 3.5", "row 5, name: blank",
        "row 5, age: must be at most 120, but is 200", "row 5, height: a height of 1.65 cm",
        "'aspirn' is not known to this program",
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (row(colour="red"), "unknown column 'colour'"),
        (row(heigt=170), "unknown column 'heigt' — did you mean 'height'"),
        (row(age_y=41), "age, age_y are the same — keep one"),
        (row().drop(columns="sex"), "no column 'sex'"),
        (row().iloc[:0], "nobody stands here"),
        (row(assumed="sex"), "unknown column 'assumed'"),
    ],
)
def test_a_table_that_is_none_of_people_is_refused(frame, told):
    assert told in fault_of(frame)


def test_nobody_is_planned_for_before_the_whole_table_is_sound(monkeypatch):
    def planned(*_, **__):
        raise AssertionError("planned for somebody")

    monkeypatch.setattr(cohort_plan, "plan_meals", planned)
    fault_of(pd.concat([row(), row(name="Ben", without="penuts")]))


def test_who_cannot_be_planned_for_does_not_stop_the_others(cohort):
    frame = cohort.to_frame().set_index("person")
    assert list(frame.index) == ["Ann", "Ben", "Cat", "Eve"]
    assert list(frame["passed"]) == [True, True, False, False]
    assert frame.loc["Cat", "status"] == "refused"
    assert "no plans for children under 5" in frame.loc["Cat", "why"]
    assert frame.loc["Eve", "status"] == "infeasible"
    assert "2,000 mg" in frame.loc["Eve", "why"]
    assert isnan(frame.loc["Eve", "magnesium_mg"])
    assert frame.attrs["units"]["magnesium_mg"] == "mg"
    assert frame.attrs["units"]["cost"] == "USD"
    plan = cohort.reports["Ben"].plan
    assert frame.loc["Ben", "magnesium_mg"] == plan.means["magnesium_mg"]


def test_tables_of_nutrients_and_plans_say_whose_they_are(cohort):
    nutrients = cohort.to_frame("nutrient").query("nutrient == 'magnesium_mg'")
    assert list(nutrients["person"]) == ["Ann", "Ben"]
    assert (nutrients["mean"] >= nutrients["lower"]).all()
    assert set(nutrients["unit"]) == {"mg"}
    for per in ("day", "item", "ingredient"):
        whole = cohort.to_frame(per)
        of_ben = whole.query("person == 'Ben'").drop(columns="person").reset_index(drop=True)
        own = cohort.reports["Ben"].plan.to_frame(per)
        pd.testing.assert_frame_equal(of_ben, own, check_dtype=False)
        assert whole.attrs["units"] == own.attrs["units"]
    with pytest.raises(ExportError, match="use person, nutrient, day, item, ingredient"):
        cohort.to_frame("week")


def test_an_interrupt_ends_the_cohort_after_the_plan_under_way(monkeypatch):
    def planned(own, *_):
        stopped = own.profile.age_y == 30
        return SimpleNamespace(outcome=SimpleNamespace(stopped=stopped), passed=True)

    monkeypatch.setattr(cohort_plan, "plan_meals", planned)
    cohort = plan_cohort(PEOPLE[PEOPLE["name"] != "Cat"], DAY)
    assert (list(cohort.reports), cohort.missing) == (["Ann", "Ben"], ("Eve",))
    assert not cohort.passed
