"""What people type, checked once: days and times, web addresses, words that must be given.

`dates.date_from` reads a day as typed, `day_fields.day_typed` one in three numbers; `required_words.needed_words` asks for
words; `web_addresses` checks an address; `forgiving` tells whether a line of a list is meant.
"""
