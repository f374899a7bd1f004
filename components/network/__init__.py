"""The spoke: addresses, what may flow, how traffic leaves it, and the private doors of every service."""
