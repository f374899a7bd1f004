"""The adapter between Pulumi's engine and the rules: its protocol on one side, `policies.judge` on the other."""
