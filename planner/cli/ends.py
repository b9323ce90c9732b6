"""How the program ends: what went wrong in one line, and the code for it."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence

import click

from foods.errors import UserFacingError
from planner.cli.stop import EXIT_NO, EXIT_STOPPED
from planner.settings import read_settings

_OPENED = re.compile(r"(?:^|[=:,])[„“”«»]")
_QUOTED = re.compile(r"(?:(?<=[=:,])|^)[„“”«»]((?:(?! --)[^„“”«»])*)[“”«»](?=$|[=:,])")


def run(words: list[str]) -> int:
    """Run the command line; gives its exit code, and says what went wrong in one line."""
    return _run([*with_plain_quotes(words)])


def with_plain_quotes(words: Sequence[str]) -> Iterator[str]:
    """Give words as a shell would with plain quotes for „…“, “…” and «…», which it leaves alone."""
    at = 0
    while at < len(words):
        ends = range(at + 1, len(words) + 1) if _OPENED.search(words[at]) else ()
        joined = ((end, " ".join(words[at:end])) for end in ends)
        end, text = next((one for one in joined if _QUOTED.search(one[1])), (at + 1, words[at]))
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
    """Say what to write instead of an option, or which commands have it; empty where unknown."""
    ways = read_settings("request/instead.toml")["options"].get(error.option_name.strip("-"), ())
    known = {one for of in error.ctx.command.params for one in of.opts} if error.ctx else set()
    ways = [one for one in ways if not one.startswith("-") or one.split()[0] in known]
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
        if command and any(option in one.opts for one in command.params):
            yield f"`magplan {name}`"


def _close_output() -> None:
    """Write what is left; only now it is known whether it could be."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    sys.stdout.flush()


def _tell(error: UserFacingError, words: Sequence[str]) -> int:
    """Say what is to be mended; a refusal as JSON too, where that was asked for."""
    from planner.cli.said import as_said

    told = as_said(str(error), words)
    text = "".join(char for char in told if char.isprintable() or char == "\n")
    click.echo(f"magplan: {text}", err=True)
    if "--json" in words and error.exit_code == EXIT_NO:
        from planner.wire.plans import RefusedRequest

        click.echo(json.dumps(RefusedRequest.of(refused=error).json_values(), ensure_ascii=False))
    return error.exit_code


def _tell_of_system(error: Exception) -> int:
    """Say what the system did not give: memory, or a place for the output.

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
    """Say that output went nowhere; a reader who has closed a pipe wants to hear nothing."""
    if error.errno != errno.EPIPE:
        where = error.filename or "standard output"
        click.echo(f"magplan: {where}: {error.strerror or error}", err=True)
    if sys.stdout is not None:  # what is left in it would fail again at the end of the program
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
