"""How what the SDK calls an input lies in the body that goes over ARM's wire, both ways."""
