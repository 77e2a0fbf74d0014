"""Makes the vendored front-end files again; needed only when one of them changes.

In an empty folder: `npm install htmx.org@2.0.11 bootstrap@5.3.9 @fontsource/inter@5.3.0
lucide-static@1.62.0 sortablejs@1.15.7 purgecss@8`, `pip install fonttools brotli`, then run this
script there with the project's folder as its argument. No part of this is needed to run the product.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

MODULES = Path("node_modules")
VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
LETTERS = (
    "".join(chr(code) for code in range(0x20, 0x7F))
    + "".join(chr(code) for code in range(0xA0, 0x100))
    + VIETNAMESE
    + "ĩĨũŨ–—‘’“”•…‰€₫−×÷≤≥≠→←↑↓✓"
)
SAFE_CLASSES = [r"^is-", r"^has-", r"^htmx-", r"^was-", r"show$"]


def make_fonts(target: Path) -> None:
    """Write Inter 400 and 600 with Latin and Vietnamese letters and tabular digits."""
    for weight in (400, 600):
        parts = []
        for script in ("latin", "latin-ext", "vietnamese"):
            source = MODULES / f"@fontsource/inter/files/inter-{script}-{weight}-normal.woff2"
            font = TTFont(source)
            font.flavor = None
            part = Path(f"{script}-{weight}.ttf")
            font.save(part)
            parts.append(str(part))
        merged = merge.Merger().merge(parts)
        options = subset.Options()
        options.layout_features = ["kern", "tnum", "ccmp", "mark", "mkmk", "locl"]
        options.flavor = "woff2"
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=LETTERS)
        subsetter.subset(merged)
        merged.flavor = "woff2"
        # The same bytes every time.
        merged.recalcTimestamp = False
        merged["head"].created = merged["head"].modified = 0
        merged.save(target / f"inter-{weight}.woff2")


def make_icons(target: Path, project: Path) -> None:
    """Write one sprite of the icons that the project names."""
    names = sorted(
        {
            name
            for file in [*project.glob("templates/**/*.html"), *project.glob("**/*.py")]
            if ".venv" not in file.parts
            for name in re.findall(r"""["']([a-z][a-z0-9-]*)["']""", file.read_text("utf-8"))
            if (MODULES / f"lucide-static/icons/{name}.svg").exists()
        }
    )
    symbols = []
    for name in names:
        svg = (MODULES / f"lucide-static/icons/{name}.svg").read_text("utf-8")
        body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        inner = re.sub(r"\s+", " ", body.group(1)).strip().replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    text = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
    (target / "icons.svg").write_text(text, "utf-8")


def make_bootstrap(target: Path, project: Path) -> None:
    """Write Bootstrap with only the classes that the project's templates and scripts use."""
    content = [str(project / "templates/**/*.html"), str(project / "static/js/*.js")]
    command = ["npx", "purgecss", "--css", str(MODULES / "bootstrap/dist/css/bootstrap.min.css")]
    command += ["--content", *content, "--output", "purged.css", "--variables"]
    subprocess.run([*command, "--safelist", *SAFE_CLASSES], check=True)
    css = Path("purged.css").read_text("utf-8")
    css = re.sub(r"/\*# sourceMappingURL.*?\*/", "", css)
    (target / "bootstrap-5.3.9.css").write_text(css, "utf-8")


ABOUT = {
    "htmx": ("htmx", "2.0.11", "0BSD", "npm htmx.org, dist/htmx.min.js"),
    "bootstrap": ("Bootstrap (CSS)", "5.3.9", "MIT", "npm bootstrap, bootstrap.min.css, purged"),
    "sortable": ("SortableJS", "1.15.7", "MIT", "npm sortablejs, Sortable.min.js"),
    "inter": ("Inter", "5.3.0", "OFL-1.1", "npm @fontsource/inter, three scripts in one file"),
    "icons": ("Lucide", "1.62.0", "ISC", "npm lucide-static, one sprite"),
}
HEAD = """# Files of others

Made by `docs/vendor_front_end.py`. Licence texts: licences/. Paths are relative to static/.

| file | name | version | licence | source | sha256 |
|---|---|---|---|---|---|
"""


def list_files(static: Path) -> None:
    """Write the list of vendored files with version, licence and checksum."""
    files = [*static.glob("vendor/*.js"), *static.glob("vendor/*.css"), *static.glob("fonts/*")]
    lines = []
    for file in sorted([*files, static / "icons.svg"]):
        about = ABOUT[re.match(r"[a-z]+", file.name).group()]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines.append(f"| {file.relative_to(static)} | {' | '.join(about)} | `{digest}` |\n")
    (static / "vendor" / "VENDORED.md").write_text(HEAD + "".join(lines), "utf-8")


def main() -> None:
    """Make everything again in the project named on the command line."""
    project = Path(sys.argv[1]).resolve()
    static = project / "static"
    make_fonts(static / "fonts")
    make_icons(static, project)
    make_bootstrap(static / "vendor", project)
    htmx = (MODULES / "htmx.org/dist/htmx.min.js").read_bytes()
    (static / "vendor" / "htmx-2.0.11.min.js").write_bytes(htmx)
    sortable = (MODULES / "sortablejs/Sortable.min.js").read_bytes()
    (static / "vendor" / "sortable-1.15.7.min.js").write_bytes(sortable)
    list_files(static)


if __name__ == "__main__":
    main()
