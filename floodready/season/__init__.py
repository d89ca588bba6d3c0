"""Season: seasons, stations and readings, warnings, response levels, report clocks."""
