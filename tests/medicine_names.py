"""A medicine by name for each interaction of the table."""

from planner.safety.medicines import DEFAULT_INTERACTION, known_interactions, known_names


def name_of_row(row):
    """Give the name of a medicine that belongs to ``row``, to it alone where there is one."""
    if row.interaction_id == DEFAULT_INTERACTION:
        return "paracetamol"
    if row.interaction_id == "D53":  # is asked how often
        return "methotrexate:1/day"
    names = [one for one in known_names().values() if row.interaction_id in one.classes]
    return min(names, key=lambda one: (len(one.classes), one.name)).name


NAMES = {row: name_of_row(row) for row in known_interactions().values()}
