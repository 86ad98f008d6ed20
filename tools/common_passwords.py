"""Makes crates/app/data/common_passwords.bin, the filter of passwords that are known, and common_passwords.toml, which
says what it is made of.

    python -m venv VENV
    VENV/bin/pip install --no-deps -r tools/requirements-passwords.txt
    VENV/bin/python tools/common_passwords.py

The files are checked in; run this only to change them. A second; the same bytes each run.

The lists are those that Django and zxcvbn refuse or mark down, both counted in real leaks. Each password is normalised
(NFC), put in lower case and hashed; passwords of fewer than four characters are left out. The file holds the first four
bytes of each SHA-256, as little-endian u32, sorted, each once. A password that is not on the lists is taken for one with
the probability count / 2^32.
"""

import gzip
import hashlib
import importlib.metadata
import importlib.util
import pathlib
import struct
import unicodedata

SHORTEST = 4
DATA = pathlib.Path(__file__).parent.parent / "crates/app/data"


def package(name: str) -> pathlib.Path:
    """Where a package lies; it is not imported."""
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def django() -> set[str]:
    path = package("django") / "contrib/auth/common-passwords.txt.gz"
    return set(gzip.decompress(path.read_bytes()).decode().splitlines())


def zxcvbn() -> set[str]:
    names = {}
    exec((package("zxcvbn") / "frequency_lists.py").read_text(), names)  # A module of literals.
    return set(names["FREQUENCY_LISTS"]["passwords"])


def normalised(password: str) -> str:
    return unicodedata.normalize("NFC", password.strip()).lower()


def fingerprint(password: str) -> int:
    return int.from_bytes(hashlib.sha256(password.encode()).digest()[:4], "little")


def main() -> None:
    lists = {"Django": django(), "zxcvbn": zxcvbn()}
    passwords = {normalised(password) for entries in lists.values() for password in entries}
    passwords = {password for password in passwords if len(password) >= SHORTEST}
    marks = sorted({fingerprint(password) for password in passwords})
    content = b"".join(struct.pack("<I", mark) for mark in marks)
    (DATA / "common_passwords.bin").write_bytes(content)
    licences = {"Django": "BSD-3-Clause", "zxcvbn": "MIT"}
    lines = [
        "# What common_passwords.bin is made of. Written by tools/common_passwords.py.",
        "",
        "[filter]",
        'file = "common_passwords.bin"',
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        f"bytes = {len(content)}",
        f"fingerprints = {len(marks)}",
        f"passwords = {len(passwords)}",
        f"shortest = {SHORTEST}",
        'fingerprint = "first 4 bytes of SHA-256 of the password in NFC and lower case, little-endian"',
        f"false_positives = {len(marks) / 2**32:.2e}",
    ]
    for name, entries in lists.items():
        listed = "\n".join(sorted(entries)).encode()
        lines += [
            "",
            "[[source]]",
            f'package = "{name} {importlib.metadata.version(name)} (PyPI)"',
            f'licence = "{licences[name]}"',
            f"passwords = {len(entries)}",
            f'sha256_of_sorted_lines = "{hashlib.sha256(listed).hexdigest()}"',
        ]
    (DATA / "common_passwords.toml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
