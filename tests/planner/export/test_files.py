"""Nothing that a person wrote is lost, a folder is all there or not at all; tables as written."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import ExportError
from planner.export.files import check_folder, is_as_written, write_file, write_files
from planner.export.shopping import CSV_HEADER, shopping_answer
from planner.export.spreadsheets import HEADER, as_csv
from planner.export.week import week_document
from planner.handover.cooked import handed_over
from tests.one_eater import as_json
from tests.papers import document_of
from tests.plates import table
from tests.reports import FOODS, make_plan, make_report

PLAN, REQUEST = '{"schema": "magplan/plan/1"}', 'schema = "magplan/request/1"\n'
BOTH = {"plan.json": PLAN, "request.toml": REQUEST}


def content(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture
def week(tmp_path):
    write_files(tmp_path / "week", BOTH)
    return tmp_path / "week"


def test_what_is_as_it_was_written_is_written_over(week):
    assert write_files(week, BOTH | {"plan.json": PLAN * 2}) == []
    assert content(week) == BOTH | {"plan.json": PLAN * 2}


def test_an_edited_file_stops_all_writing(week):
    (week / "request.toml").write_text(REQUEST + "# mine\n")
    with pytest.raises(ExportError, match=r"request\.toml there was changed since magplan wrote"):
        write_files(week, BOTH | {"plan.json": "{}"})
    assert content(week) == BOTH | {"request.toml": REQUEST + "# mine\n"}


def test_with_force_the_first_copy_is_kept_and_every_later_one(week):
    for edit in ("first", "second"):
        (week / "request.toml").write_text(f"{REQUEST}# {edit}\n")
        kept = write_files(week, BOTH, force=True)
    assert kept == ["request.toml.bak2"]
    assert (week / "request.toml.bak").read_text().endswith("# first\n")
    assert (week / "request.toml.bak2").read_text().endswith("# second\n")
    assert (week / "request.toml").read_text() == REQUEST
    assert write_files(week, BOTH, force=True) == []


def test_a_foreign_file_is_kept_too(tmp_path):
    (tmp_path / "plan.json").write_text("[]")
    with pytest.raises(ExportError, match=r"plan\.json there was not written by magplan.*--force"):
        write_files(tmp_path, BOTH)
    assert write_files(tmp_path, BOTH, force=True) == ["plan.json.bak"]
    assert content(tmp_path) == BOTH | {"plan.json.bak": "[]"}


def test_bytes_are_written_as_they_are_and_known_again_by_their_mark(tmp_path):
    plan = b'{"notes": "' + b"\xff\0" * 5000 + b'", "schema": "magplan/plan/1"}'
    write_files(tmp_path, {"plan.json": plan})
    assert (tmp_path / "plan.json").read_bytes() == plan
    assert write_files(tmp_path, {"plan.json": plan + b"\n"}) == []


def test_a_move_that_fails_puts_the_moved_ones_back(week):
    (week / "request.toml").unlink()
    (week / "request.toml").mkdir()
    with pytest.raises(ExportError, match="cannot be written"):
        write_files(week, BOTH | {"plan.json": "{}"}, force=True)
    assert sorted(path.name for path in week.iterdir()) == ["plan.json", "request.toml"]
    assert (week / "plan.json").read_text() == PLAN


@pytest.mark.parametrize("is_new", [True, False])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, is_new):
    folder = tmp_path / "week"
    if not is_new:
        write_files(folder, BOTH)
    code = (
        "import resource, signal; from pathlib import Path; "
        "from planner.export.files import write_files; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        f"write_files(Path({str(folder)!r}), {{'plan.json': '[]', 'request.toml': ' ' * 9000}})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "ExportError" in done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert content(folder) == BOTH if not is_new else not list(tmp_path.iterdir())


@pytest.fixture(params=[0o022, 0o027, 0o000])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path):
    return path.stat().st_mode & 0o777


def test_what_is_about_nobody_follows_the_umask_and_what_is_a_persons_does_not(tmp_path, umask):
    names = {"plan.json": PLAN, "week_2/plan.json": PLAN}
    for is_private, file, folder in ((True, 0o600, 0o700), (False, 0o666, 0o777)):
        place = tmp_path / str(is_private)
        for write in (names, {**names, "week_3/plan.json": PLAN}):  # a new folder, and an old one
            write_files(place, write, private=is_private)
            left = 0o777 if is_private else ~umask
            assert {mode(place / name) for name in write} == {file & left}
            assert {mode(place), *(mode((place / one).parent) for one in write)} == {folder & left}
        write_file(place / "foods.csv", "a\n", private=is_private)
        assert mode(place / "foods.csv") == file & left


def test_ctrl_c_waits_until_the_files_stand_there(tmp_path, monkeypatch):
    plain = os.utime
    monkeypatch.setattr(
        os, "utime", lambda *at, **ns: (signal.raise_signal(signal.SIGINT), plain(*at, **ns))
    )
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt):
            write_files(tmp_path / "week", BOTH)
    finally:
        signal.signal(signal.SIGINT, before)
    assert content(tmp_path / "week") == BOTH


def test_a_file_that_exists_is_written_over_only_as_it_was_written(tmp_path):
    path = tmp_path / "foods.csv"
    assert write_file(path, "a\n") == []
    assert write_file(path, "b\n") == []
    path.write_text("mine\n")
    assert not is_as_written(path)
    with pytest.raises(ExportError, match="exists already — add --force"):
        write_file(path, "c\n")
    assert write_file(path, "c\n", force=True) == ["foods.csv.bak"]
    assert content(tmp_path) == {"foods.csv": "c\n", "foods.csv.bak": "mine\n"}


def test_a_link_stays_one_and_one_to_nowhere_is_told(tmp_path):
    (tmp_path / "link").symlink_to("list.csv")
    write_file(tmp_path / "link", "a\n")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "list.csv").read_text() == "a\n"
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ExportError, match="is a link that leads nowhere"):
        write_file(tmp_path / "loop", "a\n")


KILLED = """
import os, signal, sys
from pathlib import Path
from planner.export import files
folder, moves, texts = Path(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3])
move = Path.replace
def count(path, place):
    global moves
    if moves == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    moves -= 1
    return move(path, place)
