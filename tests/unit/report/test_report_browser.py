#!/usr/bin/env python3
"""The report in a browser: test_report_browser.py TEST_REPORT_WRITE SCRATCH.

Has the unit test write a report, opens it in headless Chromium from the file system, and checks that its policy refuses nothing of its own, that
every chart is drawn, and that no request leaves for anywhere. Skipped (77) where there is no Chromium.
"""
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(html.parser.HTMLParser):
    """Checks nesting; collects charts and the SVG in each."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.charts, self.drawn = [], set(), [], 0, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attrs and "svg" not in self.open:
            assert attrs["id"] not in self.ids, "id twice: " + attrs["id"]
            self.ids.add(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        self.charts += tag == "figure" and "data-chart" in attrs
        self.drawn += tag == "svg" and "figure" in self.open

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()


def parse(text):
    page = Page()
    page.feed(text)
    assert not page.open, page.open
    missing = {link for link in page.links if link.startswith("#") and link[1:] not in page.ids}
    assert not missing, missing
    assert all(link.startswith("#") for link in page.links)
    return page


def browse(chromium, path):
    with tempfile.TemporaryDirectory() as profile:
        quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", *quiet, "--user-data-dir=" + profile, "--enable-logging=stderr",
                   "--virtual-time-budget=5000", "--window-size=1200,900", "--dump-dom", "file://" + path]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def main():
    writer, scratch = sys.argv[1:]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("skipped: no chromium")
        return 77
    subprocess.run([writer], env={**os.environ, "REPORT_SCRATCH": scratch}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = os.path.join(scratch, "once", "report.html")
    with open(path, encoding="utf-8") as file:
        still = parse(file.read())
    assert still.charts == 7 and still.drawn == 0, (still.charts, still.drawn)
    seen = browse(chromium, path)
    console = [line for line in seen.stderr.splitlines() if re.search(r"CONSOLE|Refused", line)]
    assert not console, console
    moving = parse(seen.stdout)
    assert moving.drawn == still.charts + 2, moving.drawn  # the overlap is three drawings
    return 0


if __name__ == "__main__":
    sys.exit(main())
