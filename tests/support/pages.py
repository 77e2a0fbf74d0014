"""What a page would send: the fields of its forms as a browser reads them."""

from typing import Any

import html5lib


def fields_of(page: str, having: str) -> dict[str, str]:
    """Return what the form that has a field `having` would send, without its buttons."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    for form in document.iter("form"):
        found = dict(_fields(form))
        if having in found:
            return found
    raise AssertionError(f"No form of this page has a field {having}.")


def _fields(form: Any) -> Any:
    for one in form.iter():
        if one.tag not in {"input", "select", "textarea"}:
            continue
        name, kind = one.get("name"), one.get("type", "")
        unchecked = kind in {"checkbox", "radio"} and one.get("checked") is None
        if not name or unchecked or kind in {"submit", "file"}:
            continue
        yield name, _value(one)


def _value(control: Any) -> str:
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    return str(control.get("value", "y" if control.get("type") == "checkbox" else ""))
