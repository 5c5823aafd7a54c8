"""What a stranger's file is, judged by its content alone. Pure, without Django: `__main__.py` runs it as a program of
its own, so that no file can take more time or memory than it is given.

Everything here refuses what it does not know: a file is taken in for being a harmless one of a known kind, never for
not being a known evil one. The malware scanner comes after it (`vault/scanner.py`) and replaces none of it.
"""
