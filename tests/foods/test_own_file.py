"""Files that a person named are opened in one place, and what is wrong is one line."""

import time
from pathlib import Path

import pytest

from foods.errors import FoodDataError
from foods.own_file import parse_own_toml, read_kinds, read_own_bytes, read_own_text

SMALL = "request"


@pytest.mark.parametrize("kind", read_kinds())
def test_a_mark_of_byte_order_is_passed_over_in_every_kind(tmp_path, kind):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfname\r\n")
    assert read_own_text(path, kind) == "name\r\n"


@pytest.mark.parametrize("kind", [name for name in read_kinds() if name != "archive"])
def test_an_endless_file_ends_and_its_limit_is_said(kind):
    most = f"{read_kinds()[kind]['most_bytes']:,} bytes"
    with pytest.raises(FoodDataError, match=f"/dev/zero: is far too large .*at most {most}"):
        read_own_bytes("/dev/zero", kind)


def test_a_file_of_the_most_bytes_is_read(tmp_path, monkeypatch):
    monkeypatch.setitem(read_kinds()[SMALL], "most_bytes", 4)
    (tmp_path / "a").write_bytes(b"1234")
    assert read_own_bytes(tmp_path / "a", SMALL) == b"1234"
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(FoodDataError, match="far too large"):
        read_own_bytes(tmp_path / "a", SMALL)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a" * 300, "cannot be read: File name too long — check the path"),
        ("a\0b", "cannot be read: embedded null byte"),
        ("nowhere.toml", "no such file — write a new one"),
        ("/", "is a directory"),
        ("/etc/passwd/a", "cannot be read: Not a directory"),
    ],
)
def test_a_path_that_cannot_be_opened_says_why(path, message):
    with pytest.raises(FoodDataError, match=message):
        read_own_bytes(Path(path), SMALL)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = 1\nb = \xff", "line 2 is not encoded as UTF-8"),
        ("a = 1".encode("utf-16"), "is encoded as UTF-16 — save it as UTF-8"),
    ],
)
def test_what_is_not_utf_8_says_where(tmp_path, content, message):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(FoodDataError, match=message):
        read_own_text(tmp_path / "a", SMALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 9_000, "nested too deeply"),
        ("a = " + "{a=" * 9_000, "nested too deeply"),
        ("a." * 200_000 + "a = 1", "nested too deeply"),
        ("a = " + "1" * 9_000, "is not TOML: .*4300 digits"),
        ("a = 1\na = 2\n", "is not TOML: .*line 2"),
    ],
)
def test_toml_that_nobody_writes_is_one_line(text, message):
    with pytest.raises(FoodDataError, match=message):
        parse_own_toml(text, "a.toml")


def test_looking_for_endless_keys_takes_no_longer_for_a_long_word():
    started = time.perf_counter()
    assert parse_own_toml(f"a = '{'x' * 4_000_000}'", "a.toml")["a"].startswith("xx")
    assert time.perf_counter() - started < 10  # four million squared would take days
