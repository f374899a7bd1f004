"""What is allowed: rules, their profiles, controls and waivers. The CrossGuard pack is a thin adapter over them."""
