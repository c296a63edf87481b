### Texts of the way a reporter takes.
