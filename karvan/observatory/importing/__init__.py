"""A file of figures becomes an edition: read, understood, checked, stored whole or not at all.

reading     CSV, xlsx or SDMX as a *grid*: rows of texts under labels, wherever they begin
layouts     the publishers' own files, known by their columns
mapping     what each column means: said, remembered or guessed
preparing   the grid as a table of figures, with the report on its rows
storing     the table as an edition of a series
"""
