"""Materials and equipment: what is really there and usable, what is required, and how to close the difference."""
