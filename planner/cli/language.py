"""The language that a command speaks: ``--lang``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from planner.cli.help import SpokenContext
from planner.language.spoken import ENGLISH, is_english, known_languages, speaking, tongue

if TYPE_CHECKING:
    from planner.explain.table_report import TableReport
    from planner.request.request import PlanRequest

AUTO = "auto"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def _speak(ctx: click.Context, param: click.Parameter, wanted: str) -> None:
    """Speak the language until the command ends."""
    del param
    ctx.with_resource(speaking(_of_the_machine() if wanted == AUTO else wanted))


def language_of(words: Sequence[str]) -> str:
    """Give the language that a command line asks for; English where it names none that there is."""
    for number, word in enumerate(words):
        option, equals, name = word.partition("=")
        if option == "--lang":
            name = name if equals else "".join(words[number + 1 : number + 2])
            known = known_languages()
            return _of_the_machine() if name == AUTO else name if name in known else ENGLISH
    return ENGLISH


def with_language(command: click.Command) -> click.Command:
    """Give a command, and all below it, ``--lang`` and help in it; JSON is English in any case."""
    command.context_class = SpokenContext
    if isinstance(command, click.Group):
        for one in command.commands.values():
            with_language(one)
    elif not any("--lang" in one.opts for one in command.params):
        language_option(command)
        command.callback = _json_in_english(command.callback)
    return command


def _json_in_english(callback: Callable[..., Any] | None) -> Callable[..., Any]:
    assert callback is not None
    inner = callback

    def run(*args: Any, **values: Any) -> Any:
        if values.get("json_wanted") or values.get("as_json"):
            click.get_current_context().with_resource(speaking(ENGLISH))  # ends before --lang does
        return inner(*args, **values)

    return update_wrapper(run, inner)


def _of_the_machine() -> str:
    """Give the language of the environment, where there is one for it; else English."""
    said = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    name = said.split("_")[0].split(".")[0].lower()
    return name if name in known_languages() else ENGLISH


language_option = click.option(
    "--lang",
    type=click.Choice((*known_languages(), AUTO)),
    default=ENGLISH,
    show_default=True,
    expose_value=False,
    callback=_speak,
    help="Language of what is printed; recipe steps stay English. auto: that of the environment.",
)


def units_spoken() -> dict[str, Any]:
    """Give the units of the language as a flag; none in English, whose units go by the standard."""
    return {} if is_english() else {"units": tongue()["units"]}


def asked_as_spoken(request: PlanRequest) -> PlanRequest:
    """Give a request as it is shown: in the units of the language."""
    if is_english():
        return request
    return replace(request, week=replace(request.week, units=tongue()["units"]))


def report_as_spoken(report: TableReport) -> TableReport:
    """Give a report as it is shown: in the units of the language."""
    if is_english():
        return report
    each = report.reports.items()
    own = {name: replace(one, request=asked_as_spoken(one.request)) for name, one in each}
    return replace(report, request=asked_as_spoken(report.request), reports=own)
