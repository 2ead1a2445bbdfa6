"""Treating each field as its data set says, each distinct value once, and scanning what is left."""
