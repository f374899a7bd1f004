"""A Pulumi project that only the benchmark runs."""
