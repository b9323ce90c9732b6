"""Read standards: those of ``configs/standards``, and a person's own."""

from __future__ import annotations

from functools import cache

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.settings import read_settings, read_text
from planner.standards.ids import is_own_standard, read_standard_id
from planner.standards.own import read_own_standard
from planner.standards.planned import check_planned
from planner.standards.rows import parse_reference_values
from planner.standards.standard import Standard


def read_standard(standard_id: str) -> Standard:
    """Read one standard.

    Parameters
    ----------
    standard_id
        One of ``standard_ids()``, or the path of an own one, which ends in ``.csv``.

    Raises
    ------
    ConfigError
        When there is no such standard, or rows of its file are damaged; names each row. When a
        source has no citation, or a nutrient no place in ``configs/targets.toml``.
    """
    check_planned()
    standard_id = read_standard_id(standard_id)
    if is_own_standard(standard_id):
        return read_own_standard(standard_id)
    return _read_shipped(standard_id)


@cache
def _read_shipped(standard_id: str) -> Standard:
    name = f"standards/{standard_id}.csv"
    about = read_settings(f"standards/{standard_id}.toml")
    values = parse_reference_values(read_text(name), f"configs/{name}")
    unknown = sorted({value.source for value in values} - set(about["sources"]))
    faults = [f"no [sources.{source}], which rows of {name} name" for source in unknown]
    raise_collected(ConfigError, faults, f"configs/standards/{standard_id}.toml")
    return Standard(
        standard_id,
        about["name"],
        about["title"],
        values,
        {key: row["short"] for key, row in about["sources"].items()},
        {(row["nutrient"], row["kind"]): row["text"] for row in about["remarks"]},
        tuple((row["told"], row["text"]) for row in about["remarks"] if "told" in row),
    )
