"""The catalogue: published editions of the law, and the pages that show them.

An *edition* is an immutable published state of one State's content, known by its hash. The files
it was made from are kept with it, so that an answer given from it can be explained years later.
"""
