"""One test over all dishes, foods or files: it tells of every one that fails.

A case of its own for each costs more than what most of them look at.
"""


def for_each(items, name=str):
    """Make one test of a test of one thing; ``name`` says which of them failed."""

    def test_of_all(test):
        def all_of_them():
            faults = []
            for item in items:
                try:
                    test(item)
                except AssertionError as fault:
                    faults.append(f"{name(item)}: {fault}")
            assert not faults, "\n".join(faults)

        all_of_them.__name__, all_of_them.__module__ = test.__name__, test.__module__
        return all_of_them

    return test_of_all
