"""Findings as SARIF 2.1.0, the form that code scanning and editors read."""
