"""Check-in at the door: the code, who comes, signing the attendance list, on a phone, a tablet or paper."""
