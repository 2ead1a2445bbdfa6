"""What falls due: what waits for a person, and what the portal itself must do (deletions, deliveries, reminders)."""
