"""The whole program under whatever a folder may hold: see ``books`` and ``run``.

``python -m tests.fuzz --minutes 60`` goes on for an hour and prints what broke.
"""
