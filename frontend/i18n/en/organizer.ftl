### Texts of the way an organizer takes.
