"""Planning meetings and keeping the members of a group: dates, calendar files, rotation of the Chair, guests.

`plan.plan` is the way in, `change` moves or calls off one; `group` says who keeps a group, `members` who is in it, `guests`
who is asked to one meeting, `rotation` whose turn it is to chair, `group_review` its yearly review. `calendar_files`, `feed`
and `membership` put meetings into diaries.
"""
