"""The second step of signing in: codes of an app, passkeys, recovery codes.

allauth.mfa does the work; here stands what the portal settles: secrets are encrypted, codes count
once, whose rights need a second step, what is noted in the journal, and how an administrator helps
somebody who has lost the device.
"""
