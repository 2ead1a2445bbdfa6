"""People and their accounts on the screen: signing in, roles, and what changes about somebody.

`sign_in.sign_in_form` is the way in; `authenticator` asks for the password again inside a page, `people` shows who holds
what, and `changes` what becomes of an account.
"""
