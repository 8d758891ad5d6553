"""The editors' desk: what waits, decided in the browser; for those who are signed in."""
