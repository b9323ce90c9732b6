"""The workbench: a page on this machine where a week is asked for, looked at and changed."""
