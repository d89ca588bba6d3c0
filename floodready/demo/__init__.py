"""The demo: the city of Anlan on the Yellow River, on real public figures and made-up people."""
