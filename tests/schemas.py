"""JSON Schemas of what is written, made from the declared types of ``planner.wire``."""

import re
from inspect import cleandoc

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from planner.wire.plan_file import PlanFile
from planner.wire.plans import RefusedPlan, RefusedRequest, RefusedTable, StoppedSearch

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHIPPED = {  # name of a file in configs/schemas/ → what it describes
    "plan": PlanFile,
    "refusal": RefusedPlan | RefusedTable | StoppedSearch | RefusedRequest,
}
_PARAMETERS = re.compile(r"^(\w+(?:, \w+)*)\n((?:    .*\n?)+)", re.MULTILINE)


class _Described(GenerateJsonSchema):
    """Schemas of what is written: keys are described by the docstrings of their types."""

    def field_is_required(self, field, total):
        return "serialization_exclude_if" not in field and super().field_is_required(field, total)

    def field_title_should_be_set(self, schema):
        return False

    def model_schema(self, schema):
        made = super().model_schema(schema)
        about, _, _ = cleandoc(schema["cls"].__doc__ or "").partition("\n\nParameters\n")
        made["description"] = " ".join(about.split())
        told = "\n".join(cleandoc(parent.__doc__ or "") for parent in schema["cls"].__mro__)
        for names, text in _PARAMETERS.findall(told):
            for key in names.split(", "):
                field = schema["cls"].model_fields.get(key)
                of = made["properties"].get((field and field.alias) or key, {})
                of.setdefault("description", " ".join(text.split()))
        return made


def schema_of(answer, name):
    """Return the JSON Schema of an answer: a type, or several of which it is one."""
    made = TypeAdapter(answer).json_schema(
        mode="serialization", schema_generator=_Described, by_alias=True
    )
    return {"$schema": DIALECT, "$id": f"urn:magplan:{name}", **made}
