#!/usr/bin/env python3
"""Checks a Baton evidence bundle offline. 离线验证接棒存证包。

    python3 baton-verify.py [--policy FILE] [--against FILE]... [--json] [--now SECONDS] BUNDLE
    python3 baton-verify.py [--policy FILE] [--payload FILE] RECEIPT.tlog-proof

BUNDLE is a ZIP file or an unpacked folder. --policy is a C2SP tlog-policy file from OUTSIDE the
bundle; without it the verdict is at most CONSISTENT-BUT-UNTRUSTED. --against is a checkpoint or a
.tlog-proof that somebody kept. --payload is what a receipt's record commits to.

Exit code: 0 VALID, 10 VALID-UNWITNESSED, 11 CONSISTENT-BUT-UNTRUSTED, 12 INCOMPLETE, 1 INVALID,
2 nothing was checked.

Python 3.8 or later and its standard library, nothing else: no network, nothing from the bundle is
executed or written to disk. It was written apart from Baton's own verifier and shares no code with
it. Formats: RFC 8493 (BagIt), RFC 9162 (tree), RFC 8032 (Ed25519), RFC 8785 (JSON), and C2SP
signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-policy.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import hmac
import json
import os
import re
import stat
import struct
import sys
import time
import unicodedata
import zlib

MOST_BYTES, MOST_A_FILE, MOST_FILES, LONGEST_PATH = 512 << 20, 64 << 20, 60000, 200
GRACE = 300
U64 = 1 << 64
RANK = ["VALID", "VALID-UNWITNESSED", "CONSISTENT-BUT-UNTRUSTED", "INCOMPLETE", "INVALID"]
EXIT = {"VALID": 0, "VALID-UNWITNESSED": 10, "CONSISTENT-BUT-UNTRUSTED": 11, "INCOMPLETE": 12,
        "INVALID": 1}
REMARKS = {"chain.open", "quorum.unmet", "cosignature.future", "record.early", "record.late",
           "anchor.unusable", "anchor.apart", "signature.unexamined", "timestamp.unexamined"}
GAPS = {"file.missing", "payload.erased", "payload.withheld", "INCOMPLETE-CHAIN"}
WARNINGS = {
    "quorum.unmet": "见证不足：若日志密钥持有人重写全部历史，无从发现 / too few witnesses: a rewrite "
                    "by the holder of the log key would not be seen",
    "signature.unexamined": "请用 openssl 检查 / check with openssl, see VERIFY.md",
    "timestamp.unexamined": "请用 openssl 检查 / check with openssl, see VERIFY.md",
    "SPLIT-VIEW": "日志自相矛盾 / the log has signed two roots for one size: proof of fraud",
}


class Refused(Exception):
    """The archive is not opened: (code, where)."""


class Bad(Exception):
    """Something is not of its form."""


# --- Archives -----------------------------------------------------------------------------------

def safe_part(part):
    stem = part.split(".")[0].rstrip("0123456789").lower()
    return (re.fullmatch(r"[A-Za-z0-9._-]+", part, re.ASCII) is not None
            and not part.startswith(".") and not part.endswith(".")
            and stem not in ("con", "prn", "aux", "nul", "com", "lpt"))


def safe_path(path):
    return len(path.encode("utf-8", "replace")) <= LONGEST_PATH and all(
        safe_part(part) for part in path.split("/"))


def shown(path):
    return "".join(c if "!" <= c <= "~" else "?" for c in path[:80])


def one_folder(paths):
    top, files, folders = None, set(), set()
    for path in paths:
        if len(files) == MOST_FILES:
            raise Refused("archive.limit", "files")
        if not safe_path(path):
            raise Refused("archive.name", shown(path))
        first, slash, _ = path.partition("/")
        if top is None and slash:
            top = first
        if not slash or first != top:
            raise Refused("archive.name", path)
        folded = path.lower()
        folders.update(folded[:n] for n, c in enumerate(folded) if c == "/")
        if folded in files:
            raise Refused("archive.duplicate", path)
        files.add(folded)
    if files & folders:
        raise Refused("archive.duplicate", min(files & folders))
    if top is None:
        raise Refused("archive.form", "")
    return top


def foreign_extra(extra):
    """Extra fields that give another name or other sizes, or are none at all."""
    while extra:
        if len(extra) < 4:
            return True
        kind, length = struct.unpack_from("<HH", extra)
        if kind in (0x7075, 0x0001) or 4 + length > len(extra):
            return True
        extra = extra[4 + length:]
    return False


def read_directory(data):
    if len(data) < 22:
        raise Refused("archive.form", "end")
    end = len(data) - 22
    mark, disk, disk2, here, count, length, start, comment = struct.unpack("<4s4H2IH", data[end:])
    if mark != b"PK\5\6" or disk or disk2 or comment or here != count or start + length != end:
        raise Refused("archive.form", "end")
    if count > MOST_FILES:
        raise Refused("archive.limit", "files")
    at, entries = start, []
    for _ in range(count):
        if at + 46 > end:
            raise Refused("archive.form", "directory")
        (mark, _, _, flags, method, _, _, crc, packed, size, name_len, extra_len, comment_len, disk,
         _, outer, offset) = struct.unpack_from("<4s6H3I5H2I", data, at)
        name_end = at + 46 + name_len
        after = name_end + extra_len
        if after > end or mark != b"PK\1\2" or comment_len or disk:
            raise Refused("archive.form", "directory")
        raw = data[at + 46:name_end]
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("archive.name", shown(raw.decode("utf-8", "replace")))
        if (outer >> 16) & 0o170000 not in (0, 0o100000):
            raise Refused("archive.link", shown(name))
        if flags & ~0x080E:
            raise Refused("archive.encrypted", shown(name))
        if method not in (0, 8):
            raise Refused("archive.method", shown(name))
        if foreign_extra(data[name_end:after]):
            raise Refused("archive.form", shown(name))
        entries.append((name, raw, flags, method, crc, packed, size, offset))
        at = after
    if at != end:
        raise Refused("archive.form", "directory")
    return entries, start


def read_zip(data):
    if len(data) > MOST_BYTES:
        raise Refused("archive.limit", "archive")
    entries, start = read_directory(data)
    top = one_folder(entry[0] for entry in entries)
    total = 0
    for name, _, _, _, _, _, size, _ in entries:
        total += size
        if size > MOST_A_FILE or total > MOST_BYTES:
            raise Refused("archive.limit", name)
    at, packed_at = 0, {}
    for name, raw, flags, method, crc, packed, size, offset in sorted(entries, key=lambda e: e[7]):
        wrong = Refused("archive.form", shown(name))
        if offset != at or at + 30 > len(data):
            raise wrong
        (mark, _, flags2, method2, _, _, crc2, packed2, size2, name_len,
         extra_len) = struct.unpack_from("<4s5H3I2H", data, at)
        body = at + 30 + name_len + extra_len
        says, wanted = (crc2, packed2, size2), (crc, packed, size)
        if (body > len(data) or mark != b"PK\3\4" or flags2 != flags or method2 != method
                or data[at + 30:at + 30 + name_len] != raw
                or foreign_extra(data[at + 30 + name_len:body])
                or not (says == wanted or (flags & 8 and says == (0, 0, 0)))
                or body + packed > len(data)):
            raise wrong
        packed_at[name] = body
        at = body + packed
        if flags & 8:
            tail = data[at:at + 16]
            if tail == b"PK\7\x08" + struct.pack("<3I", *wanted):
                at += 16
            elif tail[:12] == struct.pack("<3I", *wanted):
                at += 12
            else:
                raise wrong
    if at != start:
        raise Refused("archive.form", "gap")
    files = {}
    for name, _, _, method, crc, packed, size, _ in entries:
        content = data[packed_at[name]:packed_at[name] + packed]
        if method == 8:
            inflate = zlib.decompressobj(-15)
            try:
                content = inflate.decompress(content, size + 1)
            except zlib.error:
                raise Refused("archive.checksum", name)
            if not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
                raise Refused("archive.checksum", name)
        if len(content) != size or zlib.crc32(content) != crc:
            raise Refused("archive.checksum", name)
        files[name[len(top) + 1:]] = content
    return files


def read_folder(root):
    files, total, queue = {}, 0, [(root, "")]
    while queue:
        place, within = queue.pop()
        for entry in os.scandir(place):
            if not safe_path(entry.name):
                raise Refused("archive.name", within)
            inner = within + "/" + entry.name if within else entry.name
            info = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(info.st_mode) and len(inner) <= LONGEST_PATH:
                queue.append((entry.path, inner))
            elif stat.S_ISREG(info.st_mode):
                total += info.st_size
                if len(files) >= MOST_FILES or total > MOST_BYTES or info.st_size > MOST_A_FILE:
                    raise Refused("archive.limit", inner)
                with open(entry.path, "rb") as file:
                    files[inner] = file.read(MOST_A_FILE + 1)
            else:
                raise Refused("archive.link", inner)
    one_folder("folder/" + path for path in sorted(files))
    return files


# --- Texts --------------------------------------------------------------------------------------

def text_of(files, path):
    try:
        return files[path].decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def unbase64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Bad("base64")
    if base64.b64encode(data).decode("ascii") != text:
        raise Bad("base64")
    return data


def hash_of(text):
    data = unbase64(text)
    if len(data) != 32:
        raise Bad("hash")
    return data


def hash_text(data):
    return base64.b64encode(data).decode("ascii")


def decimal(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", text, re.ASCII) or int(text) >= U64:
        raise Bad("number")
    return int(text)


def is_hex(value):
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value, re.ASCII) is not None


def quoted(text):
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f",
             "\r": "\\r"}
    return '"' + "".join(
        short.get(c) or ("\\u%04x" % ord(c) if c < " " else c) for c in text) + '"'


def canonical(value, depth=64):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        if abs(value) >= 1 << 53:
            raise Bad("number")
        return str(value)
    if depth == 0 or not isinstance(value, (list, dict)):
        raise Bad("json")
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth - 1) for item in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(
        quoted(name) + ":" + canonical(value[name], depth - 1) for name in names) + "}"


def read_json(data):
    """The value behind canonical bytes."""
    try:
        value = json.loads(data.decode("utf-8"))
        same = canonical(value).encode("utf-8") == data
    except (ValueError, RecursionError, TypeError):
        raise Bad("json")
    if not same:
        raise Bad("json")
    return value


def members(value, **kinds):
    """An object with exactly these members, each of its kind."""
    if not isinstance(value, dict) or set(value) != set(kinds):
        raise Bad("members")
    for name, kind in kinds.items():
        if not kind(value[name]):
            raise Bad(name)
    return value


def is_text(value):
    return isinstance(value, str)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < U64


def is_hash(value):
    try:
        return is_text(value) and len(hash_of(value)) == 32
    except Bad:
        return False


def or_null(kind):
    return lambda value: value is None or kind(value)


def list_of(kind):
    return lambda value: isinstance(value, list) and all(kind(item) for item in value)


def object_of(**kinds):
    def check(value):
        try:
            return members(value, **kinds) is value
        except Bad:
            return False
    return check


def moment(text):
    """Seconds since 1970."""
    if not is_text(text) or not re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text, re.ASCII):
        raise Bad("moment")
    try:
        date = datetime.datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise Bad("moment")
    if date.strftime("%S") != text[17:19]:
        raise Bad("moment")
    return int((date - datetime.datetime(1970, 1, 1)).total_seconds())


def is_moment(text):
    try:
        return moment(text) is not None
    except Bad:
        return False


def read_entry(data):
    if len(data) >= 65536:
        raise Bad("entry")
    entry = read_json(data)
    members(entry, v=lambda v: is_count(v) and v == 1, seq=is_count, tenant=is_text, type=is_text,
            at=is_moment, why=is_text, subject=list_of(is_text), commit=is_hash,
            prev=or_null(is_hash),
            actor=object_of(id=is_text, auth=is_text, session=or_null(is_text)),
            approvals=list_of(object_of(by=is_text, at=is_moment, decision=is_text,
                                        record=or_null(is_count))),
            docs=list_of(object_of(name=is_text, sha256=is_hex, sm3=or_null(is_hex))))
    return entry


def read_item(data):
    return members(read_json(data), commit=is_hash, n=is_count, prev=or_null(is_hash),
                   subject=is_text)


def items_root(payload):
    try:
        value = read_json(payload)
        items = members(value["items"], n=is_count, root=is_hash)
    except (Bad, KeyError, TypeError):
        return None
    return items["n"], hash_of(items["root"])


# --- Ed25519 (RFC 8032), as strict as the other verifier ------------------------------------------

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, (y & (1 << 255) - 1)
    if y >= P:
        raise Bad("point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise Bad("point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
NEUTRAL = (0, 1, 1, 0)


def ed25519(key, message, signature):
    if len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    try:
        a, r = point(key), point(signature[:32])
    except Bad:
        return False
    if s >= L or same(times(8, a), NEUTRAL) or same(times(8, r), NEUTRAL):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(k, a)))


# --- Notes, checkpoints, proofs, policies -------------------------------------------------------

def is_name(name):
    return name != "" and "+" not in name and not any(c.isspace() for c in name)


def read_key(text):
    """(name, id, type, 32 bytes)"""
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        raise Bad("key")
    typed = unbase64(parts[2])
    if len(typed) != 33 or typed[0] not in (1, 4):
        raise Bad("key")
    point(typed[1:])
    number = hashlib.sha256(parts[0].encode("utf-8") + b"\n" + typed).digest()[:4]
    if parts[1] != number.hex():
        raise Bad("key")
    return parts[0], number, typed[0], typed[1:]


def pem(key):
    der = bytes.fromhex("302a300506032b6570032100") + key[3]
    return ("-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            % hash_text(der)).encode("ascii")


def read_note(note):
    """The signed text and the signatures (name, id, blob)."""
    if any(c < " " and c != "\n" for c in note):
        raise Bad("note")
    at = note.rfind("\n\n")
    if at < 0 or not note.endswith("\n") or at + 2 >= len(note):
        raise Bad("note")
    lines = note[at + 2:-1].split("\n")
    if len(lines) > 100:
        raise Bad("note")
    signatures = []
    for line in lines:
        name, space, blob = line[2:].partition(" ")
        if not line.startswith("\u2014 ") or not space or not is_name(name):
            raise Bad("note")
        data = unbase64(blob)
        if len(data) < 5:
            raise Bad("note")
        signatures.append((name, data[:4], data[4:]))
    return note[:at + 1], signatures


def who_signed(text, signatures, keys):
    """[(key, seconds)] of known keys; None when a known key's signature is bad."""
    signed = []
    for name, number, blob in signatures:
        key = next((key for key in keys if key[:2] == (name, number)), None)
        if key is None or any(key is known for known, _ in signed):
            continue
        seconds, message = 0, text.encode("utf-8")
        if key[2] == 4:
            seconds = int.from_bytes(blob[:8], "big")
            message = b"cosignature/v1\ntime %d\n" % seconds + message
            blob = blob[8:] if len(blob) >= 8 else b""
        if not ed25519(key[3], message, blob):
            return None
        signed.append((key, seconds))
    return signed


