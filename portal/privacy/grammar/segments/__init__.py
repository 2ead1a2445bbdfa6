"""The segments of a place: how their words are written, the pieces they make, and what stands beside a piece."""
