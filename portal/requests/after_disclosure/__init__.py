"""After disclosure: retention and its extension, destruction with its certificate, onward sharing (s7, s12)."""
