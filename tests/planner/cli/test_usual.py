"""``--usual`` and ``--step`` as they are typed."""

import pytest
from click.testing import CliRunner

from foods.errors import UserFacingError
from planner.cli import cli
from planner.cli.options import build_request
from planner.errors import ConfigError

HEAD = "day,meal,food,amount,unit\n"


def run(*words):
    return CliRunner().invoke(cli, ["plan", *map(str, words)])


@pytest.fixture
def diary(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(HEAD + "mon,lunch,apple,1,medium\n", encoding="utf-8")
    return path


def test_a_path_needs_a_diary_and_leads_to_one_week(diary):
    assert run("--step", "2").exit_code == 2
    assert "add --usual DIARY.csv" in run("--step", "2").output
    assert run("--usual", diary, "--step", "0").exit_code == 2
    assert run("--usual", diary, "--step", "2", "--alternatives", "2").exit_code == 2
    result = run("--usual", diary, "--step", "2", "--days", "14")
    assert isinstance(result.exception, ConfigError)
    assert "a path leads to one week, not to 14 days" in str(result.exception)


def test_a_diary_that_is_not_there_or_has_faults_is_told(diary, tmp_path):
    missing = run("--usual", tmp_path / "none.csv")
    assert isinstance(missing.exception, UserFacingError)
    assert "none.csv: no such file" in str(missing.exception)
    diary.write_text(HEAD + "mon,lunch,,1,g\n,lunch,apple,2,g\n", encoding="utf-8")
    result = run("--usual", diary)
    assert "row 2" in str(result.exception)
    assert "row 3" in str(result.exception)


def test_matches_are_those_of_a_diary():
    with pytest.raises(ConfigError, match="--matches: "):
        build_request(matches="my.csv")


def test_a_diary_of_a_flag_stands_in_for_that_of_the_file(diary, tmp_path):
    path = tmp_path / "me.toml"
    path.write_text('[usual]\ndiary = "old.csv"\nmatches = "my.csv"\n', encoding="utf-8")
    kept = build_request(path).usual
    assert (kept.diary, kept.matches) == (str(tmp_path / "old.csv"), str(tmp_path / "my.csv"))
    other = build_request(path, usual=diary).usual
    assert (other.diary, other.matches) == (str(diary), "")


def test_help_has_the_flags_beside_each_other():
    text = run("--help").output
    group = text.split("This diary:")[1].split("\n\n")[0]
    assert all(flag in group for flag in ("--usual", "--step", "--matches"))
