"""Import and export of the files that offices really use."""