def read_checkpoint(text):
    lines = text[:-1].split("\n")
    if not text.endswith("\n") or len(lines) < 3 or "" in lines:
        raise Bad("checkpoint")
    return lines[0], decimal(lines[1]), hash_of(lines[2])


def read_proof(text):
    first = "c2sp.org/tlog-proof@v1\n"
    head, gap, checkpoint = text[len(first):].partition("\n\n")
    if not text.startswith(first) or not gap or not checkpoint:
        raise Bad("proof")
    lines = head.split("\n")
    if lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    if not lines or not lines[0].startswith("index ") or len(lines) > 64:
        raise Bad("proof")
    return decimal(lines[0][6:]), [hash_of(line) for line in lines[1:]], checkpoint


def read_extra(text):
    """What goes with a receipt: the salt, then the record itself."""
    line = text.split("\n", 2)[1]
    extra = unbase64(line[6:]) if line.startswith("extra ") else b""
    if len(extra) < 32:
        raise Bad("extra")
    return extra[:32], extra[32:]


def read_step(text):
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if (len(text.encode("utf-8")) > 65536 or not gap or not checkpoint or len(lines) > 64
            or not lines[0].startswith("old ")):
        raise Bad("step")
    return decimal(lines[0][4:]), [hash_of(line) for line in lines[1:]], checkpoint


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def included(index, leaf, path, size, root):
    if index >= size:
        return False
    node, last, value = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(other, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, other)
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def continued(old, old_root, new, new_root, path):
    if old == 0 or old > new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old & (old - 1) == 0:
        path = [old_root] + path
    if not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, other)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        self.members = set()
        if not text.endswith("\n"):
            raise Bad("policy")
        for line in text[:-1].split("\n"):
            if any((c < " " and c != "\t") or c == "\x7f" for c in line):
                raise Bad("policy")
            words = [word for word in re.split("[ \t]", line) if word]
            if words and not words[0].startswith("#"):
                self.line(words)
        if self.quorum is None:
            raise Bad("policy")

    def line(self, words):
        names = len(self.logs) + len(self.witnesses) + len(self.groups)
        if words[0] == "quorum" and len(words) == 2:
            if self.quorum is not None or not (words[1] == "none" or self.known(words[1])):
                raise Bad("policy")
            self.quorum = words[1]
        elif names >= 256:
            raise Bad("policy")
        elif words[0] == "log" and len(words) in (2, 3):
            key = read_key(words[1])
            if key[2] != 1 or any(key[3] == log[3] for log in self.logs):
                raise Bad("policy")
            self.logs.append(key)
        elif words[0] == "witness" and len(words) in (3, 4):
            key = read_key(words[2])
            if key[2] != 4 or any(key[3] == other[3] for other in self.witnesses.values()):
                raise Bad("policy")
            self.take(words[1])
            self.witnesses[words[1]] = key
        elif words[0] == "group" and len(words) >= 4:
            for member in words[3:]:
                if not self.known(member) or member in self.members:
                    raise Bad("policy")
                self.members.add(member)
            count = len(words) - 3
            wanted = {"any": 1, "all": count}.get(words[2])
            wanted = decimal(words[2]) if wanted is None else wanted
            if not 1 <= wanted <= count:
                raise Bad("policy")
            self.take(words[1])
            self.groups[words[1]] = (wanted, words[3:])
        else:
            raise Bad("policy")

    def known(self, name):
        return name in self.witnesses or name in self.groups

    def take(self, name):
        if name == "none" or self.known(name):
            raise Bad("policy")

    def is_met(self, keys):
        met = {name: any(key[:2] == seen[:2] for seen in keys)
               for name, key in self.witnesses.items()}
        for name, (wanted, those) in self.groups.items():
            met[name] = sum(met[member] for member in those) >= wanted
        return self.quorum == "none" or met[self.quorum]


