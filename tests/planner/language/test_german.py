"""A plan, its list and its documents in German; what is read again by a program in no language."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from planner.cli import cli
from planner.errors import ConfigError
from planner.export.as_json import answer_to
from planner.export.shopping import shopping_answer, shopping_as_csv
from planner.export.wishes import wishes_text
from planner.language.errors import error_said
from planner.language.spoken import language, speaking, spoken
from planner.meals.patterns import read_pattern
from planner.request.read import request_from_dict
from tests.one_eater import as_text, of_one
from tests.papers import Paper, words_of
from tests.reports import make_report

PLAN = Path(__file__).parents[2] / "golden" / "weeks" / "woman_55" / "plan.json"


def run(*args, **more):
    result = CliRunner().invoke(cli, [*map(str, args)], **more)
    assert result.exception is None, result.output
    return result.output


@pytest.fixture(scope="module")
def day():
    return run("show", PLAN, "--day", 1, "--lang", "de")


@pytest.fixture(scope="module")
def shopped():
    return run("shop", PLAN, "--lang", "de", "--meals")


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    out = tmp_path_factory.mktemp("documents")
    run("export", PLAN, "--to", "md,csv", "--out", out, "--lang", "de")
    return out


def test_a_day_is_german_but_for_its_steps_and_says_so(day):
    for text in ("Tag 1", "Frühstück: ", "Abendessen: ", "Dazu: ", "auf Englisch):", "Bitte lesen"):
        assert text in day
    for text in ("Breakfast", "To drink", "Please read", " cup", "tbsp", "°F)"):
        assert text not in day


def test_a_german_day_measures_as_a_german_kitchen_does(day):
    assert " EL " in day
    assert " TL " in day
    assert " oz" not in day


def test_no_warning_is_lost_in_german(day):
    english = run("show", PLAN, "--day", 1)
    count = len([line for line in english.partition("Please read")[2].splitlines() if line])
    german = [line for line in day.partition("Bitte lesen")[2].splitlines() if line]
    assert len(german) >= count
    assert "Mit einer Nierenkrankheit oder einem kaliumsparenden Arzneimittel" in " ".join(german)
    assert "Kein medizinischer Rat" in " ".join(german)


def test_the_list_is_german_and_sorted_by_german_names(shopped):
    assert "Einkaufsliste für 1 Person" in shopped
    aisle = shopped.partition("Obst und Gemüse")[2].partition("\n\n")[0]
    names = [line[4:].split("  ")[0] for line in aisle.splitlines() if line.startswith("[ ]")]
    assert names == sorted(names, key=str.casefold)
    assert len(names) > 10
    assert "Packung" in shopped
    for text in (" of ", "bag", "bunch", "Left over", "day "):
        assert text not in shopped


def test_the_list_buys_in_german_what_it_buys_in_metric_units_in_english(shopped):
    own = json.loads(run("shop", PLAN, "--lang", "de", "--json"))
    eu = json.loads(run("shop", PLAN, "--shops", "eu", "--json"))
    assert {(one["food_id"], one["packages"]) for one in own["lines"]} == {
        (one["food_id"], one["packages"]) for one in eu["lines"]
    }
    assert all("Packung" not in one["buy"] for one in own["lines"])  # JSON is in no language


def test_the_handout_is_german_and_so_is_its_table_of_figures(document):
    text = (document / "week.md").read_text(encoding="utf-8")
    for part in ("# Mahlzeiten für 7 Tage", "## Einkaufsliste", "## Bitte lesen",
                 "Die Schritte der Rezepte sind auf Englisch."):  # fmt: skip
        assert part in text
    assert "# A week of meals" not in text
    assert "| Kühlschrank |" in text  # of labels
    header = (document / "week.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.startswith("Tag;Datum;Mahlzeit")
    meals = csv.DictReader((document / "meals.csv").open(encoding="utf-8-sig"), delimiter=";")
    held = [float(row["Magnesium mg"].replace(",", ".") or 0) for row in meals]
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    assert sum(held) == pytest.approx(plan["week"]["totals"]["magnesium_mg"])


def test_the_week_and_the_list_on_paper_are_german(tmp_path):
    names = ("--to", "pdf", "--pdf", "week,list")
    run("export", PLAN, *names, "--out", tmp_path, "--lang", "de")
    week = Paper((tmp_path / "week.pdf").read_bytes())
    shopping = Paper((tmp_path / "shopping_list.pdf").read_bytes())
    assert week.read.root_object["/Lang"] == "de"
    assert week.sizes_mm == {(297, 210)}  # A4, upright or not, though its plan has US units
    for text in ("Tag 1", "Frühstück", "Abendessen"):
        assert words_of(text) in words_of(week.text)
    for text in ("Einkaufsliste", "Obst und Gemüse", "Packung", "Vorrat prüfen", "An der Kasse"):
        assert words_of(text) in words_of(shopping.text)
    for text in ("Breakfast", "Shopping list", "Left over"):
        assert words_of(text) not in words_of(week.text + shopping.text)


def test_a_document_for_another_program_is_english_and_says_so(tmp_path):
    told = run("export", PLAN, "--to", "todo.txt,md", "--out", tmp_path, "--lang", "de")
    assert "--to todo.txt: auf Englisch" in told
    assert "Buy " in (tmp_path / "todo.txt").read_text(encoding="utf-8")
    assert "Frühstück" in (tmp_path / "week.md").read_text(encoding="utf-8")


def test_the_page_and_the_workbook_are_german(tmp_path):
    run("export", PLAN, "--to", "html,xlsx", "--out", tmp_path, "--lang", "de")
    page = (tmp_path / "week.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    for text in ("Zur Woche springen", "Frühstück", "Einkaufsliste", "Gegen", "Bitte lesen"):
        assert text in page
    for text in ("Breakfast", "Shopping", "Please read", "Mean a day", "Price"):
        assert text not in page
    sheets = load_workbook(tmp_path / "week.xlsx")
    assert sheets.sheetnames == ["Plan", "Mahlzeiten", "Nährstoffe", "Einkauf", "Ziele", "Über"]
    heads = [cell.value for cell in sheets["Einkauf"][1] if cell.value != "Einkauf Nr."]
    assert heads[:4] == ["Gekauft", "Abteilung", "Lebensmittel", "Nehmen"]
    assert sheets["Plan"]["B2"].value == "Frühstück"
    rules = {cell.value for cell in sheets["Ziele"]["I"]}
    assert {"70 % von RDA", "Energiespanne", "Spanne Ca:Mg"} <= rules
    assert "bestätigt" in {cell.value for cell in sheets["Ziele"]["J"]}


def test_files_that_are_read_again_are_the_same_in_every_language():
    report = of_one(make_report(2))
    shopping = report.shopping

    def written():
        values = answer_to(report).json_values()
        values.pop("created", None)
        return (
            json.dumps(values, default=str),
            shopping_as_csv(shopping),
            json.dumps(shopping_answer(shopping).json_values()),
        )

    english = written()
    with speaking("de"):
        assert written() == english
        assert language() == "de"


def test_a_text_is_english_again_after_a_german_one():
    report = make_report(2)
    english = as_text(report)
    with speaking("de"):
        assert "Frühstück" in as_text(report)
    assert as_text(report) == english


@pytest.mark.parametrize(
    ("machine", "word"), [("de_AT.UTF-8", "Einkaufsliste"), ("C", "Shopping list")]
)
def test_auto_asks_the_environment_and_nothing_else_does(machine, word):
    env = {"LC_ALL": machine}
    assert word in run("shop", PLAN, "--lang", "auto", env=env)
    assert "Shopping list" in run("shop", PLAN, env=env)


def test_an_unknown_language_is_answered_with_those_there_are():
    result = CliRunner().invoke(cli, ["shop", str(PLAN), "--lang", "tlh"])
    assert result.exit_code == 2
    assert "'de'" in result.output


def test_the_judge_says_his_figures_with_decimal_commas():
    told = run("check", PLAN, "--lang", "de")
    assert "Der Plan hält stand" in told
    (row,) = [line for line in told.splitlines() if line.startswith("Calcium zu Magnesium")][-1:]
    assert "1,00-2,00" in row, row


def test_the_judge_says_what_is_wrong_in_german(tmp_path):
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    plan["seed"] = 7
    plan["days"][0]["meals"][0]["items"][0]["ingredients"][0]["mass_g"] = 77
    del plan["days"][2]["meals"][1]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", str(path), "--lang", "de"]).output
    assert "Der Plan nennt 7 als seed, die Anfrage meint 0." in told
    assert "Tag 3: Mittagessen fehlt." in told
    first = plan["days"][0]["meals"][0]["items"][0]
    grams = f"{first['mass_g']:g}".replace(".", ",")
    assert re.search(rf"Tag 1, Frühstück, [^:]+: {grams} g sind", " ".join(told.split()))
    faults = told.partition("Fehler")[2]
    assert first["name"] not in faults
    for text in ("Day ", "states", "The plan", "Breakfast"):
        assert text not in faults
    english = CliRunner().invoke(cli, ["check", str(path)]).output
    assert "The plan states 7 as seed, the request means 0." in english


def test_foods_compounds_and_facts_are_german():
    food = run("foods", "show", "tahini", "--lang", "de")
    assert "Tahin (Sesammus) (tahini)" in food
    assert "0,5 bis 2 tbsp in Schritten von 0,5, höchstens 5-mal in der Woche" in food
    compound = run("supplements", "show", "magnesium oxide", "--compound-mg", 400, "--lang", "de")
    assert "Magnesiumoxid (MgO)" in compound
    assert "400 mg der Verbindung enthalten 241,2 mg Magnesium" in compound
    facts = run("facts", "--topic", "ratio", "--lang", "de")
    assert "Hier: wird eine Grenze" in facts
    assert "Source:" not in facts
    traced = run("explain", "--source", "magnesium", "--lang", "de")
    assert "im Mittel der Woche: mindestens 320 mg. Regel: RDA." in traced
    assert "Rows behind" not in traced


def test_help_that_names_what_there_is_is_german():
    with speaking("de"):
        told = " ".join(run("plan", "--help").split())
    assert "Wie Mahlzeiten aufgebaut sind: three_meals_two_snacks, " in told
    assert "oder eine eigene Datei" in told


def test_faults_of_a_file_of_ones_own_are_german(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('name = ""\n[[place]]\nid = "x"\nslot = "brunch"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_pattern(str(path))
    assert "slot 'brunch' is not one of breakfast, lunch" in str(caught.value)
    with speaking("de"):
        told = spoken(error_said(caught.value))
    assert "Platz x: slot 'brunch' ist keines von breakfast, lunch" in told
    assert " must " not in told


def test_json_of_a_command_is_english_whatever_is_spoken():
    assert json.loads(run("targets", "--age", 40, "--json")) == json.loads(
        run("targets", "--age", 40, "--json", "--lang", "de")
    )


def test_a_safety_answer_and_its_refusals_are_german():
    result = CliRunner().invoke(
        cli,
        ["safety", "--age", "70", "--egfr", "40", "--medicine", "levothyroxine", "--lang", "de"],
    )
    told = " ".join(result.output.split())
    assert "Magnesiumpräparat: zuerst fragen" in told
    for text in ("Fragen Sie Ihre Nierenpraxis", "Zu klären", "Schilddrüsenhormon"):
        assert text in told
    for text in ("Ask your", "Understood", "To know"):
        assert text not in told


def test_wishes_name_what_is_left_over_and_supplements_in_german():
    asked = request_from_dict(
        {
            "preferences": {"use": {"leftover rice": 300}},
            "supplements": [{"name": "magnesium citrate", "amount_mg": 100, "kind": "elemental"}],
        }
    )
    with speaking("de"):
        told = wishes_text(asked)
    assert "Reis (Rest)" in told
    assert "Magnesiumcitrat" in told
