"""How the program ends: what went wrong in one line, in the words that were typed, and its code.

Readers know a request by its keys (``[week] skip``) and wishes by their flags (``--like``); which
of the two a person used, only the command line knows.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from types import MappingProxyType

import click

from foods.errors import UserFacingError
from planner.cli.stop import EXIT_NO, EXIT_STOPPED
from planner.request.tables import WISHES
from planner.settings import read_settings

_OPENED = re.compile(r"(?:^|[=:,])[„“”«»]")
_QUOTED = re.compile(r"(?:(?<=[=:,])|^)[„“”«»]((?:(?! --)[^„“”«»])*)[“”«»](?=$|[=:,])")


def run(words: list[str]) -> int:
    """Run the command line; gives its exit code, and says what went wrong in one line."""
    return _run([*with_plain_quotes(words)])


def with_plain_quotes(words: Sequence[str]) -> Iterator[str]:
    """Yield words as a shell would if „…“, “…” and «…» were plain quotes; it leaves these alone."""
    at = 0
    while at < len(words):
        ends = range(at + 1, len(words) + 1) if _OPENED.search(words[at]) else ()
        joined = ((end, " ".join(words[at:end])) for end in ends)
        end, text = next((span for span in joined if _QUOTED.search(span[1])), (at + 1, words[at]))
        at = end
        yield _QUOTED.sub(r"\1", text)


def _run(words: list[str]) -> int:
    from planner.cli.group import cli

    try:
        code = cli.main(words, prog_name="magplan", standalone_mode=False)
        _close_output()
    except UserFacingError as error:
        return _tell(error, words)
    except click.ClickException as error:
        if isinstance(error, click.NoSuchOption) and (instead := _instead_of(error)):
            error = click.UsageError(instead, error.ctx)
        error.show()
        return error.exit_code
    except ModuleNotFoundError as error:
        from planner.extras import extra_error

        missing = extra_error(error)
        if missing is None:
            raise
        return _tell(missing, words)
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"magplan: {'stopped'}", err=True)
        return EXIT_STOPPED
    except (MemoryError, OSError, RuntimeError) as error:
        return _tell_of_system(error)
    return code if isinstance(code, int) else 0


def _instead_of(error: click.NoSuchOption) -> str:
    """Return what to write instead of an option, or which commands have it; empty if unknown."""
    ways = read_settings("request/instead.toml")["options"].get(error.option_name.strip("-"), ())
    known = {opt for of in error.ctx.command.params for opt in of.opts} if error.ctx else set()
    ways = [way for way in ways if not way.startswith("-") or way.split()[0] in known]
    pattern = "No such option {name}; write: {ways}"
    named = f"{error.option_name!r}"
    if ways:
        return pattern.format(name=named, ways=" or ".join(ways))
    others = list(_commands_with(error.option_name)) if error.ctx else []
    told = "No such option {name} here; these commands have it: {commands}."
    return told.format(name=named, commands=", ".join(others)) if others else ""


def _commands_with(option: str) -> Iterator[str]:
    """Name the commands of the program that have an option."""
    from planner.cli.group import COMMANDS, cli

    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        if command and any(option in param.opts for param in command.params):
            yield f"`magplan {name}`"


def _close_output() -> None:
    """Write what is left; only now it is known whether it could be."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    sys.stdout.flush()


def _tell(error: UserFacingError, words: Sequence[str]) -> int:
    """Describe what is to be mended; a refusal as JSON too, where that was asked for."""
    told = as_said(str(error), words)
    text = "".join(char for char in told if char.isprintable() or char == "\n")
    click.echo(f"magplan: {text}", err=True)
    if "--json" in words and error.exit_code == EXIT_NO:
        from planner.wire.plans import RefusedRequest

        click.echo(json.dumps(RefusedRequest.of(refused=error).json_values(), ensure_ascii=False))
    return error.exit_code