# --- The examination ----------------------------------------------------------------------------

def worst(*verdicts):
    return max(verdicts, key=RANK.index)


def weight(code):
    return "VALID" if code in REMARKS else "INCOMPLETE" if code in GAPS else "INVALID"


class Examination:
    def __init__(self, files, policy, anchors, now):
        self.files, self.outside, self.anchors, self.now = files, policy, anchors, now
        self.found, self.records, self.complete, self.nodes = set(), [], [], []
        self.origin, self.best, self.opened, self.listed = None, "VALID", {}, {}
        self.spoken = set()

    def find(self, code, at):
        self.found.add((code, at))
        return weight(code)

    def verdict(self):
        return worst(self.best, *[weight(code) for code, _ in self.found],
                     *[record["verdict"] for record in self.records])

    def run(self):
        self.bag()
        if any(weight(code) == "INVALID" for code, _ in self.found):
            return
        try:
            self.read_index()
        except Bad:
            self.find("index.form", "data/index.json")
            return
        self.origin = self.index["origin"]
        self.check_files()
        policy = self.outside or self.claims()
        if self.outside:
            self.claims()
        self.policy = policy
        self.keys = [log for log in policy.logs if log[0] == self.origin] if policy else []
        if not self.keys:
            if policy:
                self.find("log.unknown", self.origin)
            else:
                self.find("policy.form", "data/trust/policy.txt")
            return
        if not self.outside:
            self.best = "CONSISTENT-BUT-UNTRUSTED"
        self.checkpoints()
        for line in self.index["records"]:
            self.record(line)
        self.check_anchors()
        self.chains()
        self.documents()

    # The bag.

    def manifest(self, path):
        text, listed, last = text_of(self.files, path), {}, ""
        if not text or not text.endswith("\n"):
            return None
        for line in text[:-1].split("\n"):
            digest, gap, name = line.partition("  ")
            if not gap or not is_hex(digest) or name <= last or not safe_path(name):
                return None
            last, listed[name] = name, digest
        return listed

    def bag(self):
        if self.files.get("bagit.txt") != (
                b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"):
            self.find("bag.form", "bagit.txt")
        payload = {path: data for path, data in self.files.items() if path.startswith("data/")}
        listed = self.manifest("manifest-sha256.txt")
        info = re.fullmatch(
            "Source-Organization: [^\n]*\nExternal-Identifier: [^\n]*\nBagging-Date: [^\n]*\n"
            "Payload-Oxum: ([^\n]*)\nBaton-Bundle-Version: 1\n",
            text_of(self.files, "bag-info.txt") or "")
        if not info or any(unicodedata.category(c) == "Cc" and c != "\n" for c in info.group(0)):
            self.find("bag.form", "bag-info.txt")
        elif (set(listed or {}) <= set(self.files) and info.group(1) != "%d.%d" % (
                sum(map(len, payload.values())), len(payload))):
            self.find("bag.count", "bag-info.txt")
        tags = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
                "manifest-sha256.txt.p7s", "manifest-sha256.txt.tsr"}
        for path in set(self.files) - set(payload) - tags:
            self.find("file.unexpected", path)
        for name, is_payload in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
            listed = self.manifest(name)
            if listed is None:
                self.find("bag.form", name)
                continue
            if any(path.startswith("data/") != is_payload for path in listed):
                self.find("bag.form", name)
            for path, digest in listed.items():
                if path not in self.files:
                    self.find("file.missing", path)
                elif hashlib.sha256(self.files[path]).hexdigest() != digest:
                    self.find("bag.digest", path)
            for path in self.files:
                if (path.startswith("data/") == is_payload and path != "tagmanifest-sha256.txt"
                        and path not in listed):
                    self.find("bag.unlisted", path)

    # The index, and what belongs to it.

    def read_index(self):
        is_shown = lambda value: value in ("shown", "withheld", "erased")
        index = members(
            read_json(self.files.get("data/index.json", b"")), v=lambda v: is_count(v) and v == 1,
            checkpoints=list_of(is_count), complete=list_of(is_text), subjects=list_of(is_text),
            origin=is_text,
            documents=list_of(object_of(file=is_text, record=is_count, sha256=is_hex)),
            records=list_of(object_of(
                index=is_count, leaf=is_hash, payload=is_shown,
                items=list_of(object_of(n=is_count, payload=is_shown)))))
        files = [line["file"] for line in index["documents"]]
        lists = [index["checkpoints"], index["complete"], index["subjects"], files,
                 [line["index"] for line in index["records"]]]
        lists += [[item["n"] for item in line["items"]] for line in index["records"]]
        if not set(index["complete"]) <= set(index["subjects"]):
            raise Bad("index")
        if (any(a >= b for these in lists for a, b in zip(these, these[1:]))
                or not index["records"] or not index["checkpoints"] or index["checkpoints"][0] == 0
                or not all(safe_path(file) and "/" not in file for file in files)):
            raise Bad("index")
        self.index = index

    def check_files(self):
        must, may = {"data/VERIFY.md", "data/index.json", "data/verifier/baton-verify.py",
                     "data/trust/policy.txt", "data/keys/log.vkey", "data/keys/log.pub.pem"}, set()
        for line in self.index["records"]:
            name = "%06d" % line["index"]
            must |= {"data/records/%s.json" % name, "data/proofs/%s.tlog-proof" % name}
            if line["payload"] == "shown":
                must |= {"data/records/%s.payload.json" % name, "data/records/%s.salt" % name}
            for item in line["items"]:
                part = "%s.item-%06d" % (name, item["n"])
                must |= {"data/records/%s.json" % part, "data/proofs/%s.txt" % part}
                if item["payload"] == "shown":
                    must |= {"data/records/%s.payload.json" % part, "data/records/%s.salt" % part}
        sizes = self.index["checkpoints"]
        must |= {"data/checkpoints/%d.txt" % size for size in sizes}
        must |= {"data/consistency/%d-%d.txt" % pair for pair in zip(sizes, sizes[1:])}
        must |= {"data/documents/" + line["file"] for line in self.index["documents"]}
        may = {"data/timestamps/%d.tsr" % size for size in sizes} | {"data/report.pdf"}
        for path in must - set(self.files):
            self.find("file.missing", path)
        for path in self.files:
            if path.startswith("data/") and path not in must | may and not re.fullmatch(
                    r"data/keys/[^/]*(\.vkey|\.pub\.pem|\.crt\.pem|ca\.pem|chain\.pem|\.crl)",
                    path):
                self.find("file.unexpected", path)
            if path == "manifest-sha256.txt.p7s":
                self.find("signature.unexamined", path)
            if path == "manifest-sha256.txt.tsr" or path.startswith("data/timestamps/"):
                self.find("timestamp.unexamined", path)

    def claims(self):
        for path in self.files:
            if not path.endswith(".vkey"):
                continue
            is_log = path == "data/keys/log.vkey"
            try:
                text = text_of(self.files, path)
                if not text or not text.endswith("\n"):
                    raise Bad("key")
                key = read_key(text[:-1])
                if key[2] != (1 if is_log else 4) or (is_log and key[0] != self.origin):
                    raise Bad("key")
            except Bad:
                self.find("key.form", path)
                continue
            other = path.replace(".vkey", ".pub.pem")
            if other in self.files and self.files[other] != pem(key):
                self.find("key.form", other)
        if "data/trust/policy.txt" not in self.files:
            return None
        try:
            return Policy(text_of(self.files, "data/trust/policy.txt") or "")
        except Bad:
            self.find("policy.form", "data/trust/policy.txt")
            return None

    # Checkpoints.

    def open(self, note):
        """(size, root, verdict, first seen, has futures), or the code that says why not."""
        if note not in self.opened:
            self.opened[note] = self.examine_note(note)
        return self.opened[note]

    def examine_note(self, note):
        try:
            text, signatures = read_note(note)
        except Bad:
            return "checkpoint.form"
        by_log = who_signed(text, signatures, self.keys)
        if by_log is None:
            return "checkpoint.signature"
        if not by_log:
            return "checkpoint.unsigned"
        cosigned = who_signed(text, signatures, list(self.policy.witnesses.values()))
        if cosigned is None:
            return "checkpoint.signature"
        try:
            origin, size, root = read_checkpoint(text)
        except Bad:
            return "checkpoint.form"
        if origin != self.origin:
            return "checkpoint.origin"
        good = [(key, seconds) for key, seconds in cosigned if seconds <= self.now + GRACE]
        enough = good and self.policy.is_met([key for key, _ in good])
        seen = min((seconds for _, seconds in good), default=None)
        return (size, root, "VALID" if enough else "VALID-UNWITNESSED", seen,
                len(good) < len(cosigned))

    def checkpoints(self):
        sizes = self.index["checkpoints"]
        for size in sizes:
            path = "data/checkpoints/%d.txt" % size
            if path not in self.files:
                continue
            text = text_of(self.files, path)
            opened = "checkpoint.form" if text is None else self.open(text)
            if isinstance(opened, str):
                self.find(opened, path)
            elif opened[0] != size:
                self.find("checkpoint.size", path)
            else:
                if opened[2] != "VALID":
                    self.find("quorum.unmet", path)
                if opened[4]:
                    self.find("cosignature.future", path)
                self.listed[size] = (opened, text)
        for old, new in zip(sizes, sizes[1:]):
            path = "data/consistency/%d-%d.txt" % (old, new)
            if path not in self.files or old not in self.listed or new not in self.listed:
                continue
            before, (after, note) = self.listed[old][0], self.listed[new]
            try:
                says, hashes, checkpoint = read_step(text_of(self.files, path) or "")
                if says != old or checkpoint != note:
                    raise Bad("step")
            except Bad:
                self.find("consistency.form", path)
                continue
            if not continued(old, before[1], new, after[1], hashes):
                self.find("consistency.proof", path)

    def check_anchors(self):
        for n, anchor in enumerate(self.anchors):
            at = "anchor %d" % (n + 1)
            try:
                note = read_proof(anchor)[2]
            except Bad:
                note = anchor
            opened = self.open(note)
            if isinstance(opened, str):
                self.find("anchor.unusable", at)
            elif opened[0] not in self.listed:
                self.find("anchor.apart", at)
            elif self.listed[opened[0]][0][1] != opened[1]:
                self.find("SPLIT-VIEW", at)

    # Records.

    def record(self, line):
        name = "data/records/%06d" % line["index"]
        self.own = self.best
        entry = None
        data = self.files.get(name + ".json")
        if data is None:
            self.own = worst(self.own, "INCOMPLETE")
        else:
            try:
                entry = read_entry(data)
            except Bad:
                self.say("record.form", name + ".json")
        if entry is not None:
            self.entry(line, name, entry, data)
        self.records.append({"index": line["index"], "verdict": self.own})

    def say(self, code, at):
        self.own = worst(self.own, self.find(code, at))

    def entry(self, line, name, entry, data):
        leaf = leaf_hash(data)
        if entry["seq"] != line["index"]:
            self.say("record.number", name + ".json")
        if hash_text(leaf) != line["leaf"]:
            self.say("record.leaf", name + ".json")
        self.check_proof(line["index"], leaf)
        self.check_time(line["index"], moment(entry["at"]), name + ".json")
        content = self.content(line["payload"], name)
        if content and not opens(entry["commit"], content):
            self.say("record.payload", name + ".payload.json")
        links = [(entry["subject"][0], entry["prev"])] if entry["subject"] else []
        for part in line["items"]:
            item = self.item(line["index"], part, content)
            if item and all(subject != item["subject"] for subject, _ in links):
                links.append((item["subject"], item["prev"]))
        self.nodes.append((hash_text(leaf), links))
        self.spoken |= set(entry["subject"]) | {subject for subject, _ in links}

    def check_proof(self, index, leaf):
        path = "data/proofs/%06d.tlog-proof" % index
        if path not in self.files:
            self.own = worst(self.own, "INCOMPLETE")
            return
        try:
            says, hashes, note = read_proof(text_of(self.files, path) or "")
        except Bad:
            return self.say("proof.form", path)
        if says != index:
            return self.say("proof.index", path)
        opened = self.open(note)
        if isinstance(opened, str):
            return self.say(opened, path)
        size, root, verdict = opened[:3]
        self.own = worst(self.own, verdict)
        if size in self.listed:
            here, text = self.listed[size]
            if here[1] != root:
                self.say("SPLIT-VIEW", path)
            elif text != note:
                self.say("proof.checkpoint", path)
        elif size not in self.index["checkpoints"]:
            self.say("proof.checkpoint", path)
        if not included(index, leaf, hashes, size, root):
            self.say("proof.path", path)

    def check_time(self, index, claimed, path):
        if claimed < 0:
            return
        seen = [(size, opened[3]) for size, (opened, _) in sorted(self.listed.items())
                if opened[3] is not None]
        before = [moment for size, moment in seen if size <= index][-1:]
        after = [moment for size, moment in seen if size > index][:1]
        if before and claimed + GRACE < before[0]:
            self.say("record.early", path)
        if after and claimed > after[0] + GRACE:
            self.say("record.late", path)

    def content(self, state, name):
        if state != "shown":
            self.say("payload." + state, name + ".json")
            return None
        payload, salt = self.files.get(name + ".payload.json"), self.files.get(name + ".salt")
        if payload is None or salt is None:
            self.own = worst(self.own, "INCOMPLETE")
            return None
        if len(salt) != 32:
            self.say("record.salt", name + ".salt")
            return None
        return payload, salt

    def item(self, index, part, content):
        stem = "%06d.item-%06d" % (index, part["n"])
        name, proof = "data/records/" + stem, "data/proofs/%s.txt" % stem
        data = self.files.get(name + ".json")
        if data is None or proof not in self.files or not content:
            self.own = worst(self.own, "INCOMPLETE")
            return None
        try:
            item = read_item(data)
        except Bad:
            self.say("item.form", name + ".json")
            return None
        root = items_root(content[0])
        try:
            text = text_of(self.files, proof)
            if text is None or root is None or (text and not text.endswith("\n")):
                raise Bad("proof")
            hashes = [hash_of(line) for line in text[:-1].split("\n")] if text else []
            if item["n"] != part["n"] or not included(part["n"], leaf_hash(data), hashes, *root):
                raise Bad("proof")
        except Bad:
            self.say("item.proof", name + ".json")
        inner = self.content(part["payload"], name)
        if inner and not opens(item["commit"], inner):
            self.say("item.payload", name + ".payload.json")
        return item

    # Chains and documents.

    def chains(self):
        if len(self.nodes) == len(self.index["records"]):
            for subject in set(self.index["subjects"]) - self.spoken:
                self.find("index.subject", subject)
        chains, claimed = {}, set(self.index["complete"])
        for leaf, links in self.nodes:
            for subject, prev in links:
                chains.setdefault(subject, []).append((leaf, prev))
        for subject in claimed - set(chains):
            self.find("INCOMPLETE-CHAIN", subject)
        for subject, links in sorted(chains.items()):
            shown_leaves, missing, before = set(), [], None
            for n, (leaf, prev) in enumerate(links):
                if prev is not None and prev not in shown_leaves:
                    if n == 0:
                        before = prev
                    else:
                        missing.append(prev)
                shown_leaves.add(leaf)
            forked = len({prev for _, prev in links}) < len(links)
            if forked:
                self.find("chain.fork", subject)
            for leaf in missing:
                self.find("INCOMPLETE-CHAIN", subject + " " + leaf)
            if before is not None:
                self.find("INCOMPLETE-CHAIN" if subject in claimed else "chain.open",
                          subject + " " + before)
            elif not forked and not missing:
                self.complete.append(subject)
        self.complete.sort(key=lambda subject: subject.encode("utf-8"))

    def documents(self):
        shown_records = {line["index"] for line in self.index["records"]}
        for line in self.index["documents"]:
            path = "data/documents/" + line["file"]
            if path not in self.files:
                continue
            if hashlib.sha256(self.files[path]).hexdigest() != line["sha256"]:
                self.find("document.digest", path)
                continue
            docs = []
            if line["record"] in shown_records:
                try:
                    record = self.files.get("data/records/%06d.json" % line["record"], b"")
                    docs = read_entry(record)["docs"]
                except Bad:
                    pass
            if all(doc["sha256"] != line["sha256"] for doc in docs):
                self.find("document.unproved", path)


