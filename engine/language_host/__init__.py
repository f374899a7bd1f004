"""The Python language host: the service that the Pulumi engine asks to run a Python program.

The official one is a Go program that ships with every release of the CLI. A CLI that was built from its Go module comes
without it, so this package takes its place there, and only there: beside an official CLI it is never used. It speaks
the public protocol `pulumirpc.LanguageRuntime` (`pulumi/proto/pulumi/language.proto`), whose Python stubs the `pulumi`
package ships. It knows nothing of this project's stacks or components.

`server` answers the engine, `runner` runs inside the program's own process, the other modules each answer one question.
"""
