"""What ``import planner`` promises: names that are there, and no work."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

import planner

HEAVY = ("pulp", "highspy", "numpy", "pandas", "pydantic", "click", "requests")


def test_every_public_name_can_be_imported_and_says_what_it_is():
    for name in planner.__all__:
        assert getattr(planner, name).__doc__, name
    assert set(planner.__all__) <= set(dir(planner))


def test_importing_the_package_loads_no_solver_and_no_table():
    code = f"import sys, planner; print([one for one in {HEAVY} if one in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_type_checkers_see_each_name_where_it_is_served_from():
    tree = ast.parse(Path(planner.__file__).read_text(encoding="utf-8"))
    (half,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {name.name: node.module for node in half.body for name in node.names}
    assert seen == planner.PUBLIC


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'plan_meal'"):
        planner.plan_meal  # noqa: B018 - asking is the test


def test_the_citation_is_of_this_version():
    root = Path(planner.__file__).parents[1]
    project = tomli.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = (root / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {project['version']}" in cited
    assert f"license: {project['license']}" in cited
