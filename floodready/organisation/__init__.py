"""Organisation: units, people, posts, contacts, roles, chain of responsibility, terminals."""
