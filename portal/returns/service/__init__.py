"""Returns as an organisation makes them: the calendar, checking an upload, typed counts, submission, withdrawal."""
