"""The policy language and its engine: law as dated, cited data, and the answers it gives.

A State's content is read into a `Law` (language, model), kept as an `Edition` known by its hash,
checked (checking, mutation, comparing), and answers questions: `evaluate` for one person with all
reasons, `next_question` and `what_if`, `plan` for the way there, `journey_document` for the whole
answer in one language. Nothing here knows a framework, a State, or what day it is.
"""
