"""Takes the pictures of the HTML report that the README shows: the audit of seeds/, light and dark, into docs/.

    python tools/screenshots.py

It needs Chromium and Playwright. Other fonts make other pictures, so no check holds the files to what they would be.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WINDOW = {"width": 1360, "height": 960}
VIEWS = {"findings": "", "document": "#view=document&document=seeds/bicycle-chain-care.txt"}


def audited(folder: Path) -> str:
    """The address of the report of the sample documents, written into this folder."""
    command = [sys.executable, "-m", "content_audit", "check", "seeds", "--report", str(folder), "--exit-zero", "-q"]
    subprocess.run([*command, "--isolated", "--no-cache"], cwd=ROOT, check=True)
    return (folder / "index.html").as_uri()


def open_first(page: Page) -> None:
    """The first finding with a safe fix, beside the list."""
    page.click("#rows .row:has(.safe) button >> nth=0")
    page.mouse.move(0, 0)


def pictures(browser: Browser, address: str) -> None:
    """Each view in each of both themes."""
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme, viewport=WINDOW, reduced_motion="reduce") as context:
            for name, hash_ in VIEWS.items():
                page = context.new_page()
                page.goto(address + hash_)
                if name == "findings":
                    open_first(page)
                page.screenshot(path=ROOT / "docs" / f"{name}-{scheme}.png")


def main() -> None:
    """Audit, open, take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        pictures(browser, audited(Path(folder)))
        browser.close()


if __name__ == "__main__":
    main()
