"""``magplan improve`` as somebody types it."""

import json

import pytest

from planner.cli.ends import run
from tests.diaries import DASH

HEAD = "day,meal,food,amount,unit\n"
MAN = ("--sex", "m", "--age", "45", "--height", "175", "--weight", "75")


@pytest.fixture
def day_8(tmp_path):
    """A day that one change is enough for."""
    path = tmp_path / "day.csv"
    lines = [line for line in DASH.read_text().splitlines(True) if line.startswith("8,")]
    path.write_text(HEAD + "".join(lines))
    return path


@pytest.fixture
def improve(capsys):
    """Give exit code, standard output in one line, and the rest."""

    def done(*words):
        code = run(["improve", *map(str, words)])
        told = capsys.readouterr()
        return code, " ".join(told.out.split()), told.err

    return done


def test_one_change_is_found_and_drawn(improve, day_8, tmp_path):
    chart = tmp_path / "chart.svg"
    code, out, err = improve(day_8, *MAN, "--changes", "1", "--ways", "1", "--chart", chart)
    assert code == 0, err
    assert "1 change: enough" in out
    assert "Quinoa, cooked instead of 1 1/4 cups White basmati rice" in out
    assert chart.read_text().startswith("<!-- magplan -->")
    assert "wrote" in err


def test_json_is_json_alone(improve, day_8):
    _code, out, _err = improve(day_8, *MAN, "--changes", "1", "--ways", "1", "--json")
    values = json.loads(out)
    assert [one["is_enough"] for one in values["options"]] == [True]
    assert values["options"][0]["after"]["ca_mg_ratio"] <= 2.0


def test_where_no_changes_are_enough_it_ends_with_3(improve, day_8):
    more = ("--target", "magnesium_mg>=900", "--changes", "1", "--ways", "1")
    code, out, _err = improve(day_8, *MAN, *more)
    assert code == 3
    assert "1 change: not yet enough" in out


def test_what_needs_no_change_says_so(improve, day_8):
    code, out, _err = improve(day_8, *MAN, "--ratio-max", "2.6")
    assert code == 0
    assert "Nothing has to be changed" in out


def test_kidney_disease_ends_with_3_and_no_offer(improve, day_8):
    code, out, err = improve(day_8, *MAN, "--egfr", "25")
    assert code == 3
    assert "Kidney function" in err
    assert out == ""


def test_a_day_that_is_not_there_is_named(improve, day_8):
    code, _out, err = improve(day_8, "--day", "9")
    assert code == 1
    assert "name one of: 8" in err


def test_one_day_of_several_is_improved_alone(improve):
    code, out, _err = improve(DASH, *MAN, "--day", "8", "--changes", "1", "--ways", "1")
    assert code == 0
    assert "1 day." in out


def test_a_chart_of_no_known_ending_is_a_fault_before_anything_is_solved(improve, day_8, tmp_path):
    code, _out, err = improve(day_8, "--chart", tmp_path / "chart.doc")
    assert code == 1
    assert "chart.doc" in err
    assert not (tmp_path / "chart.doc").exists()


def test_all_faults_of_a_file_are_told_at_once(improve, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + "1,lunch,,2,g\n,lunch,banana,2,medium\n")
    code, _out, err = improve(path)
    assert code == 1
    assert "row 2" in err
    assert "row 3" in err
