"""The grammar of pictures: panels of places, with values, bands and words; as data, not yet drawn.

Why every panel has its figures as words beside its numbers: what is drawn, and what is read out to
those who do not see it, are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

COLUMNS, POINTS, BARS, CURVE = "columns", "points", "bars", "curve"
KINDS = (COLUMNS, POINTS, BARS, CURVE)
Values = tuple[float | None, ...]
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one part, one at each place of its panel.

    Parameters
    ----------
    part
        What it is drawn with: a key of ``[parts]`` in ``configs/pictures.toml``.
    name
        Its name, in words.
    values
        In the unit of the panel; ``None`` is unknown and not drawn. In columns and bars each
        series stands on those before it.
    """

    part: str
    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class Band:
    """What is wanted or what can be at each place.

    Parameters
    ----------
    name
        The band in words: ``"at least 320"``.
    lower, upper
        Inclusive bounds in the unit of the panel; ``None`` leaves that side open.
    told
        The band at each place, where it is too long to be written; empty: as its name.
    word
        What it is.
    """

    name: str
    lower: Values
    upper: Values
    told: str = ""
    word: str = "wanted"

    @classmethod
    def level(cls, name: str, lower: float | None, upper: float | None, count: int) -> Band:
        """Return a band that is the same at ``count`` places."""
        return cls(name, (lower,) * count, (upper,) * count)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a curve of which something is said, or a single place of it.

    Parameters
    ----------
    name
        What is said; the labels of its places say it too.
    first, last
        Where it begins and ends on the axis; the same for a single place.
    """

    name: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes.

    Parameters
    ----------
    kind
        ``"columns"``: upright, from zero; ``"points"``: on an axis that need not have its zero;
        ``"bars"``: lying, from zero, each with its name; ``"curve"``: values over a number.
    title
        What is shown, with its unit.
    places
        Name of each place.
    series
        The values.
    labels
        The figure at each place in words, as it is printed and read out.
    bands
        What is wanted.
    at
        Where each place stands on the axis; one after another where nothing is said.
    along
        What the places of a curve are, with the unit.
    most
        Where the axis of bars ends: what is longer is cut and marked; ``None``: at the longest.
    marks
        Stretches and single places of a curve of which something is said.

    Raises
    ------
    ValueError
        When the kind is not known, or something has not a value at each place.
    """

    kind: str
    title: str
    places: tuple[str, ...]
    series: tuple[Series, ...]
    labels: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    at: tuple[float, ...] = ()
    along: str = ""
    most: float | None = None
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "along"):
            object.__setattr__(self, name, visible(getattr(self, name)))
        for name in ("places", "labels"):
            object.__setattr__(self, name, tuple(map(visible, getattr(self, name))))
        if self.kind not in KINDS:
            raise ValueError(f"{self.title}: unknown kind {self.kind!r}")
        counts = {len(series.values) for series in self.series} | {len(self.labels)}
        counts |= {len(side) for band in self.bands for side in (band.lower, band.upper)}
        counts |= {len(self.at)} if self.at else set()
        if counts != {len(self.places)}:
            raise ValueError(f"{self.title}: not a value for each of {len(self.places)} places")

    @property
    def positions(self) -> tuple[float, ...]:
        """Where each place stands on the axis."""
        return self.at or tuple(float(number) for number in range(len(self.places)))

    @property
    def tops(self) -> Values:
        """What all series together reach at each place; ``None`` where none of them is known."""
        columns = zip(*(series.values for series in self.series), strict=True)
        known = [[value for value in column if value is not None] for column in columns]
        return tuple(sum(values) if values else None for values in known)

    @property
    def numbers(self) -> tuple[float, ...]:
        """All values that are known, as far as they stand on each other, added up."""
        if self.kind in (COLUMNS, BARS):
            return tuple(value for value in self.tops if value is not None)
        every = chain.from_iterable(series.values for series in self.series)
        return tuple(value for value in every if value is not None)

    @property
    def bounds(self) -> str:
        """What the bands say, as it is written: ``"wanted: at least 320"``; empty without any."""
        return "; ".join(f"{band.word}: {band.name}" for band in self.bands)

    @property
    def words(self) -> str:
        """The panel as a sentence: its title, its bands, each place with its figure."""
        told = [
            f"{place} {label}".replace("\n", " ")
            for place, label in zip(self.places, self.labels, strict=True)
        ]
        bands = "; ".join(f"{band.word}: {band.told or band.name}" for band in self.bands)
        wanted = f" ({bands})" if bands else ""
        told_along = f" by {self.along}"
        along = told_along if self.along else ""
        return f"{self.title}{along}{wanted}: {'; '.join(told)}."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one or more panels, one below another.

    Parameters
    ----------
    name
        Its name as a file, without an ending: lower-case letters, digits, ``_``.
    title
        Its heading.
    panels
        At least one.
    """

    name: str
    title: str
    panels: tuple[Panel, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", visible(self.title))

    @property
    def text(self) -> str:
        """The picture in words, with all its figures."""
        return " ".join(panel.words for panel in self.panels)


def visible(text: str) -> str:
    """Put a sign in place of what no file may hold: orders to a terminal, halves of letters."""
    return _UNSEEN.sub(_IN_ITS_PLACE, text)
