"""Runs one command and writes its seconds, peak memory and exit status: measure.py OUT.json MOST_GB COMMAND…

A process of its own, and a small one: a child starts with the peak memory of the process it is forked from, so a large parent would
be measured in place of its child. A command that needs more than MOST_GB is killed.
"""
import json
import os
import sys
import threading
import time


def watch(pid, most):
    page = os.sysconf("SC_PAGE_SIZE")
    while True:
        try:
            with open(f"/proc/{pid}/statm") as file:
                if int(file.read().split()[1]) * page > most:
                    os.kill(pid, 9)
        except OSError:
            return
        time.sleep(.3)


def main():
    out, most, command = sys.argv[1], float(sys.argv[2]) * 1e9, sys.argv[3:]
    began = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ)
    threading.Thread(target=watch, args=(pid, most), daemon=True).start()
    _, status, usage = os.wait4(pid, 0)
    with open(out, "w") as file:
        json.dump({"seconds": time.monotonic() - began, "peak_memory": usage.ru_maxrss * 1024, "cpu": usage.ru_utime + usage.ru_stime,
                   "status": os.waitstatus_to_exitcode(status)}, file)


if __name__ == "__main__":
    main()