def opens(commit, content):
    payload, salt = content
    made = hmac.new(salt, payload, hashlib.sha256).digest()
    return hmac.compare_digest(made, hash_of(commit))


def receipt(text, payload, policy, now):
    """The verdict on one record in one file."""
    try:
        index, hashes, note = read_proof(text)
        salt, data = read_extra(text)
        entry = read_entry(data)
        origin, size, root = read_checkpoint(read_note(note)[0])
    except Bad:
        return "INVALID"
    if (entry["seq"] != index or not included(index, leaf_hash(data), hashes, size, root)
            or (payload is not None and not opens(entry["commit"], (payload, salt)))):
        return "INVALID"
    if policy is None:
        return "CONSISTENT-BUT-UNTRUSTED"
    examination = Examination({}, policy, [], now)
    examination.policy, examination.origin = policy, origin
    examination.keys = [log for log in policy.logs if log[0] == origin]
    opened = examination.open(note)
    return "INVALID" if isinstance(opened, str) else opened[2]


# --- The command line ---------------------------------------------------------------------------

def plain(text):
    return "".join("?" if unicodedata.category(c) == "Cc" else c for c in text)


def report(examination, as_json):
    verdict, found = examination.verdict(), sorted(examination.found)
    if as_json:
        return json.dumps({
            "verdict": verdict, "origin": examination.origin, "records": examination.records,
            "findings": [{"code": code, "at": at} for code, at in found],
            "complete": examination.complete}, ensure_ascii=False)
    lines = ["日志 Log: %s" % plain(examination.origin or "-")]
    lines += ["  %06d  %s" % (record["index"], record["verdict"]) for record in examination.records]
    lines += ["- [%s] %s %s" % (code, plain(at), WARNINGS.get(code, "")) for code, at in found]
    lines += ["记录齐全 Whole: %s" % plain(subject) for subject in examination.complete]
    return "\n".join(lines + ["结论 Verdict: " + verdict])


