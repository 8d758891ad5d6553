"""What weights say of a sentence: see :mod:`comity.reading.learned.deciding`."""
