#!/usr/bin/env python3
"""Workbooks that no list should come in: bad_books.py FOLDER writes them. Names are invented."""
import sys
import zipfile
from pathlib import Path

PARTS = {
    "_rels/.rels": "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": "<workbook><sheets><sheet name='List' r:id='r1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='sheet.xml'/></Relationships>",
}


def cell(place, value):
    if value.startswith("="):
        return f"<c r='{place}'><f>{value[1:]}</f></c>"
    if value.isdigit():
        return f"<c r='{place}'><v>{value}</v></c>"
    return f"<c r='{place}' t='inlineStr'><is><t>{value}</t></is></c>"


def write_book(path, rows, merged="", padding=0):
    """rows: {number: [cell, …]}."""
    lines = "".join(f"<row r='{n}'>" + "".join(cell(f"{chr(65 + i)}{n}", v) for i, v in enumerate(row) if v) + "</row>" for n, row in rows.items())
    merges = f"<mergeCells><mergeCell ref='{merged}'/></mergeCells>" if merged else ""
    sheet = f"<worksheet><sheetData>{lines}{' ' * padding}</sheetData>{merges}</worksheet>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in {**PARTS, "xl/sheet.xml": sheet}.items():
            book.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


folder = Path(sys.argv[1])
header, row = ["name", "date of death"], ["Ana Orel", "1994-05-17"]
write_book(folder / "bomb.xlsx", {1: header, 2: row}, padding=32 << 20)
write_book(folder / "merged.xlsx", {1: ["who"], 2: header, 3: row}, merged="A1:B1")
write_book(folder / "uncomputed.xlsx", {1: header, 2: ["Ana Orel", "=DATE(1994,5,17)"]})
write_book(folder / "days.xlsx", {1: header, 2: row, 3: ["Bor Ulm", "34471"]})
write_book(folder / "titled.xlsx", {1: ["List of the dead of Orlesk"], 3: header, 4: row})
