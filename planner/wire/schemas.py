"""Which schemas are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from planner.wire.plan_file import PlanFile
from planner.wire.plans import RefusedPlan, RefusedRequest, RefusedTable, StoppedSearch

SHIPPED: Mapping[str, Any] = MappingProxyType(
    {"plan": PlanFile, "refusal": RefusedPlan | RefusedTable | StoppedSearch | RefusedRequest}
)
"""Name of a file in ``configs/schemas/`` → what it describes."""
