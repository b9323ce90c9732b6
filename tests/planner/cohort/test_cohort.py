"""A table of people, read and planned for one by one; a batch: a folder for each, and a summary."""

import csv
import json
import shutil
from math import isnan
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from distributed import LocalCluster

from planner import Preferences, plan_cohort
from planner.cohort import batch as cohort_batch
from planner.cohort import plan as cohort_plan
from planner.cohort.batch import run_batch
from planner.cohort.beside import read_other
from planner.cohort.journal import ENTRY, read_entry, texts_of, versions
from planner.cohort.made_up import made_up_people
from planner.cohort.plan import Member
from planner.cohort.read import read_each, read_folder, read_people
from planner.cohort.told import summary_files
from planner.errors import ConfigError, ExportError, RefusedError
from planner.explain.table_report import TableReport
from planner.export.files import write_files
from planner.export.plan_names import PLAN_FILES
from planner.pipeline import plan_meals
from planner.request.profile import Profile
from planner.request.read import write_request
from planner.request.request import PlanRequest, SolveOptions, WeekOptions
from planner.table.faults import faults_in
from tests import stored
from tests.bench.batch import command, kept_in
from tests.commands import ended
from tests.planner.cli.test_request import flagged
from tests.reports import make_refusal

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
    """Two with a stored week, one who is too young, and one for whom there is no plan."""
    made = {
        40: stored.report("vegan_woman_35"), 30: stored.report("man_25_very_active"),
        33: TableReport.of_one(make_refusal()),
    }  # fmt: skip

    def planned(asked, *more):
        return made.get(asked.profile.age_y) or plan_meals(asked, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cohort_plan, "plan_meals", planned)
        return plan_cohort(PEOPLE, DAY)


def read(frame, common=DAY):
    return read_people(frame, common, faults_in)


def fault_of(frame, common=DAY):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cohort_plan, "plan_meals", lambda *_: pytest.fail("planned for somebody"))
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
    assert [person.preferences.diet for person in people.values()] == ["vegan", "vegan"]
    assert {person.standard for person in people.values()} == {"uk"}
    assert people["Bea"].assumed == ("height_cm", "weight_kg", "activity")
    profile = people["Bea"].profile
    assert (profile.sex, profile.age_y, profile.activity) == ("f", 40, "low_active")
    assert profile.height_cm < 180
    assert profile.conditions == ()
    common = PlanRequest(preferences=Preferences(diet="vegetarian", without=("peanut",)))
    frame = pd.concat(
        [row(without="milk; peanut", diet="Vegan diet"), row(name="Bea", diet="omnivore")]
    )
    people = [request.preferences for request in read(frame, common).values()]
    assert [person.without for person in people] == [("peanut", "milk"), ("peanut",)]
    assert [person.diet for person in people] == ["vegan", "vegetarian"]


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


def test_who_cannot_be_planned_for_does_not_stop_the_others(cohort):
    frame = cohort.to_frame().set_index("person")
    assert list(frame.index) == ["Ann", "Ben", "Cat", "Eve"]
    assert list(frame["passed"]) == [True, True, False, False]
    assert frame.loc["Cat", "status"] == "refused"
    assert "no plans for children under 5" in frame.loc["Cat", "why"]
    assert frame.loc["Eve", "status"] == "infeasible"
    assert "Calcium: at least 1,200 mg" in frame.loc["Eve", "why"]
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


def test_an_interrupt_ends_the_cohort_with_those_that_are_planned(monkeypatch):
    def planned(own, *_):
        if own.profile.age_y == 33:
            raise KeyboardInterrupt
        return SimpleNamespace(passed=True)

    monkeypatch.setattr(cohort_plan, "plan_meals", planned)
    cohort = plan_cohort(PEOPLE[PEOPLE["name"] != "Cat"], DAY)
    assert (list(cohort.reports), cohort.missing) == (["Ann", "Ben"], ("Eve",))
    assert not cohort.passed


TABLE = """name,sex,age,diet,without
Ann,f,34,vegan,peanut; sesame
Ben,m,61,,
Mia,f,4,,
Old,f,200,,
"""


def table_of(folder, text=TABLE):
    path = Path(folder) / "people.csv"
    path.write_text(text)
    return path


