"""What a US dollar costs in Canadian dollars: Azure's list prices are in the one, our budgets in the other.

Good enough for orders of magnitude. Microsoft converts invoices with a rate of its own, which it fixes each month.
"""

from __future__ import annotations

from typing import Final

CAD_PER_USD: Final = 1.3978
"""Bank of Canada, annual average of 2025 (bankofcanada.ca/rates/exchange/annual-average-exchange-rates), taken on
2026-11-25 from two pages that cite it."""
