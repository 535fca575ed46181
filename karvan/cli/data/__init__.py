"""`karvan data`: figures in and out, from the command line.

The modules of the commands load nothing of Django until a command runs, so that help is quick.
"""

from karvan.cli.data.group import data

__all__ = ["data"]
