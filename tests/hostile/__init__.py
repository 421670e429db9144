"""Hostile sources, converted from end to end by the command line, and what comes of them.

`cases.py` has the form of a case, a module for each class its cases, `sandbox.py` runs the
command in a folder that is watched, `report.py` writes the table of the documentation.
"""
