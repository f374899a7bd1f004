"""How the platform is built: one Pulumi component per noun.

Owns resources and how they are wired. Does not own what a stack wants (`stacks`) nor what is allowed (`policies`).
"""
