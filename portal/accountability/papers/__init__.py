"""Papers that show that the law is kept, made from the portal's own facts: asked, built, made, signed, reviewed.

`kinds` says which there are and what is asked for each; `answers` keeps what only the body itself knows; `content` builds
the sections; `making` seals a paper and takes signatures; `views` shows where each stands.
"""
