"""Make a change in a copy of the project, as ``CONTRIBUTING.md`` tells it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("planner", "foods", "configs")


def copy_of_project(folder, *changed):
    """Copy the packages of ``changed``; the others are linked, as nothing in them is touched.

    What Python compiled of them is copied too: it is true of files that stay as they are.
    """
    for package in PACKAGES:
        if package in changed:
            shutil.copytree(ROOT / package, folder / package)
        else:
            (folder / package).symlink_to(ROOT / package, target_is_directory=True)
    return folder


def edit(path, anchor, text):
    """Put ``text`` in the place of ``anchor``, which stands in the file once."""
    before = path.read_text(encoding="utf-8")
    assert before.count(anchor) == 1, (path, anchor)
    path.write_text(before.replace(anchor, text), encoding="utf-8")


def run(folder, *args, code=0):
    """Run the command line of the copy; gives what it prints. A ``code`` of ``None`` is any."""
    done = subprocess.run(
        [sys.executable, "-m", "planner", *map(str, args)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert code in (None, done.returncode), done.stderr
    return done.stdout + done.stderr


def recipe(title):
    """The files that a recipe of ``CONTRIBUTING.md`` names, in its order."""
    chapters = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")
    (chapter,) = [section for section in chapters if section.startswith(title)]
    lines = [line for line in chapter.splitlines() if line[:1].isdigit()]
    return [line.split("`")[1] for line in lines]
