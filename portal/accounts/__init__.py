"""People, their posts and their accounts; `authentication` signs them in.

`invitations.invite` is the way in for a person, `posts` for the roles they hold: nobody raises their own. `people` shows and
closes accounts, `changes` moves one to another address, `profile` is what people do with their own; `holders` says who has a role
now, `absence` who stands in; `diary_keys` open a calendar to its own person. `deletion` erases a closed account at its time. `command` is the command line's.
"""
