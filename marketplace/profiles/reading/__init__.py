"""What a stranger's file says of publications and patents. Pure, without Django: `__main__.py` runs it as a program of
its own, so that no file can take more time or memory than it is given.

It answers plain texts of bounded length and number; whether they may stand is judged where they are taken over.
"""
