"""What a template's expressions are evaluated in: its parameters, its variables, and where it is deployed to.

Nobody knows the latter from the file alone; so the subscription and the group are holes in every id, the same ones
everywhere, and references within the template still lead to their resources.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from policies.values import SECRET, UNKNOWN, Marker, is_list
from review.arm_expressions import ExpressionError, Unresolved, evaluate, is_expression, is_resolved, parse
from review.arm_functions import FUNCTIONS
from review.extent import is_beyond

SUBSCRIPTION: Final = "{subscription().subscriptionId}"
GROUP: Final = "{resourceGroup().name}"
_SECURE: Final = frozenset({"securestring", "secureobject"})
_MOST: Final = 40


@dataclass(frozen=True)
class Target:
    """Where a deployment goes: ids begin with it. `group`: empty for one to a subscription."""

    subscription: str = SUBSCRIPTION
    group: str = GROUP
    above: str = ""

    @property
    def base(self) -> str:
        """What stands before `/providers/`."""
        if self.above:
            return "" if self.above == "/" else self.above
        group = f"/resourceGroups/{self.group}" if self.group else ""
        return f"/subscriptions/{self.subscription}{group}"


@dataclass
class Scope:
    """One template. `given`: the values of parameters, already evaluated. `extensions`: providers by name.

    `symbols`: ids by symbolic name.
    """

    target: Target
    parameters: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, str] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _known: dict[str, Any] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)

    def at(self, target: Target) -> Scope:
        """The same template evaluated for another place: a nested deployment in the outer one's scope."""
        return replace(self, target=target, symbols={}, _open=set(), _known={}, _asked=[])

    def value(self, written: Any) -> Any:
        """A value with every expression in it evaluated; what remains unresolved stays so."""
        if isinstance(written, str):
            return self._text(written)
        if isinstance(written, Mapping):
            looped = _copied(written)
            kept = (item for item in written.items() if not looped or item[0] != "copy")
            return {**{self._key(name): self.value(child) for name, child in kept}, **looped}
        return [self.value(item) for item in written] if is_list(written) else written

    def asked(self, written: Any) -> Any:
        """The same structure with, for each expression, the ids of what it asks Azure about, a line each."""
        if isinstance(written, str):
            self._asked.clear()
            self._text(written)
            return "\n".join(self._asked)
        if isinstance(written, Mapping):
            return {str(name): self.asked(child) for name, child in written.items() if name != "copy"}
        return [self.asked(item) for item in written] if is_list(written) else None

    def text(self, written: Any) -> str:
        """A name or id as text, with holes for what isn't known."""
        found = self.value(written)
        return str(found) if isinstance(found, str | Unresolved) else "{unknown}"

    def _key(self, name: Any) -> str:
        return self.text(name) if is_expression(str(name)) else str(name)

    def _text(self, written: str) -> Any:
        if written.startswith("[["):
            return written[1:]
        if not is_expression(written):
            return written
        try:
            tree = parse(written[1:-1])
        except ExpressionError:
            return UNKNOWN
        try:
            return evaluate(tree, self._functions())
        except RecursionError:
            return UNKNOWN

    def _functions(self) -> dict[str, Callable[..., Any]]:
        return {
            **FUNCTIONS,
            "parameters": self._parameter,
            "variables": self._variable,
            "resourcegroup": lambda: _group(self.target),
            "subscription": lambda: _subscription(self.target),
            "resourceid": self._resource_id,
            "subscriptionresourceid": lambda *given: self._id(_scope_of(given, self.target, ""), given),
            "tenantresourceid": lambda *given: self._id("", given),
            "reference": self._reference,
            "extensionresourceid": lambda of, *given: self._id(str(of), given),
        }

    def _parameter(self, name: Any) -> Any:
        declared = _in_any_case(self.parameters, name)
        kind = str(declared.get("type", "")).lower() if isinstance(declared, Mapping) else ""
        if kind in _SECURE:
            return SECRET
        given = _in_any_case(self.given, name)
        if given is not None:
            return given
        if isinstance(declared, Mapping) and declared.get("defaultValue") is not None:
            return self._once(f"parameters {name}", declared["defaultValue"])
        if isinstance(declared, Mapping) and declared.get("nullable") is True:
            return None
        return Unresolved(f"{{parameters({name})}}")

    def _variable(self, name: Any) -> Any:
        written = _in_any_case(self.variables, name)
        if written is not None:
            return self._once(f"variables {name}", written)
        # Nobody can tell what a loop makes, but it is the same wherever its name stands.
        made = _in_any_case(_copied(self.variables), name)
        return Unresolved(f"{{variables({name})}}") if made is not None else UNKNOWN

    def _once(self, key: str, written: Any) -> Any:
        """A value that may refer to itself by mistake."""
        if key in self._known:
            return self._known[key]
        if key in self._open or len(self._open) > _MOST:
            return UNKNOWN
        self._open.add(key)
        try:
            found = self.value(written)
            self._known[key] = UNKNOWN if is_beyond(found) else found
        finally:
            self._open.discard(key)
        return self._known[key]

    def _reference(self, of: Any, *_given: Any) -> Any:
        """Only Azure knows; of what is noted, for who asks where a value comes from."""
        asked = self.symbols.get(str(of), str(of))
        if asked.startswith("/"):
            self._asked.append(asked)
        return UNKNOWN

    def _resource_id(self, *given: Any) -> Any:
        if len(given) == 1 and str(given[0]) in self.symbols:
            return self.symbols[str(given[0])]
        return self._id(_scope_of(given, self.target, self.target.group), given)

    @staticmethod
    def _id(base: str, given: tuple[Any, ...]) -> Any:
        """The id for (…, type, name, name, …); what stands before the type has gone into the base."""
        if any(isinstance(one, Marker) for one in given):
            return UNKNOWN
        texts = list(map(str, given))
        start = next((index for index, text in enumerate(texts) if "/" in text and not text.startswith("{")), None)
        if start is None:
            return UNKNOWN
        found = f"{base}/providers/{joined_type(texts[start], '/'.join(texts[start + 1 :]))}"
        return found if is_resolved(list(given)) and "{" not in found else Unresolved(found)


