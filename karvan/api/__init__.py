"""The public API of figures: read-only JSON over the observatory's own queries, and bulk files.

Everything here is open to everybody and to pages of any origin; nothing here is about a person.
What is refused is refused in one shape: a code for programs, a message and a remedy for people.
"""
