"""The specification of the policy language, as tables that run.

Each module says one topic. pytest runs every case (`test_specification.py`), and
`python -m tests.spec` writes them to docs/reference/policy-language-by-example.md.
"""
