"""People, their posts and their accounts; `authentication` signs them in.

`invitations.invite` is the way in for a person, `posts` for the roles they hold: nobody raises their own. `people` shows and
closes accounts, `changes` moves one to another address, `self_service` is what people do with their own; `holders` says who
has a role now. `deletion` erases a closed account at its time. `command` is the command line's.
"""
