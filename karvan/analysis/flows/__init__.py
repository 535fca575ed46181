"""Migration flows estimated from two tables of migrant stocks.

A *stock table* counts people by birthplace (rows) and residence (columns), natives on the diagonal.
A *flow* is the number of people who lived in one country at the start and in another at the end
(a transition): who moves twice counts once, who is born or dies between is not counted. `estimate`
makes one estimate, `estimate_all` one for each period, sex or whatever else is given at once.
docs/explanation/flow-estimates.md has the formulas, their sources and what each method assumes.
"""

from karvan.analysis.flows.estimating import Estimate, Report, estimate, estimate_all
from karvan.analysis.flows.stocks import Balance, FlowError

__all__ = ["Balance", "Estimate", "FlowError", "Report", "estimate", "estimate_all"]
