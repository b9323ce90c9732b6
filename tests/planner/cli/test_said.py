import re

import pytest

from planner.cli.ends import run
from planner.cli.options import build_request
from planner.cli.said import as_said
from planner.request.eater_phrases import read_eater


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


def test_a_body_beside_a_table_is_answered_with_the_whole_command_that_works(capsys):
    typed = "plan --preset family --age=38 --condition celiac --sex f --days 3"
    assert run(typed.split()) == 1
    whole = "magplan plan --preset family --days 3 --eater name=Anna,sex=f,age=38,condition=celiac"
    assert capsys.readouterr().err.strip().endswith(f": {whole}")
    asked = build_request(preset="family", days=3, eater=(read_eater(whole.split()[-1]),))
    assert [one.profile.conditions for one in asked.eaters] == [("celiac",), (), ()]
    assert len(asked.eaters) == 3


@pytest.mark.parametrize(
    ("typed", "eaters"),
    [
        ("name=Mia,sex=f,age=38", ["name=Mia,sex=f,age=38"]),  # told twice
        ("name=mia,diet=vegan", ["name=mia,diet=vegan,sex=f,age=38"]),
        ("name=Mia,sex=f,age=30", ["name=Mia,sex=f,age=30", "name=Me,sex=f,age=38"]),
        ("name=Me,diet=vegan", ["name=Me,diet=vegan,sex=f,age=38"]),
        ("name=me,sex=m,age=50", ["name=me,sex=m,age=50", "name=Myself,sex=f,age=38"]),
    ],
)
@pytest.mark.parametrize("joined", [" ", "="])
def test_a_body_beside_an_eater_who_was_typed_is_hers_or_one_eaters_more(
    typed, eaters, joined, capsys
):
    tom = "--eater name=Tom,sex=m,age=9"
    line = f"plan --days 2 --sex f --age 38 {tom} --eater{joined}{typed}"
    assert run(line.split()) == 1
    said = capsys.readouterr().err.strip().partition("write: magplan ")[2]
    rest = "".join(f" --eater {one}" for one in eaters[1:])
    assert said == f"plan --days 2 {tom} --eater{joined}{eaters[0]}{rest}"
    read = [read_eater(one)["name"] for one in re.findall(r"name=\S+", said)]
    assert len({one.casefold() for one in read}) == 1 + len(eaters)


@pytest.mark.parametrize(
    ("flags", "ann", "whose"),
    [
        ("--height 178 --weight 80", "", ["Ann", "Tom"]),
        ("--condition gout", "", ["Ann", "Tom"]),
        ("--height 178", ",height=165", ["Tom"]),  # hers is known
        ("--sex m --height 178", "", ["Tom"]),
        ("--age 42 --height 178", "", ["Tom"]),
    ],
)
def test_whose_a_body_is_that_may_be_of_several_is_asked(flags, ann, whose, capsys):
    first, tom = f"name=Ann,sex=f,age=40{ann}", "name=Tom,sex=m,age=42"
    assert run(f"plan --eater {first} --eater {tom} {flags}".split()) == 1
    told = [one for one in capsys.readouterr().err.splitlines() if "at the command line" in one]
    said = ",{}={}".format(*flags.removeprefix("--").split()[-2:]).replace("--", "")
    assert [re.findall(rf"name=(\w+)[^ ]*{said}", one) for one in told] == [[one] for one in whose]
    asked = [re.findall(r"if that is (\w+),", one) for one in told]
    assert asked == ([[one] for one in whose] if len(whose) > 1 else [[]])


def test_nothing_that_is_said_of_a_body_is_lost_in_the_command(capsys):
    sick = "--condition hypertension --condition gout --medicine ramipril"
    line = f"plan --sex f --age 61 {sick} --eater name=A,sex=m,age=60 --eater name=Me"
    assert run(line.split()) == 1
    told = "name=Me,sex=f,age=61,condition=hypertension,condition=gout,medicine=ramipril"
    assert capsys.readouterr().err.strip().endswith(told)
    both = read_eater(told)["profile"]
    assert both["conditions"] == ["hypertension", "gout"] or both["conditions"] == (
        "hypertension",
        "gout",
    )


@pytest.mark.parametrize(
    "said",
    [
        ["--clinic", "potassium_mg<=2500"],
        ["--serum-potassium", "4.6 mmol/L"],
        ["--condition", "other: cold hands, numb toes"],
        ["--supplement", "magnesium citrate:100mg_elemental"],
    ],
)
def test_no_command_is_offered_that_would_be_read_otherwise(said, capsys):
    line = ["plan", "--sex", "f", *said, "--eater", "name=A,sex=m,age=60", "--eater", "name=B"]
    assert run(line) == 1
    told = capsys.readouterr().err
    assert "belongs to one of them" in told
    assert "at the command line" not in told
