"""A file of figures becomes an edition: read, understood, checked, stored whole or not at all.

reading     CSV, xlsx or SDMX as a *grid*: rows of texts under labels, wherever they begin
layouts     the publishers' own files, known by their columns
mapping     what each column means: said, remembered or guessed
tabulating  the grid as a table of figures; cells and areas read its texts
describing  which series and edition the figures are of
preparing   all of these in turn, with the report on the rows
storing     every edition that the file holds, or none
"""
