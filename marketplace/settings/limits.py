"""How much of what costs time, or could be copied by the thousand, one reader gets in a minute."""

PEOPLE_A_MINUTE = 120
"""How many pages of the directory of people and of single people one reader opens in a minute; 0 for any number."""
IMPORTS_A_MINUTE = 6
"""How many files of references, or answers of ORCID, are read for one person in a minute."""
CHECKS_A_MINUTE = 30
"""How many receipts one person, or one address, has checked in a minute: each PDF costs a process. 0 for any number."""
