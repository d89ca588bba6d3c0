"""floodready: are we ready, why not, who is on duty, and what must be done next."""

__version__ = "0.1.0"
