import pytest

from planner.cli.said import as_said


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("--like: nothing is called 'x'", ["plan", "--like", "x"], "--like: nothing is called 'x'"),
        ("--like: nothing is called 'x'", ["plan", "a.toml"], "[preferences] like: nothing"),
        ("--like: nothing is called 'x'", ["plan", "a.toml", "--like", "y"], "[preferences] like"),
        ("--without: nothing is called 'x'", ["replan", "p.json", "--ban", "x"], "--ban: nothing"),
        ("command line: [week] skip: no day 5", ["plan", "--eat-out=5:lunch"], "--eat-out: no day"),
        ("command line: [profile]: profile, state: no", ["plan", "--state", "none"], "--state: no"),
        (
            "a.toml: \n  [week] skip, entry 1: no",
            ["plan", "a.toml"],
            "a.toml: \n  [week] skip, ent",
        ),
        (
            "[week] holidays: no — give [week] start too",
            ["plan"],
            "--holiday: no — give --start too",
        ),
    ],
)
def test_what_is_to_be_mended_is_named_as_it_was_typed(text, words, said):
    assert as_said(f"magplan: {text}", words).startswith(f"magplan: {said}")
