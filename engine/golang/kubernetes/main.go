// The Kubernetes provider of Pulumi, built from its Go module (engine/kubernetes.py says why and how).
//
// Its schema and mapping lie in the module beside a main package that embeds files which only its own release
// pipeline makes; so the build copies them here, with the version filled in, and this main package embeds them.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
)

// version is set by the linker: the version of the Python SDK that talks to this provider.
var version string

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {
	provider.Serve("kubernetes", version, schema, mapping)
}
