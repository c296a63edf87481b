### Texts of the first page.

home-page = Measure pay gaps
home-title = Measure pay gaps. See nobody’s pay.
home-lead = Employers report their pay, sealed in their own browser. Two servers add the sealed figures up. Only the averages of all of them are ever opened.
home-invited-title = I was invited
home-invited-text = Open the link of your invitation, or paste it here.
home-invited-label = Invitation link
home-invited-go = Continue
home-invited-wrong = This is no invitation link. It looks like https://…/take-part/… and is in the message that you got; copy all of it, up to its last character.
home-organize-title = I run a survey
home-organize-text = Ask a question about pay, invite those who are to answer, and publish the result with a proof.
home-organize-go = Organize a survey
home-how-title = Who sees what
home-how-you-text = see your pay file. It does not leave this browser.
home-how-data-text = sees sealed figures and multiplies them. It has no key.
home-how-computation-text = has the key and sees one total over all reporters, never a single submission.
