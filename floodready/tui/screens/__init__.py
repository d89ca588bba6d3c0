"""One module for each screen; a pillar with several has a package."""
