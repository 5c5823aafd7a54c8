"""A file without what says whose it is (I15): properties, names of authors, comments, tracked changes, where a picture
was taken. What it shows stays as it is. Pure, without Django: `__main__.py` runs it as a program of its own.

It comes after `inspecting`, whose judgement it relies on, and what it writes is inspected again. What it does not know
how to clean it refuses, with the code of a sentence that says what to take out.
"""
