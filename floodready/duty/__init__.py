"""Duty: who is on, who must be, who stood; handover, log and post checks."""
