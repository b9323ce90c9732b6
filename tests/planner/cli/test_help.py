import click
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.plan import command as plan


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
    assert all(text.count(f"\n  {flag} ") + text.count(f"\n  {flag}\n") == 1 for flag in own)


def test_the_meals_that_eaters_share_are_documented():
    assert "slots=lunch+dinner" in " ".join(help_of("plan").split())
