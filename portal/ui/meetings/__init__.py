"""Meetings on the screen: the door, members, minutes, scans."""
