"""Dropping the version aliases that the azure-native SDK gives every resource.

The SDK tells the engine, for each resource, every API version that the type ever had (60 and more), so that a state
written with `azure-native:network/v20230201:…` is recognised. A stack that never used versioned types pays for it
all the same: expanding the aliases is most of the time and memory of a preview. A stack whose state still holds
such a type must keep them (`keep_version_aliases`), or the engine would replace those resources.
"""

from __future__ import annotations

import re

from pulumi import Alias, ResourceOptions, ResourceTransformationArgs, ResourceTransformationResult
from pulumi.runtime import register_stack_transformation

# azure-native:network/v20230201:VirtualNetwork, azure-native:network/v20150501preview:Subnet
VERSIONED = re.compile(r"^azure-native:[a-z0-9]+/v\d{8}[a-z]*:")


def is_version_alias(alias: object) -> bool:
    """Whether `alias` says only that the type once had another API version; any other alias is someone's rename."""
    if not isinstance(alias, Alias) or not isinstance(alias.type_, str):
        return False
    others: tuple[object, ...] = (alias.name, alias.parent, alias.stack, alias.project)
    says_more = any(part is not ... for part in others)
    return not says_more and VERSIONED.match(alias.type_) is not None


def without_version_aliases(args: ResourceTransformationArgs) -> ResourceTransformationResult | None:
    """The transformation: the same resource without its version aliases; None when it has none."""
    aliases = args.opts.aliases
    if not isinstance(aliases, list) or not any(is_version_alias(alias) for alias in aliases):
        return None
    kept = [alias for alias in aliases if not is_version_alias(alias)]
    opts = ResourceOptions.merge(args.opts, None)
    opts.aliases = kept
    return ResourceTransformationResult(props=args.props, opts=opts)


def drop_version_aliases() -> None:
    """Apply it to every resource that the program makes from now on."""
    register_stack_transformation(without_version_aliases)
