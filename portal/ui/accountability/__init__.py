"""How the papers and logs that show that the law is kept are drawn on a page: `papers.show_papers`, `complaints.show_complaints`, and the cookies of the `privacy` page."""
