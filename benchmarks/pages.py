"""The first page as a browser meets it: its weight, and how soon it is there and can be used.

    python benchmarks/pages.py [--register PATH] [--rounds 7]

Serves a register (the bundled sample where none is named) with ``comity serve`` and opens the first page in Chromium
with an empty cache, then a dossier. Prints kilobytes as they were sent (compressed) and milliseconds from the
navigation: the first paint, and until the search can be typed into and the script that completes names has run.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

DOSSIER = "/entity/ocd-division/country:us/state:ak/place:anchorage"
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
    page.locator("input[data-names][role=combobox]").wait_for()
    page.screenshot()  # it has been painted
    found: dict[str, Any] = page.evaluate(TIMES)
    context.close()
    return found


def main() -> None:
    """Serve a register, open it so many times, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", default=None)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("needs Chromium: apt-get install chromium")
        return
    command = [str(Path(sys.executable).parent / "comity"), "serve", "--port", "0", "--rate", "0"]
    command += ["--register", given.register] if given.register else ["--demo"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        root = server.stdout.readline().split(" at ", 1)[1].split(" ", 1)[0].rstrip("/")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            print(f"Chromium {browser.version}, {given.rounds} visits each, medians (the first visit apart)\n")
            print("| page | visit | page KB | its files KB | first paint ms | usable ms | loaded ms |")
            print("|---|---|---|---|---|---|---|")
            for name, path in (("first page", "/"), ("a dossier", DOSSIER)):
                visits = [opened(browser, root + path) for _ in range(given.rounds + 1)]
                for visit, several in (("first", visits[:1]), ("later", visits[1:])):
                    told = {key: statistics.median(each[key] for each in several) for key in visits[0]}
                    sizes = f"{told['page'] / 1000:.1f} | {told['files'] / 1000:.1f}"
                    times = " | ".join(f"{told[key]:.0f}" for key in ("paint", "usable", "loaded"))
                    print(f"| {name} | {visit} | {sizes} | {times} |")
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