def examine(files, policy, anchors, now):
    """For tests too: files by path, a Policy or None, texts, seconds."""
    examination = Examination(files, policy, anchors, now)
    examination.run()
    return examination


def read_text(path):
    with open(path, "rb") as file:
        return file.read(4 << 20).decode("utf-8")


def main():
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("bundle")
    words.add_argument("--policy")
    words.add_argument("--payload")
    words.add_argument("--against", action="append", default=[])
    words.add_argument("--json", action="store_true")
    words.add_argument("--now", type=int, default=None)
    wanted = words.parse_args()
    now = int(time.time()) if wanted.now is None else wanted.now
    try:
        policy = Policy(read_text(wanted.policy)) if wanted.policy else None
        anchors = [read_text(path) for path in wanted.against]
        payload = None
        if wanted.payload:
            with open(wanted.payload, "rb") as file:
                payload = file.read(MOST_A_FILE)
        if os.path.isdir(wanted.bundle):
            load = lambda: read_folder(wanted.bundle)
        else:
            with open(wanted.bundle, "rb") as file:
                data = file.read(MOST_BYTES + 1)
            if data.startswith(b"c2sp.org/tlog-proof@v1"):
                verdict = receipt(data.decode("utf-8"), payload, policy, now)
                print(json.dumps({"verdict": verdict}) if wanted.json else verdict)
                return EXIT[verdict]
            load = lambda: read_zip(data)
    except (OSError, UnicodeDecodeError, Bad) as error:
        print("%s: %s" % (type(error).__name__, error), file=sys.stderr)
        return 2
    try:
        examination = examine(load(), policy, anchors, now)
    except Refused as why:
        examination = Examination({}, policy, anchors, now)
        examination.find(*why.args)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(report(examination, wanted.json))
    return EXIT[examination.verdict()]


if __name__ == "__main__":
    sys.exit(main())
