"""Files: published ones for anybody, private ones behind a check of the session."""
