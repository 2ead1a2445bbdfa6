"""How the papers and logs that show that the law is kept are drawn on a page."""
