"""Planning meetings and keeping the members of a group: dates, calendar files, rotation of the Chair, guests."""