def joined_type(type_: str, name: str) -> str:
    """`Microsoft.A/b/c` and `x/y` as `Microsoft.A/b/x/c/y`."""
    provider, *kinds = type_.split("/")
    names = name.split("/")
    pairs = [part for index, kind in enumerate(kinds) for part in (kind, names[index] if index < len(names) else "{}")]
    return "/".join([provider, *pairs])


def _scope_of(given: tuple[Any, ...], target: Target, group: str) -> str:
    """The base for arguments that may begin with a subscription and a group."""
    before = []
    for one in map(str, given):
        if "/" in one and not one.startswith("{"):
            break
        before.append(one)
    if len(before) == 2:
        return Target(before[0], before[1]).base
    if len(before) == 1:
        return Target(target.subscription, before[0]).base if group else Target(before[0], "").base
    return Target(target.subscription, group).base


def _group(target: Target) -> dict[str, Any]:
    name = target.group if target.group != GROUP else Unresolved(GROUP)
    return {"name": name, "id": Unresolved(target.base), "location": UNKNOWN, "tags": UNKNOWN}


def _subscription(target: Target) -> dict[str, Any]:
    known = target.subscription != SUBSCRIPTION
    number = target.subscription if known else Unresolved(SUBSCRIPTION)
    base = f"/subscriptions/{target.subscription}"
    return {"subscriptionId": number, "id": base if known else Unresolved(base), "tenantId": UNKNOWN}


def _in_any_case(holder: Mapping[str, Any], name: Any) -> Any:
    folded = str(name).lower()
    return next((value for key, value in holder.items() if str(key).lower() == folded), None)


def _copied(written: Mapping[str, Any]) -> dict[str, Any]:
    """Properties that a loop makes: how many and what isn't told by the file."""
    loops = written.get("copy")
    if loops is None or not is_list(loops):
        return {}
    return {str(loop["name"]): UNKNOWN for loop in loops if isinstance(loop, Mapping) and "name" in loop}


def settled(value: Any) -> Any:
    """A value as rules read it: what is unresolved is unknown, but for ids, whose holes are the same everywhere."""
    if isinstance(value, Unresolved):
        return (
            value.text if value.text.lower().startswith("/subscriptions/") and "/providers/" in value.text else UNKNOWN
        )
    if isinstance(value, Mapping):
        return {name: settled(child) for name, child in value.items()}
    return [settled(item) for item in value] if is_list(value) else value
