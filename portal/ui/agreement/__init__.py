"""The agreement on the screen: text, editions, register, signing, notices, withholding, markings."""
