"""The screens of drills: the year, obligations, a drill and its script, the run, the evaluation, the papers."""
