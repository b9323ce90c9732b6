"""Every text is fit for paper, whatever letters it holds."""

import pytest

from planner.document.fonts import document_fonts, missing_texts, printable
from planner.settings import read_settings

FONTS = read_settings("documents/documents.toml")["fonts"]


def test_the_fonts_of_the_settings_are_installed_and_come_first():
    _, families = document_fonts()
    assert list(families[: len(FONTS["families"])]) == FONTS["families"]


def test_texts_of_values_keep_their_places():
    values = {"a": [["x", 1, None], {"b": "y\nz"}], "c": True}
    assert printable(values) == ({"a": [["x", 1, None], {"b": "y z"}], "c": True}, [])


@pytest.mark.parametrize(
    "text", ["*a* #b $c$ `d` <e> @f // \\ ~", "Zoë ½ °C – … µg ≥", "Ж Ω हिन्दी"]
)
def test_what_fonts_have_stays_as_it_is(text):
    assert printable(text) == (text, [])


def test_what_would_turn_the_direction_is_left_out_and_words_that_run_left_stand_alone():
    assert printable("a\u202eb \u05d0\u05d1 12")[0] == "ab \u2068\u05d0\u05d1\u2069 12"


def test_a_long_word_may_break_and_a_usual_one_may_not():
    assert printable(20 * "x")[0] == 20 * "x"
    assert printable(21 * "x")[0] == "\u200b".join(("x" * 10, "x" * 11))


def test_half_a_letter_is_no_letter():
    assert printable("a\ud800b") == ("a b", [])


def test_a_letter_without_a_font_is_replaced_alone():
    text, missing = printable("Miso 味噌 soup")
    assert text == f"Miso {2 * FONTS['substitute']} soup"
    assert len(missing) == 1


def test_each_package_of_fonts_is_named_once():
    thai, other = missing_texts("กข😀")
    assert "fontpkg-noto-sans-thai" in thai
    assert "emoji and other signs" in other
