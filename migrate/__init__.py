"""Migrate a Hugo site, or its RSS feed, to a MyST project.

Importing the package costs nothing; `migrate.pipeline` is the Python API.
"""

__version__ = "0.1.0"
