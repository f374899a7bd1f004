"""Dated facts about Azure Resource Manager, and the generators that made them."""
