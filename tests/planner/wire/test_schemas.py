"""The shipped schemas are made of the declared types, and what is written fits them.

``MAGPLAN_GOLDEN=write python -m pytest tests/planner/wire`` writes the shipped files anew.
"""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import configs
from tests.schemas import SHIPPED, schema_of

FOLDER = Path(configs.__file__).parent / "schemas"


def written(name):
    return f"{json.dumps(schema_of(SHIPPED[name], f'{name}:1'), indent=2, ensure_ascii=False)}\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_schema_is_that_of_its_type(name):
    path = FOLDER / f"{name}-1.schema.json"
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        path.write_text(written(name), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written(name)
    Draft202012Validator.check_schema(json.loads(written(name)))


def test_no_other_schema_is_shipped():
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {f"{name}-1.schema.json" for name in SHIPPED}
