"""Dated facts about Azure that more than one package needs: one module and one data file per kind.

Owns facts and their sources. Does not own opinions: what a stack may choose is in `stacks`, what policy allows in
`policies`. Imports nothing else of this project; every other package may import it.
"""
