"""What each indicator means. Every word here is shown to readers, and translated.

`DEFINITIONS` is keyed by the name of the function that works the indicator out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


def _(text: str) -> str:
    """Marks a text for translation. Whoever shows it translates it: here nothing is."""
    return text


@dataclass(frozen=True, slots=True)
class Definition:
    """`formula` is plain text and `source` a citation; neither is translated."""

    id: str
    title: str
    definition: str
    formula: str
    source: str
    unit: str
    missing: str


PER_CENT = _("per cent")
POINTS = _("percentage points")
ZERO_TO_ONE = _("index from 0 to 1")
RATIO = _("ratio")
SAME_AS_INTENSITIES = _("unit of the intensities")
SAME_AS_DISTANCES = _("unit of the distances")
YEARS_OF_AGE = _("years of age")
POINTS_PER_YEAR = _("percentage points of the profile per year of age")

EITHER_UNKNOWN = _("If one of the numbers is unknown, so is the result.")
WHOLE_TABLE = _(
    "If any flow between two places of the table is unknown, so is the result. "
    "The diagonal is not looked at. A table without moves gives no value."
)
WHOLE_TABLE_AND_POPULATION = _(
    "If any flow between two places or any population is unknown, so is the result. "
    "The diagonal is not looked at."
)
PLACE_ALONE = _(
    "If any flow of a place is unknown, so is the result for that place. "
    "A place without moves, and a table of two places, give no value."
)
PLACES_TOGETHER = _(
    "If any flow between two places of the table is unknown, so is the result. "
    "A place without moves has no weight. A table of two places gives no value."
)
WHOLE_PROFILE = _("If the intensity of any age is unknown, so is the result.")
PEAK_AGES = _(
    "If the intensity of any age from 5 to 65 is unknown, so is the result. "
    "Other ages are not looked at."
)
PARAMETER = _(
    "If a parameter is unknown, or the one divided by is not above zero, so is the result."
)

BELL = "Bell et al. (2002), Journal of the Royal Statistical Society A 165(3), 435–464"
BELL_MUHIDIN = "Bell and Muhidin (2009), Human Development Research Paper 2009/30"
PLANE_MULLIGAN = "Plane and Mulligan (1997), Demography 34(2), 251–262"
BERNARD = "Bernard, Bell and Charles-Edwards (2014), Population Studies 68(2), 179–195"
ROGERS_CASTRO = "Rogers and Castro (1981), Model Migration Schedules, IIASA RR-81-30"
SHRYOCK_SIEGEL = "Shryock and Siegel (1976), The Methods and Materials of Demography"
MANUAL_VI = "United Nations (1970), Manual VI: Methods of Measuring Internal Migration"
ROGERS_SWEENEY = "Rogers and Sweeney (1998), Professional Geographer 50(2), 232–242"
UN_STOCKS = "UN DESA, International Migrant Stock, documentation"

_ALL = (
    Definition(
        id="female_share",
        title=_("Female share"),
        definition=_(
            "Women as a share of all people counted: of a migrant stock, a flow, "
            "work permits or placements."
        ),
        formula="100 × F ÷ T",
        source=UN_STOCKS,
        unit=PER_CENT,
        missing=_(
            "If women or all people are unknown, so is the share. No people at all, "
            "and more women than people in all, give no value."
        ),
    ),
    Definition(
        id="female_share_change",
        title=_("Change of the female share"),
        definition=_(
            "The female share at the end of a period less the share at its beginning, "
            "both from the same series and edition."
        ),
        formula="share(t₂) − share(t₁)",
        source=UN_STOCKS,
        unit=POINTS,
        missing=EITHER_UNKNOWN,
    ),
    Definition(
        id="sex_ratio",
        title=_("Sex ratio"),
        definition=_("Men for every hundred women."),
        formula="100 × M ÷ F",
        source=SHRYOCK_SIEGEL,
        unit=_("men per 100 women"),
        missing=_("If men or women are unknown, so is the ratio. No women give no value."),
    ),
    Definition(
        id="womens_contribution_to_growth",
        title=_("Women's contribution to growth"),
        definition=_(
            "The part of the growth, or of the decline, of a number of people over a period "
            "that is due to women."
        ),
        formula="100 × ΔF ÷ ΔT, where ΔF and ΔT − ΔF do not have opposite signs and ΔT ≠ 0",
        source="Karvan; a decomposition of growth into its parts",
        unit=PER_CENT,
        missing=_(
            "If any of the four numbers is unknown, so is the result. There is no value where "
            "nothing changed, or where women became more and men fewer or the reverse: "
            "a share of such a sum says nothing."
        ),
    ),
    Definition(
        id="occupational_dissimilarity",
        title=_("Duncan index of dissimilarity by occupation"),
        definition=_(
            "The share of women, or of men, who would have to change occupation "
            "for both sexes to be spread alike over occupations."
        ),
        formula="100 × ½ Σ |Fᵢ ÷ F − Mᵢ ÷ M|",
        source="Duncan and Duncan (1955), American Sociological Review 20(2), 210–217",
        unit=PER_CENT,
        missing=_(
            "If women or men of any occupation are unknown, so is the result. "
            "If there are no women or no men, there is no value. "
            "The index grows with the number of occupations told apart."
        ),
    ),
    Definition(
        id="representation_ratio",
        title=_("Female share of permits over that of the stock"),
        definition=_(
            "The female share of work permits divided by the female share of the migrant stock. "
            "Below one, women hold fewer permits than their number would lead one to expect."
        ),
        formula="female share of permits ÷ female share of stock",
        source="Karvan; the ratio form of representation indices",
        unit=RATIO,
        missing=_(
            "If one of the shares is unknown, so is the ratio. "
            "A stock without women gives no value."
        ),
    ),
    Definition(
        id="crude_migration_intensity",
        title=_("Crude migration intensity"),
        definition=_("Migrants within a period as a share of the people who could have migrated."),
        formula="100 × M ÷ P",
        source=BELL,
        unit=PER_CENT,
        missing=_(
            "If migrants or population are unknown, so is the result. No population gives no value."
        ),
    ),
    Definition(
        id="courgeau_k",
        title=_("Courgeau's k"),
        definition=_(
            "How fast the intensity of migration grows when a territory is divided more finely. "
            "It lets territories with different numbers of zones be compared."
        ),
        formula="CMI = k × ln(n²): least squares through the origin over the levels of zones",
        source="Courgeau (1973), Population 28(1), 95–129",
        unit=_("per cent per unit of ln(n²)"),
        missing=_("If the intensity at any number of zones is unknown, so is k."),
    ),
    Definition(
        id="migration_effectiveness",
        title=_("Migration effectiveness index"),
        definition=_(
            "Net migration as a share of all arrivals and departures. At 0 flows balance "
            "everywhere; at 100 every place only wins or only loses people."
        ),
        formula="100 × Σ |Dᵢ − Oᵢ| ÷ Σ (Dᵢ + Oᵢ)",
        source=f"{SHRYOCK_SIEGEL}; {BELL}",
        unit=PER_CENT,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="aggregate_net_migration_rate",
        title=_("Aggregate net migration rate"),
        definition=_(
            "Half the sum of net migration over all places, regardless of sign, as a share of "
            "the population."
        ),
        formula="100 × ½ Σ |Dᵢ − Oᵢ| ÷ Σ Pᵢ, which is intensity × effectiveness ÷ 100",
        source=BELL,
        unit=PER_CENT,
        missing=WHOLE_TABLE_AND_POPULATION,
    ),
    Definition(
        id="migration_preference",
        title=_("Migration preference index"),
        definition=_(
            "A flow over the one that would be expected if moves were spread by the populations "
            "of origin and destination alone. One is as expected."
        ),
        formula="Mᵢⱼ ÷ (M × Pᵢ ÷ P × Pⱼ ÷ P)",
        source=f"Bachi (1957); {MANUAL_VI}",
        unit=RATIO,
        missing=WHOLE_TABLE_AND_POPULATION,
    ),
    Definition(
        id="migration_velocity",
        title=_("Migration velocity index"),
        definition=_(
            "The rate of leaving an origin for a destination over the destination's share "
            "of the population."
        ),
        formula="(Mᵢⱼ ÷ Pᵢ) ÷ (Pⱼ ÷ P)",
        source=f"Bogue, Shryock and Hoermann (1957); {MANUAL_VI}",
        unit=RATIO,
        missing=_(
            "If a flow is unknown, so is its velocity; if any population is unknown, so are all. "
            "The diagonal is not looked at."
        ),
    ),
    Definition(
        id="connectivity_index",
        title=_("Index of connectivity"),
        definition=_("The share of pairs of places between which anybody moved."),
        formula="pairs with Mᵢⱼ > 0 ÷ n(n − 1)",
        source=BELL,
        unit=ZERO_TO_ONE,
        missing=_(
            "If any flow between two places of the table is unknown, so is the result: "
            "an unknown flow is not an absent one. The diagonal is not looked at."
        ),
    ),
    Definition(
        id="inequality_index",
        title=_("Index of inequality"),
        definition=_(
            "The share of moves that would have to go elsewhere for flows to be spread "
            "as expected; if nothing else is said, evenly over all pairs."
        ),
        formula="½ ΣΣ |mᵢⱼ − m′ᵢⱼ|, both as shares of their total",
        source=BELL,
        unit=ZERO_TO_ONE,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="gini_total",
        title=_("Total flows Gini index"),
        definition=_(
            "How concentrated migration is. At 0 all flows are equal; "
            "at 1 all moves are in one flow."
        ),
        formula="Σ Σ |Mᵢⱼ − Mₖₗ| ÷ (2 (n(n − 1) − 1) ΣΣ Mᵢⱼ) over all pairs of flows",
        source=f"{PLANE_MULLIGAN}; denominator as corrected by {BELL}",
        unit=ZERO_TO_ONE,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="gini_row",
        title=_("Rows Gini index"),
        definition=_("The part of the total Gini that comes from how origins choose destinations."),
        formula="Σᵢ Σⱼ Σₕ |Mᵢⱼ − Mᵢₕ| ÷ (2 (n(n − 1) − 1) ΣΣ Mᵢⱼ)",
        source=f"{PLANE_MULLIGAN}; denominator as corrected by Bell et al. (2002)",
        unit=ZERO_TO_ONE,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="gini_column",
        title=_("Columns Gini index"),
        definition=_(
            "The part of the total Gini that comes from how destinations draw on origins."
        ),
        formula="Σⱼ Σᵢ Σₕ |Mᵢⱼ − Mₕⱼ| ÷ (2 (n(n − 1) − 1) ΣΣ Mᵢⱼ)",
        source=f"{PLANE_MULLIGAN}; denominator as corrected by Bell et al. (2002)",
        unit=ZERO_TO_ONE,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="gini_exchange",
        title=_("Exchange Gini index"),
        definition=_("The part of the total Gini that comes from flows and their return flows."),
        formula="ΣΣ |Mᵢⱼ − Mⱼᵢ| ÷ (2 (n(n − 1) − 1) ΣΣ Mᵢⱼ)",
        source=f"{PLANE_MULLIGAN}; denominator as corrected by Bell et al. (2002)",
        unit=ZERO_TO_ONE,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="gini_out",
        title=_("Out-migration field Gini index"),
        definition=_(
            "How concentrated the destinations of one origin are. At 0 they are all chosen alike; "
            "at 1 everybody goes to one."
        ),
        formula="Σⱼ Σₗ |Mᵢⱼ − Mᵢₗ| ÷ (2 (n − 2) Σⱼ Mᵢⱼ)",
        source=PLANE_MULLIGAN,
        unit=ZERO_TO_ONE,
        missing=PLACE_ALONE,
    ),
    Definition(
        id="gini_in",
        title=_("In-migration field Gini index"),
        definition=_(
            "How concentrated the origins of one destination are. At 0 all send alike; "
            "at 1 everybody comes from one."
        ),
        formula="Σᵢ Σₖ |Mᵢⱼ − Mₖⱼ| ÷ (2 (n − 2) Σᵢ Mᵢⱼ)",
        source=PLANE_MULLIGAN,
        unit=ZERO_TO_ONE,
        missing=PLACE_ALONE,
    ),
    Definition(
        id="gini_out_weighted",
        title=_("Migration-weighted out-migration Gini index"),
        definition=_(
            "The mean of the out-migration Gini, each origin weighted by its share of all moves."
        ),
        formula="Σᵢ Gᵢ × Oᵢ ÷ M",
        source=f"{BELL}; weights sum to one, so the sum is not divided by n again",
        unit=ZERO_TO_ONE,
        missing=PLACES_TOGETHER,
    ),
    Definition(
        id="gini_in_weighted",
        title=_("Migration-weighted in-migration Gini index"),
        definition=_(
            "The mean of the in-migration Gini, each destination weighted by its share "
            "of all moves."
        ),
        formula="Σⱼ Gⱼ × Dⱼ ÷ M",
        source=f"{BELL}; weights sum to one, so the sum is not divided by n again",
        unit=ZERO_TO_ONE,
        missing=PLACES_TOGETHER,
    ),
    Definition(
        id="coefficient_of_variation",
        title=_("Coefficient of variation of flows"),
        definition=_("The standard deviation of all flows between places over their mean."),
        formula="σ(Mᵢⱼ) ÷ mean(Mᵢⱼ), with σ over all n(n − 1) flows",
        source="Rogers and Raymer (1998), Int. Journal of Population Geography 4(1), 63–80",
        unit=RATIO,
        missing=WHOLE_TABLE,
    ),
    Definition(
        id="aggregate_coefficient_of_variation",
        title=_("Aggregate coefficient of variation"),
        definition=_(
            "The coefficients of variation of every origin's and every destination's flows, "
            "each weighted by its share of all moves, added up."
        ),
        formula="Σᵢ CVᵢ(out) × Oᵢ ÷ M + Σⱼ CVⱼ(in) × Dⱼ ÷ M",
        source=ROGERS_SWEENEY,
        unit=RATIO,
        missing=PLACES_TOGETHER,
    ),
    Definition(
        id="gross_migraproduction_rate",
        title=_("Gross migraproduction rate"),
        definition=_(
            "The moves that a person would make in a life lived through all these ages "
            "at the intensities of this period."
        ),
        formula="Σ mₓ over single years of age",
        source="Rogers (1975), Introduction to Multiregional Mathematical Demography",
        unit=SAME_AS_INTENSITIES,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="normalised_intensities",
        title=_("Normalised age profile"),
        definition=_("The intensity of each age as a share of the sum over all ages."),
        formula="mₓ ÷ Σ mₓ",
        source=ROGERS_CASTRO,
        unit=_("share of the profile, from 0 to 1"),
        missing=_("If the intensity of any age is unknown, so is the whole profile."),
    ),
    Definition(
        id="peak_age",
        title=_("Age at peak"),
        definition=_("The age from 5 to 65 at which people migrate most; of equals, the youngest."),
        formula="the x with the highest mₓ, 5 ≤ x ≤ 65",
        source=BELL,
        unit=YEARS_OF_AGE,
        missing=PEAK_AGES,
    ),
    Definition(
        id="peak_intensity",
        title=_("Intensity at peak"),
        definition=_("The highest intensity of migration at any age from 5 to 65."),
        formula="max mₓ, 5 ≤ x ≤ 65",
        source=BELL,
        unit=SAME_AS_INTENSITIES,
        missing=PEAK_AGES,
    ),
    Definition(
        id="peak_breadth",
        title=_("Breadth of peak"),
        definition=_(
            "The sum of intensities from five years before the peak to five years after it."
        ),
        formula="Σ mₓ, peak − 5 ≤ x ≤ peak + 5",
        source=BELL_MUHIDIN,
        unit=SAME_AS_INTENSITIES,
        missing=_(
            "If an intensity beside the peak or at any age from 5 to 65 is unknown, so is the "
            "result. A profile that ends within five years of the peak gives no value."
        ),
    ),
    Definition(
        id="peak_share",
        title=_("Share of migration at peak ages"),
        definition=_("The breadth of the peak as a share of the gross migraproduction rate."),
        formula="100 × breadth of peak ÷ Σ mₓ",
        source=BELL_MUHIDIN,
        unit=PER_CENT,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="mean_age",
        title=_("Mean age of the profile"),
        definition=_("The mean age at migration if every age had the same number of people."),
        formula="Σ (x + ½) mₓ ÷ Σ mₓ",
        source=ROGERS_CASTRO,
        unit=YEARS_OF_AGE,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="fastest_rise",
        title=_("Maximum upward rate of change"),
        definition=_(
            "The steepest rise of the normalised profile from one year of age to the next, "
            "between age 5 and the peak."
        ),
        formula="max 100 × (mₓ − mₓ₋₁) ÷ Σ m, 5 < x ≤ peak",
        source=BERNARD,
        unit=POINTS_PER_YEAR,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="fastest_fall",
        title=_("Maximum downward rate of change"),
        definition=_(
            "The steepest fall of the normalised profile from one year of age to the next, "
            "between the peak and age 65, as a positive number."
        ),
        formula="max 100 × (mₓ₋₁ − mₓ) ÷ Σ m, peak < x ≤ 65",
        source=BERNARD,
        unit=POINTS_PER_YEAR,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="asymmetry",
        title=_("Asymmetry of the peak"),
        definition=_(
            "The steepest rise over the steepest fall. Above one, people begin to move "
            "more suddenly than they cease to."
        ),
        formula="maximum upward ÷ maximum downward rate of change",
        source=BERNARD,
        unit=RATIO,
        missing=WHOLE_PROFILE,
    ),
    Definition(
        id="child_dependency",
        title=_("Child dependency of a model schedule"),
        definition=_("The height of the childhood curve over that of the years of work."),
        formula="a₁ ÷ a₂",
        source=ROGERS_CASTRO,
        unit=RATIO,
        missing=PARAMETER,
    ),
    Definition(
        id="labour_dependency",
        title=_("Labour dependency of a model schedule"),
        definition=_("The height of the curve of the years of work over that of childhood."),
        formula="a₂ ÷ a₁",
        source=ROGERS_CASTRO,
        unit=RATIO,
        missing=PARAMETER,
    ),
    Definition(
        id="labour_asymmetry",
        title=_("Labour asymmetry of a model schedule"),
        definition=_(
            "The rate of ascent over the rate of descent of the curve of the years of work."
        ),
        formula="λ₂ ÷ α₂",
        source=ROGERS_CASTRO,
        unit=RATIO,
        missing=PARAMETER,
    ),
    Definition(
        id="parental_shift_regularity",
        title=_("Parental-shift regularity of a model schedule"),
        definition=_(
            "The rate of descent of the childhood curve over that of the years of work. "
            "Near one, children move as their parents do."
        ),
        formula="α₁ ÷ α₂",
        source=ROGERS_CASTRO,
        unit=RATIO,
        missing=PARAMETER,
    ),
    Definition(
        id="mean_distance",
        title=_("Mean distance of migration"),
        definition=_("The mean distance between the two places of a move, over all who moved."),
        formula="ΣΣ Mᵢⱼ dᵢⱼ ÷ ΣΣ Mᵢⱼ",
        source=f"{BELL}, table 6",
        unit=SAME_AS_DISTANCES,
        missing=_(
            "If any flow is unknown, or a distance that somebody moved, so is the result. "
            "Distances of pairs without moves are not needed."
        ),
    ),
    Definition(
        id="median_distance",
        title=_("Median distance of migration"),
        definition=_("The distance that half of the people who moved did not exceed."),
        formula="the d at which the flows up to d reach half of ΣΣ Mᵢⱼ",
        source=BELL,
        unit=SAME_AS_DISTANCES,
        missing=_(
            "If any flow is unknown, or a distance that somebody moved, so is the result. "
            "Distances of pairs without moves are not needed."
        ),
    ),
    Definition(
        id="distance_decay",
        title=_("Distance decay"),
        definition=_(
            "By how many per cent a flow changes when the distance is one per cent longer, "
            "all else of origin and destination being equal. It is negative where distance deters."
        ),
        formula="β in log E(Mᵢⱼ) = αᵢ + γⱼ + β log dᵢⱼ, by Poisson maximum likelihood",
        source=(f"{BELL}; Flowerdew and Aitkin (1982), Journal of Regional Science 22(2), 191–202"),
        unit=_("elasticity"),
        missing=_(
            "If any flow or distance between two places is unknown, so is the result. Places "
            "without moves are left out. There is no value where distance does not vary or "
            "the fit has no finite answer."
        ),
    ),
    Definition(
        id="recruitment_cost",
        title=_("Recruitment cost (SDG 10.7.1)"),
        definition=_(
            "What a worker paid to get a job abroad over what the job paid in its first month: "
            "the median and the quartiles of the workers of a corridor, by sex."
        ),
        formula="median of Cₖ ÷ Eₖ over workers k, weighted",
        source=(
            "UN Statistics Division, metadata of SDG indicator 10.7.1; ILO and World Bank (2019), "
            "Statistics for SDG indicator 10.7.1: Guidelines for their Collection"
        ),
        unit=_("months of earnings"),
        missing=_(
            "Workers who did not tell their cost or their earnings are left out and counted. "
            "A cost of zero counts. Fewer than 30 workers are flagged as a small sample."
        ),
    ),
    Definition(
        id="return_share",
        title=_("Return share"),
        definition=_("Moves to the country of birth as a share of all moves."),
        formula="100 × returns ÷ moves",
        source="Azose and Raftery (2019), PNAS 116(1), 116–122",
        unit=PER_CENT,
        missing=_(
            "If returns or moves are unknown, so is the share. No moves at all, "
            "and more returns than moves, give no value."
        ),
    ),
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({each.id: each for each in _ALL})
