"""The catalogues of sentences: what is missing in them is listed here, and nothing else is."""

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from planner.language.spoken import ENGLISH, known_languages
from tests.sentences import (
    CODE,
    FAULTS_SAID,
    NOTES,
    ROOT,
    bare_texts,
    filled_in,
    listed_unsaid,
    of_code,
    of_data,
    of_pages,
    of_words,
    unsaid,
)

OTHERS = [name for name in known_languages() if name != ENGLISH]
UNTRANSLATED: dict[str, tuple[str, ...]] = {"de": ()}  # how what is said in English begins
SHOWN = {  # commands, units, marks, and ends of English names that are cut off
    "magplan: ", "<!-- magplan -->", "Ca:Mg ", " kcal", " cm", " kg", "Mg mg", "Ca mg",
    "magplan plan …",
    "magplan show ", "magplan plan --sex m --age 40 --height 178 --weight 80", " without ",
    ": ", " mg", ", Ca ", "Mg ", " doi ", " Places: ", "^\\d+ % of ", "(_low|_high)?( \\(US\\))?$",
    " with ", " drained", "Canned ", " of ", "without ",
}  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def sentences():
    """Give every text that is to be translated; of a plural (one, many)."""
    return {**of_pages(), **of_code(), **of_data(), **of_words()}


def catalogue(name):
    """Give text → translation of a language's file; of plurals (one, many) → both."""
    path = ROOT / "configs/languages" / name / "messages.po"
    messages = read_po(path.read_text(encoding="utf-8").splitlines(), name)
    return {one.id: one.string for one in messages if one.id}


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_is_translated_but_those_that_are_listed(name):
    held = catalogue(name)
    missing = sorted(str(one) for one in sentences() if not held.get(one))
    assert len(missing) == len(UNTRANSLATED[name]), missing
    for text, begins in zip(missing, UNTRANSLATED[name], strict=True):
        assert text.startswith(begins)


@pytest.mark.parametrize("name", OTHERS)
def test_no_translation_is_left_of_a_sentence_that_is_gone(name):
    assert set(catalogue(name)) - set(sentences()) == set()


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_fills_in_what_its_sentence_fills_in(name):
    for text, given in catalogue(name).items():
        for one, other in zip(_each(text), _each(given), strict=True):
            assert fields(one) == fields(other), other


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_has_the_figures_of_its_sentence(name):
    for text, given in catalogue(name).items():
        for one, other in zip(_each(text), _each(given), strict=True):
            assert figures(one) == figures(other), other


def test_a_figure_that_differs_would_be_found():
    assert figures("at most 1.3 g, 2,300 mg") == figures("höchstens 1,3 g, 2.300 mg")
    assert figures("at most 1.3 g") != figures("höchstens 13 g")


def fields(text):
    """Give what is filled in, with how it is written."""
    return {(name, how, mark) for _, name, how, mark in Formatter().parse(text) if name}


def figures(text):
    """Give the figures of a text, whatever marks they are written with."""
    bare = re.sub(r"\{[^}]*\}", "", text)
    return sorted(one.replace(".", ",") for one in _FIGURE.findall(bare))


def _each(text):
    return text if isinstance(text, tuple) else (text,)


def test_what_a_reader_sees_comes_from_the_catalogue_but_for_what_is_listed():
    most = listed_unsaid()
    told = {path: [one for one in texts if one not in SHOWN] for path, texts in unsaid().items()}
    assert {path: texts for path, texts in told.items() if len(texts) > most.get(path, 0)} == {}
    assert [path for path in most if not told.get(path)] == []


def lacking(paths=None):
    """Give the calls that fill in a sentence and leave one of its fields out."""
    return [
        (name, line, text)
        for name, line, text, given in filled_in(paths)
        if {re.split(r"[.\[]", field)[0] for field, _, _ in fields(text)} - given
    ]


def test_a_sentence_is_given_all_that_it_fills_in():
    assert lacking() == []
    assert len([*filled_in()]) > 500


def test_each_fault_of_the_file_is_called_by_its_name():
    called = set()
    for path in CODE:
        calls = re.findall(
            r"""\bfault(?:_said)?\(\s*(?:\w+,\s*)?"(\w+)\"""", path.read_text("utf-8")
        )
        called |= set(calls)
    assert called == set(FAULTS_SAID)


def test_each_note_of_the_file_is_called_by_its_name():
    texts = "".join(path.read_text(encoding="utf-8") for path in CODE)
    how = ("shown_under", "shown_in_state", "wish_under", "wish_in_state")  # by two words
    assert [one for one in NOTES if one not in how and f'"{one}"' not in texts] == []


def test_a_sentence_that_lacks_a_value_would_be_found(tmp_path):
    code = 'said("{day}: no {slot}").format(day=1)\ntold("{one.name}", two=2)\nsaid("{a}", a=1)\n'
    (tmp_path / "bare.py").write_text(code, encoding="utf-8")
    assert [line for _, line, _ in lacking([tmp_path / "bare.py"])] == [1, 2]


def test_a_bare_sentence_would_be_found(tmp_path):
    code = 'def told(name):\n    """Say it."""\n    return f"{name} is close to its bound."\n'
    (tmp_path / "bare.py").write_text(code, encoding="utf-8")
    assert [text for _, text in bare_texts(tmp_path / "bare.py")] == [" is close to its bound."]
