import gc
import json
import subprocess
import sys
from datetime import date

import pytest

from planner.language.figures import Figured, date_as, price_as
from planner.language.names import measured, named, packed
from planner.language.spoken import (
    _,
    joined_said,
    known_languages,
    language,
    ngettext,
    number_text,
    said,
    said_at,
    speaking,
    spoken,
    told,
)
from tests.sentences import ROOT

TITLE = "Please read"


def test_english_is_spoken_until_another_language_is_asked_for_and_again_after_it():
    assert (language(), _(TITLE)) == ("en", TITLE)
    with speaking("de"):
        assert (language(), _(TITLE)) == ("de", "Bitte lesen")
        with speaking("en"):
            assert _(TITLE) == TITLE
    assert language() == "en"


def test_what_fails_while_german_is_spoken_leaves_english_behind():
    with pytest.raises(ZeroDivisionError), speaking("de"):
        _ = 1 / 0
    assert language() == "en"


def test_a_block_that_is_never_left_ends_no_other_one():
    """A command that is typed wrongly leaves its own open, until nobody holds it any more."""
    with speaking("en"):
        left_open = speaking("en")
        left_open.__enter__()
        with speaking("de"):
            del left_open
            gc.collect()
            assert language() == "de"


def test_a_language_is_a_folder():
    assert {"de", "en"} <= set(known_languages())


def test_what_the_catalogue_does_not_have_is_said_in_english_and_never_dropped():
    with speaking("de"):
        assert _("Ask your clinic about nothing in particular.").startswith("Ask your clinic")
        assert spoken("") == ""
        assert named("Aunt Ida's cake") == "Aunt Ida's cake"
        assert spoken(said("{what} of my own", what=said("Iron"))) == "Eisen of my own"


def test_a_sentence_made_in_english_is_said_anew_in_german_with_its_figures():
    text = said("{names}: {share} %", names="Zink", share=1.5)  # a name of a person stays
    assert text == "Zink: 1.5 %"
    with speaking("de"):
        assert spoken(text) == "Zink: 1,5 %"
    assert json.loads(json.dumps({"text": text})) == {"text": "Zink: 1.5 %"}


def test_a_sentence_is_filled_in_later_and_by_attributes():
    text = said("{of.real:g} g of {what}").format(of=1.5, what=said("Iron"))
    assert text == "1.5 g of Iron"
    with speaking("de"):
        assert spoken(said("{of.real:g}").format(of=1.5)) == "1,5"
        assert spoken(text) == "1,5 g of Eisen"


def test_whole_numbers_and_figures_in_words_have_the_marks_of_the_language():
    assert told("{count:,}", count=1234) == "1,234"
    with speaking("de"):
        assert told("{count:,}", count=1234) == "1.234"
        assert told("{cost}", cost=Figured("1.50")) == "1,50"
        assert told("{is_so}", is_so="1.5") == "1.5"  # what somebody wrote


def test_a_fault_stands_behind_its_place():
    fault = said_at(said("the saved file"), said("id stands twice"))
    assert fault == "the saved file: id stands twice"
    with speaking("de"):
        assert spoken(fault) == "die gespeicherte Datei: die id steht zweimal da"


def test_sentences_put_together_begin_with_a_capital_from_the_second_on():
    none = said("no {meals}; the other meals cover the day's targets.", meals=said("lunch"))
    holiday = said("a holiday, with the time of a weekend.")
    both = joined_said([none, holiday])
    assert both == (
        "no lunch; the other meals cover the day's targets. A holiday, with the time of a weekend."
    )
    with speaking("de"):
        assert spoken(both).startswith("ohne Mittagessen; die anderen Mahlzeiten decken den Tag. F")
    assert joined_said([]) == ""


@pytest.mark.parametrize(("count", "text"), [(1, "noch 1 Tag"), (2, "noch 2 Tage")])
def test_plurals_go_by_the_rule_of_the_language(count, text):
    with speaking("de"):
        many = ngettext("for {count} more day", "for {count} more days", count)
        assert many.format(count=count) == text


def test_figures_prices_and_dates_have_the_marks_of_the_language():
    day = date(2026, 3, 6)  # a Friday
    assert (number_text("1,039.5"), price_as(1039.5)) == ("1,039.5", "$1,039.50")
    with speaking("de"):
        assert (number_text("1,039.5"), price_as(1039.5)) == ("1.039,5", "1.039,50 $")
        assert date_as(day, "day") == "Fr. 6. März"
        assert date_as(day, "long_day") == "Freitag, 6. März 2026"


@pytest.mark.parametrize(
    ("words", "german"),
    [
        ("1/2 cup", "1/2 Tasse"),
        ("1 1/2 cups", "1 1/2 Tassen"),
        ("scant 1/2 tsp", "knapp 1/2 TL"),
        ("generous 1/3 tsp", "gut 1/3 TL"),
        ("2 medium", "2 mittelgroße"),
        ("1,250 ml", "1.250 ml"),
        ("1.5 servings", "1,5 Portionen"),
        ("1 lb 2 oz", "1 lb 2 oz"),  # no measure of a German kitchen, and not lost
        ("3 (130 g)", "3 (130 g)"),
        ("1.5 L (6 glasses)", "1,5 L (6 Gläser)"),
        ("1 dose of 200 mg", "1 Dosis à 200 mg"),
        ("", ""),
    ],
)
def test_an_amount_of_a_kitchen_is_said_in_its_words(words, german):
    assert measured(words) == words
    with speaking("de"):
        assert measured(words) == german


def test_a_measure_goes_with_the_gender_of_its_food():
    with speaking("de"):
        assert measured("1 medium", "banana") == "1 mittelgroße"
        assert measured("1 medium", "apple") == "1 mittelgroßer"
        assert measured("2 medium", "apple") == "2 mittelgroße"
        assert measured("1 large", "egg_raw") == "1 großes"


def test_packages_are_called_as_the_food_is_sold():
    with speaking("de"):
        assert packed("2 cans of 400 g") == "2 Dosen à 400 g"
        assert packed("1 pack of 6") == "1 Packung mit 6 Stück"
        assert packed("2 heads of 50 g", "garlic") == "2 Knollen à 50 g"
        assert packed("2 heads of 410 g", "broccoli_raw") == "2 Köpfe à 410 g"


def test_a_supplement_keeps_whether_it_is_taken_already():
    with speaking("de"):
        assert named("Magnesium citrate, taken already") == "Magnesiumcitrat, wird schon genommen"
        assert named("Magnesium citrate, added") == "Magnesiumcitrat, vom Plan ergänzt"


def test_english_loads_no_library_of_languages():
    code = (
        "import sys; from planner.language.names import named; "
        "from planner.language.spoken import _, number_text; "
        "from planner.language.figures import price_as; "
        "named('Apple'), _('Day'), number_text('1.5'), price_as(2.0); "
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
