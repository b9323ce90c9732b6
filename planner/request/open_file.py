"""Open a file that a person named; what is wrong with the path is said, never raised raw."""

from __future__ import annotations

from pathlib import Path

from planner.errors import ConfigError


def read_bytes_up_to(path: Path, most: int, if_folder: str, if_missing: str) -> bytes:
    """Read at most ``most`` + 1 bytes of a file.

    Parameters
    ----------
    path, most
        The file, and the size beyond which it cannot be what it should be [bytes].
    if_folder, if_missing
        Remedies for a path that is a folder, and for one that is not there.

    Raises
    ------
    ConfigError
        When the file cannot be opened; says the path and what to do.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except IsADirectoryError:
        raise ConfigError("is a directory", str(path), if_folder) from None
    except FileNotFoundError:
        raise ConfigError("no such file", str(path), if_missing) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"cannot be read: {reason}", str(path), "check the path") from None
