"""After disclosure: retention and its extension, destruction with its certificate, onward sharing (s7, s12).

The recipient's `copies` are kept until their day; `retention_extension` asks for longer; `destruction.say_gone`, the way in
at the end, writes the `destruction_certificate`. `onward_sharing` asks the originator, `onward_sharing_answers` is what it says.
`aftermath` shows all of it to each side, `still_held` what is left; `retention` and `deletion` are the holder's own time.
"""
