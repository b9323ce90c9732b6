"""A language, as ``CONTRIBUTING.md`` tells it: a folder, and nothing in Python."""

import shutil

import pytest

from tests.changes.copying import ROOT, copy_of_project, recipe, run

pytestmark = pytest.mark.harden

PLAN = ROOT / "tests/golden/weeks/woman_55/plan.json"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Check that you have"
msgstr "Kijk of je dit hebt"
"""


def test_a_language_is_one_folder_and_what_it_does_not_say_is_said_in_english(tmp_path):
    folder = copy_of_project(tmp_path, "configs")
    languages = folder / "configs" / "languages"
    shutil.copytree(languages / "de", languages / "nl")
    about = (languages / "nl" / "language.toml").read_text(encoding="utf-8")
    about = about.replace("de_DE", "nl_NL").replace('name = "Deutsch"', 'name = "Nederlands"')
    (languages / "nl" / "language.toml").write_text(about, encoding="utf-8")
    (languages / "nl" / "messages.po").write_text(PO, encoding="utf-8")
    names = (languages / "nl" / "foods.csv").read_text(encoding="utf-8")
    names = names.replace("garlic,Garlic,Knoblauch", "garlic,Garlic,Knoflook")
    (languages / "nl" / "foods.csv").write_text(names, encoding="utf-8")

    told = run(folder, "shop", PLAN, "--lang", "nl")
    assert "Kijk of je dit hebt" in told
    assert "Knoflook" in told
    assert "At checkout" in told


def test_the_recipe_names_the_files_of_a_language():
    files = [one.replace("NAME", "de") for one in recipe("A language")]
    assert [one for one in files if not (ROOT / one).is_file()] == []
