"""Chart: a Helm chart that Flux installs in the cluster, pinned.

Owns its namespace, source and release, and waits until the release is ready: what needs the chart's own kinds depends
on this. Does not own Flux (`components.aks.git_ops`), versions (`facts.charts`) or values.

Flux and not Pulumi's Helm: a release of Pulumi's can't be rendered without a cluster, and needs the chart at preview.
Sources and releases lie in Flux's own namespace, because AKS lets a release use no other namespace's source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pulumi import ComponentResource, CustomTimeouts, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from components.aks.git_ops import NAMESPACE as FLUX
from components.problems import refuse
from facts.charts import Chart as ChartFact
from facts.charts import chart

Level = Literal["privileged", "baseline", "restricted"]
READY = {"pulumi.com/waitFor": "condition=Ready"}
SERVICE_ACCOUNT = "flux-applier"
"""The account with which Flux's extension on AKS applies what its own configuration says."""


@dataclass(frozen=True, kw_only=True)
class ChartArgs:
    """`chart`: a name in facts/charts.yaml. `pod_security`: None where the namespace is another chart's.

    `ready`: what must stand before the chart is installed.
    """

    chart: str
    namespace: str
    pod_security: Level | None
    values: Mapping[str, Any]
    ready: Sequence[Resource] = ()


def problems(args: ChartArgs) -> list[str]:
    """Every reason why the release could not be made."""
    return [f"namespace {args.namespace} belongs to the cluster"] if args.namespace in ("kube-system", FLUX) else []


def namespace_labels(level: Level) -> dict[str, str]:
    """Pod Security: enforced, and told to whoever applies something that falls below."""
    return {f"pod-security.kubernetes.io/{mode}": level for mode in ("enforce", "audit", "warn")}


class Chart(ComponentResource):
    """Namespace, source, release."""

    release_name: Output[str]

    def __init__(self, name: str, args: ChartArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:chart:Chart", name, {}, opts)
        refuse(name, problems(args))
        fact = chart(args.chart)
        child = ResourceOptions(parent=self)
        spaces = []
        if args.pod_security is not None:
            metadata: Any = {"name": args.namespace, "labels": namespace_labels(args.pod_security)}
            spaces = [Namespace(f"{name}-ns", metadata=metadata, opts=child)]
        source = _source(f"{name}-source", fact, child)
        CustomResource(
            f"{name}-release",
            api_version="helm.toolkit.fluxcd.io/v2",
            kind="HelmRelease",
            metadata={"name": args.chart, "namespace": FLUX, "annotations": READY},
            spec=release_spec(fact, args),
            opts=ResourceOptions(
                parent=self,
                depends_on=[*spaces, source, *args.ready],
                # Longer than Flux's own time for one attempt (`release_spec`), or `up` fails while Helm still installs.
                custom_timeouts=CustomTimeouts(create="30m", update="30m"),
            ),
        )
        self.release_name = Output.from_input(args.chart)
        self.register_outputs({"release_name": self.release_name})


def release_spec(fact: ChartFact, args: ChartArgs) -> dict[str, Any]:
    """What Flux installs, and that it mends what somebody changes by hand."""
    from_repository = {
        "spec": {
            "chart": fact.name,
            "version": fact.version,
            "sourceRef": {"kind": "HelmRepository", "name": fact.name, "namespace": FLUX},
        }
    }
    where: dict[str, Any] = (
        {"chartRef": {"kind": "OCIRepository", "name": fact.name, "namespace": FLUX}}
        if fact.is_oci
        else {"chart": from_repository}
    )
    return {
        **where,
        "releaseName": fact.name,
        "targetNamespace": args.namespace,
        "storageNamespace": args.namespace,
        "serviceAccountName": SERVICE_ACCOUNT,
        "interval": "1h",
        "timeout": "15m",
        "driftDetection": {"mode": "enabled"},
        "install": {"crds": "CreateReplace", "remediation": {"retries": 3}},
        "upgrade": {"crds": "CreateReplace", "remediation": {"retries": 3, "remediateLastFailure": True}},
        "values": dict(args.values),
    }


def _source(name: str, fact: ChartFact, opts: ResourceOptions) -> CustomResource:
    spec: dict[str, Any] = {"url": fact.url, "interval": "1h"}
    if fact.is_oci:
        # A digest wins over a tag: the tag says to people which version it is.
        pinned = {"tag": fact.version, **({} if fact.digest is None else {"digest": fact.digest})}
        layer = {"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "operation": "copy"}
        spec |= {"ref": pinned, "layerSelector": layer}
    return CustomResource(
        name,
        api_version="source.toolkit.fluxcd.io/v1",
        kind="OCIRepository" if fact.is_oci else "HelmRepository",
        metadata={"name": fact.name, "namespace": FLUX, "annotations": READY},
        spec=spec,
        opts=opts,
    )
