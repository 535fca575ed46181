"""Journeys: a person's answers, the ways open to them, and the plan for the one they choose.

A person's answers are *notes*. They live in one encrypted cookie in the person's own browser and
nowhere else: never in the database, an address or a log. Only at the person's wish are they
*saved*: encrypted under a *code* that only the person has, until a stated day.
"""
