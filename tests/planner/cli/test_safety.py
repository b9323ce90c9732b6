import json

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ConfigError


def run(*args):
    return CliRunner().invoke(cli, ["safety", *args])


def flat(text):
    return " ".join(text.split())


def answer(*args):
    return json.loads(run(*args, "--json").stdout)


def test_the_answer_in_json_has_its_keys():
    found = answer("--age", "40", "--medicine", "levothyroxine")
    assert found["supplement"] == "allowed"
    assert found["most_elemental_mg"] == 350
    assert {"code", "level", "text", "source"} <= set(found["findings"][0])
    assert found["schedule"] == []  # no hour that nobody gave
    assert "magnesium 4 h away from levothyroxine." in found["schedule_notes"]
    assert any("antacid or a laxative?" in text for text in found["questions"])


@pytest.mark.parametrize(
    ("args", "said", "code"),
    [
        (("--age", "40"), "allowed", 0),
        (("--age", "70"), "ask", 0),
        (("--age", "70", "--egfr", "20"), "refused", 3),
        (("--condition", "kidney disease"), "refused", 3),
        (("--age", "60", "--egfr", "80", "--serum-mg", "2.0 mmol/L"), "refused", 3),
        (("--condition", "food allergy declared"), "allowed", 0),
    ],
)
def test_a_no_ends_with_3(args, said, code):
    result = run(*args, "--json")
    assert (json.loads(result.stdout)["supplement"], result.exit_code) == (said, code)


def test_the_text_says_who_to_ask_and_counts_what_is_taken():
    text = flat(run("--age", "70", "--supplement", "milk of magnesia:400mg_compound x2").stdout)
    assert text.startswith("Supplement of magnesium: ask first")
    assert "Taken already: 333 mg" in text  # 2 x 400 x 24.305 / 58.32
    assert "Ask your doctor for your eGFR" in text
    assert "Not medical advice" in text


def test_each_nutrient_has_an_answer_in_both_forms():
    args = ("--age", "30", "--state", "pregnant")
    found = answer(*args)
    assert found["supplement"] == found["nutrients"]["magnesium_mg"] == "ask"
    assert found["nutrients"]["iron_mg"] == "allowed"
    text = flat(run(*args).stdout)
    assert "Iron: allowed; an iron pill is for a doctor to advise" in text
    assert "[P01, of magnesium alone, verified]" in text


def test_what_may_kill_when_taken_daily_is_asked_about():
    result = run("--medicine", "methotrexate")
    assert isinstance(result.exception, ConfigError)
    assert "methotrexate:1/week@mon" in str(result.exception.remedy)
    assert isinstance(run("--medicine", "methotrexate:2").exception, ConfigError)
    assert "EVERY DAY" in run("--medicine", "methotrexate:1/day").stdout


def test_a_refused_pill_has_no_hour():
    found = answer("--sex", "f", "--age", "72", "--egfr", "25", "--medicine", "alendronate:1/week",
                   "--supplement", "magnesium citrate:200mg_elemental")  # fmt: skip
    assert (found["supplement"], found["no_time_for"]) == ("refused", ["magnesium citrate"])
    assert found["schedule"] == []


def test_raltegravir_refuses_magnesium_and_gives_it_no_hour():
    found = answer("--sex", "f", "--age", "40", "--medicine", "raltegravir:2",
                   "--supplement", "magnesium hydroxide:400mg_compound")  # fmt: skip
    assert (found["supplement"], found["most_elemental_mg"]) == ("refused", 0)
    assert found["no_time_for"] == ["magnesium hydroxide"]
    assert found["nutrients"]["calcium_mg"] == "allowed"


def test_doses_that_cannot_be_read_are_a_wrong_use():
    result = run("--medicine", "ciprofloxacin:often")
    assert result.exit_code == 2
    assert "ciprofloxacin:2" in result.stderr


def test_the_text_holds_every_sentence_and_answer_of_the_json():
    args = (
        "--age", "70", "--medicine", "warfarin", "--medicine", "alendronate:sun", "--condition",
        "ulcerative colitis", "--condition", "sarcoidosis", "--supplement", "vitamin D3:1000 IU",
    )  # fmt: skip
    found, text = answer(*args), flat(run(*args).stdout)
    for one in found["findings"]:
        assert one["text"] in text
        assert one["source"] in text
    for told in (*found["questions"], *found["schedule_notes"], found["upper_level_source"]):
        assert told in text
    for line in found["schedule"]:
        assert line["earliest"] in text
        assert line["latest"] in text
    assert f"Compounds to avoid: {', '.join(found['avoided_compounds'])}" in text


def test_an_emergency_is_said_first():
    text = run("--serum-mg", "12.5").stdout
    assert "This is an emergency: get help now." in text.splitlines()[0]


def test_the_example_in_the_help_runs():
    example = run("--help").stdout.strip().splitlines()[-1].strip()
    words = example.removeprefix("Example: magplan safety ").split()
    assert run(*words).exit_code == 0


def test_a_serum_without_a_unit_is_asked_about_outside_the_us():
    asked = run(
        "--standard", "uk", "--sex", "m", "--age", "60", "--egfr", "80", "--serum-mg", "2.0"
    )
    assert (asked.exit_code, "the unit is missing" in str(asked.exception)) == (1, True)


def test_a_medicine_at_its_own_hours_is_placed_there_and_a_pill_without_room_is_said():
    found = answer("--age", "40", "--medicine", "moxifloxacin:3@08:00,14:00,20:00",
                   "--supplement", "magnesium citrate:200mg_elemental")  # fmt: skip
    assert [line["earliest"] for line in found["schedule"]] == ["08:00", "14:00", "20:00"]
    assert found["no_time_for"] == ["magnesium citrate"]
    assert any("Ask your pharmacist" in note for note in found["schedule_notes"])
