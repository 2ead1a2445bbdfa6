"""What a person does with an account of their own, without asking anybody.

`profile.change_details` is the way in: name, position, signing out everywhere; `absence` says who stands in while they are
away; `diary_keys` opens their calendar to their own diary.
"""
