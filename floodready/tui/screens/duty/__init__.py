"""The screens of duty: the roster, the duty log with its handover, swaps, fairness, the call round."""
