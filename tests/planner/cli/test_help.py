import click
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.group import COMMANDS
from planner.cli.plan import command as plan
from planner.settings import read_settings


def help_of(*words):
    return CliRunner().invoke(cli, [*words, "--help"]).stdout


def test_help_has_groups_and_the_flags_that_most_people_use_first():
    text = help_of("plan")
    titles = [line for line in text.splitlines() if line.endswith(":") and line[:1].isupper()]
    assert titles[0] == "Most used:"
    assert text.index("--without") < text.index("--egfr") < text.index("--seed")


def test_every_flag_stands_in_the_help_once():
    own = [one.opts[0] for one in plan.params if isinstance(one, click.Option)]
    text = help_of("plan")
    assert all(
        sum(text.count(f"\n  {flag}{end}") for end in (" ", "\n", ", ")) == 1 for flag in own
    )


def test_commands_that_are_called_otherwise_say_what_to_write():
    for name, ways in read_settings("request/instead.toml")["commands"].items():
        assert name not in COMMANDS
        for way in map(str.split, ways):
            assert way[0] == "magplan"
            command = cli if way[1].startswith("-") else cli.get_command(None, way[1])
            if isinstance(command, click.Group) and not way[1].startswith("-"):
                command = command.commands[way[2]]
            flags = {"--help"} | {flag for one in command.params for flag in one.opts}
            assert {word for word in way if word.startswith("-")} <= flags, way


def test_options_that_are_called_otherwise_say_what_to_write():
    flags = {flag for one in cli.get_command(None, "plan").params for flag in one.opts}
    for name, ways in read_settings("request/instead.toml")["options"].items():
        assert f"--{name}" not in flags
        assert all(way.split()[0] in flags | {"magplan"} for way in ways)
