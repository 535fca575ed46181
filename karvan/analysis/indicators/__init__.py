"""Indicators of migration: pure functions on numbers, each with its definition.

Arrays and single numbers are welcome alike. NaN (or None) means unknown and stays unknown; it is
never read as zero. `definitions` says of each function what it measures, by which formula and
source, in which unit, and what a missing cell does to it.
"""

from .age_profile import (
    asymmetry,
    child_dependency,
    fastest_fall,
    fastest_rise,
    gross_migraproduction_rate,
    labour_asymmetry,
    labour_dependency,
    mean_age,
    normalised_intensities,
    parental_shift_regularity,
    peak_age,
    peak_breadth,
    peak_intensity,
    peak_share,
)
from .connectivity import (
    aggregate_coefficient_of_variation,
    coefficient_of_variation,
    connectivity_index,
    gini_column,
    gini_exchange,
    gini_in,
    gini_in_weighted,
    gini_out,
    gini_out_weighted,
    gini_row,
    gini_total,
    inequality_index,
)
from .definitions import DEFINITIONS, Definition
from .distance import distance_decay, mean_distance, median_distance
from .feminisation import (
    female_share,
    female_share_change,
    occupational_dissimilarity,
    representation_ratio,
    sex_ratio,
    womens_contribution_to_growth,
)
from .impact import (
    aggregate_net_migration_rate,
    migration_effectiveness,
    migration_preference,
    migration_velocity,
)
from .intensity import courgeau_k, crude_migration_intensity
from .recruitment_cost import recruitment_cost
from .returning import return_share

__all__ = [
    "DEFINITIONS",
    "Definition",
    "aggregate_coefficient_of_variation",
    "aggregate_net_migration_rate",
    "asymmetry",
    "child_dependency",
    "coefficient_of_variation",
    "connectivity_index",
    "courgeau_k",
    "crude_migration_intensity",
    "distance_decay",
    "fastest_fall",
    "fastest_rise",
    "female_share",
    "female_share_change",
    "gini_column",
    "gini_exchange",
    "gini_in",
    "gini_in_weighted",
    "gini_out",
    "gini_out_weighted",
    "gini_row",
    "gini_total",
    "gross_migraproduction_rate",
    "inequality_index",
    "labour_asymmetry",
    "labour_dependency",
    "mean_age",
    "mean_distance",
    "median_distance",
    "migration_effectiveness",
    "migration_preference",
    "migration_velocity",
    "normalised_intensities",
    "occupational_dissimilarity",
    "parental_shift_regularity",
    "peak_age",
    "peak_breadth",
    "peak_intensity",
    "peak_share",
    "recruitment_cost",
    "representation_ratio",
    "return_share",
    "sex_ratio",
    "womens_contribution_to_growth",
]
