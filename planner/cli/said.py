"""Say what is to be mended in the words that were used: a flag if it was typed, else a key.

Readers know a request by its keys (``[week] skip``) and wishes by their flags (``--like``); which
of the two a person used, only the command line knows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from types import MappingProxyType

from planner.request.tables import WISHES

_AS_TYPED = ("drink", "use", "put", "pantry")  # named by their flags


def _flags() -> dict[tuple[str, str], tuple[str, ...]]:
    """Give table and key → the flags that say something of it."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for wish in WISHES:
        if wish.table and wish.name not in _AS_TYPED:
            place = wish.table, wish.key
            found[place] = (*found.get(place, ()), wish.name, *wish.flag.also)
    return found


_FLAGS = MappingProxyType(_flags())
_KEY = re.compile(r"\[(\w+)\] (\w+)(?:, entry \d+)?(?:, (?:day|slot|count))?")
_TWICE = re.compile(r"\[(\w+)\]: \1, (\w+)")
_PLACE = re.compile(r"(?m)^(?P<before>(?:magplan: |  )?)(?P<flag>--[a-z-]+)(?=[:,])")
_EATER = re.compile(r"(?<=: )--eater (?P<who>'?name=.+)$")
_QUOTED = re.compile(r"'([^']+)'")
_TYPED_ONLY = "command line"
_GIVEN, _ANOTHER = "--eater=", ("Me", "Myself")
_ONE_EACH = ("sex", "age", "height", "weight", "activity")  # of these an eater has one


def as_said(text: str, words: Sequence[str]) -> str:
    """Give a message with its places as the person who typed ``words`` knows them.

    Where flag and file both say something of a key, the flag is named if what the message quotes
    was typed.
    """
    return "\n".join(_line_as_said(_TWICE.sub(r"[\1] \2", one), words) for one in text.split("\n"))


def _line_as_said(line: str, words: Sequence[str]) -> str:
    has_file = any(word.endswith((".toml", ".json")) for word in words)
    quoted = _QUOTED.search(line)
    is_typed = quoted is None or any(quoted[1].casefold() in word.casefold() for word in words[1:])

    def as_flag(found: re.Match[str]) -> str:
        if found[1] == "habits" and not has_file:
            return f"{_flag('habit')} {found[2]}"
        flags = [_flag(one) for one in _FLAGS.get((found[1], found[2]), ())]
        typed = _typed(flags, words)
        if typed and is_typed:
            return typed
        return found[0] if has_file or not flags else flags[0]

    def as_key(found: re.Match[str]) -> str:
        for (table, key), names in _FLAGS.items():
            flags = [_flag(one) for one in names]
            if found["flag"] in flags:
                typed = _typed([found["flag"], *flags], words) if is_typed else ""
                said = typed or (f"[{table}] {key}" if has_file else found["flag"])
                return f"{found['before']}{said}"
        return found[0]

    said = _PLACE.sub(as_key, _KEY.sub(as_flag, line))
    said = _EATER.sub(lambda found: _whole_command(found, words), said)
    typed_only = f"{_TYPED_ONLY}: "
    return said.replace(typed_only, "") if f"{typed_only}--" in said else said


def _whole_command(found: re.Match[str], words: Sequence[str]) -> str:
    """Give the command that was typed with what it says of a body put at one eater."""
    (who,) = shlex.split(found["who"])
    of_eater = {_flag(part.partition("=")[0]) for part in who.split(",")} - {"--name"}
    kept, is_value = ["magplan"], False
    for word in words:
        is_said = is_value or word.partition("=")[0] in of_eater
        kept += [] if is_said else [word]
        is_value = not is_value and word in of_eater
    typed = {dict(_parts(one)).get("name", "").casefold(): one for one in kept}
    said = _parts(who)
    for name in (dict(said)["name"], *_ANOTHER):  # of another age: who types is one, too
        whole = typed.get(name.casefold(), "")
        own = dict(_parts(whole))
        more = [pair for pair in said if pair[0] != "name" and pair not in _parts(whole)]
        if not any(key in own for key, _value in more if key in _ONE_EACH):
            break
    if whole:
        text = ",".join((whole, *map("=".join, more)))
        return shlex.join([text if one == whole else one for one in kept])
    text = ",".join((f"name={name}", *map("=".join, more)))
    return shlex.join([*kept, _flag("eater"), text])


def _parts(eater: str) -> list[tuple[str, str]]:
    """Give what is said of an eater, key and value, of the flag's value alone or with its name."""
    pairs = (one.partition("=") for one in eater.removeprefix(_GIVEN).split(","))
    return [(key, value) for key, _equals, value in pairs]


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _typed(flags: Sequence[str], words: Sequence[str]) -> str:
    """Give the first of the flags that was typed; empty where none was."""
    return next((one for one in flags if any(_is(word, one) for word in words)), "")


def _is(word: str, flag: str) -> bool:
    return word == flag or word.startswith(f"{flag}=")
