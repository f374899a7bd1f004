"""What the installed azure-native SDK says of every type, compiled once."""

from simulator.catalog.catalog import Catalog, Function, Resource, open_catalog
from simulator.catalog.shapes import Shape

__all__ = ["Catalog", "Function", "Resource", "Shape", "open_catalog"]
