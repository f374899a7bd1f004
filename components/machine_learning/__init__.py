"""Azure ML: the workspace, and what trains and serves in it."""
