"""What the platform decides: challenges, the proposals that answer them, and the judging of both.

No model here is called Task; background code is `jobs.py`.
"""
