#!/usr/bin/env python3
"""Checks a Baton evidence bundle offline. 离线验证接棒存证包。

    python3 baton-verify.py [--policy FILE] [--ca FILE] [--tsa FILE] [--against FILE]... [--json]
                            [--now SECONDS] BUNDLE
    python3 baton-verify.py [--policy FILE] [--payload FILE] RECEIPT.tlog-proof
    python3 baton-verify.py [--ca FILE] [--tsa FILE] SIGNED.pdf

BUNDLE is a ZIP file or an unpacked folder. --policy is a C2SP tlog-policy file from OUTSIDE the
bundle; without it the verdict is at most CONSISTENT-BUT-UNTRUSTED. --ca and --tsa are certificates
(PEM or DER), also from outside: of whoever signs for the company, and of timestamp authorities, or
of who issued them; without them nobody vouches for signer and authority. --against is a checkpoint
or a .tlog-proof that somebody kept. --payload is what a receipt's record commits to.

Not seen by this program: answers of the OCSP kind about revoked certificates (lists are seen).
Baton's own verifier looks at them too.

Exit code: 0 VALID, 10 VALID-UNWITNESSED, 11 CONSISTENT-BUT-UNTRUSTED, 12 INCOMPLETE, 1 INVALID,
2 nothing was checked.

Python 3.8 or later and its standard library, nothing else: no network, nothing from the bundle is
executed or written to disk. It was written apart from Baton's own verifier and shares no code with
it. Formats: RFC 8493 (BagIt), RFC 9162 (tree), RFC 8032 (Ed25519), RFC 8785 (JSON), RFC 5652 (CMS),
RFC 3161 (timestamps), RFC 5280 (certificates), ISO 32000 (PDF), GB/T 32905 (SM3), GB/T 32918 (SM2),
and C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-policy.
"""

import argparse
import base64
import binascii
import collections
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
           "anchor.unusable", "anchor.apart", "signature.untrusted", "timestamp.untrusted",
           "timestamp.missing", "document.untrusted", "sm.untrusted"}
GAPS = {"file.missing", "payload.erased", "payload.withheld", "INCOMPLETE-CHAIN",
        "signature.missing", "sm.missing"}
STRANGERS = {"document.signer"}
WARNINGS = {
    "quorum.unmet": "见证不足：若日志密钥持有人重写全部历史，无从发现 / too few witnesses: a rewrite "
                    "by the holder of the log key would not be seen",
    "signature.untrusted": "签名人未核对，请用 --ca 给出公司证书 / nobody vouches for the signer: --ca",
    "timestamp.untrusted": "机构未核对，请用 --tsa 给出其证书 / nobody vouches for the authority: --tsa",
    "document.untrusted": "签名人未核对，请用 --ca 给出公司证书 / nobody vouches for the signers: --ca",
    "sm.untrusted": "包外的信任策略未列国密日志的密钥 / no key of the SM log in the policy from outside",
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


def is_sm_key(text):
    """Whether a key of a second log is meant, whatever it is worth."""
    try:
        return unbase64((text.split("+", 2) + ["", ""])[2])[:1] == b"\xff"
    except Bad:
        return False


def read_sm_key(text):
    """(name, id, 65 bytes of a point)"""
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        raise Bad("key")
    typed, kind = unbase64(parts[2]), b"\xffbaton.cn/sm2-sm3/v1"
    point_bytes = typed[len(kind):]
    number = hashlib.sha256(parts[0].encode("utf-8") + b"\n" + typed).digest()[:4]
    if not typed.startswith(kind) or len(point_bytes) != 65 or point_bytes[0] != 4 \
            or parts[1] != number.hex() or not is_on(SM2, *sm_point(point_bytes)):
        raise Bad("key")
    return parts[0], number, point_bytes


def sm_pem(key):
    der = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200") + key[2]
    text = hash_text(der)
    return ("-----BEGIN PUBLIC KEY-----\n%s\n%s\n-----END PUBLIC KEY-----\n"
            % (text[:64], text[64:])).encode("ascii")


def open_sm(note, key):
    """(size, root) of a head of the second log, or the code that says why not."""
    try:
        text, signatures = read_note(note)
        origin, size, root = read_checkpoint(text)
    except Bad:
        return "sm.form"
    if origin != key[0]:
        return "sm.form"
    blob = next((blob for name, number, blob in signatures if (name, number) == key[:2]), b"")
    try:
        good = sm2(sm_point(key[2]), text.encode("utf-8"), blob)
    except Bad:
        good = False
    return (size, root) if good else "sm.signature"


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def sm_leaf(data):
    return sm3(b"\0" + data)


def sm_node(left, right, known={}):
    # Many proofs under one head share their upper nodes.
    if (left, right) not in known:
        known[left, right] = sm3(b"\1" + left + right)
    return known[left, right]


def included(index, leaf, path, size, root, node_of=node_hash):
    if index >= size:
        return False
    node, last, value = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_of(other, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_of(value, other)
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
        self.second = []
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
        names = len(self.logs) + len(self.second) + len(self.witnesses) + len(self.groups)
        if words[0] == "quorum" and len(words) == 2:
            if self.quorum is not None or not (words[1] == "none" or self.known(words[1])):
                raise Bad("policy")
            self.quorum = words[1]
        elif names >= 256:
            raise Bad("policy")
        elif words[0] == "log" and len(words) in (2, 3) and is_sm_key(words[1]):
            key = read_sm_key(words[1])
            if key in self.second:
                raise Bad("policy")
            self.second.append(key)
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


# --- Certificates, signed messages, timestamps (RFC 5280, 5652, 3161) ----------------------------

SEQUENCE, SET, INTEGER, BITS, OCTETS, OID, CONTEXT = 0x30, 0x31, 2, 3, 4, 6, 0xA0
HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384",
          "2.16.840.1.101.3.4.2.3": "sha512"}
SIGNATURES = {"1.2.840.10045.4.3.2": "sha256", "1.2.840.10045.4.3.3": "sha384",
              "1.2.840.10045.4.3.4": "sha512", "1.2.840.113549.1.1.11": "sha256",
              "1.2.840.113549.1.1.12": "sha384", "1.2.840.113549.1.1.13": "sha512"}
PLAIN_DATA, TST_INFO = "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"
STAMPING, ANSWERING = "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"
# Prime, order, b, generator; a is -3 (FIPS 186-4).
CURVES = {
    "1.2.840.10045.3.1.7": (
        0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff,
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
        0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
        0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
        0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5),
    "1.3.132.0.34": (
        2 ** 384 - 2 ** 128 - 2 ** 96 + 2 ** 32 - 1,
        int("ffffffffffffffffffffffffffffffffffffffffffffffff"
            "c7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16),
        int("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112"
            "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef", 16),
        int("aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98"
            "59f741e082542a385502f25dbf55296c3a545e3872760ab7", 16),
        int("3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c"
            "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f", 16)),
}


class Der:
    """The elements of a DER value, one after the other."""

    def __init__(self, data):
        self.data = data

    def next(self):
        """(tag, content, whole)"""
        data = self.data
        if len(data) < 2 or data[0] & 0x1F == 0x1F:
            raise Bad("der")
        length, head = data[1], 2
        if length > 0x7F:
            count = length & 0x7F
            digits = data[2:2 + count]
            if not 1 <= count <= 4 or len(digits) < count:
                raise Bad("der")
            length, head = int.from_bytes(digits, "big"), 2 + count
            if length < 0x80 or digits[0] == 0:
                raise Bad("der")
        if head + length > len(data):
            raise Bad("der")
        self.data = data[head + length:]
        return data[0], data[head:head + length], data[:head + length]

    def expect(self, tag):
        found = self.next()
        if found[0] != tag:
            raise Bad("der")
        return found[1]

    def whole(self, tag):
        found = self.next()
        if found[0] != tag:
            raise Bad("der")
        return found[2]

    def inside(self, tag):
        return Der(self.expect(tag))

    def optional(self, tag):
        return self.next()[1] if self.data[:1] == bytes([tag]) else None

    def all(self):
        found = []
        while self.data:
            if len(found) >= 1000:
                raise Bad("der")
            found.append(self.next())
        return found

    def oid(self):
        data = self.expect(OID)
        if not data or data[-1] & 0x80 or len(data) > 39:
            raise Bad("oid")
        numbers, value = [], 0
        for byte in data:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first] + numbers[1:]))

    def small(self):
        data = self.expect(INTEGER)
        if not 1 <= len(data) <= 8 or data[0] & 0x80:
            raise Bad("number")
        return int.from_bytes(data, "big")


