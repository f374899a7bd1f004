"""The project's workflow files under three checkers of other people: zizmor, actionlint and checkov."""

from review.workflows.check import Checked, WorkflowsError, check_workflows

__all__ = ["Checked", "WorkflowsError", "check_workflows"]
