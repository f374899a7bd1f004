"""Registry cache: images of other registries that ours keeps once somebody pulled them.

Owns the rules and the credential sets, and the right of each set to read its two secrets. Does not own the secrets:
a person writes them into the vault (docs/runbooks/add-cache-rule.md), so they are in no state and no plan. Nodes reach
one registry only, and what they pull stays there when its source is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import containerregistry

from components.identity.role_assignment import Grant, Principal, RoleAssignments, RoleAssignmentsArgs, Scope
from components.problems import refuse
from facts.registry_upstreams import SIGN_IN, UPSTREAMS


@dataclass(frozen=True, kw_only=True)
class CacheRule:
    """`source` is a registry and a repository, `target` where it appears here; both may end with `/*`."""

    source: str
    target: str
    signed_in: bool

    @property
    def upstream(self) -> str:
        """The registry that the images come from."""
        return self.source.partition("/")[0]


@dataclass(frozen=True, kw_only=True)
class RegistryCacheArgs:
    """`namespace` as for role assignments. A rule `x` signs in with the secrets `x-user` and `x-password`."""

    resource_group_name: Input[str]
    registry_name: Input[str]
    rules: Mapping[str, CacheRule]
    vault_uri: Input[str]
    vault: Scope
    namespace: str


def problems(args: RegistryCacheArgs) -> list[str]:
    """Every rule that Azure would refuse."""
    found = []
    for name, rule in args.rules.items():
        if rule.upstream not in UPSTREAMS:
            found.append(f"cache rule {name}: {rule.upstream} can't be cached, only {', '.join(UPSTREAMS)}")
        if rule.upstream in SIGN_IN and not rule.signed_in:
            found.append(f"cache rule {name}: {rule.upstream} serves only those who sign in")
        if rule.source.endswith("*") != rule.target.endswith("*"):
            found.append(f"cache rule {name}: {rule.source} and {rule.target} must both end with /* or neither")
    return found


class RegistryCache(ComponentResource):
    """Cache rules with their credentials."""

    rule_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: RegistryCacheArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:registry_cache:RegistryCache", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self.rule_ids = {rule_name: self._rule(rule_name, rule).id for rule_name, rule in args.rules.items()}
        self.register_outputs({"rule_ids": self.rule_ids})

    def _rule(self, rule_name: str, rule: CacheRule) -> containerregistry.CacheRule:
        credentials = self._credentials(rule_name, rule.upstream) if rule.signed_in else None
        return containerregistry.CacheRule(
            f"{self._prefix}-rule-{rule_name}",
            cache_rule_name=rule_name,
            registry_name=self._args.registry_name,
            resource_group_name=self._args.resource_group_name,
            source_repository=rule.source,
            target_repository=rule.target,
            credential_set_resource_id=None if credentials is None else credentials.id,
            opts=ResourceOptions(parent=self),
        )

    def _credentials(self, rule_name: str, upstream: str) -> containerregistry.CredentialSet:
        made = containerregistry.CredentialSet(
            f"{self._prefix}-credentials-{rule_name}",
            credential_set_name=rule_name,
            registry_name=self._args.registry_name,
            resource_group_name=self._args.resource_group_name,
            login_server=upstream,
            # The only kind of identity that a set can have.
            identity=containerregistry.IdentityPropertiesArgs(type="SystemAssigned"),
            auth_credentials=[
                containerregistry.AuthCredentialArgs(
                    name="Credential1",
                    username_secret_identifier=self._secret(f"{rule_name}-user"),
                    password_secret_identifier=self._secret(f"{rule_name}-password"),
                )
            ],
            opts=ResourceOptions(parent=self),
        )
        reader = Principal(name=f"cache-{rule_name}", id=made.identity.principal_id, type="ServicePrincipal")
        grants = (Grant(principal=reader, role="Key Vault Secrets User", scope=self._args.vault),)
        RoleAssignments(
            f"{self._prefix}-roles-{rule_name}",
            RoleAssignmentsArgs(namespace=self._args.namespace, grants=grants),
            ResourceOptions(parent=self),
        )
        return made

    def _secret(self, secret: str) -> Output[str]:
        return Output.concat(self._args.vault_uri, "secrets/", secret)
