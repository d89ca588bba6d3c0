"""The screens: a Textual app over the same commands and views as the command line."""
