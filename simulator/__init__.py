"""Azure on your desk: the `azure-native` provider plugin that answers as Azure Resource Manager does.

Owns the simulated subscription (`store`), what the installed SDK says of every type (`catalog`), what Azure Resource
Manager says of the types that the platform uses (`resources`), and the plugin that the engine talks to (`provider`).
Does not own how a rehearsal is run: see `rehearsal`.
"""
