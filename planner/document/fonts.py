"""Fonts for paper, from libraries, and a visible substitute where none has a letter.

Letters of one word come from one font or another, so it is the typesetter that is asked whether it
can show a word, and no list of ours.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from planner.pictures.fonts import load_matplotlib
from planner.settings import read_settings

if TYPE_CHECKING:
    import typst

DOCUMENTS = "documents/documents.toml"
TAGGED: Final = "ua-1"  # PDF/UA-1: tags, title, language, and no letter without its shape

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z\\n]*[{_RIGHT_TO_LEFT}])?")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn what stands behind a name
_LATIN = "[!-~\u00c0-\u024f]"
_ISOLATED = "\u2068{}\u2069"
_PROBE = b"""#set document(title: "probe")
#set text(lang: "en", font: json(bytes(sys.inputs.fonts)), fallback: false)
#for word in json(bytes(sys.inputs.words)) [#block(word) #block(strong(word))]"""


class Svg(str):
    """A drawing among the values of a template: it is left as it is."""

    __slots__ = ()


@cache
def document_fonts() -> tuple[typst.Fonts, tuple[str, ...]]:
    """Return the fonts of the installed font packages, and the families in order of preference."""
    import fontpkg
    import typst

    load_matplotlib()
    import matplotlib

    folders = {str(file.path.parent) for font in fontpkg.families().values() for file in font.files}
    folders.add(f"{matplotlib.get_data_path()}/fonts/ttf")  # what pictures are drawn with
    fonts = typst.Fonts(include_system_fonts=False, font_paths=sorted(folders))
    first: Sequence[str] = read_settings(DOCUMENTS)["fonts"]["families"]
    others = {one.family for one in fonts.fonts() if one.path is None}  # come with the typesetter
    others |= {family.name for family in fontpkg.families().values()}
    found = fonts.families()
    families = (*first, *sorted(others - {*first}))
    return fonts, tuple(family for family in families if family in found)


def printable(values: Any) -> tuple[Any, list[str]]:
    """Make every text of JSON values fit for paper.

    Line ends and what no page shows become blanks, words that run from right to left stand by
    themselves, long ones may break, and letters that no font has are replaced.

    Returns
    -------
    The values, and a line on each kind of letters that could not be shown.
    """
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return text

    _mapped(values, keep)
    words = {word for text in texts for word in _plain(text).split() if not word.isascii()}
    fixed = _substitutes(words)
    lost = {c for word, shown in fixed.items() for c in set(word) - set(shown)}
    return _mapped(values, partial(_fitted, fixed=fixed)), missing_texts(lost)


def missing_texts(letters: Iterable[str]) -> list[str]:
    """List which font packages have the letters that cannot be shown, a line for each package."""
    fonts = read_settings(DOCUMENTS)["fonts"]
    found: dict[str, list[str]] = {}
    for letter in sorted(letters):
        name = unicodedata.name(letter, "")
        scripts = (s for s in fonts["scripts"] if name.startswith(tuple(s["begins"])))
        script: Mapping[str, Any] = next(scripts, {})
        is_sign = unicodedata.category(letter) == "So" or not name
        what = str(fonts["signs"] if is_sign else script.get("name") or name.split()[0].title())
        what = what
        package = script.get("package")
        found.setdefault(f"`pip install {package}`" if package else "", []).append(what)
    return [
        str(fonts["missing"]).format(
            what=", ".join(dict.fromkeys(names)),
            substitute=fonts["substitute"],
            package=package or str(fonts["any"]),
        )
        for package, names in found.items()
    ]


def _mapped(values: Any, fit: Callable[[str], str]) -> Any:
    """Return JSON values with ``fit`` done to each text but drawings."""
    if isinstance(values, str):
        return values if isinstance(values, Svg) else fit(values)
    if isinstance(values, Mapping):
        return {key: _mapped(value, fit) for key, value in values.items()}
    return [_mapped(one, fit) for one in values] if isinstance(values, (list, tuple)) else values


def _fitted(text: str, fixed: Mapping[str, str]) -> str:
    words = (_breakable(fixed.get(word, word)) for word in _plain(text).split())
    return _RUN.sub(lambda run: _ISOLATED.format(run[0]), " ".join(words))


def _breakable(word: str) -> str:
    """Let a long word of Latin letters and signs break, so that it stays in its column."""
    fonts = read_settings(DOCUMENTS)["fonts"]
    if len(word) <= fonts["longest_word"]:
        return word
    count = fonts["break_after"]
    return re.sub(rf"({_LATIN}{{{count}}})(?={_LATIN}{{{count // 2}}})", "\\1\u200b", word)


def _plain(text: str) -> str:
    """Return a text without what is no letter: controls, halves of letters, turns of direction."""
    text = unicodedata.normalize("NFC", _TURNS.sub("", text))
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)


def _substitutes(words: Iterable[str]) -> dict[str, str]:
    """Return for each word that cannot be shown what is shown for it."""
    stand_in = str(read_settings(DOCUMENTS)["fonts"]["substitute"])
    failing = _failing(sorted(words))
    lost = set(_failing(sorted({letter for word in failing for letter in word})))
    fixed = {}
    for word in failing:
        shown = "".join(stand_in if c in lost else c for c in word)
        whole = shown if not _failing([shown]) else None
        fixed[word] = whole or "".join(c if c.isascii() else stand_in for c in word)
    return fixed


def _failing(words: Sequence[str]) -> list[str]:
    """Return the words that the typesetter cannot show, found by halving."""
    if not words or _shows(words):
        return []
    if len(words) == 1:
        return list(words)
    middle = len(words) // 2
    return [*_failing(words[:middle]), *_failing(words[middle:])]


def _shows(words: Sequence[str]) -> bool:
    import typst

    fonts, families = document_fonts()
    asked = {"words": json.dumps(words), "fonts": json.dumps(families)}
    try:
        typst.compile(_PROBE, font_paths=fonts, sys_inputs=asked, pdf_standards=[TAGGED])
    except typst.TypstError:
        return False
    return True
