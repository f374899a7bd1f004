"""How the Pulumi CLI and its plugins get onto a machine."""
