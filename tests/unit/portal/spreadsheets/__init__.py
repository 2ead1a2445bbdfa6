"""Reading any office's file into sheets of text."""
