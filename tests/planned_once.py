"""Plans that several tests read, made once a session, whichever process asks first."""

import fcntl
import hashlib
import os

import pytest


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory):
    """Return a function: words of ``magplan plan`` → the folder of that plan, to be read only."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "planned"
    shared.mkdir(exist_ok=True)

    def folder_of(*words):
        from tests.commands import ended

        told = [str(word) for word in words]
        folder = shared / hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
        with (shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "plan.json").exists():
                code, _, err = ended("plan", *told, "--out", folder)
                assert code == 0, err
        return folder

    return folder_of
