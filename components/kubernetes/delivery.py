"""Delivery: how objects reach the cluster, or in a rehearsal a folder of manifests.

For real: the kubeconfig that AKS gives to whoever may use the cluster. It holds an address, a certificate and a call of
`kubelogin`, and no secret: local accounts are off. `AAD_LOGIN_METHOD` (azurecli, workloadidentity) says how kubelogin
signs in. In a rehearsal: the provider renders, and reaches no cluster; a folder and a kubeconfig exclude each other.
"""

from __future__ import annotations

import os

import pulumi_kubernetes as kubernetes
from pulumi import Input, InvokeOutputOptions, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components.kubernetes.outputs import decoded
from stacks.types import MANIFESTS_VARIABLE


def provider(
    name: str, resource_group_name: Input[str], cluster_name: Input[str], ready: list[Resource], parent: Resource
) -> kubernetes.Provider:
    """The provider of every object in the cluster, once `ready` stands."""
    opts = ResourceOptions(parent=parent, depends_on=ready)
    folder = os.environ.get(MANIFESTS_VARIABLE)
    if folder is not None:
        # Empty and not left out: the SDK would take the kubeconfig of the shell, with which nothing is rendered.
        return kubernetes.Provider(name, render_yaml_to_directory=folder, kubeconfig="", opts=opts)
    credentials = aks.list_managed_cluster_user_credentials_output(
        resource_group_name=resource_group_name,
        resource_name=cluster_name,
        format="exec",
        opts=InvokeOutputOptions(parent=parent, depends_on=ready),
    )
    return kubernetes.Provider(name, kubeconfig=decoded(credentials.kubeconfigs[0].value), opts=opts)
