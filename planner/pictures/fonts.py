"""Which fonts there are to draw with, and which letters none of them has; and what draws, loaded.

Why it is loaded here: matplotlib reads settings of the reader and of the folder that one stands in,
speaks of them, and stops at some of them.
"""

from __future__ import annotations

import logging
import os
from functools import cache

from planner.settings import read_settings

_LIBRARY, _WISH = "matplotlib", "MPLBACKEND"  # the wish for another way to draw


@cache
def load_matplotlib() -> None:
    """Load matplotlib without a word of its own, whatever the reader has set for it."""
    log, wish = logging.getLogger(_LIBRARY), os.environ.pop(_WISH, None)
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        import matplotlib.font_manager  # noqa: F401  what follows finds it loaded
    finally:
        log.setLevel(level)
        if wish is not None:
            os.environ[_WISH] = wish


@cache
def fonts_at_hand() -> tuple[str, ...]:
    """Name the fonts of ``configs/pictures.toml`` that are here; the first one always is."""
    load_matplotlib()
    from matplotlib.font_manager import fontManager

    first, *others = read_settings("pictures.toml")["fonts"]
    here = {entry.name for entry in fontManager.ttflist}
    return (first, *(name for name in others if name in here))


@cache
def letters_at_hand() -> frozenset[int]:
    """Return the letters, as code points, that one of the fonts has."""
    load_matplotlib()
    from matplotlib.font_manager import FontProperties, fontManager
    from matplotlib.ft2font import FT2Font

    paths = [fontManager.findfont(FontProperties(family=name)) for name in fonts_at_hand()]
    return frozenset(letter for path in paths for letter in FT2Font(path).get_charmap())


def letters_missing(text: str) -> str:
    """Return the letters of a text that no font here has, each once; they are drawn as boxes."""
    shown = (letter for letter in dict.fromkeys(text) if not letter.isspace())
    return "".join(letter for letter in shown if ord(letter) not in letters_at_hand())
