import csv
import json
import os
import re
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from distributed import LocalCluster

from planner.cohort import batch as cohort_batch
from planner.cohort.batch import run_batch
from planner.cohort.beside import read_other
from planner.cohort.journal import ENTRY, found_in, read_entry, texts_of, versions
from planner.cohort.made_up import made_up_people
from planner.cohort.plan import Member, plan_member
from planner.cohort.read import read_each, read_folder
from planner.cohort.told import summary_files
from planner.errors import ConfigError, OutOfTimeError, RefusedError
from planner.explain.people import PersonRow, person_row
from planner.explain.report import Concession
from planner.export.files import is_as_written, write_files
from planner.export.plan_names import PLAN_FILES
from planner.request.override import TargetOverride
from planner.request.put import Put
from planner.request.read import write_request
from planner.request.request import PlanRequest, WeekOptions
from tests.bench.batch import DAY as DAY_FILE
from tests.bench.batch import command, kept_in, killed
from tests.commands import ended

DAY = PlanRequest(week=WeekOptions(days=1))
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
        for name, one in list(todo.items()):
            planned.append(name)
            yield name, cohort_batch._plan(name, *one, versions(), crew.most_s)

    monkeypatch.setattr(cohort_batch, "_planned", plan)
    return planned


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The people of the table, planned for in this process by nobody who disturbs."""
    folder, patch = tmp_path_factory.mktemp("whole"), pytest.MonkeyPatch()
    patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    patch.setattr(cohort_batch, "_planned", lambda todo, crew: (
        (name, cohort_batch._plan(name, *one, versions(), None)) for name, one in [*todo.items()]
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


@pytest.mark.parametrize(
    ("text", "told"),
    [("name,sex,age,heigt\nA,f,3,1\n", "unknown column 'heigt'"), ("name,sex,age\n", "nobody")],
)
def test_a_table_that_is_none_of_people_stops_all(text, told, tmp_path):
    with pytest.raises(ConfigError, match=told):
        read_each(table_of(tmp_path, text), DAY)


def test_a_folder_gives_each_request_file_its_name(tmp_path):
    with pytest.raises(ConfigError, match="no request files"):
        read_folder(tmp_path)
    (tmp_path / "ann.toml").write_text(write_request(DAY))
    (tmp_path / "ben.toml").write_text("[profile]\nsex = 'x'\n")
    asked = read_folder(tmp_path)
    assert asked["ann"] == DAY
    assert "ben.toml" in str(asked["ben"])


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


def test_the_tables_are_there_as_parquet_with_their_units(whole):
    people = pd.read_parquet(whole / "out" / "summary.parquet").set_index("person")
    with (whole / "out" / "summary.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            own = people.loc[row["person"]]
            assert own["passed"] == (row["passed"] == "True")
            assert own["why"] == row["why"]
            if own["passed"]:
                assert own["magnesium_mg"] == pytest.approx(float(row["magnesium_mg"]), rel=1e-5)
    assert people.attrs["units"]["magnesium_mg"] == "mg"
    targets = pd.read_parquet(whole / "out" / "targets.parquet")
    own = targets.query("person == 'Ann' and nutrient == 'magnesium_mg'").squeeze()
    assert own["mean"] == people.loc["Ann", "magnesium_mg"]
    assert own["lower"] == 320


def changed(people, **new):
    """Give the people of a batch as if those with a plan had other figures."""
    rows = [one | {key: one[key] + more for key, more in new.items()} if one["passed"] else one
            for one in people]  # fmt: skip
    return [*rows, {**rows[0], "person": "only here"}]


def test_another_batch_stands_beside_with_each_persons_own_change(whole, tmp_path):
    entries = [read_entry(whole / "out" / name) for name in ("Ann", "Ben", "Mia")]
    people = [row for one in entries for row in one["people"]]
    more = {"people": changed(people, magnesium_mg=30.0, cost=-1.0), "nutrients": []}
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


def test_a_table_beside_another_batch_does_not_outlive_it(whole, tmp_path):
    day, out = tmp_path / "day.toml", tmp_path / "out"
    day.write_text(DAY_FILE)
    shutil.copytree(whole / "out", out)
    entries = [read_entry(out / name) for name in ("Ann", "Ben", "Mia")]
    table = summary_files(entries, read_other(out))["beside.csv"]
    write_files(out, {"beside.csv": table})
    told = command(out, whole / "people.csv", "--request", day).communicate()[0]
    assert "4 clients were done before" in told
    assert not (out / "beside.csv").exists()
    assert is_as_written(out / "summary.csv")


def test_a_refusal_says_what_would_give_way_and_is_counted(tmp_path):
    asked = replace(DAY, preferences=replace(DAY.preferences, budget_per_week=10.0))
    member = plan_member("Ann", asked)
    entry = json.loads(texts_of(member, "")[ENTRY])
    (row,) = entry["people"]
    assert (row["passed"], row["gives_way"]) == (False, "budget")
    assert "budget" in row["way"]
    page = summary_files([entry])["summary.html"]
    assert "What would give way" in page
    assert "the budget" in page


@pytest.mark.parametrize(
    ("way", "said"),
    [(Concession("x", put=Put("dinner", "x", "fri")), "another wish"),
     (Concession("x", preference=("lunch", "home")), "where lunch is eaten"),
     (Concession("x", band=TargetOverride("magnesium_mg", None, 900.0)), "Magnesium")],
)  # fmt: skip
def test_whatever_gives_way_has_its_words(way, said):
    row = person_row(PersonRow("Ann", "infeasible", "why", None, (way,)))
    page = summary_files([{"people": [row], "nutrients": []}])["summary.html"]
    assert said in page.partition("What would give way")[2]


def test_money_and_magnesium_stand_in_fifths():
    nutrients = [{"person": str(n), "nutrient": "magnesium_mg", "mean": 400.0 + n, "lower": 400.0}
                 for n in range(10)]  # fmt: skip
    held = dict.fromkeys(("short", "over", "at_least", "at_most"), "")
    people = [{**held, "person": str(n), "status": "optimal", "passed": True,
               "cost": 20.0 - n, "energy_kcal": 2000.0, "magnesium_mg": 400.0 + n,
               "why": ""} for n in range(10)]  # fmt: skip
    page = summary_files([{"people": people, "nutrients": nutrients}])["summary.html"]
    table = page.partition("Dollars for 1,000 kcal")[2].partition("</table>")[0]
    figures = re.findall(r">([\d.]+)<", table)
    assert figures[:3] == ["2", "5.75", "102"]
    assert figures[12:15] == ["2", "9.75", "100"]


def test_the_next_run_plans_only_for_who_is_new_changed_or_damaged(whole, tmp_path, here):
    shutil.copytree(whole / "out", tmp_path / "out")
    out = tmp_path / "out"
    assert (
        run_batch(read_each(table_of(tmp_path), DAY), out).kept == 3
    )  # but the fault names a file
    assert here == []
    (out / "Ann" / "plan.json").unlink()
    changed = TABLE.replace("Ben,m,61,,", "Ben,m,61,,milk")
    batch = run_batch(read_each(table_of(tmp_path, changed), DAY), out)
    assert here == ["Ann", "Ben"]
    assert batch.missing == ()
    assert "milk" in (out / "Ben" / "request.toml").read_text()
    assert kept_in(out)["Ann/plan.json"] == kept_in(whole / "out")["Ann/plan.json"]


def test_a_plan_does_not_outlive_its_request(whole, tmp_path, here):
    shutil.copytree(whole / "out", tmp_path / "out")
    text = TABLE.replace("Ben,m,61", "Ben,m,3")
    run_batch(read_each(table_of(tmp_path, text), DAY), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out" / "Ben").iterdir()] == [ENTRY]


def test_what_somebody_changed_is_not_written_over(whole, tmp_path, here):
    shutil.copytree(whole / "out", tmp_path / "out")
    list_path = tmp_path / "out" / "Ben" / "shopping.csv"
    list_path.write_text(list_path.read_text() + "mine")
    asked = read_each(table_of(tmp_path), DAY)
    batch = run_batch(asked, tmp_path / "out")
    assert here == []
    assert "shopping.csv there was changed" in str(batch.unkept["Ben"]["people"][0]["why"])
    assert list_path.read_text().endswith("mine")
    assert not any(one["people"][0]["passed"] for one in batch.unkept.values())
    batch = run_batch(asked, tmp_path / "out", force=True)
    assert here == ["Ben"]
    assert list_path.with_name("shopping.csv.bak").read_text().endswith("mine")


def test_a_file_that_a_request_names_counts(tmp_path, monkeypatch):
    own = tmp_path / "dishes"
    own.mkdir()
    table = {"preferences": {"dishes": [str(own)]}}
    before = cohort_batch.digest_of(table)
    (own / "soup.toml").write_text("x = 1")
    assert cohort_batch.digest_of(table) != before


def test_no_client_leaves_the_folder_and_no_two_share_one(tmp_path):
    folders = cohort_batch._folders(dict.fromkeys(["../x", "a/b", "con"]), tmp_path)
    assert {path.parent for path in folders.values()} == {tmp_path}
    with pytest.raises(ConfigError, match="Ann, ann would be one folder"):
        cohort_batch._folders({"Ann": DAY, "ann": DAY}, tmp_path)


def test_who_takes_too_long_is_told_and_tried_again(tmp_path):
    member = plan_member("Ann", DAY, most_s=0.001)
    assert isinstance(member.error, OutOfTimeError)
    assert next(member.rows()).why.startswith("no plan was ready after 0.001 s")
    write_files(tmp_path / "Ann", texts_of(member, "digest"))
    assert not found_in(tmp_path / "Ann", "digest")
    write_files(tmp_path / "Bea", texts_of(Member("Bea", None, RefusedError("no")), "digest"))
    assert found_in(tmp_path / "Bea", "digest")


def test_made_up_people_are_the_same_however_many_are_drawn():
    few, many = made_up_people(3, seed=2), made_up_people(30, seed=2)
    assert few.equals(many.head(3))
    assert set(many["sex"]) == {"f", "m"}
    assert not few.equals(made_up_people(3, seed=3))


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


def test_what_cannot_be_meant_is_refused(tmp_path):
    for words in ([], ["x.csv", "--made-up", "3"], [tmp_path, "--request", "r.toml"],
                  ["x.csv", "--workers", "2", "--scheduler", "tcp://h:1"]):  # fmt: skip
        assert ended("batch", *words, "--out", tmp_path / "out")[0] == 2
    code, _, err = ended(
        "batch", table_of(tmp_path), "--scheduler", "nowhere", "--out", tmp_path / "o"
    )
    assert code == 1
    assert "no Dask scheduler answers there" in err


def test_a_cluster_that_runs_plans_the_same(whole, tmp_path):
    day = tmp_path / "day.toml"
    day.write_text(DAY_FILE)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        words = whole / "people.csv", "--request", day, "--scheduler", cluster.scheduler_address
        running = command(tmp_path / "out", *words)
        told = running.communicate()[0]
    assert running.returncode == 3, told
    assert "2 of 4 people have a checked plan" in told
    assert "- Mia: age 4: no plans for children under 5" in told
    assert kept_in(tmp_path / "out") == kept_in(whole / "out")


def test_kills_at_random_moments_change_nothing_in_the_end(whole, tmp_path):
    day = tmp_path / "day.toml"
    day.write_text(DAY_FILE)
    words = whole / "people.csv", "--request", day, "--workers", 1
    code, told = killed(tmp_path / "out", Random(5), 3, 6.0, *words)
    assert code == 3, told
    assert kept_in(tmp_path / "out") == kept_in(whole / "out")
    assert all(is_as_written(path) for path in (tmp_path / "out").rglob("*.*"))


def test_ctrl_c_is_heard_by_the_command_and_not_by_its_processes(tmp_path):
    day, out = tmp_path / "day.toml", tmp_path / "out"
    day.write_text(DAY_FILE)
    running = command(out, "--made-up", 30, "--workers", 1, "--request", day)
    while running.poll() is None and not [*out.glob("p*/plan.json")]:
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate()[0]
    assert running.returncode == 130, told
    assert "run it again to go on" in told
    assert "Traceback" not in told
