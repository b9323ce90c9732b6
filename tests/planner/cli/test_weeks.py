"""Commands on plan files: check, show, export, swap and replan, of one person and of a table."""

import json
import subprocess
import sys

import pypdfium2
import pytest

from foods.own_csv import as_food_csv
from planner.document.fonts import DOCUMENTS
from planner.settings import names_in, read_settings
from tests import stored
from tests.commands import ended
from tests.planner.cli.shopper import Books, bought_before, frozen_twice

WEEK = stored.folder("woman_55") / "plan.json"
FAMILY = stored.folder("family") / "plan.json"
ALL = "md,csv,json,xlsx,mealie,tandoor,kitchenowl,grocy,cooklang,bring,todo.txt,list.txt"
FILES = {
    "week.md", "week.csv", "meals.csv", "plan.json", "week.xlsx", "mealie.zip", "tandoor.zip",
    "kitchenowl.json", "grocy.json", "cooklang", "bring.html", "todo.txt", "list.txt",
}  # fmt: skip
ROUNDED_USD = 0.05  # weighed things of a food are rounded to a cent in each week of their own


def run(*words, code=0):
    found, out, err = ended(*words)
    assert found == code, err
    return out


def answer(*words, code=0):
    return json.loads(run(*words, "--json", code=code))


@pytest.fixture
def forged(tmp_path):
    """Return a function: a change of a plan's values → a plan file with it."""

    def write(change, name="woman_55"):
        raw = json.loads((stored.folder(name) / "plan.json").read_text(encoding="utf-8"))
        change(raw)
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return path

    return write


def heavier(raw):
    item = raw["days"][0]["meals"][0]["items"][0]
    max(item["ingredients"], key=lambda part: part["mass_g"])["mass_g"] += 400


def test_a_plan_that_was_changed_does_not_hold_and_is_handed_to_nobody(forged, tmp_path):
    def change(raw):
        heavier(raw)
        raw["request"]["targets"] = {"magnesium_mg": {"lower": 5000.0}}

    other = forged(lambda raw: raw["data"].update(sha256="0" * 64))
    assert "the two differ, so totals may" in ended("show", other)[2]
    path = forged(change)
    lines = run("check", path, code=3).splitlines()
    name = json.loads(path.read_text())["days"][0]["meals"][0]["items"][0]["name"]
    assert f"Day 1, breakfast, {name}:" in " ".join(" ".join(lines).split())
    assert next(line for line in lines if ">= 5000" in line).count("!") == 7
    assert lines[-1].startswith("The plan does not hold: ")
    code, _, err = ended("export", path, "--to", "mealie", "--out", tmp_path / "out")
    assert code == 3
    assert "does not pass its check" in err
    assert not (tmp_path / "out").exists()


def test_each_eater_is_judged(forged):
    assert "The household's plan holds: 4 of 4 eaters." in run("check", FAMILY)

    def more(raw):
        raw["eaters"][1]["days"][0]["totals"]["magnesium_mg"] += 50

    found = answer("check", forged(more, "family"), code=3)
    assert [eater["passed"] for eater in found["eaters"]] == [True, False, True, True]
    assert "Ben: Day 1: states other magnesium_mg" in " ".join(found["faults"])


def test_the_judge_loads_no_solver_and_reads_an_exported_table(tmp_path):
    (tmp_path / "foods.csv").write_text(as_food_csv(stored.foods()), encoding="utf-8")
    found = answer("check", WEEK, "--foods", tmp_path / "foods.csv")
    assert (found["passed"], found["faults"]) == (True, [])
    assert found["findings"] == [
        {key: told[key] for key in found["findings"][0]}
        for told in json.loads(WEEK.read_text("utf-8"))["check"]["findings"]
    ]
    code = (
        "import sys; from pathlib import Path; "
        "from foods.embedded import read_embedded_foods; "
        "from planner.check.document import check_document; "
        "from planner.wire.document import read_plan_document; "
        "document = read_plan_document(Path(sys.argv[1])); "
        "assert check_document(document, read_embedded_foods()).passed; "
        "print([name for name in sys.modules if name in ('pulp', 'highspy', 'pandas')])"
    )
    words = [sys.executable, "-c", code, WEEK]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (lambda own: [own[0] | {"kept": False}], "this is not so"),
        (lambda own: [own[0] | {"how": "0 mg"}], "this is not so"),
        (lambda own: [own[0] | {"wish": "without milk"}], "this is not so"),
        (lambda own: [own[0] | {"wish": ""}, *own[1:]], "this is missing: "),
        (lambda own: own[1:], "this is missing: "),
        (lambda own: [*own, own[0]], "this stands there twice: "),
    ],
)
def test_what_a_file_says_of_wishes_is_judged_too(forged, changed, told):
    def change(raw):
        raw["asked_for"] = changed(raw["asked_for"])

    assert f"What you asked for: {told}" in " ".join(
        run("check", forged(change, "vegan_woman_35"), code=3).split()
    )
    run("check", forged(lambda raw: raw.pop("asked_for"), "vegan_woman_35"))  # as older files


