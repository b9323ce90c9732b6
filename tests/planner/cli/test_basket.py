"""``magplan basket`` from the command line: results, exit codes, messages."""

import json

import pytest

from planner.cli import main

FOODS = "name,cost,max,iron\nspinach,2,2,3\nbread,1,4,1\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in a folder with foods.csv and a targets.csv of one nutrient."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "foods.csv").write_text(FOODS, encoding="utf-8")

    def _run(*options, lower="7", foods="foods.csv"):
        (tmp_path / "targets.csv").write_text(f"nutrient,lower,upper\niron,{lower},\n", "utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["basket", "--foods", foods, "--targets", "targets.csv", *options])
        return ended.value.code or 0, *capsys.readouterr()

    return _run


def test_a_basket_is_printed_and_ends_with_0(run):
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.startswith("Cheapest basket: cost 5, 2 of 2 foods\n")  # 2 spinach, 1 bread


def test_json_has_the_keys_of_the_contract(run):
    _, out, _ = run("--json")
    answer = json.loads(out)
    keys = {"status", "objective", "amounts", "nutrients", "prices", "conflict", "relaxations"}
    assert keys <= set(answer)
    assert answer["amounts"] == {"spinach": 2, "bread": 1}
    assert answer["prices"] == {"iron": 1}


def test_whole_units_are_bought_where_asked_for(run):
    _, out, _ = run("--integer", "--json", lower="6.5")
    assert json.loads(out)["amounts"] == {"spinach": 2, "bread": 1}


@pytest.mark.parametrize("lower", ["12", "1e9"])
def test_no_basket_is_an_answer_and_ends_with_3(run, lower):
    code, out, err = run("--json", lower=lower)
    assert (code, err) == (3, "")
    assert json.loads(out)["status"] == "infeasible"


def test_an_unbounded_basket_ends_with_3(run, tmp_path):
    (tmp_path / "paid.csv").write_text("name,cost,iron\nbread,-1,1\n", encoding="utf-8")
    code, out, _ = run(foods="paid.csv")
    assert code == 3
    assert "cost falls without end" in out


def test_a_faulty_file_ends_with_1_and_says_where(run, tmp_path):
    (tmp_path / "bad.csv").write_text("name,cost,iron\nbread,dear,1\n", encoding="utf-8")
    code, out, err = run(foods="bad.csv")
    assert (code, out) == (1, "")
    assert "bad.csv, row 2, cost: 'dear' is not a number" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("options", [("--time-limit", "0"), ("--solver", "guess"), ("--nonsense",)])
def test_a_wrong_option_ends_with_2(run, options):
    assert run(*options)[0] == 2


def test_out_writes_the_answer_to_a_file_and_nothing_else(run, tmp_path):
    code, out, _ = run("--json", "--out", "basket.json")
    assert (code, out) == (0, "")
    assert json.loads((tmp_path / "basket.json").read_text("utf-8"))["objective"] == 5
    assert sorted(p.name for p in tmp_path.iterdir()) == ["basket.json", "foods.csv", "targets.csv"]


def test_a_place_that_cannot_be_written_ends_with_1(run):
    code, _, err = run("--out", "nowhere/basket.txt")
    assert code == 1
    assert "cannot be written: No such file or directory — choose another place" in err
    assert run("--out", ".")[0] == 1


def test_the_example_of_the_help_works(run, capsys):
    with pytest.raises(SystemExit):
        main(["basket", "--help"])
    example = capsys.readouterr().out.split("Example: magplan basket ")[1].split("\n")[0].split()
    assert example == ["--foods", "foods.csv", "--targets", "targets.csv"]
    assert run()[0] == 0
