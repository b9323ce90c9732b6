"""What is told, as plain text of the usual width."""

from planner.document.blocks import Bullets, Section, Table
from planner.document.terminal import as_plain
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.documents import TableDocument
from planner.export.printed import screen_blocks

WIDTH = 80


def printed(blocks):
    """Give blocks as they are printed where nobody says how wide."""
    return as_plain(blocks, WIDTH)


def headings(blocks):
    """Give the titles of all sections, the outer ones first."""
    found = []
    for block in blocks:
        if isinstance(block, Section):
            found += [block.title, *headings(block.blocks)]
    return found


def texts(blocks):
    """Give every text of blocks in the order in which it stands, a row of a table in one."""
    found = []
    for block in blocks:
        if isinstance(block, Section):
            found += [block.title, *texts(block.blocks)]
        elif isinstance(block, Table):
            found += ["  ".join(row) for row in block.rows]
        elif isinstance(block, Bullets):
            found += block.texts
        else:
            found.append(block.text)
    return found


def screen(report):
    """Give the first screen of a report, of one eater or a table, as it is printed."""
    whole = TableReport.of_one(report) if isinstance(report, Report) else report
    return printed(screen_blocks(whole))


def week_of(report):
    """Give the documents of a report, of one eater or a table."""
    whole = TableReport.of_one(report) if isinstance(report, Report) else report
    return TableDocument.of(whole)
