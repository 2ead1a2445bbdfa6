"""Papers that show that the law is kept, made from the portal's own facts: asked, built, made, signed, reviewed.

`kinds` says which there are and what is asked for each; `entitlement` who may read, keep and sign which; `answers` keeps
what only the body itself knows; `content` builds the `sections`, with the `activities` it reads from the records;
`making.make_paper`, the way in, seals one, and `making.sign_paper` takes signatures; `views` shows where each stands, `files` gives one out.
"""