@pytest.fixture
def here(monkeypatch):
    """Plan in this process; gives the names of those who were planned for."""
    planned = []

    def plan(todo, crew):
        for name, task in list(todo.items()):
            planned.append(name)
            yield name, cohort_batch._plan(name, *task, versions(), crew.most_s)

    monkeypatch.setattr(cohort_batch, "_planned", plan)
    return planned


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The people of the table, planned for in this process by nobody who disturbs."""
    folder, patch = tmp_path_factory.mktemp("whole"), pytest.MonkeyPatch()
    patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    patch.setattr(cohort_batch, "_planned", lambda todo, crew: (
        (name, cohort_batch._plan(name, *task, versions(), None)) for name, task in [*todo.items()]
    ))  # fmt: skip
    asked = read_each(table_of(folder), DAY)
    batch = run_batch(asked, folder / "out")
    write_files(folder / "out", summary_files(batch.entries()))
    patch.undo()
    return folder


def test_a_faulty_row_stops_nobody_else_and_no_name_means_two(tmp_path):
    text = "name,sex,age\nAnn,f,34\nBen,m,61\nAnn,f,70\n,m,30\nOld,f,200\nEve,f,30,x\n"
    asked = read_each(table_of(tmp_path, text), DAY)
    assert {name for name, own in asked.items() if isinstance(own, PlanRequest)} == {"Ben"}
    told = {name: str(own) for name, own in asked.items() if isinstance(own, ConfigError)}
    assert list(told) == ["(2)", "(4)", "(5)", "Old", "(7)"]
    assert "'Ann' stands in row 2 already" in told["(2)"]
    assert "'Ann' stands in row 2 already" in told["(4)"]
    assert "row 5, name: blank" in told["(5)"]
    assert "at most 120, but is 200" in told["Old"]
    assert "4 cells under 3 columns" in told["(7)"]


def test_each_has_a_folder_with_a_plan_that_passes_or_the_reason(whole):
    assert {path.name for path in (whole / "out" / "Ann").iterdir()} == {*PLAN_FILES, ENTRY}
    assert [path.name for path in (whole / "out" / "Mia").iterdir()] == [ENTRY]
    for name in ("Ann", "Ben"):
        code, told, _ = ended("check", whole / "out" / name / "plan.json")
        assert code == 0, told
    assert read_entry(whole / "out" / "Mia")["people"][0]["status"] == "refused"
    assert "at most 120" in read_entry(whole / "out" / "Old")["people"][0]["why"]
    assert (whole / "out").stat().st_mode & 0o077 == 0


def test_the_summary_says_who_meets_what_and_why_some_have_nothing(whole):
    with (whole / "out" / "summary.csv").open(encoding="utf-8-sig") as file:
        rows = {row["person"]: row for row in csv.DictReader(file)}
    assert {name: row["passed"] for name, row in rows.items()} == {
        "Ann": "True", "Ben": "True", "Mia": "False", "Old": "False"
    }  # fmt: skip
    plan = json.loads((whole / "out" / "Ann" / "plan.json").read_text())
    missed = {
        one["nutrient"] for one in plan["check"]["findings"]
        if not one["holds"] and one["lower"] is not None and one["value"] < one["lower"]
        and one["basis"] == "total"
    }  # fmt: skip
    assert set(filter(None, rows["Ann"]["short"].split("; "))) == missed
    with (whole / "out" / "nutrients.csv").open() as file:
        spread = {row["nutrient"]: row for row in csv.DictReader(file)}
    magnesium = [float(rows[name]["magnesium_mg"]) for name in ("Ann", "Ben")]
    assert float(spread["magnesium_mg"]["p50"]) == pytest.approx(sum(magnesium) / 2, rel=1e-5)
    assert spread["magnesium_mg"]["people"] == "2"
    page = (whole / "out" / "summary.html").read_text()
    assert "2 of 4 people have a plan" in page
    assert "no plans for children under 5" in page
    assert "<svg" in page
    assert not (whole / "out" / "Ann" / "summary.csv").exists()


def test_another_batch_stands_beside_with_each_persons_own_change(whole, tmp_path):
    entries = [read_entry(whole / "out" / name) for name in ("Ann", "Ben", "Mia")]
    people = [row for entry in entries for row in entry["people"]]
    for row in people[:2]:
        row |= {"magnesium_mg": row["magnesium_mg"] + 30.0, "cost": row["cost"] - 1.0}
    more = {"people": [*people, {**people[0], "person": "only here"}], "nutrients": []}
    files = summary_files([more], read_other(whole / "out"))
    rows = {row["what"]: row for row in csv.DictReader(files["beside.csv"].splitlines())}
    assert rows["magnesium_mg"]["people"] == "2"  # who stands in one alone, or has no plan, is out
    assert float(rows["magnesium_mg"]["change_p50"]) == pytest.approx(30.0, abs=0.01)
    assert float(rows["cost"]["change_p50"]) == pytest.approx(-1.0, abs=1e-4)
    assert float(rows["calcium_mg"]["change_p50"]) == pytest.approx(0.0, abs=0.01)
    assert "Beside the other batch" in files["summary.html"]
    for own in ("", "person,passed\nAnn,True\n"):
        (tmp_path / "summary.csv").write_text(own)
        with pytest.raises(ConfigError, match="summary of a batch"):
            read_other(tmp_path)


def test_the_next_run_plans_only_for_who_is_new_changed_or_damaged(whole, tmp_path, here):
    shutil.copytree(whole / "out", tmp_path / "out")
    out = tmp_path / "out"
    kept = run_batch(read_each(table_of(tmp_path), DAY), out).kept
    assert kept == 3  # but the fault names a file
    assert here == []
    (out / "Ann" / "plan.json").unlink()
    changed = TABLE.replace("Ben,m,61,,", "Ben,m,61,,milk")
    batch = run_batch(read_each(table_of(tmp_path, changed), DAY), out)
    assert here == ["Ann", "Ben"]
    assert batch.missing == ()
    assert "milk" in (out / "Ben" / "request.toml").read_text()
    assert kept_in(out)["Ann/plan.json"] == kept_in(whole / "out")["Ann/plan.json"]


def test_what_somebody_changed_is_not_written_over(whole, tmp_path, here):
    shutil.copytree(whole / "out", tmp_path / "out")
    list_path = tmp_path / "out" / "Ben" / "shopping.csv"
    list_path.write_text(list_path.read_text() + "mine")
    asked = read_each(table_of(tmp_path), DAY)
    batch = run_batch(asked, tmp_path / "out")
    assert here == []
    assert "shopping.csv there was changed" in str(batch.unkept["Ben"]["people"][0]["why"])
    assert list_path.read_text().endswith("mine")
    assert not any(entry["people"][0]["passed"] for entry in batch.unkept.values())
    batch = run_batch(asked, tmp_path / "out", force=True)
    assert here == ["Ben"]
    assert list_path.with_name("shopping.csv.bak").read_text().endswith("mine")


def test_ctrl_c_ends_it_and_says_who_is_missing(tmp_path, monkeypatch):
    def plan(todo, _crew):
        name, one = next(iter(todo.items()))
        yield name, texts_of(Member(name, None, RefusedError("no")), one[1])
        raise KeyboardInterrupt

    monkeypatch.setattr(cohort_batch, "_planned", plan)
    code, told, err = ended("batch", table_of(tmp_path), "--out", tmp_path / "out")
    assert code == 130
    assert "0 of 2 people" in told
    assert "2 are not planned for; run it again to go on" in err


@pytest.mark.harden
def test_a_cluster_that_runs_plans_the_same(whole, tmp_path):
    day = tmp_path / "day.toml"
    day.write_text(write_request(DAY))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        words = whole / "people.csv", "--request", day, "--scheduler", cluster.scheduler_address
        running = command(tmp_path / "out", *words)
        told = running.communicate()[0]
    assert running.returncode == 3, told
    assert "2 of 4 people have a checked plan" in told
    assert "- Mia: age 4: no plans for children under 5" in told
    assert kept_in(tmp_path / "out") == kept_in(whole / "out")


def test_made_up_people_are_the_same_however_many_are_drawn():
    few, many = made_up_people(3, seed=2), made_up_people(30, seed=2)
    assert few.equals(many.head(3))
    assert set(many["sex"]) == {"f", "m"}
    assert not few.equals(made_up_people(3, seed=3))


def test_a_folder_gives_each_request_file_its_name_and_no_client_leaves_it(tmp_path):
    with pytest.raises(ConfigError, match="no request files"):
        read_folder(tmp_path)
    (tmp_path / "ann.toml").write_text(write_request(DAY))
    (tmp_path / "ben.toml").write_text("[profile]\nsex = 'x'\n")
    asked = read_folder(tmp_path)
    assert asked["ann"] == DAY
    assert "ben.toml" in str(asked["ben"])
    folders = cohort_batch._folders(dict.fromkeys(["../x", "a/b", "con"]), tmp_path)
    assert {path.parent for path in folders.values()} == {tmp_path}
    with pytest.raises(ConfigError, match="Ann, ann would be one folder"):
        cohort_batch._folders({"Ann": DAY, "ann": DAY}, tmp_path)
