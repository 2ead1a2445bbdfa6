"""How a paper is set: sheet, frame, flow of words, fonts, pictures."""
