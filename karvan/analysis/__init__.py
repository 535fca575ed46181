"""Numbers in, numbers out: tables of figures, fits, flow estimates and indicators over arrays.

No framework, no clock, no State by name. What is unknown is missing (NaN or None), and stays so.
"""
