#!/usr/bin/env python3
"""What a case withstands: soak.py PROGRAM [--kills N] [--faults N] [--rows N] [--encrypted] [--seed S]

Every command that writes is killed at random moments (SIGKILL, SIGINT or SIGTERM); then run with every n-th write, sync, truncation or deletion
failing, and with the disk full from every n-th write on (EVERYNAME_TEST_FAULT). After each the case has to verify (once any command has taken back what a
killed one had begun), with all that was there before; what a command reported as done has to be there. Prints a line of figures for each kind; exit status
1 where anything was lost or broken.
"""
import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PASSPHRASE = b"words of a soak test\n"


def list_file(folder, number, rows, rng):
    """A list of invented people."""
    path = folder / f"list-{number}.csv"
    syllables = ["ka", "ro", "mi", "ta", "ven", "dul", "sha", "lor", "bek", "ni"]
    with path.open("w", encoding="utf-8") as out:
        out.write("id,given_name,family_name,date_of_birth,village\n")
        for row in range(rows):
            given = "".join(rng.choices(syllables, k=2)).title()
            family = "".join(rng.choices(syllables, k=3)).title()
            out.write(f"L{number}-{row},{given},{family},{rng.randint(1930, 1990)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02},Village {rng.randint(1, 9)}\n")
    return path


class Writing:
    """A command that writes: to the case, or a file of its own (`product`). How many entries it adds, and how long it takes, is measured once."""

    def __init__(self, arguments, product=None, keys=""):
        self.arguments, self.product, self.keys = [str(a) for a in arguments], product, keys
        self.adds = self.lasts = 0


