"""Templates keep to the content security policy, and every form that posts carries its token."""

import re
from pathlib import Path

import pytest

from core.config import ROOT
from tests.architecture.source import name_of, templates

JINJA = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
POSTING = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"csrf_token|\btoken\(\)|hidden_tag\(\)")
EVENT = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
FOREIGN = re.compile(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([\w:.-]+)=(\"[^\"]*\"|'[^']*')")
# In Jinja, attributes are arguments of macros: `button("Lưu", hx_on="…")`, `**{"style": "…"}`.
GIVEN = re.compile(
    r"""["'](?:style|on[a-z]+|hx-on[^"']*|hx-vals)["']\s*:|\b(?:style|hx_on\w*|on(?:click|change|submit|input))\s*="""
)
# The icons that a template names: `icon("x")`, and what buttons, links and empty places are given.
ICON = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
GIVEN_ICON = re.compile(
    r"""\b(?:button|link_button|post|empty)\((?:[^(){}]|\((?:[^()]|\([^()]*\))*\))*?,\s*["']([a-z0-9]+(?:-[a-z0-9]+)*)["']"""
)
KINDS = {"primary", "secondary", "danger", "quiet"}
# Where examples of addresses are only read, and the name of the SVG language.
MAY_BE_NAMED = ("http://www.w3.org/",)


def faults(text: str) -> list[str]:
    """Return what the policy forbids, or htmx would do with more than the policy allows."""
    without_comments = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    found = [f"given: {one.group()}" for one in GIVEN.finditer(" ".join(_jinja(without_comments)))]
    markup = JINJA.sub("x", without_comments)
    for name, attributes in TAG.findall(markup):
        found += _faults_of_tag(name.lower(), attributes)
    found += [f"script: {one[:60]}" for one in re.findall(r"<script\b[^>]*>\s*[^<\s][^<]*", markup)]
    found += [
        f"host: {one.group()}"
        for one in FOREIGN.finditer(without_comments)
        if not without_comments[one.start() :].startswith(MAY_BE_NAMED)
    ]
    return found


def _jinja(text: str) -> list[str]:
    return [one for one in JINJA.findall(text) if not one.startswith("{#")]


def _faults_of_tag(name: str, attributes: str) -> list[str]:
    found = []
    if name == "style":
        found.append("<style>")
    if name == "script" and "src=" not in attributes:
        found.append("<script> without src")
    if EVENT.search(f" {attributes}"):
        found.append(f"on*: <{name}{attributes}>")
    for attribute, quoted in ATTRIBUTE.findall(attributes):
        value = quoted[1:-1].strip().casefold()
        if attribute == "style" or attribute.startswith("hx-on"):
            found.append(attribute)
        if value.startswith(("javascript:", "js:", "data:text")):
            found.append(f"{attribute}={value}")
        if attribute == "hx-trigger" and "[" in value:
            found.append(f"trigger filter: {value}")
    return found


def forms_without_token(text: str) -> list[str]:
    """Return the forms that post without a CSRF token."""
    return [form[:80] for form in POSTING.findall(text) if not TOKEN.search(form)]


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_keeps_to_the_policy(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_form_that_posts_carries_its_token(path: Path) -> None:
    assert forms_without_token(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_icon_that_a_template_names_is_in_the_sprite(path: Path) -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/icons.svg").read_text("utf-8")))
    text = path.read_text("utf-8")
    assert {*ICON.findall(text), *GIVEN_ICON.findall(text)} - KINDS - sprite == set()


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").rglob("*.js")), ids=name_of)
def test_our_scripts_make_no_code_of_text_and_call_no_other_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.findall(r"\beval\(|new Function|innerHTML|document\.write|setTimeout\([\"']", text)
    assert not FOREIGN.findall(re.sub(r"(?m)^\s*//.*$", "", text))


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">x</p>',
        "<button onclick='go()'>x</button>",
        "<script>go()</script>",
        '<button hx-on:click="go()">x</button>',
        '<a href="javascript:go()">x</a>',
        "<div hx-vals='js:{a: 1}'></div>",
        '<input hx-trigger="keyup[key==\'Enter\']">',
        '<img src="https://example.com/a.png">',
        '<link href="//cdn.example.com/a.css">',
        '{{ button("Lưu", onclick="go()") }}',
        '{{ button("Lưu", **{"hx-on:click": "go()"}) }}',
        "<style>p { color: red }</style>",
    ],
)
def test_what_the_policy_forbids_is_found(text: str) -> None:
    assert faults(text)


def test_a_form_without_token_is_found() -> None:
    with_token = '<form method="post">{{ button.token() }}</form>'
    assert forms_without_token(with_token + '<form class="a" method="post"><button></button></form>')
    assert not forms_without_token(with_token + '<form method="get"></form>')
