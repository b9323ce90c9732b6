"""Values as a table of pandas, with the units of its columns; pandas is loaded when one is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foods.nutrient import known_nutrients

if TYPE_CHECKING:
    import pandas as pd

WORDS = ""  # the unit of a column without one
DATE = "date"
OF_ROW = "of its row"  # the column ``unit`` tells it


def as_frame(
    rows: Iterable[Mapping[str, Any]], units: Mapping[str, str], **about: Any
) -> pd.DataFrame:
    """Make a table of ``rows``, each column name → value; what a row lacks or has not is NaN.

    Parameters
    ----------
    rows
        The rows; names that are not in ``units`` are left out.
    units
        Column → unit, in order; ``WORDS`` for texts and numbers that only count, ``DATE`` for
        dates. A column with another unit holds floats.
    about
        What else stands in ``attrs`` beside ``units``.
    """
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(units))
    for name, unit in units.items():
        if unit != WORDS:
            frame[name] = frame[name].astype("datetime64[s]" if unit == DATE else float)
    measured = {name: unit for name, unit in units.items() if unit not in (WORDS, DATE)}
    frame.attrs.update({"units": measured, **about})
    return frame


def nutrient_units(per: str = "") -> Mapping[str, str]:
    """Return nutrient key → unit, such as ``"mg"``, or ``"mg/100 g"`` with ``per="/100 g"``."""
    return MappingProxyType({key: f"{one.unit}{per}" for key, one in known_nutrients().items()})
