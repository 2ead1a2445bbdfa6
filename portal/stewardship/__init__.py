"""What falls due: deletions, deliveries, reminders."""
