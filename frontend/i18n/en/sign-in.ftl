### Signing in, which organizers do, at the beginning and where a sign-in does not count any longer.

sign-in-title = Sign in
sign-in-text = For those who ask about pay. Whoever was invited to answer needs no sign-in: the link of the invitation is enough.
sign-in-token = Sign-in
sign-in-hint = Whoever runs the data server gave it to you. It stays in this tab and is not stored.
sign-in-go = Sign in
signing-in = Signing in.

## What servers refuse

problem-sign-in-required = The data server does not take this sign-in: it is mistyped, or was replaced in the meantime. Ask whoever runs that server, sign in again, and go on where you were. Nothing you typed was lost.
