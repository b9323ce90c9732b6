"""A medicine by name for each interaction of the table."""

from planner.request.profile import Profile
from planner.safety.medicines import (
    DEFAULT_INTERACTION,
    Dosage,
    known_interactions,
    known_names,
    rhythm_question,
)
from planner.safety.patient import read_patient


def name_of_row(row):
    """Give the name of a medicine that belongs to ``row``, to it alone where there is one."""
    if row.interaction_id == DEFAULT_INTERACTION:
        return "paracetamol"
    if row.interaction_id == "D53":  # is asked how often
        return "methotrexate:1/day"
    names = [
        name
        for name in known_names().values()
        if row.interaction_id in name.classes and not rhythm_question(Dosage(name.name))
    ]
    return min(names, key=lambda one: (len(one.classes), one.name)).name


NAMES = {row: name_of_row(row) for row in known_interactions().values()}


def is_asked(text):
    """Whether the program asks how often a medicine is taken."""
    return any(medicine.question for medicine in read_patient(Profile(medicines=(text,))).taken)


def read_medicines(names):
    """Give the medicines of a list as a person wrote it."""
    return read_patient(Profile(medicines=tuple(names))).medicines
