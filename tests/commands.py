"""A command as a person types it, in this process: how it ends, and what it says to whom."""

from click.testing import CliRunner

from planner.cli.ends import run

PAIR = (
    *("--eater", "name=Ann,sex=f,age=40", "--eater", "name=Tom,sex=m,age=44", "--days", "2"),
    *("--start", "2029-12-03", "--guests", "2:dinner=1", "--effort", "quick"),
)  # for ``planned_once``: two days of two people, and a guest


def ended(*words):
    """Return the exit code, stdout and stderr of a command; errors are told as in a terminal."""
    with CliRunner().isolation() as (out, err, _):
        try:
            code = run([str(word) for word in words])
        except SystemExit as ended_with:
            code = ended_with.code
    return code, out.getvalue().decode(), err.getvalue().decode()
