"""Errors as sentences that can be said in any language."""

from foods.errors import error_said as error_said
