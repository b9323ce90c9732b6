"""What the library of the command line says itself, in the language that is spoken."""

from __future__ import annotations

from click import core, exceptions, parser, types

from planner.language.spoken import _, mark, ngettext

PHRASES = (
    mark("Error: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing command."),
    mark("No such option {name!r}."),
    mark("No such command {name!r}."),
    mark("Could not open file {filename!r}: {message}"),
    mark("Option {name!r} does not take a value."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
    mark("{name} {filename!r} does not exist."),
    mark("{name} {filename!r} is a file."),
    mark("{name} {filename!r} is a directory."),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("Option {name!r} requires an argument.",
             "Option {name!r} requires {nargs} arguments.", 1),
    ngettext("Got unexpected extra argument ({args})",
             "Got unexpected extra arguments ({args})", 1),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)  # fmt: skip
"""Its sentences that people meet when they type something wrong."""


def speak_clicks() -> None:
    """Let the library ask the catalogue for its sentences, where it asks its own else."""
    for module in (core, exceptions, parser, types):
        for name, said in (("_", _), ("ngettext", ngettext)):
            if hasattr(module, name):
                setattr(module, name, said)
