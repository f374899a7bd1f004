"""The edge: what stands between callers outside the spoke and what serves inside it."""
