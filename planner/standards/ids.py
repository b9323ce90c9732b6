"""Which standards there are: those of ``configs/standards``, and a person's own CSV."""

from __future__ import annotations

from planner.errors import ConfigError
from planner.faults import fault
from planner.settings import names_in, path_of, read_settings

OWN_ENDING = ".csv"


def standard_ids() -> tuple[str, ...]:
    """Name the shipped standards by their ``place``: the usual one first."""
    names = names_in("standards", ".csv")
    return tuple(sorted(names, key=lambda name: read_settings(f"standards/{name}.toml")["place"]))


def is_own_standard(standard_id: str) -> bool:
    """Whether the id is the path of a person's own standard."""
    return standard_id.lower().endswith(OWN_ENDING)


def read_standard_id(text: str) -> str:
    """Return the id of a standard, in any case; whether an own one can be read is seen then.

    Raises
    ------
    ConfigError
        When it is neither a shipped standard nor the path of a CSV.
    """
    if is_own_standard(text):
        return text
    if text.casefold() in standard_ids():
        return text.casefold()
    where, names = "profile, standard", ", ".join(standard_ids())
    example = path_of(f"standards/{standard_ids()[0]}{OWN_ENDING}")
    raise fault(ConfigError, "unknown_standard", where, text=text, names=names, example=example)
