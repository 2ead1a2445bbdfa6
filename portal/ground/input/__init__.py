"""What people type, checked once: days and times, web addresses, words that must be given.

`dates.day_in` reads a day from one line, `dates.day_typed` from three fields; `required_words.needed_words` asks for
words; `web_addresses` checks an address; `forgiving` tells whether a line of a list is meant.
"""
