"""Chapters of ten megabytes, full of one thing: how long ``book check`` takes, and how much memory.

``python -m tests.growth`` measures all kinds at 1.25, 2.5, 5 and 10 MB and says which grow faster
than their size; ``python -m tests.growth --kinds ruby tables --megabytes 1 2`` some of them.
"""
