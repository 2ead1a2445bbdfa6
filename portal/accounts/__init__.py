"""People, their posts and their accounts; `authentication` signs them in."""