def only(data, tag):
    """The content of the one element that these bytes are."""
    reader = Der(data)
    content = reader.expect(tag)
    if reader.data:
        raise Bad("der")
    return content


def digest_of(name, parts):
    made = hashlib.new(name)
    for part in parts:
        made.update(part)
    return made.digest()


def known(table, oid):
    if oid not in table:
        raise Bad("algorithm")
    return table[oid]


def is_on(curve, x, y):
    p, _, b = curve[:3]
    return x < p and y < p and (y * y - x * x * x + 3 * x - b) % p == 0


def twice(p, point_now):
    """Points of a curve with a = -3, (x/z^2, y/z^3); the neutral one has z = 0."""
    x, y, z = point_now
    yy, zz = y * y % p, z * z % p
    m, t = 3 * (x - zz) * (x + zz) % p, 4 * x * yy % p
    u = (m * m - 2 * t) % p
    return u, (m * (t - u) - 8 * yy * yy) % p, 2 * y * z % p


def sum_of(p, one, other):
    (x, y, z), (u, v, w) = one, other
    if z == 0 or w == 0:
        return other if z == 0 else one
    zz, ww = z * z % p, w * w % p
    x, u, y, v = x * ww % p, u * zz % p, y * ww * w % p, v * zz * z % p
    h, r = (u - x) % p, (v - y) % p
    if h == 0:
        return (1, 1, 0) if r else twice(p, one)
    hh = h * h % p
    hhh, t = h * hh % p, x * hh % p
    u = (r * r - hhh - 2 * t) % p
    return u, (r * (t - u) - y * hhh) % p, h * z * w % p


def two_numbers(signature, n):
    """r and s of a signature, each from 1 to n - 1, in their one spelling."""
    numbers = Der(only(signature, SEQUENCE))
    values = []
    for _ in range(2):
        data = numbers.expect(INTEGER)
        if not data or data[0] & 0x80 or (len(data) > 1 and data[0] == 0 and data[1] < 0x80):
            raise Bad("signature")
        values.append(int.from_bytes(data, "big"))
    r, s = values
    if numbers.data or not (0 < r < n and 0 < s < n):
        raise Bad("signature")
    return r, s


def x_of_sum(curve, a, b, key):
    """The x of a times the generator plus b times the key; None for the neutral point."""
    p, n = curve[:2]
    base, key, point_now = curve[3:] + (1,), key + (1,), (1, 1, 0)
    adding = [None, base, key, sum_of(p, base, key)]
    for at in range(n.bit_length() - 1, -1, -1):
        point_now = twice(p, point_now)
        bits = (a >> at & 1) + 2 * (b >> at & 1)
        if bits:
            point_now = sum_of(p, point_now, adding[bits])
    x, _, z = point_now
    return x * pow(z, p - 3, p) % p if z else None


def ecdsa(curve, key, digest, signature):
    n = curve[1]
    r, s = two_numbers(signature, n)
    size = (n.bit_length() + 7) // 8
    z, w = int.from_bytes(digest[:size], "big"), pow(s, n - 2, n)
    x = x_of_sum(curve, z * w % n, r * w % n, key)
    return x is not None and x % n == r


# --- SM3 and SM2 (GB/T 32905, GB/T 32918) --------------------------------------------------------

# As in CURVES; its a is p - 3 too.
SM2 = (0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff,
       0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123,
       0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93,
       0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7,
       0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0)
M32 = 0xffffffff


def turn(x, n):
    n %= 32
    return (x << n | x >> (32 - n)) & M32


def sm3_by_hand(data):
    """SM3 where the library of this Python has none."""
    state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
             0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
    data += b"\x80" + bytes((55 - len(data)) % 64) + struct.pack(">Q", 8 * len(data))
    for at in range(0, len(data), 64):
        w = list(struct.unpack_from(">16I", data, at))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79cc4519 if j < 16 else 0x7a879d8a
            s = turn((turn(a, 12) + e + turn(t, j)) & M32, 7)
            if j < 16:
                ff, gg = a ^ b ^ c, e ^ f ^ g
            else:
                ff, gg = a & b | a & c | b & c, e & f | ~e & g
            u = (ff + d + (s ^ turn(a, 12)) + (w[j] ^ w[j + 4])) & M32
            v = (gg + h + s + w[j]) & M32
            a, b, c, d, e, f, g, h = u, a, turn(b, 9), c, v ^ turn(v, 9) ^ turn(v, 17), e, \
                turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *state)


def sm3(data):
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return sm3_by_hand(data)


def sm_point(data):
    return int.from_bytes(data[1:33], "big"), int.from_bytes(data[33:], "big")


def sm2(key, message, signature):
    p, n, b, x, y = SM2
    r, s = two_numbers(signature, n)
    own = b"1234567812345678"
    numbers = [number.to_bytes(32, "big") for number in (p - 3, b, x, y) + key]
    z = sm3(struct.pack(">H", 8 * len(own)) + own + b"".join(numbers))
    e, t = int.from_bytes(sm3(z + message), "big"), (r + s) % n
    found = x_of_sum(SM2, s, t, key) if t else None
    return found is not None and (e + found) % n == r


def rsa(n, e, name, digest, signature):
    size = (n.bit_length() + 7) // 8
    value = int.from_bytes(signature, "big")
    if len(signature) != size or value >= n:
        return False
    tail = {"sha256": 1, "sha384": 2, "sha512": 3}[name]
    info = (bytes([0x30, 17 + len(digest)])
            + bytes.fromhex("300d06096086480165030402") + bytes([tail]) + b"\x05\x00\x04"
            + bytes([len(digest)]) + digest)
    wanted = b"\x00\x01" + b"\xff" * (size - 3 - len(info)) + b"\x00" + info
    return pow(value, e, n).to_bytes(size, "big") == wanted


def is_signed(spki, name, parts, signature):
    """Whether the key of a SubjectPublicKeyInfo signed these bytes; Bad when we know no such key."""
    inside = Der(only(spki, SEQUENCE))
    about, bits = inside.inside(SEQUENCE), inside.expect(BITS)
    if bits[:1] != b"\x00":
        raise Bad("key")
    kind, key, digest = about.oid(), bits[1:], digest_of(name, parts)
    if kind == "1.2.840.10045.2.1":
        curve = known(CURVES, about.oid())
        size = (curve[0].bit_length() + 7) // 8
        if len(key) != 1 + 2 * size or key[0] != 4:
            raise Bad("key")
        x, y = (int.from_bytes(part, "big") for part in (key[1:1 + size], key[1 + size:]))
        if not is_on(curve, x, y):
            raise Bad("key")
        try:
            return ecdsa(curve, (x, y), digest, signature)
        except Bad:
            return False
    if kind != "1.2.840.113549.1.1.1":
        raise Bad("algorithm")
    numbers = Der(only(key, SEQUENCE))
    n, e = (int.from_bytes(numbers.expect(INTEGER), "big") for _ in range(2))
    if not 2048 <= n.bit_length() <= 8192 or not 2 <= e < 1 << 33 or e % 2 == 0:
        raise Bad("key")
    return rsa(n, e, name, digest, signature)


def millis_of(tag, data):
    """Milliseconds since 1970 of a UTCTime (23) or GeneralizedTime (24), in UTC."""
    match = re.fullmatch(rb"(\d{12}|\d{14})(?:\.(\d{1,9}))?Z", data)
    if not match or len(match.group(1)) != {23: 12, 24: 14}.get(tag):
        raise Bad("time")
    text = match.group(1).decode("ascii")
    if tag == 23:
        text = ("20" if text < "50" else "19") + text
    try:
        date = datetime.datetime.strptime(text, "%Y%m%d%H%M%S")
    except ValueError:
        raise Bad("time")
    whole = int((date - datetime.datetime(1970, 1, 1)).total_seconds())
    return whole * 1000 + int(((match.group(2) or b"") + b"000")[:3])