Path.replace = count
if moves < 0:
    Path.rename = lambda *parts: os.kill(os.getpid(), signal.SIGKILL)
files.write_files(folder, texts)
"""


def killed(folder, moves, texts):
    """Write files and be killed before the move of that number; below 0: before any is whole."""
    words = [sys.executable, "-c", KILLED, str(folder), str(moves), repr(texts)]
    ended = subprocess.run(words, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


NEW = {"plan.json": PLAN * 2, "request.toml": REQUEST * 2}


@pytest.mark.parametrize("moves", [-1, 0, 1])
def test_what_a_kill_leaves_half_moved_is_moved_by_the_next_run_and_else_taken_away(week, moves):
    killed(week, moves, NEW)
    assert sum(path.is_dir() for path in week.iterdir()) == 1
    assert sum((week / name).read_text() == text for name, text in NEW.items()) == max(0, moves)
    check_folder(week, BOTH)
    assert content(week) == (BOTH if moves < 0 else NEW)


def test_a_kill_before_a_new_folder_stands_leaves_what_the_next_run_takes_away(tmp_path):
    killed(tmp_path / "week", -1, NEW)
    assert [path.name[:9] for path in tmp_path.iterdir()] == [".magplan."]
    write_files(tmp_path / "week", BOTH)
    assert [path.name for path in tmp_path.iterdir()] == ["week"]


def test_what_is_whole_for_a_folder_stays_while_one_in_it_is_written(week):
    killed(week, 1, NEW)
    write_files(week / "inner", BOTH)
    check_folder(week, ())
    assert {name: (week / name).read_text() for name in NEW} == NEW


def test_what_a_person_changed_since_a_kill_stays(week):
    killed(week, 0, NEW)
    (week / "request.toml").write_text(REQUEST + "# mine\n")
    with pytest.raises(ExportError, match=r"request\.toml there was changed"):
        check_folder(week, BOTH)
    assert content(week) == {"plan.json": PLAN * 2, "request.toml": REQUEST + "# mine\n"}


def test_what_another_run_is_at_work_on_is_left_alone(week):
    stage = week / f".magplan.{os.getpid()}.abc"
    stage.mkdir()
    check_folder(week, BOTH)
    assert stage.exists()


def test_a_link_that_looks_like_what_was_left_is_no_stage(week, tmp_path):
    whole = tmp_path / "mine" / "whole"
    whole.mkdir(parents=True)
    (whole / "plan.json").write_text("[]")
    (week / ".magplan.999999999.abc").symlink_to(tmp_path / "mine")
    check_folder(week, BOTH)
    assert (whole / "plan.json").read_text() == "[]"
    assert (week / "plan.json").read_text() == PLAN


def test_the_csv_has_a_row_per_ingredient_with_its_content_and_blanks_where_it_is_unknown():
    unknown = replace(FOODS["apple"], per_100g={"magnesium_mg": None, "calcium_mg": 0.0})
    foods = table(FOODS["oats"], FOODS["milk"], FOODS["beans"], unknown)
    rows = list(csv.DictReader(io.StringIO(as_csv(make_plan(2), foods))))
    assert len(rows) == 2 * 7  # two, two, two and one ingredients a day
    first, *_, last = rows
    assert list(first) == list(HEADER)
    assert (first["food_id"], first["mass_g"], first["magnesium_mg"]) == ("oats", "100", "120")
    assert [last[key] for key in list(HEADER)[-3:]] == ["", "", "0"]


def test_a_plan_says_in_json_what_the_till_says_for_its_list():
    report = make_report(days=2, budget_per_week=700.0)
    till = json.loads(as_json(report))["till"]
    assert till == shopping_answer(report.shopping).json_values()["total"]
    assert till["price"] > till["eaten"]
    assert till["budget"] == pytest.approx(200.0)  # two of seven days


def test_a_table_with_other_letters_opens_in_a_spreadsheet_and_is_known_again(tmp_path):
    text = f"{','.join(CSV_HEADER)}\nbakery,Crème brûlée\n"
    for one in (text, text.replace("è", "e").replace("û", "u").replace("é", "e")):
        write_files(tmp_path, {"shopping.csv": one})
        raw = (tmp_path / "shopping.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") is not one.isascii()
        assert raw.decode("utf-8-sig") == one
    (tmp_path / "shopping.csv").write_text(f"{text}mine\n", encoding="utf-8-sig")
    with pytest.raises(ExportError, match="was changed since magplan wrote it"):
        write_files(tmp_path, {"shopping.csv": text})


def test_a_week_has_the_name_that_a_person_gives_it():
    week = document_of(make_plan(2), name="Ann, spring")
    assert week_document(week, "html").title.startswith("Ann, spring: Meals for ")
    assert week_document(week, "list").title == "Ann, spring: Shopping list"
    assert handed_over(week).title.startswith("Ann, spring: Shopping for ")
    assert week_document(document_of(make_plan(2)), "list").title == "Shopping list"


def test_what_cannot_be_written_is_told_before_its_first_file(tmp_path):
    (tmp_path / "week").write_text("")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        write_files(tmp_path / "week", {"plan.json": "{}"})
    with pytest.raises(ExportError, match=r"able to tell later that it wrote week\.odt"):
        write_files(tmp_path / "new", {"week.odt": "<p>"})
    assert not (tmp_path / "new").exists()
    with pytest.raises(ExportError, match="/dev/full: cannot be written: No space left on device"):
        write_file(Path("/dev/full"), "text")
