"""Checkov's verdicts on an exported stack, beside ours."""

from review.checkov.comparison import Compared, Comparison, Standing, compare
from review.checkov.explanation import Explanation, explanations
from review.checkov.run import CheckovError, CheckovFinding, CheckovResult, run_checkov

__all__ = [
    "CheckovError",
    "CheckovFinding",
    "CheckovResult",
    "Compared",
    "Comparison",
    "Explanation",
    "Standing",
    "compare",
    "explanations",
    "run_checkov",
]
