"""Files that go out and come in: papers, tables, calendars."""