@pytest.mark.parametrize("name", ["four_weeks", "gluten_free"])
def test_lists_are_enough_for_their_recipes_and_cost_what_the_plan_says(name):
    path = stored.folder(name) / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    lists = [
        answer("shop", path, "--week", week)
        for week in range(1, max(1, len(plan["days"]) // 7) + 1)
    ]
    books = Books(plan)
    for shopping in lists:
        books.live(shopping)
    assert books.faults == []
    assert min(books.there.values()) >= 0.0
    assert books.paid_usd == pytest.approx(plan["till"]["price"], abs=ROUNDED_USD)
    whole = answer("shop", path)
    assert bought_before(whole) == sorted(line for each in lists for line in bought_before(each))
    assert list(frozen_twice(plan, whole)) == []
    at_once = Books(plan)
    at_once.live(whole)
    assert at_once.faults == []
    for key in ("price", "eaten"):
        sums = sum(shopping["total"][key] for shopping in lists)
        assert sums == pytest.approx(plan["till"][key], abs=ROUNDED_USD)
    for total in [plan["till"], *(shopping["total"] for shopping in lists)]:
        parts = [total[key] for key in ("eaten_of_price", "kept", "spoils")]
        assert min(parts) >= 0.0
        assert sum(parts) == pytest.approx(total["price"])
    missing = max(
        (line for line in lists[0]["lines"] if line["packages"]), key=lambda line: line["need_g"]
    )
    missing |= {"packages": 0, "buy": ""}
    books = Books(plan)
    books.live(lists[0])
    assert any(missing["food_id"] in fault for fault in books.faults)


def test_screen_list_explanation_and_files_say_the_same_sum(planned_once):
    words = ("--days", 7, "--diet", "vegetarian", "--without", "peanut", "--effort", "quick")
    week = planned_once(*words) / "plan.json"
    till = json.loads(week.read_text(encoding="utf-8"))["till"]
    assert answer("explain", week)["till"] == answer("shop", week)["total"] == till
    price = f"${till['price']:.2f}"
    assert f"First shop {price}" in " ".join(run("show", week).split())
    assert f"At checkout: {price} " in " ".join(run("shop", week).split())


def test_every_format_is_written_over_its_own_files_and_over_nothing_else(tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        run("export", WEEK, "--to", ALL, "--out", out)
        assert {path.name for path in out.iterdir()} == FILES
    recipe = next((out / "cooklang").glob("*.cook"))
    recipe.write_text(recipe.read_text(encoding="utf-8") + "\nMy own step.\n", encoding="utf-8")
    (out / "week.md").unlink()
    assert "was changed since" in ended("export", WEEK, "--to", "cooklang,md", "--out", out)[2]
    assert not (out / "week.md").exists()


def test_documents_and_paper_are_chosen_and_an_own_file_is_kept(tmp_path):
    words = ("export", WEEK, "--to", "pdf", "--pdf", "list,week", "--paper", "a4")
    out = tmp_path / "out"
    run(*words, "--out", out)
    assert {path.name for path in out.iterdir()} == {"week.pdf", "shopping_list.pdf"}
    (page,) = pypdfium2.PdfDocument(out / "week.pdf")
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [297, 210]
    (out / "week.pdf").write_bytes(b"mine")
    run(*words, "--out", out, code=1)
    assert (out / "week.pdf").read_bytes() == b"mine"
    run(*words, "--out", out, "--force")
    assert (out / "week.pdf.bak").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("who", "told"),
    [("woman_55", ["at least 320", "2,000", "of it from food", "Magnesium, a day:"]),
     ("pescatarian_man_72_uk", ["magnesium 4 h away from levothyroxine", "Men over 65"])],
)  # fmt: skip
def test_a_doctor_gets_one_page_with_means_pills_and_what_matters(tmp_path, who, told):
    plan = stored.folder(who) / "plan.json"
    run("export", plan, "--to", "pdf", "--pdf", "doctor", "--out", tmp_path)
    (page,) = pypdfium2.PdfDocument(tmp_path / "doctor.pdf")
    text = " ".join(page.get_textpage().get_text_bounded().split())
    assert "iron_mg" in read_settings(DOCUMENTS)["doctor"]["in_state"]["pregnant"]
    heads = ["For the doctor", "Magnesium, mg", "Sodium, mg", "Fiber, g", "Not medical advice"]
    assert [words for words in (*heads, *told) if words not in text] == []
    assert " --" not in text  # nobody types there


def test_the_settings_of_documents_name_templates_that_exist():
    documents = read_settings("documents/documents.toml")["documents"].values()
    shared = {"style.typ", "sheet.typ"}  # of all documents; of a sweep on paper
    named = {document["template"] for document in documents}
    assert {f"{name}.typ" for name in names_in("documents", ".typ")} == named | shared


def test_an_interrupt_before_the_first_weeks_ends_with_130(monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.table.replan.edit_weeks", stop)
    assert answer("replan", WEEK, "--ban", "tofu", code=130)["stopped"] is True