class Certificate:
    UNDERSTOOD = {"2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.17", "2.5.29.32"}

    def __init__(self, der):
        self.der = der
        outer = Der(only(der, SEQUENCE))
        _, tbs_content, self.tbs = outer.next()
        self.algorithm, bits = outer.inside(SEQUENCE).oid(), outer.expect(BITS)
        if bits[:1] != b"\x00":
            raise Bad("certificate")
        self.signature, tbs = bits[1:], Der(tbs_content)
        tbs.optional(CONTEXT)
        self.serial = tbs.expect(INTEGER)
        tbs.expect(SEQUENCE)
        self.issuer = tbs.whole(SEQUENCE)
        times = tbs.inside(SEQUENCE)
        self.since, self.until = (millis_of(*times.next()[:2]) for _ in range(2))
        self.subject, self.key = tbs.whole(SEQUENCE), tbs.whole(SEQUENCE)
        self.extensions = {}
        tbs.optional(0x81)
        tbs.optional(0x82)
        found = tbs.optional(CONTEXT | 3)
        for _, content, _ in Der(only(found, SEQUENCE)).all() if found is not None else []:
            one = Der(content)
            name, critical = one.oid(), one.optional(1)
            self.extensions[name] = (critical == b"\xff", one.expect(OCTETS))

    def usage(self):
        """The first byte of key usage; None when it is not restricted."""
        if "2.5.29.15" not in self.extensions:
            return None
        bits = only(self.extensions["2.5.29.15"][1], BITS)
        return bits[1] if len(bits) > 1 else 0

    def is_for(self, purpose):
        try:
            usage = self.usage()
            extended = self.extensions.get("2.5.29.37")
            purposes = extended and [
                Der(whole).oid() for _, _, whole in Der(only(extended[1], SEQUENCE)).all()]
        except Bad:
            return False
        if usage is not None and not usage & 0xC0:
            return False
        if purpose == STAMPING:
            return bool(extended) and extended[0] and purposes == [STAMPING]
        return not extended or STAMPING not in purposes

    def is_understood(self):
        return all(name in self.UNDERSTOOD or not critical
                   for name, (critical, _) in self.extensions.items())

    def is_authority(self, below):
        try:
            usage = self.usage()
            rules = Der(only(self.extensions["2.5.29.19"][1], SEQUENCE))
            is_one = rules.optional(1) == b"\xff"
            limit = rules.small() if rules.data else None
        except (Bad, KeyError):
            return False
        return (is_one and (usage is None or bool(usage & 0x04))
                and (limit is None or limit >= below))

    def is_issued_by(self, other):
        try:
            return self.issuer == other.subject and is_signed(
                other.key, known(SIGNATURES, self.algorithm), [self.tbs], self.signature)
        except Bad:
            return False


def certificates(data):
    """All certificates of a PEM file, or the one of a DER file."""
    if data[:1] == b"\x30":
        return [Certificate(data)]
    blocks = re.findall(
        rb"-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----", data)
    if not blocks:
        raise Bad("certificates")
    return [Certificate(base64.b64decode(block)) for block in blocks]


def leads(leaf, pool, anchors, at, purpose, chain=None):
    """None when a chain leads to an anchor, else "purpose" or "unknown"; the chain goes there."""
    if not leaf.is_for(purpose) or not leaf.is_understood():
        return "purpose"
    checks, ahead = 0, [[leaf]]
    while ahead:
        path = ahead.pop()
        last = path[-1]
        if not last.since <= at <= last.until:
            continue
        if any(last.der == anchor.der for anchor in anchors):
            if chain is not None:
                chain += path
            return None
        for issuer in list(pool) + list(anchors) if len(path) < 8 else []:
            if (last.issuer != issuer.subject or any(issuer.der == one.der for one in path)
                    or not issuer.is_understood() or not issuer.is_authority(len(path) - 1)):
                continue
            checks += 1
            if checks > 64:
                return "unknown"
            if last.is_issued_by(issuer):
                ahead.append(path + [issuer])
    return "unknown"


class Message:
    """Signed data (CMS) of exactly one signer."""

    def __init__(self, data):
        info = Der(only(data, SEQUENCE))
        if info.oid() != "1.2.840.113549.1.7.2":
            raise Bad("cms")
        signed = Der(only(info.expect(CONTEXT), SEQUENCE))
        signed.small()
        signed.expect(SET)
        inner = signed.inside(SEQUENCE)
        self.kind, content, self.pool = inner.oid(), inner.optional(CONTEXT), []
        self.content = None if content is None else only(content, OCTETS)
        for tag, _, whole in Der(signed.optional(CONTEXT) or b"").all():
            try:
                self.pool += [Certificate(whole)] if tag == SEQUENCE else []
            except Bad:
                pass
        lists = Der(signed.optional(CONTEXT | 1) or b"").all()
        self.lists = [whole for tag, _, whole in lists if tag == SEQUENCE]
        infos = signed.inside(SET).all()
        if len(infos) != 1:
            raise Bad("cms")
        self.read_signer(Der(infos[0][1]))

    def read_signer(self, info):
        info.small()
        self.named = info.optional(0x80)
        if self.named is None:
            who = info.inside(SEQUENCE)
            self.issuer, self.serial = who.whole(SEQUENCE), who.expect(INTEGER)
        self.hash = known(HASHES, info.inside(SEQUENCE).oid())
        self.attributes = info.expect(CONTEXT)
        self.algorithm, self.signature = info.inside(SEQUENCE).oid(), info.expect(OCTETS)
        unsigned = info.optional(CONTEXT | 1)
        found = None if unsigned is None else self.attribute(
            unsigned, "1.2.840.113549.1.9.16.2.14")
        self.token = found and found[2]

    @staticmethod
    def attribute(attributes, name):
        found = None
        for _, content, _ in Der(attributes).all():
            one = Der(content)
            if one.oid() != name:
                continue
            values = one.inside(SET).all()
            if found is not None or len(values) != 1:
                raise Bad("attributes")
            found = values[0]
        return found

    def signer(self):
        for one in self.pool:
            if self.named is None:
                if (one.issuer, one.serial) == (self.issuer, self.serial):
                    return one
            elif "2.5.29.14" in one.extensions and only(
                    one.extensions["2.5.29.14"][1], OCTETS) == self.named:
                return one
        raise Bad("signer")

    def check(self, parts):
        """Everything but trust; the signer's certificate."""
        signer = self.signer()
        digest = self.attribute(self.attributes, "1.2.840.113549.1.9.4")
        kind = self.attribute(self.attributes, "1.2.840.113549.1.9.3")
        if digest is None or kind is None or Der(kind[2]).oid() != self.kind:
            raise Bad("attributes")
        self.binds(signer)
        length = len(self.attributes)
        digits = length.to_bytes((length.bit_length() + 7) // 8 or 1, "big")
        head = bytes([length]) if length < 0x80 else bytes([0x80 | len(digits)]) + digits
        # What is signed is the set, although the message shows it under another tag.
        signed = [bytes([SET]) + head, self.attributes]
        name = SIGNATURES.get(self.algorithm)
        if name is None and self.algorithm in ("1.2.840.113549.1.1.1", "1.2.840.10045.2.1"):
            name = self.hash
        if name is None or not is_signed(signer.key, name, signed, self.signature):
            raise Bad("signature")
        if digest[1] != digest_of(self.hash, parts):
            raise Bad("content")
        return signer

    def binds(self, signer):
        """The signed attributes name this very certificate (RFC 5035, RFC 2634)."""
        found = self.attribute(self.attributes, "1.2.840.113549.1.9.16.2.47")
        if found is not None:
            one = Der(Der(found[1]).expect(SEQUENCE)).inside(SEQUENCE)
            other = one.optional(SEQUENCE)
            name = "sha256" if other is None else known(HASHES, Der(other).oid())
        else:
            found = self.attribute(self.attributes, "1.2.840.113549.1.9.16.2.12")
            if found is None:
                raise Bad("attributes")
            one, name = Der(Der(found[1]).expect(SEQUENCE)).inside(SEQUENCE), "sha1"
        if one.expect(OCTETS) != digest_of(name, [signer.der]):
            raise Bad("certificate")


def check_token(data, parts, clocks, now, pool=()):
    """(milliseconds, whether believed) of a token over content made of parts."""
    message = Message(data)
    if message.kind != TST_INFO or message.content is None:
        raise Bad("token")
    info = Der(only(message.content, SEQUENCE))
    info.small()
    info.oid()
    imprint = info.inside(SEQUENCE)
    name = known(HASHES, imprint.inside(SEQUENCE).oid())
    over = imprint.expect(OCTETS)
    info.expect(INTEGER)
    at = millis_of(24, info.expect(24))
    info.optional(SEQUENCE)
    info.optional(1)
    info.optional(INTEGER)
    signer = message.check([message.content])
    if over != digest_of(name, parts):
        raise Bad("imprint")
    no = leads(signer, list(pool) + message.pool, clocks, at, STAMPING)
    if no == "purpose":
        raise Bad("purpose")
    return at, no is None and at <= now + GRACE * 1000


def check_response(data, content, clocks, now):
    outer = Der(only(data, SEQUENCE))
    if outer.inside(SEQUENCE).small() > 1:
        raise Bad("refused")
    return check_token(outer.whole(SEQUENCE), [content], clocks, now)


def check_detached(message, parts, signers, clocks, proven, now):
    """Whether a signature beside its content is by somebody believed; Bad when it does not hold."""
    if message.kind != PLAIN_DATA or message.content is not None:
        raise Bad("detached")
    signer, at = message.check(parts), proven
    if at is None and message.token is not None:
        try:
            stamped, believed = check_token(
                message.token, [message.signature], clocks, now, message.pool)
            at = stamped if believed else None
        except Bad:
            pass
    return leads(signer, message.pool, signers, now if at is None else at, "signing") is None


# --- PDF: values, revisions, what was added after a signature (ISO 32000-1, 7.3, 7.5, 12.8) -------
#
# Strict on purpose: a file that two readers might show differently is refused, and after a signature
# only what stands on a short list may have been added.

MOST_PDF, MOST_UNFOLDED, MOST_OBJECTS, MOST_SECTIONS = 32 << 20, 96 << 20, 400000, 512
MOST_ITEMS, MOST_SIGNATURES, MOST_CHANGES, MOST_DATA, MOST_DEPTH = 50000, 32, 500, 256, 48
U16, U32 = 1 << 16, 1 << 32
BLANKS = re.compile(rb"(?:[\0\t\n\f\r ]+|%[^\r\n]*)*")
REGULAR = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]*")
DIGITS, SIGNED = re.compile(rb"[0-9]+"), re.compile(rb"[0-9+.-]+")
SPACES, HEX = re.compile(rb"[\0\t\n\f\r ]*"), re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*)>")
ESCAPES = {110: 10, 114: 13, 116: 9, 98: 8, 102: 12}

