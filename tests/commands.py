"""A command as a person types it, in this process: how it ends, and what it says to whom."""

from click.testing import CliRunner

from planner.cli.ends import run


def ended(*words):
    """Return the exit code, stdout and stderr of a command; errors are told as in a terminal."""
    with CliRunner().isolation() as (out, err, _):
        try:
            code = run([str(word) for word in words])
        except SystemExit as ended_with:
            code = ended_with.code
    return code, out.getvalue().decode(), err.getvalue().decode()
