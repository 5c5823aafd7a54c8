"""A file without what says whose it is (I15): properties, names of authors, comments, tracked changes, where a picture
was taken. What it shows stays as it is. Pure, without Django: `__main__.py` runs it as a program of its own.

It comes after `inspecting`, whose judgement it relies on, and what it writes is inspected again. What it does not know
how to clean it refuses, with the code of a sentence that says what to take out.

`blinding.py` says what is done with which kind. Of an Office file `office.py` keeps the parts that `relations.py` knows
to be shown, and cleans each: `revisions.py` accepts tracked changes, `marks.py` takes out names and numbers of copies.
"""
