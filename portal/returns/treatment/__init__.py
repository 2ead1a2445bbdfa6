"""Treating each field as its data set says, each distinct value once (`map_distinct`), and scanning what is left.

`fields.treat_all` is the way in: `categories`, `places`, `people`, `collisions` and `aggregation` are its larger parts, and `kept_columns`
what they fill. `final_check.remaining` looks at each kept cell once more before anything is stored.
"""
