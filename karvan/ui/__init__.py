"""The design system: layout, components and formatting. It knows no subject.

Words: a *lozenge* is filled as far as the law fills it; the *road* is a plan's line of
waypoints; the *rail* is the narrow column of dates and labels beside the matter.
"""