def _tell_of_system(error: Exception) -> int:
    """Describe what the system did not give: memory, or a place for the output.

    A library that cannot be loaded, and a thread that cannot be started, are short of memory too.
    """
    is_load = isinstance(error, OSError) and error.errno in (None, errno.ENOMEM)
    is_thread = isinstance(error, RuntimeError) and "thread" in str(error)
    if isinstance(error, MemoryError) or is_load or is_thread:
        text = "there is not enough memory here: free or allow some, and run it again"
        click.echo(f"magplan: {text}", err=True)
        return 1
    if isinstance(error, OSError):
        return _tell_unwritten(error)
    raise error


def _tell_unwritten(error: OSError) -> int:
    """State that output went nowhere; a reader who has closed a pipe wants to hear nothing."""
    if error.errno != errno.EPIPE:
        where = error.filename or "standard output"
        click.echo(f"magplan: {where}: {error.strerror or error}", err=True)
    if sys.stdout is not None:  # what is left in it would fail again at the end of the program
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


_AS_TYPED = ("drink", "use", "put", "pantry")  # named by their flags


def _flags() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return table and key → the flags that say something of it."""
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
_SAID_QUOTED = re.compile(r"'([^']+)'")
_TYPED_ONLY = "command line"
_GIVEN, _ANOTHER = "--eater=", ("Me", "Myself")
_ONE_EACH = ("sex", "age", "height", "weight", "activity")  # of these an eater has one


def as_said(text: str, words: Sequence[str]) -> str:
    """Return a message with its places as the person who typed ``words`` knows them.

    Where flag and file both say something of a key, the flag is named if what the message quotes
    was typed.
    """
    return "\n".join(_line_as_said(_TWICE.sub(r"[\1] \2", one), words) for one in text.split("\n"))


def _line_as_said(line: str, words: Sequence[str]) -> str:
    has_file = any(word.endswith((".toml", ".json")) for word in words)
    quoted = _SAID_QUOTED.search(line)
    is_typed = quoted is None or any(quoted[1].casefold() in word.casefold() for word in words[1:])

    def as_flag(found: re.Match[str]) -> str:
        if found[1] == "habits" and not has_file:
            return f"{_flag('habit')} {found[2]}"
        flags = [_flag(flag) for flag in _FLAGS.get((found[1], found[2]), ())]
        typed = _typed(flags, words)
        if typed and is_typed:
            return typed
        return found[0] if has_file or not flags else flags[0]

    def as_key(found: re.Match[str]) -> str:
        for (table, key), names in _FLAGS.items():
            flags = [_flag(name) for name in names]
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
    """Return the command that was typed with what it says of a body put at one eater."""
    (who,) = shlex.split(found["who"])
    of_eater = {_flag(part.partition("=")[0]) for part in who.split(",")} - {"--name"}
    kept, is_value = ["magplan"], False
    for word in words:
        is_said = is_value or word.partition("=")[0] in of_eater
        kept += [] if is_said else [word]
        is_value = not is_value and word in of_eater
    typed = {dict(_parts(argument)).get("name", "").casefold(): argument for argument in kept}
    said = _parts(who)
    for name in (dict(said)["name"], *_ANOTHER):  # of another age: who types is one, too
        whole = typed.get(name.casefold(), "")
        own = dict(_parts(whole))
        more = [pair for pair in said if pair[0] != "name" and pair not in _parts(whole)]
        if not any(key in own for key, _value in more if key in _ONE_EACH):
            break
    if whole:
        text = ",".join((whole, *map("=".join, more)))
        return shlex.join([text if argument == whole else argument for argument in kept])
    text = ",".join((f"name={name}", *map("=".join, more)))
    return shlex.join([*kept, _flag("eater"), text])


def _parts(eater: str) -> list[tuple[str, str]]:
    """List what is said of an eater, key and value, from a flag's value alone or with its name."""
    pairs = (part.partition("=") for part in eater.removeprefix(_GIVEN).split(","))
    return [(key, value) for key, _equals, value in pairs]


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _typed(flags: Sequence[str], words: Sequence[str]) -> str:
    """Return the first of the flags that was typed; empty where none was."""
    return next((flag for flag in flags if any(_is(word, flag) for word in words)), "")


def _is(word: str, flag: str) -> bool:
    return word == flag or word.startswith(f"{flag}=")
