"""Words within sentences: one or many, lists, capital letters."""

from __future__ import annotations

from collections.abc import Sequence


def plural(count: float, one: str, many: str) -> str:
    """Return the words for one, or for any other count."""
    return one if count == 1 else many


def listed(names: Sequence[str]) -> str:
    """Return names one after another: ``"a, b and c"``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def joined(sentences: Sequence[str]) -> str:
    """Return sentences one behind the other; from the second on they begin with a capital."""
    return " ".join([*sentences[:1], *map(capital, sentences[1:])])


def capital(text: str) -> str:
    """Return a text that begins with a capital letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a text that begins with a small letter; the rest stays as it is."""
    return text[:1].lower() + text[1:]


def short_name(name: str) -> str:
    """Return a name within a list, without what stands behind a comma or in brackets."""
    return lowered(name.split(", ")[0].split(" (")[0])
