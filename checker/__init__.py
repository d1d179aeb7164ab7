"""checker reads articles, runs rules over what a reader sees, and reports violations with their basis."""

__version__ = "0.1.0"
