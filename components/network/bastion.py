"""Bastion: people's way into the spoke where no hub has one.

Owns the host. Does not create machines to jump to: AKS is reached through it (`az aks bastion`), and nothing else has
a shell. Private only: it has no public address, so it is reached from the operator ranges, not from the internet.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class BastionArgs:
    """`subnet_id`: the one called AzureBastionSubnet. `zones`: every zone of the region."""

    placement: Placement
    resource_group_name: Input[str]
    subnet_id: Input[str]
    zones: tuple[str, ...]
    scale_units: int
    copy_and_paste: bool
    log_workspace_id: Input[str]


def problems(args: BastionArgs) -> list[str]:
    """Every reason why the host can't be built."""
    if not 2 <= args.scale_units <= 50:
        return [f"{args.scale_units} scale units: Bastion takes 2 to 50"]
    return []


class Bastion(ComponentResource):
    """The host and its audit log."""

    bastion_id: Output[str]

    def __init__(self, name: str, args: BastionArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:bastion:Bastion", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        host = network.BastionHost(
            f"{name}-bas",
            bastion_host_name=naming.named("bas", args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            # Only Premium can do without a public address.
            sku=network.SkuArgs(name="Premium"),
            enable_private_only_bastion=True,
            enable_tunneling=True,
            disable_copy_paste=not args.copy_and_paste,
            # A link that works for whoever has it, without signing in to Azure.
            enable_shareable_link=False,
            enable_file_copy=False,
            scale_units=args.scale_units,
            zones=list(args.zones) if args.zones else None,
            ip_configurations=[
                network.BastionHostIPConfigurationArgs(
                    name="private", subnet=network.SubResourceArgs(id=args.subnet_id)
                )
            ],
            tags=args.placement.tags,
            opts=child,
        )
        send_diagnostics(f"{name}-diag", host.id, "Microsoft.Network/bastionHosts", args.log_workspace_id, child)
        self.bastion_id = host.id
        self.register_outputs({"bastion_id": self.bastion_id})
