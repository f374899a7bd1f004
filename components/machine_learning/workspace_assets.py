"""Workspace assets: datastores for the zones of the lake, and environments by image digest.

Owns both. Does not own data or models (jobs make those), nor the workspace's own four datastores, which Azure makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class PinnedImage:
    """An image with its registry, by digest, and the version under which the workspace knows it."""

    image: str
    version: str


@dataclass(frozen=True, kw_only=True)
class WorkspaceAssetsArgs:
    """`lake_zones`: file systems of the lake, each a datastore. `environments` by name."""

    resource_group_name: Input[str]
    workspace_name: Input[str]
    lake_name: Input[str]
    lake_zones: tuple[str, ...]
    environments: Mapping[str, PinnedImage]


def problems(args: WorkspaceAssetsArgs) -> list[str]:
    """Images that could change under their name."""
    return [
        f"environment {name}: {each.image} has no digest, so it could be another image tomorrow"
        for name, each in args.environments.items()
        if "@sha256:" not in each.image
    ]


class WorkspaceAssets(ComponentResource):
    """Datastores and environments."""

    datastore_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: WorkspaceAssetsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:workspace_assets:WorkspaceAssets", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        self.datastore_ids = {
            zone: _datastore(f"{name}-datastore-{zone}", zone, args, child).id for zone in args.lake_zones
        }
        for key, each in args.environments.items():
            ml.EnvironmentVersion(
                f"{name}-environment-{key}",
                name=key,
                version=each.version,
                workspace_name=args.workspace_name,
                resource_group_name=args.resource_group_name,
                properties=ml.EnvironmentVersionPropertiesArgs(image=each.image, os_type="Linux", is_anonymous=False),
                opts=child,
            )
        self.register_outputs({"datastore_ids": self.datastore_ids})


def _datastore(name: str, zone: str, args: WorkspaceAssetsArgs, opts: ResourceOptions) -> ml.Datastore:
    return ml.Datastore(
        name,
        # Names of datastores have no dashes.
        name=zone.replace("-", "_"),
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        properties=ml.AzureDataLakeGen2DatastoreArgs(
            datastore_type="AzureDataLakeGen2",
            account_name=args.lake_name,
            filesystem=zone,
            # Whoever reads does so as themselves: no key is kept.
            credentials=ml.NoneDatastoreCredentialsArgs(credentials_type="None"),
            service_data_access_auth_identity="WorkspaceUserAssignedIdentity",
        ),
        opts=opts,
    )
