"""Named tuples of arrays that compiled functions hand on as one pointer.

numba passes a tuple as all that is in it: seven numbers for each array, built and taken apart in
every call, which takes most of the time of compiling. Here a tuple is written down once and its
address goes on. It owns nothing: the arrays belong to whom calls the compiled code from Python,
and all that reads them is compiled without counting owners (``_nrt=False``).
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator,override"

from __future__ import annotations

from numba import types
from numba.core.cgutils import alloca_once_value, gep_inbounds
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    type_callable,
)


class ByRef(types.Type):
    """The type of a pointer to a named tuple.

    Parameters
    ----------
    fields
        Type of the tuple.
    """

    def __init__(self, fields) -> None:
        super().__init__(name=f"ByRef({fields})")
        self.fields = fields


def by_ref(fields):
    """Return a tuple as a pointer that lives as long as the compiled call; uncompiled, itself."""
    return fields


@register_model(ByRef)
class _Pointer(models.PrimitiveModel):
    def __init__(self, manager, of) -> None:
        super().__init__(manager, of, manager[of.fields].get_value_type().as_pointer())


@infer_getattr
class _TypeOfField(AttributeTemplate):
    key = ByRef

    def generic_resolve(self, of, name):
        return of.fields[of.fields.fields.index(name)]


@type_callable(by_ref)
def _type_of_pointer(_context):
    return lambda fields: ByRef(fields)  # numba reads its parameters


@lower_builtin(by_ref, types.BaseTuple)
def _write_down(_context, builder, _signature, given):
    return alloca_once_value(builder, given[0])


@lower_getattr_generic(ByRef)
def _read(_context, builder, of, pointer, name):
    return builder.load(gep_inbounds(builder, pointer, 0, of.fields.fields.index(name)))
