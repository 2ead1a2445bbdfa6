"""An edition of the agreement: sealed folders of data, read once into frozen types.

The way in is `editions.edition`: `sealing` refuses an altered file, `toml_reading` reads it into the types of `contents`, `forms`
and `edition_type`, and `references` checks what each names. `placeholders` fills the blanks; `adopted` and `reworded` make a
partnership's own of it.
"""