class Soak:
    def __init__(self, program, folder, rows, encrypted, rng):
        self.program, self.folder, self.encrypted, self.rng = program, folder, encrypted, rng
        self.case, self.base = folder / "case.everyname", folder / "base.everyname"
        lists = [list_file(folder, i, rows, rng) for i in range(2)]
        self.must("new", self.base, *(["--encrypt"] if encrypted else []))
        os.environ["XDG_CONFIG_HOME"] = str(folder / "settings")
        self.must("import", self.base, lists[0], "--source", "source 0")
        report = folder / "report.txt"
        report.write_text("".join(f"The hospital said that {n} people were killed in Village {n} on {n} May 1994.\n\n" for n in range(2, 6)), encoding="utf-8")
        self.must("import", self.base, report, "--source", "report")
        linked = re.search(r"n:[0-9a-f]+", self.must("link", self.base)).group()
        record = self.first_record()
        case, copy, made, kept = self.case, folder / "copy.everyname", folder / "made.everyname", folder / "kept.checkpoint"
        self.must("add", self.base, "confidentiality", f"of={record}", "member=date_of_birth", "level=secret")
        self.commands = {
            "new": Writing(["new", made, *(["--encrypt"] if encrypted else [])], made),
            "import": Writing(["import", case, lists[1], "--source", "source 1"]),
            "extract": Writing(["extract", case, "report"]),
            "review": Writing(["review", case], keys="c" * 12),
            "link": Writing(["link", case]),
            "add": Writing(["add", case, "incident", "title=An event", "date=1994-05"]),
            "judge": Writing(["judge", case, "L0-0", "L0-1", "different"]),
            "undo": Writing(["undo", case, linked]),
            "withdraw": Writing(["withdraw", case, "L0-3", "--why", "soak"]),
            "destroy": Writing(["destroy", case, record, "--why", "soak"]),
            "redact": Writing(["redact", case, "-o", copy, *(["--encrypt-for", "Another", "--new-passphrase-fd", "4"] if encrypted else [])], copy),
            "checkpoint": Writing(["checkpoint", case, "-o", kept], kept),
        }
        if encrypted:
            self.commands["keys add"] = Writing(["keys", case, "add", "Another", "--new-passphrase-fd", "4"])
        self.stamp_answer()
        self.entries = self.verify(self.base)["checked"]["entries"]
        for command in self.commands.values():
            self.measure(command)

    def start(self, arguments, **more):
        """Starts the program with its passphrases on descriptors 3 and 4."""
        arguments = [str(a) for a in arguments]
        more = {"stdin": subprocess.DEVNULL, **more}
        if not self.encrypted:
            return subprocess.Popen([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        pipes = [os.pipe() for _ in range(2)]
        for _, end in pipes:
            os.write(end, PASSPHRASE)
            os.close(end)
        reads = [read for read, _ in pipes]
        script = f'exec 3<&{reads[0]} 4<&{reads[1]}; exec "$0" "$@"'
        command = ["bash", "-c", script, self.program, *arguments, "--passphrase-fd", "3"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=reads, **more)
        for read in reads:
            os.close(read)
        return process

    def begin(self, command, **more):
        """Starts a command of the table; its keys come from a file, as `review` takes them where there is no terminal."""
        keys = self.folder / "keys.txt"
        keys.write_text(command.keys)
        with keys.open("rb") as typed:
            return self.start(command.arguments, stdin=typed, **more)

    def call(self, *arguments, **more):
        process = self.start(arguments, **more)
        out, err = process.communicate(timeout=600)
        return process.returncode, out, err

    def must(self, *arguments):
        status, out, err = self.call(*arguments)
        assert status == 0, (arguments, out, err)
        return out

    def first_record(self):
        trace = json.loads(self.must("trace", self.base, json.loads(self.must("count", self.base, "--json", "--show-small"))["rows"][0]["id"], "--json"))
        return trace["because"][0]["record"]

    def stamp_answer(self):
        """The answer of an authority made for this run, where OpenSSL's command line is there."""
        if not shutil.which("openssl"):
            return
        folder = self.folder
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n"
            "digests=sha256\ness_cert_id_alg=sha256\n[req]\ndistinguished_name=dn\n[dn]\n[x]\nextendedKeyUsage=critical,timeStamping\n")
        (folder / "serial").write_text("01")
        self.must("stamp", self.base, "-o", folder / "q.tsq")
        for command in (["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-subj", "/CN=Soak", "-config", "tsa.cnf",
                         "-extensions", "x"], ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "q.tsr"]):
            subprocess.run(["openssl", *command], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.commands["stamp"] = Writing(["stamp", self.case, "--answer", folder / "q.tsr"])

    def fresh(self):
        for name in ("case.everyname*", "copy.everyname*", "made.everyname*", "kept.checkpoint*"):
            for path in self.folder.glob(name):
                path.unlink()
        shutil.copy(self.base, self.case)
        if self.encrypted:
            shutil.copy(f"{self.base}.keys", f"{self.case}.keys")

    def measure(self, command):
        self.fresh()
        began = time.monotonic()
        process = self.begin(command)
        out, err = process.communicate(timeout=600)
        assert process.returncode == 0, (command.arguments, out, err)
        command.lasts = time.monotonic() - began
        command.adds = self.verify(self.case)["checked"]["entries"] - self.entries

    def verify(self, case):
        status, out, err = self.call("verify", case, "--json")
        verification = json.loads(out) if out.strip() else {"ok": False, "problems": [{"kind": "error", "what": err}]}
        return {**verification, "ok": verification["ok"] and status == 0}

    def check_product(self, command, done):
        """A file that a command makes is whole or not there."""
        product = command.product
        if not product or not product.exists():
            return f"{product} is missing" if product and done else None
        if product.suffix == ".checkpoint":
            status, out, err = self.call("verify", self.case, product)
            return None if status == 0 else f"verify of {product.name}: {out}{err}"
        verification = self.verify(product)
        return None if verification["ok"] else f"verify of {product.name}: {verification['problems'][:3]}"

    def check(self, command, done):
        """None, or what is wrong after a command that ended in `done` (its exit status 0) or not."""
        verification = self.verify(self.case)
        if not verification["ok"] and verification["problems"][0]["kind"] in ("journal", "header"):
            status, _, err = self.call("count", self.case)
            if status != 0:
                return f"count: {err}"
            verification = self.verify(self.case)
        if not verification["ok"]:
            return f"verify: {verification['problems'][:3]}"
        entries = verification["checked"]["entries"] - self.entries
        if not (entries == command.adds if done else 0 <= entries <= command.adds):
            return f"{entries} entries more than before"
        return self.check_product(command, done)

    def kills(self, rounds):
        killed = finished = 0
        for i in range(rounds):
            name = self.rng.choice(list(self.commands))
            self.fresh()
            command = self.commands[name]
            process = self.begin(command)
            how = self.rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
            try:
                process.communicate(timeout=self.rng.uniform(0, command.lasts * 1.1))
            except subprocess.TimeoutExpired:
                process.send_signal(how)
            process.communicate(timeout=600)
            done = process.returncode == 0
            finished += done
            killed += not done
            problem = self.check(command, done)
            if problem:
                return f"round {i}: {name} ended with {process.returncode}: {problem}"
        print(f"kills: {rounds} rounds over {', '.join(self.commands)}: {killed} ended by the kill, {finished} finished first; "
              "every case verified, nothing reported as done was missing", flush=True)
        return None

    def faults(self, kind, rounds):
        """Each n-th operation of each command fails, up to `rounds` in all, spread over the commands; n grows until one ends without meeting it."""
        runs = failed = 0
        ended = []
        for name, command in self.commands.items():
            n = 1
            for _ in range(max(1, rounds // len(self.commands))):
                self.fresh()
                process = self.begin(command, env={**os.environ, "EVERYNAME_TEST_FAULT": f"{kind}:{n}"})
                process.communicate(timeout=600)
                status = process.returncode
                runs += 1
                failed += status != 0
                problem = self.check(command, status == 0)
                if problem:
                    return f"{kind} at operation {n} of {name}, which ended with {status}: {problem}"
                if status == 0 and kind == "full":
                    break
                if status == 0 and n > 400:
                    break
                n += 1 if n < 60 else n // 8
            ended.append(f"{name} to {n}")
        what = "each n-th write, sync, truncation or deletion failing" if kind == "io" else "the disk full from the n-th write on"
        print(f"{what}: {runs} runs ({', '.join(ended)}), {failed} failed and said so; every case verified, nothing reported as done was missing", flush=True)
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--encrypted", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["EVERYNAME_ACTOR"] = "soak"
    with tempfile.TemporaryDirectory() as name:
        soak = Soak(str(Path(options.program).resolve()), Path(name), options.rows, options.encrypted, random.Random(options.seed))
        print("an encrypted case" if options.encrypted else "a plain case", flush=True)
        for problem in (soak.faults("full", options.faults), soak.faults("io", options.faults), soak.kills(options.kills)):
            if problem:
                print(problem)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
