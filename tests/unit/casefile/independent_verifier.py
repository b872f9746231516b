"""Verifies a case from docs/file-format.md alone, with nothing of Everyname: the page is right as long as this passes.

Usage: independent_verifier.py MAKER, a program that writes a case to the path it is given."""
import hashlib
import hmac
import json
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile

PAGE = 8192


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaves):
    """RFC 6962, 2.1: split at the largest power of two below the number of leaves."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))


def check_pages(data):
    assert data[:16] == b"SQLite format 3\0"
    assert struct.unpack(">H", data[16:18])[0] == PAGE and data[20] == 8
    assert struct.unpack(">I", data[60:64])[0] == 1 and data[68:72] == b"EvNm"
    assert len(data) == PAGE * struct.unpack(">I", data[28:32])[0]
    for at in range(0, len(data), PAGE):
        s1 = s2 = 0
        words = struct.unpack("<%dI" % ((PAGE - 8) // 4), data[at:at + PAGE - 8])
        for a, b in zip(words[::2], words[1::2]):
            s1 = (s1 + a + s2) & 0xffffffff
            s2 = (s2 + b + s1) & 0xffffffff
        assert struct.pack("<II", s1, s2) == data[at + PAGE - 8:at + PAGE], "page %d" % (at // PAGE + 1)


class Case:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.key, self.counter, self.derived = self.db.execute("SELECT case_key, change_counter, derived FROM file").fetchone()
        self.absent = dict(self.db.execute("SELECT id, commitment FROM absent"))
        self.randoms = dict(self.db.execute("SELECT number, random FROM entry"))

    def gid(self, packed):
        return self.randoms[packed >> 32] + struct.pack(">Q", packed & 0xffffffff)

    def packed(self, text):
        random, ordinal = text.split(".")
        number = {r: n for n, r in self.randoms.items()}[bytes.fromhex(random)]
        return number << 32 | int(ordinal)

    def mac(self, message):
        return hmac.new(self.key, message, "sha256").digest()

    def leaf(self, packed, canonical):
        """Of a row that was destroyed or reduced the commitment alone is left."""
        return sha(b"\0", self.absent.get(packed) or sha(self.mac(self.gid(packed)), canonical))

    def content(self, sha256):
        (number, length), = self.db.execute("SELECT id, length FROM content WHERE sha256=?", (sha256,))
        chunks = self.db.execute("SELECT id, bytes FROM chunk WHERE id>>32=? ORDER BY id", (number,)).fetchall()
        assert [i & 0xffffffff for i, _ in chunks] == list(range(len(chunks)))
        data = b"".join(b for _, b in chunks)
        assert len(data) == length and hashlib.sha256(data).hexdigest() == sha256
        return data

    def record_leaves(self, release, body):
        (capture,), = self.db.execute("SELECT body FROM row WHERE id=?", (self.packed(body["capture"]),))
        data = self.content(json.loads(capture)["sha256"])
        for i in range(body["records"]):
            if release + 1 + i in self.absent:
                continue
            (start, length), = self.db.execute("SELECT start, length FROM record WHERE id=?", (release + 1 + i,))
            yield release + 1 + i, (b"record\0" + self.gid(release) + struct.pack(">QQ", start, length) + data[start:start + length])

    def membership_leaves(self, run, body):
        for i in range(body["memberships"]):
            if run + 1 + i in self.absent:
                continue
            (record, person, weakest), = self.db.execute("SELECT record, person, weakest FROM membership WHERE id=?", (run + 1 + i,))
            number = b"\x7f\xc0\0\0" if weakest is None else struct.pack(">f", weakest)
            yield run + 1 + i, b"membership\0" + self.gid(run) + self.gid(record) + self.gid(person) + number

    def rows(self, entry):
        for packed, kind, text in self.db.execute("SELECT id, kind, body FROM row WHERE id>>32=?", (entry,)).fetchall():
            body = json.loads(text)
            assert text == json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False), "canonical"
            yield packed, kind.encode() + b"\0" + text.encode()
            if kind == "release":
                yield from self.record_leaves(packed, body)
            if kind == "link_run":
                yield from self.membership_leaves(packed, body)

    def check_ledger(self):
        heads, total = [], 0
        entries = self.db.execute("SELECT number, random, at, actor, command, program, rows, root, head FROM entry ORDER BY number").fetchall()
        assert [e[0] for e in entries] == list(range(1, len(entries) + 1))
        for number, random, at, actor, command, program, rows, stored_root, head in entries:
            leaves = dict((packed & 0xffffffff, self.leaf(packed, canonical)) for packed, canonical in self.rows(number))
            gone = [packed for packed in self.absent if packed >> 32 == number]
            leaves.update((packed & 0xffffffff, self.leaf(packed, b"")) for packed in gone)
            assert sorted(leaves) == list(range(rows)), "entry %d" % number
            assert root([leaves[i] for i in range(rows)]) == stored_root, "entry %d" % number
            committed_actor = sha(self.mac(random + struct.pack(">Q", 2**64 - 1)), b"actor\0", actor.encode())
            committed_command = sha(self.mac(random + struct.pack(">Q", 2**64 - 2)), b"command\0", command.encode())
            heads.append(sha(b"\0", b"entry\0", random, struct.pack(">qQ", at, rows), stored_root, committed_actor, committed_command,
                             program.encode()))
            assert root(heads) == head, "entry %d" % number
            total += rows
        stored = sum(self.db.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in ("row", "record", "membership"))
        stored += self.db.execute("SELECT count(*) FROM absent WHERE id NOT IN (SELECT id FROM row)").fetchone()[0]
        assert stored == total
        return len(entries), total

    def check_derived(self):
        together = bytes(32)
        for kind, key, sha256, value in self.db.execute("SELECT kind, key, sha256, value FROM derived"):
            assert sha256 == sha(kind.encode(), b"\0", key.encode(), b"\0", value)
            together = bytes(a ^ b for a, b in zip(together, sha256))
        assert together == self.derived


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.everyname")
        subprocess.run([sys.argv[1], path], check=True)
        with open(path, "rb") as f:
            data = f.read()
        check_pages(data)
        case = Case(path)
        assert struct.unpack(">I", data[24:28])[0] == case.counter
        entries, rows = case.check_ledger()
        case.check_derived()
        case.db.close()
        assert entries > 3 and rows > 100 and case.absent
        print("%d pages, %d entries, %d rows verified" % (len(data) // PAGE, entries, rows))


main()
