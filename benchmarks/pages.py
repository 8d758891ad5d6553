"""The site's pages as a browser meets them: their weight, and how soon each is there and can be used.

    python benchmarks/pages.py [--register PATH] [--rounds 5] [--workers 0]

Serves a register (the bundled sample where none is named) with ``comity serve`` and opens each kind of page in Chromium
with an empty cache: once as the first that anybody asks of it, then again. Prints kilobytes as they were sent
(compressed) and milliseconds from the navigation: the first paint, and until the search can be typed into and the
script that completes names has run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ANCHORAGE = "ocd-division/country:us/state:ak/place:anchorage"
BAR = 1000  # milliseconds until a page can be used
TIMES = """() => {
  const at = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const files = performance.getEntriesByType("resource");
  return {paint: paint ? paint.startTime : 0, usable: at.domContentLoadedEventEnd, loaded: at.loadEventEnd,
          page: at.transferSize, files: files.reduce((sum, each) => sum + each.transferSize, 0)};
}"""


def opened(browser: Browser, address: str) -> dict[str, Any]:
    """One visit with an empty cache: the browser's own figures."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator("input[data-names][role=combobox]").first.wait_for()
    page.screenshot()  # it has been painted
    found: dict[str, Any] = page.evaluate(TIMES)
    context.close()
    return found


def asked(address: str) -> Any:
    """An answer of the API."""
    with urlopen(address) as answer:
        return json.load(answer)


def addresses(root: str) -> Mapping[str, str]:
    """One address of each kind of page, as the register has them."""
    statement = asked(f"{root}/api/v1/statements?limit=1&entity={ANCHORAGE}")["statements"]
    statement = statement or asked(f"{root}/api/v1/statements?limit=1")["statements"]
    entity = statement[0]["subject"]["id"] or ANCHORAGE
    found = {
        "first page": "/",
        "search": "/search?q=anch",
        "dossier": f"/entity/{entity}",
        "dossier of a state": "/entity/ocd-division/country:us/state:fl",
        "statement": f"/statement/{statement[0]['id']}",
        "document": f"/document/{statement[0]['evidence']['document']}",
        "statements": "/statements",
        "bodies": "/bodies",
        "lists": "/lists",
    }
    for each in asked(f"{root}/api/v1/lists")["lists"][:1]:
        name = each["name"]
        editions = asked(f"{root}/api/v1/lists/{name}/editions")["editions"]
        found |= {"list": f"/list/{name}", "edition": f"/list/{name}/edition/{editions[-1]['id']}"}
    return found | {
        "changes": "/changes",
        "where accounts differ": "/conflicts",
        "comparison": f"/compare?about={entity}",
        "documents": "/documents",
        "about the data": "/about",
    }


def row(name: str, visits: list[dict[str, Any]]) -> tuple[str, float]:
    """A row of the table, and the longest time until the page could be used."""
    first, later = visits[0], visits[1:]
    told = {key: statistics.median(each[key] for each in later) for key in first}
    cells = [f"{told['page'] / 1000:.1f}", f"{told['files'] / 1000:.1f}"]
    cells += [f"{each[key]:.0f}" for each in (first, told) for key in ("paint", "usable")]
    slowest = max(each["usable"] for each in visits)
    return f"| {name} | {' | '.join(cells)} | {slowest:.0f} |", slowest


def main() -> None:
    """Serve a register, open each kind of page so many times, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", default=None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("needs Chromium: apt-get install chromium")
        return
    command = [str(Path(sys.executable).parent / "comity"), "serve", "--port", "0", "--rate", "0"]
    command += ["--workers", str(given.workers)] if given.workers else []
    command += ["--register", given.register] if given.register else ["--demo"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        root = server.stdout.readline().split(" at ", 1)[1].split(" ", 1)[0].rstrip("/")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            opened(browser, root + "/sign-in")  # the browser itself has begun
            first = opened(browser, root + "/")  # before anything else is asked of the site
            pages = addresses(root)
            print(f"Chromium {browser.version}, {given.rounds} visits after the first, load {os.getloadavg()[0]:.1f}\n")
            print(
                "| page | page KB | its files KB | first visit: paint ms | usable ms | later: paint ms | usable ms "
                "| slowest usable ms |"
            )
            print("|---|---|---|---|---|---|---|---|")
            late = []
            for name, path in pages.items():
                visits = [first] if path == "/" else []
                visits += [opened(browser, root + path) for _ in range(given.rounds + 1 - len(visits))]
                told, slowest = row(name, visits)
                late += [name] if slowest > BAR else []
                print(told, flush=True)
            print(f"\nBeyond {BAR} ms: {', '.join(late) or 'none'}.")
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
