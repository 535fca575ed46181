"""The observatory: figures by corridor, year and sex, each with the series it is of.

A *series* is one way of counting one thing by one reporter; an *edition* is a publication of it,
and never changes; an *observation* is one figure of an edition. An *estimate* is computed from an
edition's figures and is always shown with its method, beside what was observed.
"""
