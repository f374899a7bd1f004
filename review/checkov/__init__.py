"""Checkov's verdicts on an exported stack, beside ours."""

from review.checkov.run import CheckovError, CheckovFinding, CheckovResult, Disagreement, run_checkov

__all__ = ["CheckovError", "CheckovFinding", "CheckovResult", "Disagreement", "run_checkov"]