Ref = collections.namedtuple("Ref", "number generation")
Name = collections.namedtuple("Name", "text")
# true, false and numbers with a fraction keep their spelling: nothing here calculates with them.
Word = collections.namedtuple("Word", "text")
# The bytes of a stream as they lie in the file.
Stream = collections.namedtuple("Stream", "dict raw")


class Values:
    """Reads PDF values from bytes, one after the other."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def skip(self):
        self.at = BLANKS.match(self.data, self.at).end()

    def take(self, word):
        self.skip()
        if not self.data.startswith(word, self.at):
            return False
        end = self.at + len(word)
        if REGULAR.match(self.data, end).end() > end and REGULAR.fullmatch(word[-1:]):
            return False
        self.at = end
        return True

    def whole(self, below=U64):
        self.skip()
        match = DIGITS.match(self.data, self.at)
        if not match or match.end() - self.at > 40 or int(match.group()) >= below:
            raise Bad("number")
        self.at = match.end()
        return int(match.group())

    def value(self, depth=0):
        if depth > MOST_DEPTH:
            raise Bad("depth")
        self.skip()
        first = self.data[self.at:self.at + 1]
        if first == b"/":
            return Name(self.name())
        if first == b"(":
            return self.literal()
        if first == b"[":
            self.at += 1
            values = []
            while not self.closes(b"]"):
                values.append(self.value(depth + 1))
            return values
        if first == b"<":
            if self.data.startswith(b"<<", self.at):
                return self.dict(depth)
            match = HEX.match(self.data, self.at)
            if not match:
                raise Bad("text")
            self.at = match.end()
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", match.group(1))
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        if first and first in b"0123456789+-.":
            return self.number()
        for word in (b"true", b"false"):
            if self.take(word):
                return Word(word)
        if self.take(b"null"):
            return None
        raise Bad("syntax")

    def closes(self, mark):
        self.skip()
        if not self.data.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def number(self):
        match = SIGNED.match(self.data, self.at)
        self.at, text = match.end(), match.group()
        if b"." in text:
            digits = text.lstrip(b"+-")
            if not re.fullmatch(rb"[0-9]*\.[0-9]*", digits) or len(digits) < 2:
                raise Bad("number")
            return Word(text)
        if not re.fullmatch(rb"[+-]?[0-9]{1,40}", text) or not -1 << 63 <= int(text) < 1 << 63:
            raise Bad("number")
        value = int(text)
        if 0 <= value < U32:
            ahead = Values(self.data, self.at)
            try:
                generation = ahead.whole(U16)
            except Bad:
                return value
            if ahead.take(b"R"):
                self.at = ahead.at
                return Ref(value, generation)
        return value

    def name(self):
        match = REGULAR.match(self.data, self.at + 1)
        self.at, raw = match.end(), match.group()
        if re.search(rb"#(?![0-9A-Fa-f]{2})", raw):
            raise Bad("name")
        plain = re.sub(rb"#(..)", lambda two: bytes([int(two.group(1), 16)]), raw, flags=re.DOTALL)
        return plain.decode("latin-1")

    def dict(self, depth=0):
        if not self.closes(b"<<"):
            raise Bad("dictionary")
        found = {}
        while not self.closes(b">>"):
            if not self.data.startswith(b"/", self.at):
                raise Bad("dictionary")
            key = self.name()
            # Readers differ on which of two equal keys counts.
            if key in found:
                raise Bad("key twice")
            found[key] = self.value(depth + 1)
        return found

    def literal(self):
        data, at, text, depth = self.data, self.at + 1, bytearray(), 1
        while at < len(data):
            byte = data[at]
            at += 1
            if byte == 0x5C:
                octal = re.compile(rb"[0-7]{1,3}").match(data, at)
                if octal:
                    text.append(int(octal.group(), 8) & 0xFF)
                    at = octal.end()
                elif data[at:at + 2] == b"\r\n":
                    at += 2
                elif at < len(data):
                    if data[at] not in b"\r\n":
                        text.append(ESCAPES.get(data[at], data[at]))
                    at += 1
                continue
            depth += (byte == 0x28) - (byte == 0x29)
            if not depth:
                self.at = at
                return bytes(text)
            text.append(byte)
        raise Bad("text")


def read_object(data, offset, length_of):
    """(number, value, begin, end) of `12 0 obj ... endobj`."""
    reader = Values(data, offset)
    reader.skip()
    begin, number = reader.at, reader.whole(U32)
    reader.whole(U16)
    if not reader.take(b"obj"):
        raise Bad("object")
    value = reader.value()
    if isinstance(value, dict) and reader.take(b"stream"):
        start = reader.at + (2 if data.startswith(b"\r\n", reader.at) else 1)
        if data[start - 1:start] != b"\n":
            raise Bad("stream")
        length = value.get("Length")
        if isinstance(length, Ref):
            length = length_of(length)
        if not isinstance(length, int) or not 0 <= length <= len(data) - start:
            raise Bad("stream")
        reader.at = start + length
        if not reader.take(b"endstream"):
            raise Bad("stream")
        value = Stream(value, data[start:start + length])
    if not reader.take(b"endobj"):
        raise Bad("object")
    return number, value, begin, reader.at


def unfold(stream, budget):
    """The bytes of a stream whose filter is none or FlateDecode."""
    kind = stream.dict.get("Filter")
    if isinstance(kind, list) and len(kind) < 2:
        kind = kind[0] if kind else None
    if kind is None:
        if len(stream.raw) > budget:
            raise Bad("too much")
        return stream.raw
    if kind != Name("FlateDecode"):
        raise Bad("filter")
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(stream.raw, budget + 1)
    except zlib.error:
        raise Bad("filter")
    if not inflate.eof or len(plain) > budget:
        raise Bad("too much")
    rules = stream.dict.get("DecodeParms")
    if isinstance(rules, list):
        rules = rules[0] if rules else None
    rules = rules if isinstance(rules, dict) else {}
    predictor = whole_of(rules, "Predictor", 1)
    if predictor == 1:
        return plain
    width = whole_of(rules, "Columns", 1)
    if (not 10 <= predictor <= 15 or whole_of(rules, "Colors", 1) != 1
            or whole_of(rules, "BitsPerComponent", 8) != 8 or not 1 <= width <= 4096
            or len(plain) % (width + 1)):
        raise Bad("predictor")
    above, out = bytes(width), bytearray()
    for start in range(0, len(plain), width + 1):
        above = unpredicted(plain[start], bytearray(plain[start + 1:start + 1 + width]), above)
        out += above
    return bytes(out)


def unpredicted(kind, line, above):
    """One row of PNG prediction."""
    if kind > 4:
        raise Bad("predictor")
    for n in range(len(line)):
        left, corner = (line[n - 1], above[n - 1]) if n else (0, 0)
        guess = left + above[n] - corner
        near = min((left, above[n], corner), key=lambda one: abs(guess - one))
        add = (0, left, above[n], (left + above[n]) // 2, near)[kind]
        line[n] = (line[n] + add) & 0xFF
    return line


def whole_of(found, key, usual=None):
    value = found.get(key, usual)
    return value if isinstance(value, int) else usual


def ref_of(found, key):
    value = found.get(key) if isinstance(found, dict) else None
    return value if isinstance(value, Ref) else None


def dict_of(value):
    if isinstance(value, Stream):
        return value.dict
    return value if isinstance(value, dict) else None


def list_in(value):
    return value if isinstance(value, list) else []


def refs_in(value, found):
    if isinstance(value, Ref):
        found.append(value)
    elif isinstance(value, list):
        for one in value:
            refs_in(one, found)
    elif isinstance(value, (dict, Stream)):
        for one in dict_of(value).values():
            refs_in(one, found)
    return found


def equal_but(one, other, keys):
    def rest(found):
        return {key: value for key, value in found.items() if key not in keys}
    return rest(one) == rest(other)


class Pdf:
    """One revision of a file: the file as it was when its last byte was written."""

    def __init__(self, data):
        if len(data) > MOST_PDF or not data.startswith(b"%PDF-"):
            raise Bad("pdf")
        self.data, self.places, self.trailer = data, {}, None
        self.known, self.streams, self.budget = {}, {}, MOST_UNFOLDED
        self.sections()
        self.root = ref_of(self.trailer, "Root")
        if self.trailer.get("Encrypt") is not None or self.root is None:
            raise Bad("trailer")

    def sections(self):
        end = self.data.rfind(b"startxref", max(0, len(self.data) - 2048))
        if end < 0:
            raise Bad("startxref")
        reader = Values(self.data, end + 9)
        offset = reader.whole()
        # Behind the end nothing may hide.
        rest = SPACES.sub(b"", self.data[reader.at:])
        if not self.data.startswith(b"%%EOF", SPACES.match(self.data, reader.at).end()) \
                or rest != b"%%EOF":
            raise Bad("end")
        seen = set()
        while offset is not None:
            if offset in seen or len(seen) >= MOST_SECTIONS or offset >= len(self.data):
                raise Bad("xref")
            seen.add(offset)
            reader = Values(self.data, offset)
            trailer = self.table(reader) if reader.take(b"xref") else self.packed_table(offset)
            self.trailer = self.trailer or trailer
            offset = trailer.get("Prev")
            if offset is not None and not (isinstance(offset, int) and offset >= 0):
                raise Bad("xref")

    def note(self, number, place):
        if number >= U32:
            raise Bad("xref")
        self.places.setdefault(number, place)
        if len(self.places) > MOST_OBJECTS:
            raise Bad("too much")

    def table(self, reader):
        while not reader.take(b"trailer"):
            first, count = reader.whole(), reader.whole()
            for n in range(count):
                offset, generation = reader.whole(), reader.whole()
                if reader.take(b"n") and generation < U16:
                    self.note(first + n, ("at", offset, generation))
                elif reader.take(b"f"):
                    self.note(first + n, None)
                else:
                    raise Bad("xref")
        trailer = reader.dict()
        # Of a hybrid file two readers may see two documents.
        if "XRefStm" in trailer:
            raise Bad("xref")
        return trailer

    def packed_table(self, offset):
        stream = read_object(self.data, offset, self.no_length)[1]
        if not isinstance(stream, Stream) or stream.dict.get("Type") != Name("XRef"):
            raise Bad("xref")
        rows = unfold(stream, self.budget)
        self.budget -= len(rows)
        widths, size = stream.dict.get("W"), stream.dict.get("Size")
        index = stream.dict.get("Index", [0, size])
        for numbers in (widths, index):
            if not isinstance(numbers, list) or not all(
                    isinstance(one, int) and one >= 0 for one in numbers):
                raise Bad("xref")
        if len(widths) != 3 or max(widths) > 8 or sum(widths) == 0 or len(index) % 2:
            raise Bad("xref")
        at = 0
        for first, count in zip(index[::2], index[1::2]):
            for n in range(count):
                numbers = []
                for width in widths:
                    numbers.append(int.from_bytes(rows[at:at + width], "big"))
                    at += width
                if at > len(rows):
                    raise Bad("xref")
                kind, one, two = numbers
                kind = kind if widths[0] else 1
                if kind > 2 or (kind == 1 and two >= U16) or (kind == 2 and one >= U32):
                    raise Bad("xref")
                self.note(first + n, (None, ("at", one, two), ("in", one, two))[kind])
        return stream.dict

    @staticmethod
    def no_length(_):
        raise Bad("length")

    def length(self, ref):
        """The length of a stream that stands in an object of its own."""
        place = self.places.get(ref.number)
        if place is None or place[0] != "at":
            raise Bad("length")
        number, value = read_object(self.data, place[1], self.no_length)[:2]
        if number != ref.number or not isinstance(value, int):
            raise Bad("length")
        return value

    def exists(self, number):
        return self.places.get(number) is not None

    def locate(self, number):
        """(value, begin, end) of an object that is not packed."""
        place = self.places.get(number)
        if place is None or place[0] != "at":
            raise Bad("object")
        found, value, begin, end = read_object(self.data, place[1], self.length)
        if found != number:
            raise Bad("object")
        return value, begin, end

    def get(self, number):
        if number not in self.known:
            place = self.places.get(number)
            if place is None:
                value = None
            elif place[0] == "at":
                value = self.locate(number)[0]
            else:
                value = self.unpack(number, *place[1:])
            self.known[number] = value
        return self.known[number]

    def unpack(self, number, stream, index):
        if stream not in self.streams:
            self.streams[stream] = self.open_stream(stream)
        plain, inside = self.streams[stream]
        if index >= len(inside) or inside[index][0] != number:
            raise Bad("object")
        return Values(plain, inside[index][1]).value()

    def open_stream(self, number):
        stream = self.locate(number)[0]
        if not isinstance(stream, Stream) or stream.dict.get("Type") != Name("ObjStm"):
            raise Bad("object stream")
        count, first = whole_of(stream.dict, "N", -1), whole_of(stream.dict, "First", -1)
        if not 0 <= count <= MOST_OBJECTS or first < 0:
            raise Bad("object stream")
        plain = unfold(stream, self.budget)
        self.budget -= len(plain)
        reader = Values(plain)
        return plain, [(reader.whole(U32), first + reader.whole()) for _ in range(count)]

    def follow(self, value):
        if not isinstance(value, Ref):
            return value
        found = self.get(value.number)
        if isinstance(found, Ref):
            raise Bad("reference")
        return found

    def catalog(self):
        found = dict_of(self.follow(self.root))
        if found is None:
            raise Bad("catalog")
        return found

    def form(self):
        return dict_of(self.follow(self.catalog().get("AcroForm")))

    def pages(self):
        """The references of the pages, in their order."""
        found, seen, ahead = [], set(), [ref_of(self.catalog(), "Pages")]
        while ahead:
            ref = ahead.pop()
            if ref is None:
                continue
            if ref.number in seen or len(seen) >= MOST_ITEMS:
                raise Bad("pages")
            seen.add(ref.number)
            node = dict_of(self.get(ref.number))
            if node is None:
                raise Bad("pages")
            if node.get("Type") == Name("Page"):
                found.append(ref)
            else:
                kids = list_in(self.follow(node.get("Kids")))
                ahead += [kid for kid in reversed(kids) if isinstance(kid, Ref)]
        return found

    def signature_fields(self):
        """(number, dictionary) of each, in the order of the form."""
        roots = list_in(self.follow((self.form() or {}).get("Fields")))
        found, seen = [], set()
        ahead = [root for root in reversed(roots) if isinstance(root, Ref)]
        while ahead:
            ref = ahead.pop()
            if ref.number in seen or len(seen) >= MOST_ITEMS or len(found) > MOST_SIGNATURES:
                raise Bad("fields")
            seen.add(ref.number)
            node = dict_of(self.get(ref.number))
            if node is None:
                continue
            if node.get("FT") == Name("Sig"):
                found.append((ref.number, node))
            else:
                kids = list_in(self.follow(node.get("Kids")))
                ahead += [kid for kid in reversed(kids) if isinstance(kid, Ref)]
        return found

    def permission(self):
        """What a certifying signature (DocMDP) allows: 1 is nothing."""
        rules = dict_of(self.follow(self.catalog().get("Perms"))) or {}
        if "DocMDP" not in rules:
            return None
        signature = dict_of(self.follow(rules["DocMDP"])) or {}
        for one in list_in(self.follow(signature.get("Reference"))):
            one = dict_of(self.follow(one)) or {}
            if one.get("TransformMethod") == Name("DocMDP"):
                return whole_of(dict_of(self.follow(one.get("TransformParams"))) or {}, "P", 2)
        return None

    def validation_data(self):
        """Certificates, lists, answers of the document security store, as bytes."""
        store, found, budget = self.store(), ([], [], []), MOST_UNFOLDED
        for key, into in zip(("Certs", "CRLs", "OCSPs"), found):
            pieces = list_in(self.follow((store or {}).get(key)))
            if len(pieces) > MOST_DATA:
                raise Bad("too much")
            for piece in pieces:
                piece = self.follow(piece)
                if not isinstance(piece, Stream):
                    raise Bad("validation data")
                into.append(unfold(piece, budget))
                budget -= len(into[-1])
        return found

    def store(self):
        return dict_of(self.follow(self.catalog().get("DSS")))

    def is_store_whole(self):
        """Whether the store holds what it is for and nothing else."""
        store = self.store() or {}
        if not set(store) <= {"Type", "Certs", "CRLs", "OCSPs", "VRI"}:
            return False
        if any(piece[:1] != b"\x30" or not is_one(piece)
               for pieces in self.validation_data() for piece in pieces):
            return False
        each = self.follow(store.get("VRI"))
        if each is not None and not isinstance(each, dict):
            return False
        inside = [dict_of(self.follow(one)) for one in (each or {}).values()]
        return all(one is not None and set(one) <= {"Type", "Cert", "CRL", "OCSP", "TU", "TS"}
                   for one in inside)


def is_one(data):
    """Whether these bytes are one DER element."""
    reader = Der(data)
    try:
        reader.next()
    except Bad:
        return False
    return not reader.data


class Comparison:
    """What was added between two revisions, object by object; it need not be seen to count."""

    FIELD = {"Type", "Subtype", "FT", "T", "V", "P", "F", "Rect", "AP", "MK", "BS", "Ff", "DA",
             "TU", "Lock", "SV"}

    def __init__(self, old, new):
        self.old, self.new, self.fields, self.own_data = old, new, set(), None

    def is_allowed(self):
        return self.are_fields_allowed() and self.is_whole_allowed() and self.are_objects_allowed()

    def are_fields_allowed(self):
        before = {number for number, _ in self.old.signature_fields()}
        closed = self.old.permission() == 1
        for number, field in self.new.signature_fields():
            if number in before:
                continue
            if self.old.exists(number) or not self.is_plain(field):
                return False
            value = dict_of(self.new.follow(field.get("V"))) or {}
            if closed and value.get("SubFilter") != Name("ETSI.RFC3161"):
                return False
            self.fields.add(number)
        return True

    def is_plain(self, field):
        return (set(field) <= self.FIELD and field.get("Subtype") == Name("Widget")
                and ("V" not in field or self.is_new_signature(field["V"])))

    def is_new_signature(self, value):
        if not isinstance(value, Ref) or self.old.exists(value.number):
            return False
        found = dict_of(self.new.get(value.number))
        return found is not None and "ByteRange" in found

    def is_whole_allowed(self):
        old, new = self.old.store(), self.new.store()
        return (self.old.root == self.new.root
                and self.old.trailer.get("Info") == self.new.trailer.get("Info")
                and not (old is not None and new is None)
                and (old == new or self.new.is_store_whole()))

    def are_objects_allowed(self):
        spoken, changed = set(), 0
        for number, place in sorted(self.old.places.items()):
            if place is None:
                continue
            old = self.old.get(number)
            spoken.update(ref.number for ref in refs_in(old, []))
            if self.new.places.get(number) == place:
                continue
            new = self.new.get(number)
            if old == new and type(old) is type(new):
                continue
            changed += 1
            if changed > MOST_CHANGES or not self.is_change_allowed(number, old, new):
                return False
        # What was spoken of and not there must not come up.
        return not any(not self.old.exists(n) and self.new.exists(n) for n in spoken)

    def is_change_allowed(self, number, old, new):
        catalog = self.old.catalog()
        form = dict_of(self.old.follow(catalog.get("AcroForm"))) or {}
        if number == self.old.root.number:
            return self.is_catalog_allowed(dict_of(old), dict_of(new))
        if ref_of(catalog, "AcroForm") and number == ref_of(catalog, "AcroForm").number:
            return self.is_form_allowed(dict_of(old), dict_of(new))
        if ref_of(form, "Fields") and number == ref_of(form, "Fields").number:
            return self.is_list_allowed(old, new)
        for page in self.old.pages():
            if page.number == number:
                return self.is_page_allowed(dict_of(old), dict_of(new))
            notes = ref_of(dict_of(self.old.get(page.number)), "Annots")
            if notes and notes.number == number:
                return self.is_list_allowed(old, new)
        for field, _ in self.old.signature_fields():
            if field == number:
                return self.is_signing_allowed(dict_of(old), dict_of(new))
        return self.is_data(number)

    def is_catalog_allowed(self, old, new):
        if old is None or new is None:
            return False
        before = dict_of(self.old.follow(old.get("AcroForm")))
        after = dict_of(self.new.follow(new.get("AcroForm")))
        return (equal_but(old, new, ("AcroForm", "DSS"))
                and (before is None and after is None or self.is_form_allowed(before, after)))

    def is_form_allowed(self, old, new):
        if new is None:
            return False
        more = ("Fields", "SigFlags") if old is not None else ("Fields", "SigFlags", "DA", "DR")
        old = old or {}
        return equal_but(old, new, more) and self.is_list_allowed(
            self.old.follow(old.get("Fields")), self.new.follow(new.get("Fields")))

    def is_list_allowed(self, old, new):
        """The old list, and behind it nothing but new signature fields."""
        if old == new and type(old) is type(new):
            return True
        old = list_in(old)
        return (isinstance(new, list) and new[:len(old)] == old
                and all(isinstance(one, Ref) and one.number in self.fields
                        for one in new[len(old):]))

    def is_page_allowed(self, old, new):
        return (old is not None and new is not None and equal_but(old, new, ("Annots",))
                and self.is_list_allowed(self.old.follow(old.get("Annots")),
                                         self.new.follow(new.get("Annots"))))

    def is_signing_allowed(self, old, new):
        """A field that waited may be signed."""
        return (old is not None and new is not None and "V" not in old
                and self.old.permission() != 1 and self.is_new_signature(new.get("V"))
                and equal_but(old, new, ("V", "AP")))

    def is_data(self, number):
        """Whether the old document reaches it through its validation data and not otherwise."""
        if self.own_data is None:
            catalog = dict(self.old.catalog())
            within = self.reach(refs_in(catalog.pop("DSS", None), []))
            elsewhere = refs_in(catalog, [])
            info = ref_of(self.old.trailer, "Info")
            self.own_data = within - self.reach(elsewhere + ([info] if info else []))
        return number in self.own_data

    def reach(self, ahead):
        seen = set()
        while ahead:
            ref = ahead.pop()
            # The catalog would lead everywhere again.
            if ref.number != self.old.root.number and ref.number not in seen:
                seen.add(ref.number)
                refs_in(self.old.get(ref.number), ahead)
        return seen


class Signature:
    """One signature inside a PDF: its bytes, its revision, its certificate."""

    KINDS = ("ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161")

    def __init__(self, pdf, field, data, clocks, now):
        self.end, self.certificate, self.pool, self.lists = len(pdf.data), None, [], []
        self.stamp, self.is_stamp, self.is_good = None, False, False
        value = field.get("V")
        try:
            value, begin, end = pdf.locate(value.number if isinstance(value, Ref) else -1)
        except Bad:
            return
        value = dict_of(value) or {}
        self.is_stamp = value.get("SubFilter") == Name("ETSI.RFC3161")
        place = self.place(pdf, value, begin, end)
        if place is None or value.get("SubFilter") not in map(Name, self.KINDS):
            return
        first, second, self.end = place
        try:
            self.read(value["Contents"], [pdf.data[:first], pdf.data[second:self.end]], data,
                      clocks, now)
            self.is_good = True
        except Bad:
            pass
        if self.end == len(pdf.data):
            return
        try:
            old = Pdf(pdf.data[:self.end])
        except Bad:
            self.is_good = False
            return
        if not Comparison(old, pdf).is_allowed():
            self.is_good = False

    @staticmethod
    def place(pdf, value, begin, end):
        """Begin and end of the gap, and end of the revision. The gap is exactly the contents of
        this dictionary: whatever else it left out could be changed."""
        numbers = value.get("ByteRange")
        if not isinstance(numbers, list) or len(numbers) != 4 or not all(
                isinstance(one, int) and one >= 0 for one in numbers):
            return None
        start, first, second, rest = numbers
        if start or not begin <= first < second <= end or second + rest > len(pdf.data):
            return None
        gap = pdf.data[first:second]
        if not re.fullmatch(rb"<(?:[0-9A-Fa-f]{2})*>", gap) or bytes.fromhex(
                gap[1:-1].decode("ascii")) != value.get("Contents"):
            return None
        return first, second, second + rest

    def read(self, contents, parts, data, clocks, now):
        reader = Der(contents)
        whole = reader.next()[2]
        # What follows is the rest of the room: zeros, or a place to hide things.
        if any(reader.data):
            raise Bad("room")
        message = Message(whole)
        self.pool, self.lists = message.pool + data[0], message.lists + data[1]
        self.certificate = message.signer()
        if self.is_stamp:
            self.stamp = check_token(whole, parts, clocks, now, self.pool)
            return
        if message.kind != PLAIN_DATA or message.content is not None:
            raise Bad("content")
        message.check(parts)
        if message.token is not None:
            try:
                self.stamp = check_token(
                    message.token, [message.signature], clocks, now, self.pool)
            except Bad:
                pass

    def proves(self):
        """Up to where a document timestamp shows that everything was there, and when."""
        return [(self.end, self.stamp[0])] if (
            self.is_stamp and self.is_good and self.stamp[1]) else []

    def code(self, signers, clocks, now, stamps):
        if not self.is_good:
            return "document.signature"
        own = [self.stamp[0]] if self.stamp and self.stamp[1] else []
        proven = min(own + [at for end, at in stamps if end > self.end], default=None)
        purpose, anchors = (STAMPING, clocks) if self.is_stamp else ("signing", signers)
        at, path = now if proven is None else proven, []
        no = leads(self.certificate, self.pool, anchors, at, purpose, path)
        is_known = no is None and not (self.is_stamp and not own)
        if is_known:
            since = min((one for pair in zip(path, path[1:])
                         for one in revoked(*pair, self.lists)), default=None)
            # Revoked after a proven time does no harm to what was signed before.
            is_known = since is None or (proven is not None and since > proven)
        if is_known:
            return None
        return "document.signer" if anchors else "document.untrusted"


def revoked(certificate, issuer, lists):
    """The moments from which on lists by its issuer call a certificate revoked (RFC 5280)."""
    found = []
    for data in lists:
        try:
            outer = Der(only(data, SEQUENCE))
            _, content, tbs = outer.next()
            algorithm, bits = outer.inside(SEQUENCE).oid(), outer.expect(BITS)
            inside = Der(content)
            inside.optional(INTEGER)
            inside.expect(SEQUENCE)
            named = inside.whole(SEQUENCE)
            inside.next()
            if inside.data[:1] in (b"\x17", b"\x18"):
                inside.next()
            entries = inside.optional(SEQUENCE)
            extensions = inside.optional(CONTEXT)
            # A list with critical extensions may be one of parts.
            if extensions is not None and any(
                    critical_of(whole) for _, _, whole in Der(only(extensions, SEQUENCE)).all()):
                continue
            if named != issuer.subject or certificate.issuer != named or not is_signed(
                    issuer.key, known(SIGNATURES, algorithm), [tbs], bits[1:]):
                continue
            for _, entry, _ in Der(entries or b"").all():
                entry = Der(entry)
                serial = entry.expect(INTEGER)
                if serial.lstrip(b"\0") == certificate.serial.lstrip(b"\0"):
                    found.append(millis_of(*entry.next()[:2]))
                    break
        except Bad:
            pass
    return found


def critical_of(extension):
    inside = Der(only(extension, SEQUENCE))
    inside.oid()
    return inside.optional(1) == b"\xff"


def signatures_inside(data, signers, clocks, now):
    """Codes of what is wrong with the signatures inside a PDF; None when it bears none."""
    if b"/ByteRange" not in data:
        return None
    try:
        pdf = Pdf(data)
        fields = [field for _, field in pdf.signature_fields() if field.get("V") is not None]
        if not 0 < len(fields) <= MOST_SIGNATURES:
            raise Bad("fields")
        certificates_inside, lists, _ = pdf.validation_data()
        inside = [read for der in certificates_inside for read in readable(der)], lists
        all_of = [Signature(pdf, field, inside, clocks, now) for field in fields]
        stamps = [one for signature in all_of for one in signature.proves()]
        codes = {signature.code(signers, clocks, now, stamps) for signature in all_of}
    except (Bad, RecursionError):
        return {"document.signature"}
    return codes - {None}


def readable(der):
    try:
        return [Certificate(der)]
    except Bad:
        return []


# --- The examination ----------------------------------------------------------------------------

def worst(*verdicts):
    return max(verdicts, key=RANK.index)


def weight(code):
    if code in STRANGERS:
        return "CONSISTENT-BUT-UNTRUSTED"
    return "VALID" if code in REMARKS else "INCOMPLETE" if code in GAPS else "INVALID"


class Examination:
    def __init__(self, files, policy, anchors, now, signers=(), clocks=()):
        self.files, self.outside, self.anchors, self.now = files, policy, anchors, now
        self.signers, self.clocks, self.stamped = signers, clocks, []
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
        self.check_manifest()
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
        self.second()
        for line in self.index["documents"]:
            path = "data/documents/" + line["file"]
            if path in self.files:
                self.document(path, self.files[path])

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
        value = read_json(self.files.get("data/index.json", b""))
        more = {}
        if isinstance(value, dict) and "sm" in value:
            more["sm"] = object_of(checkpoint=is_count, origin=is_text)
        index = members(
            value, **more, v=lambda v: is_count(v) and v == 1,
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
        if "sm" in self.index:
            must |= {"data/sm3/key.txt", "data/sm3/key.pub.pem",
                     "data/sm3/checkpoints/%d.txt" % self.index["sm"]["checkpoint"]}
            must |= {"data/sm3/proofs/%06d.tlog-proof" % line["index"]
                     for line in self.index["records"]}
        may = {"data/timestamps/%d.tsr" % size for size in sizes} | {"data/report.pdf"}
        for path in must - set(self.files):
            self.find("file.missing", path)
        for path in self.files:
            if path.startswith("data/") and path not in must | may and not re.fullmatch(
                    r"data/keys/[^/]*(\.vkey|\.pub\.pem|\.crt\.pem|ca\.pem|chain\.pem|\.crl)",
                    path):
                self.find("file.unexpected", path)

    # Signatures and timestamps.

    def stamp(self, path, content):
        """Milliseconds, when an authority that is believed stamped this content."""
        if path not in self.files:
            return None
        try:
            at, good = check_response(self.files[path], content, self.clocks, self.now * 1000)
        except Bad:
            self.find("timestamp.bad", path)
            return None
        if not good:
            self.find("timestamp.unknown" if self.clocks else "timestamp.untrusted", path)
        return at if good else None

    def check_manifest(self):
        manifest, path = self.files["manifest-sha256.txt"], "manifest-sha256.txt.p7s"
        proven = self.stamp("manifest-sha256.txt.tsr", manifest)
        if path in self.files:
            try:
                good = check_detached(Message(self.files[path]), [manifest], self.signers,
                                      self.clocks, proven, self.now * 1000)
                if not good:
                    self.find("signature.unknown" if self.signers else "signature.untrusted", path)
            except Bad:
                self.find("signature.bad", path)
        elif self.signers:
            self.find("signature.missing", path)
        stamps = ["manifest-sha256.txt.tsr"] if "manifest-sha256.txt.tsr" in self.files else []
        for path in self.files:
            match = re.fullmatch(r"data/timestamps/(0|[1-9][0-9]{0,19})\.tsr", path, re.ASCII)
            if not match:
                continue
            stamps.append(path)
            note = self.files.get("data/checkpoints/%s.txt" % match.group(1))
            at = None if note is None else self.stamp(path, note)
            if at is not None:
                self.stamped.append((int(match.group(1)), at // 1000))
        if self.clocks and not stamps:
            self.find("timestamp.missing", "manifest-sha256.txt.tsr")

    def document(self, path, content):
        for code in signatures_inside(content, self.signers, self.clocks, self.now * 1000) or ():
            self.find(code, path)

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
        # A stamp may be carried in days later: it bounds from above alone.
        after += [moment for size, moment in self.stamped if size > index]
        if before and claimed + GRACE < before[0]:
            self.say("record.early", path)
        if after and claimed > min(after) + GRACE:
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


    # The second log.

    def second(self):
        origin, line = self.origin + "/sm3", self.index.get("sm")
        known = [key for key in self.outside.second if key[0] == origin] if self.outside else []
        if line is None:
            if known:
                self.find("sm.missing", origin)
            return
        path = "data/sm3/key.txt"
        if path not in self.files:
            return
        try:
            text = text_of(self.files, path)
            if not text or not text.endswith("\n") or line["origin"] != origin:
                raise Bad("key")
            key = read_sm_key(text[:-1])
            if key[0] != origin:
                raise Bad("key")
        except Bad:
            self.find("sm.form", path)
            return
        if self.files.get("data/sm3/key.pub.pem", sm_pem(key)) != sm_pem(key):
            self.find("sm.form", "data/sm3/key.pub.pem")
        if not known:
            self.find("sm.untrusted", path)
        elif key not in known:
            self.find("sm.unknown", path)
        path = "data/sm3/checkpoints/%d.txt" % line["checkpoint"]
        if path not in self.files:
            return
        note = text_of(self.files, path) or ""
        head = open_sm(note, key)
        if not isinstance(head, str) and head[0] != line["checkpoint"]:
            head = "sm.form"
        if isinstance(head, str):
            self.find(head, path)
            return
        for record in self.index["records"]:
            self.second_proof(record["index"], note, head)

    def second_proof(self, index, note, head):
        path = "data/sm3/proofs/%06d.tlog-proof" % index
        data = self.files.get("data/records/%06d.json" % index)
        if data is None or path not in self.files:
            return
        try:
            says, hashes, under = read_proof(text_of(self.files, path) or "")
        except Bad:
            self.find("sm.form", path)
            return
        if says != index or under != note or not included(
                index, sm_leaf(data), hashes, head[0], head[1], sm_node):
            self.find("sm.proof", path)


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


def examine(files, policy, anchors, now, signers=(), clocks=()):
    """For tests too: files by path, a Policy or None, texts, seconds, certificates."""
    examination = Examination(files, policy, anchors, now, signers, clocks)
    examination.run()
    return examination


def read_text(path):
    with open(path, "rb") as file:
        return file.read(4 << 20).decode("utf-8")


def read_certificates(path):
    if not path:
        return []
    with open(path, "rb") as file:
        return certificates(file.read(4 << 20))


def pdf(data, signers, clocks, now):
    """An examination of the signatures inside one PDF; None when it bears none."""
    examination = Examination({}, None, [], now, signers, clocks)
    if signatures_inside(data, signers, clocks, now * 1000) is None:
        return None
    examination.best = "VALID" if signers else "CONSISTENT-BUT-UNTRUSTED"
    examination.document("document", data)
    return examination


# A file that never was evidence is not one that was tampered with.
NO_EVIDENCE = ("不是存证文件，没有检查任何内容；这不等于内容有假 "
               "no evidence: nothing was checked, which does not mean that it is false")


def main():
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("bundle")
    words.add_argument("--policy")
    words.add_argument("--ca")
    words.add_argument("--tsa")
    words.add_argument("--payload")
    words.add_argument("--against", action="append", default=[])
    words.add_argument("--json", action="store_true")
    words.add_argument("--now", type=int, default=None)
    wanted = words.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    now = int(time.time()) if wanted.now is None else wanted.now
    try:
        policy = Policy(read_text(wanted.policy)) if wanted.policy else None
        anchors = [read_text(path) for path in wanted.against]
        signers, clocks = read_certificates(wanted.ca), read_certificates(wanted.tsa)
        payload = None
        if wanted.payload:
            with open(wanted.payload, "rb") as file:
                payload = file.read(MOST_A_FILE)
        if os.path.isdir(wanted.bundle):
            if not os.path.exists(os.path.join(wanted.bundle, "bagit.txt")):
                raise Bad(NO_EVIDENCE)
            load = lambda: read_folder(wanted.bundle)
        else:
            with open(wanted.bundle, "rb") as file:
                data = file.read(MOST_BYTES + 1)
            if data.startswith(b"c2sp.org/tlog-proof@v1"):
                verdict = receipt(data.decode("utf-8"), payload, policy, now)
                print(json.dumps({"verdict": verdict}) if wanted.json else verdict)
                return EXIT[verdict]
            if data.startswith(b"%PDF-"):
                examination = pdf(data, signers, clocks, now)
                if examination is None:
                    raise Bad("其中没有电子签名 no signature inside")
                print(report(examination, wanted.json))
                return EXIT[examination.verdict()]
            if not data.startswith((b"c2sp.org/", b"PK")) and b"PK\x05\x06" not in data:
                raise Bad(NO_EVIDENCE)
            load = lambda: read_zip(data)
    except (OSError, UnicodeDecodeError, Bad) as error:
        print("%s: %s" % (type(error).__name__, error), file=sys.stderr)
        return 2
    try:
        examination = examine(load(), policy, anchors, now, signers, clocks)
    except Refused as why:
        examination = Examination({}, policy, anchors, now)
        examination.find(*why.args)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    print(report(examination, wanted.json))
    return EXIT[examination.verdict()]


if __name__ == "__main__":
    sys.exit(main())
