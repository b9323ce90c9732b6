"""Open a file that a person named: what is wrong with it is said in one line, never raised raw.

Every such file is read here. No more of it is read than a file of its kind can have
(``foods/data/own_files.toml``), so that an endless one ends; a byte order mark, as spreadsheets
write it, is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomli

from foods.errors import FoodDataError, UserFacingError

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@cache
def read_kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of each kind of file: its name in words, most bytes, and remedy."""
    kinds: Mapping[str, Mapping[str, Any]] = _limits()["kind"]
    return kinds


def most_faults() -> int:
    """Return how many faults of a file are told: one in a wrong format has one per cell."""
    return int(_limits()["most_faults"])


@cache
def _limits() -> Mapping[str, Any]:
    text = files("foods").joinpath("data/own_files.toml").read_text(encoding="utf-8")
    return tomli.loads(text)


@cache
def _endless_key() -> re.Pattern[str]:
    """Match a key of more parts than anybody writes; each run of letters is looked at once."""
    word = r"[\w\"'-]"
    return re.compile(rf"(?<!{word})(?:{word}++[ \t]*+\.[ \t]*+){{{_limits()['most_key_parts']}}}")


def read_own_bytes(
    path: Path | str, kind: str, error: type[UserFacingError] = FoodDataError
) -> bytes:
    """Read a whole file.

    Parameters
    ----------
    path
        The file.
    kind
        What it should be, a table of ``foods/data/own_files.toml``.
    error
        What is raised.

    Raises
    ------
    UserFacingError
        An ``error`` where the file cannot be opened, or is larger than one of its kind can be.
    """
    about, where = read_kinds()[kind], str(path)
    name = about["said"]
    try:
        with Path(path).open("rb") as file:
            content = file.read(about["most_bytes"] + 1)
    except IsADirectoryError:
        raise error("is a directory", where, f"name {name} in it") from None
    except FileNotFoundError:
        raise error("no such file", where, about["remedy"]) from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        text = f"cannot be read: {reason}"
        raise error(text, where, "check the path") from None
    if len(content) > about["most_bytes"]:
        too_large = "is far too large for {file}: at most {most:,} bytes".format(
            file=name, most=about["most_bytes"]
        )
        raise error(too_large, where, about["remedy"])
    return content


def read_own_text(path: Path | str, kind: str, error: type[UserFacingError] = FoodDataError) -> str:
    """Read a whole UTF-8 text, with or without a byte order mark.

    Parameters and errors are those of ``read_own_bytes``; text that is not UTF-8 is one, too.
    """
    return decode_own(read_own_bytes(path, kind, error), str(path), error)


def decode_own(content: bytes, where: str, error: type[UserFacingError] = FoodDataError) -> str:
    """Return bytes as text; ``where`` names them in messages.

    Raises
    ------
    UserFacingError
        An ``error`` where they are not UTF-8.
    """
    if content.startswith(_UTF_16_MARKS):
        raise error("is encoded as UTF-16", where, "save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        text = f"line {line} is not encoded as UTF-8"
        raise error(text, where, "save the file as UTF-8") from None


def parse_own_toml(
    text: str, where: str, remedy: str = "", error: type[UserFacingError] = FoodDataError
) -> dict[str, Any]:
    """Parse TOML; ``where`` names it in messages.

    Raises
    ------
    UserFacingError
        An ``error`` where it is not TOML, or nested deeper than anybody writes.
    """
    if _endless_key().search(text):
        raise error("is nested too deeply", where, remedy)
    try:
        return tomli.loads(text)
    except RecursionError:
        raise error("is nested too deeply", where, remedy) from None
    except ValueError as fault:
        text = f"is not TOML: {fault}"
        raise error(text, where, remedy or "fix this line") from None
