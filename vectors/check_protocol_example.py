#!/usr/bin/env python3
"""Checks protocol-example.json as an independent implementer would.

Written from docs/PROTOCOL.md, docs/PROOF.md, docs/PAPER.md and the RFCs they name, from nothing else, with
Python's standard library only. Slow, and not in constant time: for checking, not for use.

    check_protocol_example.py [FILE]               one line per check; exit 1 if any failed
    check_protocol_example.py --self-test [N]      changes every value of the file in turn, at N
                                                   places (16), and wants a check to fail each time
"""
import datetime, ipaddress, itertools, json, os, re, sys, unicodedata
sys.dont_write_bytecode = True
from fractions import Fraction
from functools import cached_property

import check_packproof
import validity
from paper import (admit_ciphertext, admit_factors, admit_key, ciphertext_bytes, decrypt, encrypt, jacobi,
                   key_proof_holds, noise_base)
from primitives import (L, add, clamp, ed_point, ed_public, ed_sign, ed_verify, expand,
                        from_uniform_bytes, hmac256, hpke_open, need, number, ristretto_encode, sha256, sha512,
                        times, u16, x25519)


def same(a, b): need(a == b, "differs")

def fields(document, *names): need(isinstance(document, dict) and sorted(document) == sorted(names), "fields")


# PROTOCOL 2: messages, hashes, documents

def u32(x): return x.to_bytes(4, "big")
def u64(x): return x.to_bytes(8, "big")
def message(domain, *parts): return b"".join(u32(len(f)) + f for f in (domain.encode("ascii"), *parts))
def hash_(domain, *parts): return sha256(message(domain, *parts))

def unhex(text, length=None):
    need(re.fullmatch("(?:[0-9a-f]{2})*", text), "not lower-case hexadecimal")
    need(length in (None, len(text) // 2), "wrong length")
    return bytes.fromhex(text)

def decimal(text):
    need(re.fullmatch("0|[1-9][0-9]*", text), "not decimal, or leading zeros")
    return int(text)

def parse(text):
    """JSON: nothing doubled; objects, arrays, strings, booleans, integers from 0 below 2^53."""
    def unique(pairs):
        need(len(dict(pairs)) == len(pairs), "doubled field")
        return dict(pairs)
    def integer(digits):
        need(digits.isdigit() and int(digits) < 2 ** 53, "integer out of range")
        return int(digits)
    def refuse(_): raise ValueError("no such thing in a document")
    document = json.loads(text, object_pairs_hook=unique, parse_int=integer, parse_float=refuse, parse_constant=refuse)
    need(None not in walk(document), "null")
    return document

def walk(document):
    if not isinstance(document, (dict, list)):
        return [document]
    return [leaf for x in (document.values() if isinstance(document, dict) else document) for leaf in walk(x)]

def canonical(document):
    """RFC 8785 for such documents; field names are ASCII, so their order is that of code points."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# PROTOCOL 3: the manifest's rules

FIELDS = """format survey title purpose contact period dimensions compared reference measures
 cross_tabulations margins who_counts granularity
 max_reporters max_employees_per_reporter thresholds max_missing closes_not_before closes_at rehearsal validity
 data_server computation_server organizer_key paillier roster_root""".split()
SERVERS = "data_server", "computation_server"
LEAST = {"min_reporters": 3, "min_cell_reporters": 3, "min_cell_employees": 6}

def text(value, most=100):
    need(isinstance(value, str) and len(value) <= most)
    if most == 100:
        need(value and value == value.strip() and "Cc" not in map(unicodedata.category, value), "not a line of text")

def integer(value, least, most): need(type(value) is int and least <= value <= most, "number out of range")

def is_host(text):
    if text.startswith("["):
        try: return text.endswith("]") and bool(ipaddress.IPv6Address(text[1:-1])) and "%" not in text
        except ValueError: return False
    labels = text.split(".")
    if len(text) > 253 or not all(re.fullmatch("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", l, re.A) for l in labels):
        return False
    if not re.fullmatch("[0-9]+", labels[-1], re.A): return True
    try: return bool(ipaddress.IPv4Address(text))
    except ValueError: return False

def is_address(text):
    """PROTOCOL 3, url."""
    parts = re.fullmatch(r"[Hh][Tt][Tt][Pp][Ss]?://([^/:\[]+|\[[^\]/]*\])(:[1-9][0-9]{0,4})?((/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*)", text, re.A)
    if not parts: return False
    host, port, path, _ = parts.groups()
    return (is_host(host) and (port is None or int(port[1:]) <= 65535)
            and not any(segment in (".", "..") for segment in path.split("/")))

def manifest_rules(m):
    fields(m, *FIELDS)
    same(m["format"], "sealed-pay/manifest/1")
    need(m["validity"] in ("none", "packproof-1"))
    need(m["granularity"] in ("records", "totals") and type(m["rehearsal"]) is bool)
    for name in ("title", "contact", "period"): text(m[name])
    text(m["purpose"], 2000)
    need(1 <= len(m["dimensions"]) <= 6 and 1 <= len(m["measures"]) <= 8)
    for dimension in m["dimensions"]: dimension_rules(dimension)
    for at, measure in enumerate(m["measures"]): measure_rules(measure, m["measures"][:at])
    names = [one["name"].lower() for one in m["dimensions"] + m["measures"]]
    same(len(set(names)), len(names))
    operands = {name for measure in m["measures"] for two in measure.get("computed", {}).values() for name in two}
    need(all(x["statistics"] or "bands" in x or x["name"] in operands for x in m["measures"]), "an idle measure")
    need(m["reference"] in categories_of(m)[m["compared"]])
    table_rules(m)
    who_rules(m["who_counts"])
    number_rules(m)
    server_rules(m)
    unhex(m["survey"], 32), unhex(m["roster_root"], 32)
    fields(m["paillier"], "n", "proof", "signature")
    slots(m)

def dimension_rules(dimension):
    fields(dimension, "name", "categories")
    categories = dimension["categories"]
    for name in (dimension["name"], *categories): text(name)
    need(2 <= len(categories) <= 20 and len({c.lower() for c in categories}) == len(categories))

def measure_rules(measure, before):
    fields({**measure, "bands": 0, "computed": 0},
           "name", "unit", "decimals", "hard", "soft", "statistics", "bands", "computed")
    text(measure["name"]), text(measure["unit"])
    integer(measure["decimals"], 0, 4)
    hard, soft = measure["hard"], measure["soft"]
    for limits in (hard, soft):
        fields(limits, "min", "max")
        integer(limits["max"], 1, 2 ** 48 - 1)
        integer(limits["min"], 0, limits["max"])
    need(hard["min"] <= soft["min"] and soft["max"] <= hard["max"], "soft beyond hard")
    asked = measure["statistics"]
    same(asked, [one for one in ("mean", "dispersion", "receiving") if one in asked])
    need("mean" in asked or "dispersion" not in asked)
    bands = measure.get("bands", [hard["max"]])
    need(0 < len(bands) <= 999 and bands == sorted(set(bands)) and hard["min"] < bands[0] and bands[-1] <= hard["max"])
    if "computed" in measure:
        (kind, (one, other)), = measure["computed"].items()
        decimals = {x["name"]: x["decimals"] for x in before}
        need(kind in ("sum", "quotient") and one != other and one in decimals and other in decimals)
        need(kind == "quotient" or {decimals[one], decimals[other]} == {measure["decimals"]})

def table_rules(m):
    tables, margins, known = m["cross_tabulations"], m["margins"], categories_of(m)
    need(tables and all(m["compared"] in by for by in tables) and all(any(d in by for by in tables) for d in known))
    need(all(d in known for by in tables + margins for d in by))
    same(len({frozenset(by) for by in tables + margins}), len(tables + margins))
    need(all(len(set(by)) == len(by) for by in tables + margins))
    need(not any(set(one) < set(other) for one in tables for other in tables), "nested")
    need(all(any(set(one) < set(other) for other in tables) for one in margins), "a margin of nothing")
    need(len(cells(m)) <= 4096)

def who_rules(who):
    fields({**who, "snapshot": 0}, "snapshot", "part_timers", "leavers", "missing")
    if "snapshot" in who:
        need(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", who["snapshot"]))
        need(1900 <= datetime.date.fromisoformat(who["snapshot"]).year < 3000)
    need(who["part_timers"] in ("as-paid", "full-time-equivalent", "left-out"))
    need(who["leavers"] in ("left-out", "counted") and who["missing"] in ("leave-out", "stop"))

def number_rules(m):
    integer(m["max_reporters"], 3, 65536)
    integer(m["max_employees_per_reporter"], 1, 1048576)
    integer(m["max_missing"], 0, m["max_reporters"] // 10)
    fields(m["thresholds"], *LEAST)
    for name, least in LEAST.items():
        integer(m["thresholds"][name], least, 2 ** 53 if name == "min_cell_employees" else m["max_reporters"])
    integer(m["closes_at"], 0, 2 ** 53)
    integer(m["closes_not_before"], 0, m["closes_at"] - 1)

def server_rules(m):
    for server in (m[name] for name in SERVERS):
        fields(server, "operator", "url", "signing_key", "sealing_key")
        text(server["operator"])
        need(is_address(server["url"]) and not server["url"].endswith("/"), "url")
        unhex(server["sealing_key"], 32)
    keys = [m["organizer_key"], *(m[name]["signing_key"] for name in SERVERS)]
    same(len(set(keys)), 3)
    for key in keys: ed_point(unhex(key, 32))


# PROTOCOL 4: slots and blocks

def log2_up(x): return (x - 1).bit_length()

def categories_of(m): return {dimension["name"]: dimension["categories"] for dimension in m["dimensions"]}

def cells(m):
    """(dimension -> category, whether it is of a margin) of every cell, in the order of their numbers."""
    known = categories_of(m)
    return [(dict(zip(by, combination)), margin)
            for tables, margin in ((m["cross_tabulations"], False), (m["margins"], True)) for by in tables
            for combination in itertools.product(*(known[dimension] for dimension in by))]

def limb(m): return 40 - log2_up(m["max_employees_per_reporter"]) if m["granularity"] == "records" else 40

def limb_bits(m):
    """L if the first measure's sum is two limbs, else None."""
    employees, most = m["max_employees_per_reporter"], m["measures"][0]["hard"]["max"]
    return None if (employees * most).bit_length() <= 40 else limb(m)

def sum_bits(m, most):
    """b_j of a sum over employees of numbers up to most, in one limb or two."""
    employees = m["max_employees_per_reporter"]
    if (employees * most).bit_length() <= 40:
        return [(employees * most).bit_length()]
    high = employees * (most >> limb(m)) if m["granularity"] == "records" else employees * most >> limb(m)
    return [40, max(1, high.bit_length())]

def value_bits(m):
    """b_j of the slots of one cell of a cross-tabulation."""
    count = m["max_employees_per_reporter"].bit_length()
    bits = [1, count]
    for measure in m["measures"]:
        most, asked = measure["hard"]["max"], measure["statistics"]
        bits += sum_bits(m, most) if "mean" in asked else []
        bits += sum_bits(m, most ** 2) if "dispersion" in asked else []
        bits += [count] * ("receiving" in asked)
        bits += [count] * (len(measure["bands"]) + 1 if "bands" in measure else 0)
    need(max(bits) <= 40, "no layout")
    return bits

def groups(m):
    """b_j of the slots of every group."""
    full, every = value_bits(m), cells(m)
    bits = lambda of: [b for _, margin in of for b in (full[:1] if margin else full)]
    if m["granularity"] == "totals":
        return [bits(every)]
    of = lambda category: [cell for cell in every if cell[0].get(m["compared"]) == category]
    found = [bits(of(category)) for category in (*categories_of(m)[m["compared"]], None)]
    return found if found[-1] else found[:-1]

def slots(m):
    """For every group its slots as (width, block, offset). Every group begins a block."""
    layouts, all_bits = [], sum(groups(m), [])
    need(len(all_bits) <= 20000, "too many slots")
    for bits in groups(m):
        layout, block, offset = [], 0, 0
        for b in bits:
            # log2(2^8 * 11 * sqrt(S/2)), up
            noise = next(k for k in range(99) if 4 ** k >= 2 ** 15 * 121 * all_bits.count(b))
            width = b + noise + log2_up(m["max_reporters"]) + 1
            if offset + width > 4 * len(m["paillier"]["n"]) - 2:
                block, offset = block + 1, 0
            layout.append((width, block, offset))
            offset += width
        layouts.append(layout)
    return layouts

def proof_shape(m):
    """PROTOCOL 5, validity: what the proofs of this survey are about."""
    employees = m["max_employees_per_reporter"]
    two = lambda most: (employees * most).bit_length() > 40
    return check_packproof.Shape(validity.shape(m, cells(m), slots(m), groups(m), 2 ** limb(m), two),
                                 4 * len(m["paillier"]["n"]))

def pack(layout, values):
    """The blocks of one entry."""
    blocks = [0] * (layout[-1][1] + 1)
    for (width, block, offset), value in zip(layout, values, strict=True):
        need(0 <= value < 1 << width)
        blocks[block] += value << offset
    return blocks

def padded(entries):
    """Records: the length of a group."""
    return next((n for n in (16, 32, 64, 128) if entries <= n), -(-entries // 256) * 256)

def limbs(m, amount):
    limb = limb_bits(m)
    return [amount] if limb is None else [amount & (1 << limb) - 1, amount >> limb]

def entries_of(m, amounts):
    """Records: the slot values of every entry of one group, before they are shuffled."""
    nothing = [0] * len(limbs(m, 0))
    entries = [[0, 1, *limbs(m, amount)] for amount in amounts] + [[int(bool(amounts)), 0, *nothing]]
    return entries + [[0, 0, *nothing]] * (padded(len(entries)) - len(entries))

def unpack_total(layout, blocks, n):
    """PROTOCOL 6.4: M_j, out of the decrypted product of a group's entries, block by block."""
    totals = []
    for index, block in enumerate(blocks):
        mine = [(w, o) for w, b, o in layout if b == index]
        lifted = (block + sum(1 << o + w - 1 for w, o in mine)) % n
        need(lifted < 1 << sum(mine[-1]), "above the top slot")
        totals += [(lifted >> o) % (1 << w) - (1 << w - 1) for w, o in mine]
    return totals


# PROTOCOL 6.2: the agreed set

OTHER = {"data-server": "computation-server", "computation-server": "data-server"}
WORD = {"data-server": "held", "computation-server": "declared"}
KIND = {"submission": 1, "withdrawal": 2}

def statement_of(e, entry):
    return b"".join((e.fingerprint, unhex(entry["credential"], 32), u32(entry["version"]), bytes([KIND[entry["kind"]]]),
                     unhex(entry["commitment"], 32), unhex(entry["share_commitment"], 32)))

def word_holds(e, entry, role):
    """Whether an entry of this server's list has the other server's valid word."""
    if "other" not in entry:
        return False
    other, word = OTHER[role], entry["other"]
    digest = hash_("sealed-pay/v1/statement", statement_of(e, entry))
    parts = e.fingerprint, digest, u64(word["hour"])
    try:
        ed_verify(e.signing_key(other), message("sealed-pay/v1/" + WORD[other], *parts), unhex(word["signature"], 64))
    except ValueError:
        return False
    return True

def judge(e, found, known):
    """What one version is, of which each server's entry is given: counts, withdrawn, or a discrepancy.
    known: the servers that list anything of the credential."""
    for role, entry in found.items():
        if entry["kind"] == "withdrawal" and (OTHER[role] in known or word_holds(e, entry, role)):
            return "withdrawn", {}
    if len(found) == 2:
        alike = len({statement_of(e, entry) for entry in found.values()}) == 1
        return ("counts" if alike else "different"), {}
    (role, entry), = found.items()
    return ("lost", {"by": OTHER[role]}) if word_holds(e, entry, role) else ("unfinished", {})

def agree(e, lists):
    """The agreed set's body, from role -> body of the list."""
    for body in lists.values():
        for entry in body["entries"]:
            own = message("sealed-pay/v1/statement", statement_of(e, entry))
            ed_verify(unhex(entry["credential"], 32), own, unhex(entry["signature"], 64))
    return settle(e, lists)

def settle(e, lists):
    """The same, whoever signed the entries."""
    found = {}
    for role, body in lists.items():
        for entry in body["entries"]:
            found.setdefault(entry["credential"], {}).setdefault(entry["version"], {})[role] = entry
    members, withdrawn, discrepancies = [], 0, []
    for credential, versions in sorted(found.items()):
        wrong = []
        for version, entries in sorted(versions.items(), reverse=True):
            known = {role for at in versions.values() for role in at}
            kind, more = judge(e, entries, known)
            if kind == "counts":
                commitment = entries["data-server"]["commitment"]
                members.append({"credential": credential, "version": version, "commitment": commitment})
            elif kind == "withdrawn":
                withdrawn += 1
            else:
                wrong.insert(0, {"kind": kind, "credential": credential, "version": version, **more})
            if kind != "unfinished":
                break
        discrepancies += wrong
    lost = sum(d["kind"] == "lost" for d in discrepancies)
    return {"fingerprint": e.fingerprint.hex(), "members": members, "withdrawn": withdrawn,
            "discrepancies": discrepancies, "outcome": outcome(e.manifest, lost, len(members)),
            "data_list": e.list_hash(lists["data-server"]),
            "computation_list": e.list_hash(lists["computation-server"])}

def outcome(m, lost, members):
    if lost > m["max_missing"]:
        return "too-many-missing"
    return "too-few-reporters" if members < m["thresholds"]["min_reporters"] else "proceed"


# PROTOCOL 6.5: the release

def shown(value, places):
    """An exact fraction as text: rounded once, half away from zero."""
    scaled = int(abs(value) * 10 ** places + Fraction(1, 2))
    digits = str(scaled).zfill(places + 1)
    whole, rest = digits[:len(digits) - places], digits[len(digits) - places:]
    return "-" * (value < 0 and scaled > 0) + whole + ("." + rest if places else "")

def minor_units(text, places):
    digits = re.fullmatch("(0|[1-9][0-9]*)" + ("[.]([0-9]{%d})" % places if places else "()"), text)
    need(digits, "not a sum with the measure's decimals")
    return int(digits[1] + digits[2])

def figures(m, cell):
    """(reporters, employees, sum in minor units), or why they are not there."""
    if "suppressed" in cell:
        need(cell["suppressed"] == "too-few")
        return cell["suppressed"]
    return cell["reporters"], cell["employees"], minor_units(cell["sum"], m["measures"][0]["decimals"])

def cell_body(m, category, found):
    categories, places = {m["compared"]: category}, m["measures"][0]["decimals"]
    if isinstance(found, str):
        return {"categories": categories, "suppressed": found}
    reporters, employees, total = found
    units = Fraction(total, 10 ** places)
    return {"categories": categories, "reporters": reporters, "employees": employees, "sum": shown(units, places),
            "mean": shown(units / employees, max(2, places))}

def gap_body(m, category, found, reference):
    gap = {"measure": m["measures"][0]["name"], "compared": category, "reference": m["reference"]}
    if isinstance(found, str) or isinstance(reference, str):
        return {**gap, "suppressed": "suppressed-side"}
    mean, base = (Fraction(total, employees) for _, employees, total in (found, reference))
    if base == 0:
        return {**gap, "suppressed": "reference-mean-zero"}
    return {**gap, "percent": shown((base - mean) / base * 100, 2), "cents_per_unit": shown(mean / base * 100, 2)}

def may_be_shown(m, counted, found, cells):
    """Whether cells of one dimension have enough, and leave room for those that are not shown."""
    least = m["thresholds"]
    enough = all(r >= least["min_cell_reporters"] and n >= least["min_cell_employees"] for r, n, _ in found)
    others, half = counted - 1, least["min_cell_employees"] // 2
    room = m["max_employees_per_reporter"] * others - sum(n for _, n, _ in found) > others * (half - 1)
    return enough and (len(found) == cells or (sum(r - 1 for r, _, _ in found) >= others and room))

def within_limits(m, counted, found):
    """Whether so many reporters can add up to this."""
    (reporters, employees, total), hard = found, m["measures"][0]["hard"]
    return (reporters <= counted and reporters <= employees <= reporters * m["max_employees_per_reporter"]
            and employees * hard["min"] <= total <= employees * hard["max"])

def release_body(e, counted, cells):
    """The whole release, out of its published reporters, employees and sums."""
    m, categories = e.manifest, e.categories
    found = dict(zip(categories, (figures(m, cell) for cell in cells), strict=True))
    if not may_be_shown(m, counted, [f for f in found.values() if not isinstance(f, str)], len(categories)):
        found = dict.fromkeys(categories, "too-few")
    beyond = not all(within_limits(m, counted, f) for f in found.values() if not isinstance(f, str))
    return {"format": "sealed-pay/release/1", "fingerprint": e.fingerprint.hex(), "agreed": e.agreed_hash.hex(),
            "counted": counted, "cells": [cell_body(m, c, found[c]) for c in categories],
            "gaps": [gap_body(m, c, found[c], found[m["reference"]]) for c in categories if c != m["reference"]],
            "warnings": ["outside-limits"] * beyond, "validity": m["validity"], "rest": ""}


# The example

class Example:
    def __init__(self, values): self.values, self.read = values, set()

    def __getitem__(self, name):
        self.read.add(name)
        return self.values[name]

    def bytes(self, name, length=None): return unhex(self[name], length)

    @cached_property
    def manifest(self): return parse(self["manifest"])
    @cached_property
    def categories(self): return self.manifest["dimensions"][0]["categories"]
    @cached_property
    def survey(self): return unhex(self.manifest["survey"], 32)
    @cached_property
    def fingerprint(self): return hash_("sealed-pay/v1/manifest", self.survey, canonical(self.manifest))
    @cached_property
    def paillier(self): return self.manifest["paillier"]
    @cached_property
    def n_bytes(self): return unhex(self.paillier["n"])
    @cached_property
    def n(self): return number(self.n_bytes)
    @cached_property
    def factors(self): return tuple(number(self.bytes("paillier." + f, len(self.n_bytes) // 2)) for f in "pq")
    @cached_property
    def slot_values(self): return parse(self["values"])
    @cached_property
    def credential(self): return ed_public(self.bytes("reporter.seed", 32))
    @cached_property
    def aad(self): return self.fingerprint + self.credential + u32(1)
    @cached_property
    def statement(self): return self.aad + b"\1" + self.bytes("C", 32) + self.bytes("K", 32)
    @cached_property
    def signed_statement(self): return self.statement + self.bytes("statement.signature", 64)
    @cached_property
    def statement_hash(self): return hash_("sealed-pay/v1/statement", self.statement)
    @cached_property
    def hour(self): return decimal(self["receipt.hour"])
    @cached_property
    def agreed_hash(self):
        return hash_("sealed-pay/v1/agreed-set", self.fingerprint, canonical(self.body("agreed_set")))

    def body(self, name): return parse(self[name])["body"]
    def list_hash(self, body): return hash_("sealed-pay/v1/held-list", self.fingerprint, canonical(body)).hex()
    def signing_key(self, role): return unhex(self.manifest[role.replace("-", "_")]["signing_key"], 32)

    def scalar(self, name):
        value = int.from_bytes(self.bytes(name, 32), "little")
        need(value < L, "scalar not canonical")
        return value

    def generator(self, use, suffix=b""):
        """PROTOCOL 5.3."""
        return from_uniform_bytes(sha512(b"sealed-pay/v1/" + use + self.fingerprint + suffix))

    def signed(self, seed, signature, domain, *parts):
        """The signature verifies strictly, and is the one that the seed makes."""
        seed, text = self.bytes(seed, 32), message("sealed-pay/v1/" + domain, *parts)
        ed_verify(ed_public(seed), text, signature)
        need(ed_sign(seed, text) == signature, "another signature than the seed's")

    def document(self, signer, name, domain):
        """PROTOCOL 2, Signed document, standing in its canonical encoding. Returns its body."""
        document = parse(self[name])
        fields(document, "body", "signature")
        same(canonical(document).decode(), self[name])
        parts = self.fingerprint, canonical(document["body"])
        self.signed(signer + ".signing_seed", unhex(document["signature"], 64), domain, *parts)
        return document["body"]

    def countersigned(self, name, domain):
        """PROTOCOL 6.4 and 6.5: the data server's signature over the same body."""
        parts = self.fingerprint, canonical(self.body(name))
        self.signed("data_server.signing_seed", self.bytes(name + ".countersignature", 64), domain, *parts)

    @cached_property
    def amounts(self):
        """The records, as category -> amounts."""
        amounts = {category: [] for category in self.categories}
        for record in self["records"].split(", "):
            category, _, amount = record.rpartition(" ")
            amounts[category].append(decimal(amount))
        return amounts

    @cached_property
    def opened_submission(self):
        """PROTOCOL 5.6."""
        return hpke_open(self.bytes("data_server.sealing_secret", 32), "sealed-pay/v1/submission", self.aad,
                         self.bytes("submission"))

    @cached_property
    def groups(self):
        """PROTOCOL 5.6: per group its entries, each a list of ciphertexts as bytes."""
        return self.groups_and_proof[0]

    @cached_property
    def groups_and_proof(self):
        rest, groups = self.opened_submission[1 + 197 + 32 + 309:], []
        for layout in slots(self.manifest):
            count, rest, entries = number(rest[:4]), rest[4:], []
            for _ in range(count):
                size, blocks = 2 * len(self.n_bytes), layout[-1][1] + 1
                need(len(rest) >= size * blocks, "too short")
                entries.append([rest[i * size:(i + 1) * size] for i in range(blocks)])
                rest = rest[size * blocks:]
            groups.append(entries)
        return groups, rest

    @cached_property
    def peer(self):
        """PROTOCOL 8: (R, the request's signature)."""
        method, path, asking = re.fullmatch("([A-Z]+) (/[^ ?]*) from the (.*)", self["peer.request"]).groups()
        same(asking, "data server")
        version, time, nonce, signature = self["peer.request_header"].split(" ")
        same(version, "1")
        r = hash_("sealed-pay/v1/peer-request", self.signing_key("data-server"), self.signing_key("computation-server"),
                  method.encode("ascii"), path.encode("ascii"), sha256(self.bytes("peer.request_body")),
                  u64(decimal(time)), unhex(nonce, 16))
        return r, unhex(signature, 64)


# The checks: sections 1 to 3

def server_keys(e, server):
    """PROTOCOL 1."""
    same(ed_public(e.bytes(server + ".signing_seed", 32)).hex(), e.manifest[server]["signing_key"])
    same(x25519(e.bytes(server + ".sealing_secret", 32)).hex(), e.manifest[server]["sealing_key"])

def manifest_signature(e, who):
    e.signed(who + ".signing_seed", e.bytes("manifest.%s_signature" % who, 64), "manifest-signature", e.fingerprint)

def organizer_key(e): same(ed_public(e.bytes("organizer.signing_seed", 32)).hex(), e.manifest["organizer_key"])

def roots(e):
    same(hash_("sealed-pay/v1/roster", e.survey).hex(), e.manifest["roster_root"])
    same(hash_("sealed-pay/v1/roster", e.survey, e.bytes("invitation_key")).hex(), e["roster.root_of_this_key_alone"])

def key_signature(e):
    e.signed("computation_server.signing_seed", unhex(e.paillier["signature"], 64), "paillier-key", e.survey, e.n_bytes)

def order(e):
    invite = {"kind": "invite", "keys": [e["invitation_key"]]}
    body = e.document("organizer", "order", "order")
    same(body, {"fingerprint": e.fingerprint.hex(), "sequence": 1, "order": invite})


# Sections 4 and 5

def link(e):
    shape = "(.*)/take-part/([0-9a-f]{64})#([0-9a-f]{32})[.]([0-9a-f]{64})"
    base, survey, secret, fingerprint = re.fullmatch(shape, e["link"]).groups()
    same((base, survey, fingerprint), (e.manifest["data_server"]["url"], e.survey.hex(), e.fingerprint.hex()))
    seed = expand(hmac256(e.survey, unhex(secret)), b"sealed-pay/v1/invitation-key", 32)
    same((seed.hex(), ed_public(seed).hex()), (e["invitation.seed_from_hkdf"], e["invitation_key"]))

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

def power_of_alpha(exponent):
    x = 1
    for _ in range(exponent):
        x = x << 1 if x < 16 else x << 1 ^ 0b100101
    return x

def product(a, b):
    """In GF(2)[alpha] / (alpha^5 + alpha^2 + 1): a power of alpha for every power in a and b."""
    x = 0
    for i in range(5):
        for j in range(5):
            if a >> i & b >> j & 1:
                x ^= power_of_alpha(i + j)
    return x

def code(e):
    secret, start = unhex(e["link"].split("#")[1].split(".")[0], 16), e.fingerprint[:12]
    saying = int.from_bytes(secret + start, "big") << 1
    digits = [saying >> 5 * (44 - i) & 31 for i in range(45)]
    groups = []
    for g in range(1, 10):
        d = digits[5 * g - 5:5 * g]
        check = product(power_of_alpha(6), g)
        for i, digit in enumerate(d, 1):
            check ^= product(power_of_alpha(6 - i), digit)
        groups.append("".join(CROCKFORD[x] for x in d + [check]))
    same("-".join(groups), e["code"])

def enrolment(e, seed, name, domain):
    e.signed(seed, e.bytes(name, 64), domain, e.fingerprint, e.bytes("invitation_key", 32), e.credential)

def written(m): return " ".join("%d@%d" % (w, o) for layout in slots(m) for w, _, o in layout)

def two_limbs(e):
    """The same manifest with another limit."""
    m = json.loads(canonical(e.manifest))
    m["measures"][0]["hard"]["max"] = 10 ** 12
    same((limb_bits(e.manifest), limb_bits(m)), (None, 31))
    need(not any(block for layout in slots(m) for _, block, _ in layout), "beyond block 0")
    same(written(m), e["slots.width_at_offset_if_hard_max_were_1000000000000"])

def by_rank(e):
    """The same manifest with a second dimension, a margin of each kind, squares and bands."""
    m = json.loads(canonical(e.manifest))
    m["dimensions"].append({"name": "rank", "categories": ["low", "high"]})
    m["cross_tabulations"], m["margins"] = [["rank", "sex"]], [["sex"], []]
    m["measures"][0] |= {"statistics": ["mean", "dispersion", "receiving"], "bands": [3000000, 5000000]}
    for granularity in ("records", "totals"):
        m["granularity"] = granularity
        manifest_rules(m)
        text = " ".join("%d@%d.%d" % (w, b, o) for layout in slots(m) for w, b, o in layout)
        same(text, e["slots.by_rank_for_" + granularity])

def values(e):
    """One value per slot, as the records have it; none more than one reporter may have."""
    m, hard = e.manifest, e.manifest["measures"][0]["hard"]
    sums = [list(map(sum, zip(*entries_of(m, amounts)))) for amounts in e.amounts.values()]
    same((sum(sums, []), json.dumps(e.slot_values)), (e.slot_values, e["values"]))
    need(all(hard["min"] <= a <= hard["max"] for amounts in e.amounts.values() for a in amounts))
    need(sum(map(len, e.amounts.values())) <= m["max_employees_per_reporter"])

def entry_0(e):
    block, = pack(slots(e.manifest)[0], entries_of(e.manifest, e.amounts["women"])[0])
    same(("women", block.to_bytes(len(e.n_bytes), "big").hex()), (e.categories[0], e["block.entry_0_of_women"]))

def ciphertext_0(e):
    block, exponent = e.bytes("block.entry_0_of_women", len(e.n_bytes)), e.bytes("exponent.entry_0_of_women")
    same(encrypt(block, exponent, e.n_bytes, e.survey).hex(), e["ciphertext.entry_0_of_women"])

def encoded(point):
    data = ristretto_encode(point)
    need(any(data), "the neutral element")
    return data.hex()

def commitment(e, values, blinding):
    """C, encoded."""
    c = times(blinding % L, e.generator(b"blind"))
    for j, value in enumerate(values):
        c = add(c, times(value % L, e.generator(b"slot", j.to_bytes(4, "little"))))
    return encoded(c)

def commitments(e):
    c = commitment(e, e.slot_values, e.scalar("s_D") + e.scalar("s_C"))
    k = add(times(e.scalar("s_C"), e.generator(b"blind")), times(e.scalar("t"), e.generator(b"share")))
    same((c, encoded(k)), (e["C"], e["K"]))

def receipt_code(e):
    bits = number(e.statement_hash) >> 156
    digits = "".join(CROCKFORD[bits >> 95 - 5 * i & 31] for i in range(20))
    same("-".join(re.findall(".....", digits)), e["receipt_code"])

def statement_signature(e):
    e.signed("reporter.seed", e.bytes("statement.signature", 64), "statement", e.statement)

def declaration(e):
    secret, sealed = e.bytes("computation_server.sealing_secret"), e.bytes("declaration", 309)
    opened = hpke_open(secret, "sealed-pay/v1/declaration", e.aad, sealed)
    same(opened, e.signed_statement + e.bytes("s_C") + e.bytes("t"))

def submission(e):
    same(e.opened_submission[:539], b"\2" + e.signed_statement + e.bytes("s_D") + e.bytes("declaration"))

def group_lengths(e):
    same([len(group) for group in e.groups], [padded(len(amounts) + 1) for amounts in e.amounts.values()])

def ciphertexts(e):
    all_ = [c for group in e.groups for entry in group for c in entry]
    need(all(jacobi(admit_ciphertext(c, e.n) % e.n, e.n) == 1 for c in all_), "Jacobi symbol")
    same((len(all_), len(set(all_)), all_[0].hex()), (32, 32, e["ciphertext.entry_0_of_women"]))

def decrypted_entries(e):
    """Every entry: employees, the indicator, zeros, in the order of section 4, since nothing is shuffled."""
    for layout, group, amounts in zip(slots(e.manifest), e.groups, e.amounts.values(), strict=True):
        opened = [[decrypt(admit_ciphertext(c, e.n), *e.factors) for c in entry] for entry in group]
        same(opened, [pack(layout, entry) for entry in entries_of(e.manifest, amounts)])

def shapes(e):
    """The manifest's own, and those of others like it."""
    like = lambda change: change(m := json.loads(canonical(e.manifest))) or proof_shape(m).encode()
    def ranks(names, granularity, edges):
        def change(m):
            m["dimensions"].append({"name": "rank", "categories": names})
            m["cross_tabulations"], m["margins"], m["granularity"] = [["rank", "sex"]], [["sex"], []], granularity
            m["measures"][0] |= {"statistics": ["mean", "dispersion", "receiving"], "bands": edges}
        return change
    def alone(m):
        limits = {"min": 5000000, "max": 5000000}
        m["measures"][0] |= {"hard": limits, "soft": limits}
        m["max_employees_per_reporter"] = 1
    same(proof_shape(e.manifest).encode().hex(), e["validity.shape"])
    for granularity in ("records", "totals"):
        found = like(ranks(["low", "high"], granularity, [3000000, 5000000]))
        same(found.hex(), e["validity.shape_by_rank_for_" + granularity])
    same(like(alone).hex(), e["validity.shape_of_one_employee_and_one_amount"])
    for edges in (812, 813, 822):
        found = like(ranks(["low", "middle", "high"], "totals", [1000 * i for i in range(1, edges + 1)]))
        same(sha256(found).hex(), e["validity.shape_sha256_of_%d_band_edges" % edges])

def proof(e):
    """5, validity: the proof behind the ciphertexts, by the verifier of check_packproof.py."""
    groups, proof = e.groups_and_proof
    same(proof.hex(), e["proof"])
    setting = check_packproof.Setting.__new__(check_packproof.Setting)
    setting.fingerprint, setting.survey, setting.n_bytes, setting.n = e.fingerprint, e.survey, e.n_bytes, e.n
    setting.h, setting.shape = noise_base(e.n_bytes, e.survey), proof_shape(e.manifest)
    products = []
    for group in groups:
        for column in zip(*group):
            product = 1
            for c in column:
                product = product * admit_ciphertext(c, e.n) % e.n ** 2
            products.append(ciphertext_bytes(product, e.n))
    check_packproof.verify(setting, {
        "context": e.aad, "commitment": e.bytes("C", 32), "share_commitment": e.bytes("K", 32),
        "data_share": e.bytes("s_D", 32), "ciphertexts": products, "entries": max(map(len, groups))}, proof)

def receipt(e, server, name):
    parts = e.fingerprint, e.statement_hash, u64(e.hour)
    e.signed(server + ".signing_seed", e.bytes("receipt." + name, 64), name, *parts)

def withdrawal(e):
    """Version 2, by the same reporter, C and K zero."""
    signed = e.bytes("withdrawal", 197)
    statement = e.fingerprint + e.credential + u32(2) + b"\2" + bytes(64)
    same(signed[:133], statement)
    e.signed("reporter.seed", signed[133:], "statement", statement)


# Sections 6 to 8

def held_list(e, server, name):
    """6.1: of the one submission, with the other server's word, which the receipt has too."""
    body = e.document(server, "held_list." + server, "held-list")
    other = {"hour": e.hour, "signature": e["receipt." + name]}
    entry = {"credential": e["credential"], "version": 1, "kind": "submission", "commitment": e["C"],
             "share_commitment": e["K"], "signature": e["statement.signature"], "other": other}
    role = server.replace("_", "-")
    same(body, {"fingerprint": e.fingerprint.hex(), "role": role, "build": "0.1.0", "entries": [entry]})
    need(word_holds(e, entry, role), "the other server's word")

def agreed_set(e):
    lists = {name.replace("_", "-"): e.body("held_list." + name) for name in SERVERS}
    same(e.document("computation_server", "agreed_set", "agreed-set"), agree(e, lists))

def opening(e):
    """6.4, were this reporter the whole set: the product over each group and block, and what C says of it."""
    totals = []
    for layout, group in zip(slots(e.manifest), e.groups, strict=True):
        opened = []
        for column in zip(*group):
            product = 1
            for c in column:
                product = product * admit_ciphertext(c, e.n) % e.n ** 2
            same(admit_ciphertext(ciphertext_bytes(product, e.n), e.n), product)
            opened.append(decrypt(product, *e.factors))
        totals += unpack_total(layout, opened, e.n)
    same(totals, e.slot_values)
    same(commitment(e, totals, e.scalar("s_D") + e.scalar("s_C")), e["C"])

def ended(e):
    same(e.document("computation_server", "ended", "ended"), {
        "fingerprint": e.fingerprint.hex(), "agreed": e.agreed_hash.hex(), "reason": e.body("agreed_set")["outcome"]})

def release(e):
    body = e.document("computation_server", "release", "release")
    integer(body["counted"], e.manifest["thresholds"]["min_reporters"], e.manifest["max_reporters"])
    same(body, release_body(e, body["counted"], body["cells"]))

def member_id(e):
    member, = e.body("agreed_set")["members"]
    parts = unhex(member["credential"], 32), u32(member["version"]), unhex(member["commitment"], 32)
    same(hash_("sealed-pay/v1/member", e.fingerprint, *parts).hex(), e["member.id"])

def peer_body(e):
    same(e["peer.request"], "POST /v1/peer/surveys/%s/declarations from the data server" % e.survey.hex())
    same(e.bytes("peer.request_body"),
         e.signed_statement + u64(e.hour) + e.bytes("receipt.held", 64) + e.bytes("declaration"))

def peer_request(e):
    r, signature = e.peer
    e.signed("data_server.signing_seed", signature, "peer-request", r)

def peer_answer(e):
    version, signature = e["peer.answer_header_for_200_and_braces"].split(" ")
    same(version, "1")
    parts = e.peer[0], u16(200), sha256(b"{}")
    e.signed("computation_server.signing_seed", unhex(signature, 64), "peer-answer", *parts)

CHECKS = [                                                    # number: section of PROTOCOL.md
    ("3 manifest: every rule", lambda e: manifest_rules(e.manifest)),
    ("2 manifest: stands in its canonical encoding", lambda e: same(canonical(e.manifest).decode(), e["manifest"])),
    ("3 fingerprint", lambda e: same(e.fingerprint.hex(), e["fingerprint"])),
    ("3 organizer: the key, from its seed", organizer_key),
    ("1 data server: keys from seed and secret", lambda e: server_keys(e, "data_server")),
    ("1 computation server: keys from seed and secret", lambda e: server_keys(e, "computation_server")),
    ("3 manifest: the organizer's signature", lambda e: manifest_signature(e, "organizer")),
    ("3 manifest: the data server's signature", lambda e: manifest_signature(e, "data_server")),
    ("3 manifest: the computation server's signature", lambda e: manifest_signature(e, "computation_server")),
    ("3 Paillier key: the computation server's signature", key_signature),
    ("PAPER Paillier key: admitted", lambda e: admit_key(e.n_bytes)),
    ("PAPER Paillier key: the proof's eleven roots",
        lambda e: key_proof_holds(e.n_bytes, e.survey, unhex(e.paillier["proof"]))),
    ("PAPER Paillier key: p and q, safe primes", lambda e: admit_factors(*e.factors, e.n)),
    ("PAPER h_s, from n and survey id",
        lambda e: same(ciphertext_bytes(noise_base(e.n_bytes, e.survey), e.n).hex(), e["paillier.h_s"])),
    ("5 link, and the invitation's seed and key from it", link),
    ("5 code, from the link", code),
    ("3 roster: the manifest's root, of nobody yet; the root of the invitation key alone", roots),
    ("3 order: invites the invitation key, signed by the organizer", order),
    ("5.2 credential, from the reporter's seed", lambda e: same(e.credential.hex(), e["credential"])),
    ("5.2 enrolment: the invitation's signature",
        lambda e: enrolment(e, "invitation.seed_from_hkdf", "enrolment.signature", "enrolment")),
    ("5.2 enrolment: the data server's signature",
        lambda e: enrolment(e, "data_server.signing_seed", "enrolled.data_server", "enrolled")),
    ("5.2 enrolment: the computation server's signature",
        lambda e: enrolment(e, "computation_server.signing_seed", "enrolled.computation_server", "enrolled")),
    ("4 slots: widths and offsets", lambda e: same(written(e.manifest), e["slots.width_at_offset"])),
    ("4 slots: widths and offsets with two limbs", two_limbs),
    ("4 slots: two dimensions, margins, squares and bands, both granularities", by_rank),
    ("4 values, from the records", values),
    ("4 block of the one woman", entry_0),
    ("PAPER ciphertext of the one woman, from block and exponent", ciphertext_0),
    ("5.3 C and K, from values and shares", commitments),
    ("5.4 statement: 133 bytes", lambda e: same((e.statement.hex(), len(e.statement)), (e["statement"], 133))),
    ("5.4 statement: the reporter's signature", statement_signature),
    ("5.4 statement hash", lambda e: same(e.statement_hash.hex(), e["statement.hash"])),
    ("5.4 aad", lambda e: same(e.aad.hex(), e["aad"])),
    ("5.6 receipt code", receipt_code),
    ("5.5 declaration: opens; signed statement, s_C, t", declaration),
    ("5.6 submission: opens; 02, signed statement, s_D, declaration", submission),
    ("4 submission: groups padded, entries and blocks complete", group_lengths),
    ("PAPER submission: 32 ciphertexts reduced, units, of Jacobi symbol 1, none twice", ciphertexts),
    ("4 submission: every ciphertext decrypts to an employee, the indicator or zeros", decrypted_entries),
    ("5 validity: shapes, from manifests", shapes),
    ("5 validity: the proof", proof),
    ("5.6 receipt: held", lambda e: receipt(e, "data_server", "held")),
    ("5.6 receipt: declared", lambda e: receipt(e, "computation_server", "declared")),
    ("5.7 withdrawal: version 2, signed by the reporter", withdrawal),
    ("6.1 list: the data server's", lambda e: held_list(e, "data_server", "declared")),
    ("6.1 list: the computation server's", lambda e: held_list(e, "computation_server", "held")),
    ("6.2 agreed set, from both lists", agreed_set),
    ("6.2 agreed set: hash", lambda e: same(e.agreed_hash.hex(), e["agreed_set.hash"])),
    ("6.2 agreed set: the data server's signature", lambda e: e.countersigned("agreed_set", "agreed-set")),
    ("6.3 ended: for the agreed set's outcome", ended),
    ("6.4 opening: the products decrypt to the values, which C confirms", opening),
    ("6.5 release: cells, means, gaps, warnings", release),
    ("6.5 release: the data server's signature", lambda e: e.countersigned("release", "release")),
    ("7 member id", member_id),
    ("8 peer request: address and body", peer_body),
    ("8 peer request: header", peer_request),
    ("8 peer answer: header", peer_answer),
    ("10 no value was left unread", lambda e: same(sorted(e.values), sorted(e.read))),
]

def run(values, report):
    """All checks; their failures are counted. Without a report, only up to the first failure."""
    example, failed = Example(values), 0
    for what, function in CHECKS:
        try:
            function(example)
            wrong = None
        except Exception as error:                  # a check that cannot be made has failed
            wrong, failed = "%s: %s" % (type(error).__name__, error), failed + 1
        if report:
            print("FAILED  %s (%s)" % (what, wrong) if wrong else "ok      %s" % what)
        elif wrong:
            break
    return failed

def changed(value, place):
    """The value with another character of the same sort there: digit, letter, or anything else."""
    for sort in ("0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        if value[place] in sort:
            return value[:place] + sort[(sort.index(value[place]) + 1) % len(sort)] + value[place + 1:]
    return value[:place] + ("-" if value[place] != "-" else "_") + value[place + 1:]

def places(value, many):
    """Evenly spread, the first and the last among them; in a JSON document also in every leaf and name."""
    spread = {round(i * (len(value) - 1) / max(1, many - 1)) for i in range(many)}
    return sorted(spread | {match.start(1) for match in re.finditer(r'[:\[,{]"?([^"\[{])', value) if value[0] == "{"})

SIGNERS = {"order": "organizer", "held_list.data_server": "data_server", **dict.fromkeys(
    ("held_list.computation_server", "agreed_set", "ended", "release"), "computation_server")}

def resigned(values, name):
    """The values with each leaf of a signed document changed in turn, and signed anew, also by the data server."""
    example, domain = Example(values), {"agreed_set": "agreed-set"}.get(name, re.sub("_list.*", "-list", name))
    for place in leaves(example.body(name)):
        if place == ["counted"]:
            continue                                # of a fictitious set: any number will do
        body = example.body(name)
        *path, last = place
        where = body
        for step in path: where = where[step]
        where[last] = where[last] + 1 if type(where[last]) is int else changed(where[last], 0)
        to_sign = message("sealed-pay/v1/" + domain, example.fingerprint, canonical(body))
        sign = lambda who: ed_sign(example.bytes(who + ".signing_seed"), to_sign).hex()
        new = {**values, name: canonical({"body": body, "signature": sign(SIGNERS[name])}).decode()}
        if name + ".countersignature" in values:
            new[name + ".countersignature"] = sign("data_server")
        yield ".".join(map(str, place)), new

def leaves(document):
    """The paths to them."""
    if not isinstance(document, (dict, list)):
        return [[]]
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    return [[step, *rest] for step, inner in steps for rest in leaves(inner)]

def self_test_of_signed(values):
    """A forger with every key: only what the documents say can give it away."""
    tried = missed = 0
    for name in SIGNERS:
        for place, new in resigned(values, name):
            tried += 1
            if not run(new, False):
                missed += 1
                print("not noticed, signed anew: %s, %s" % (name, place))
    print("%d leaves of documents changed and signed anew, %d caught" % (tried, tried - missed))
    return missed

def self_test(values, many):
    tried = caught = alike = 0
    for name, value in values.items():
        for place in places(value, many):
            other = changed(value, place)
            if name.endswith(".sealing_secret") and clamp(bytes.fromhex(other)) == clamp(bytes.fromhex(value)):
                alike += 1                          # RFC 7748 ignores these bits: the same secret
                continue
            tried += 1
            if run({**values, name: other}, False):
                caught += 1
            else:
                print("not noticed: %s, character %d" % (name, place))
        tried += 1
        caught += bool(run({k: v for k, v in values.items() if k != name}, False))
    print("%d values; %d mutations (changes and removals), %d caught; %d left out, which change no X25519 secret"
          % (len(values), tried, caught, alike))
    return tried - caught + self_test_of_signed(values)

def main(arguments):
    testing = "--self-test" in arguments
    rest = [a for a in arguments if a != "--self-test"]
    many = int(rest.pop()) if testing and rest and rest[-1].isdigit() else 16
    path = rest[0] if rest else os.path.join(os.path.dirname(os.path.abspath(__file__)), "protocol-example.json")
    with open(path, encoding="utf-8") as file:
        values = parse(file.read())
    failed = run(values, True)
    print("%d passed, %d failed" % (len(CHECKS) - failed, failed))
    if testing and not failed:
        failed = self_test(values, many)
    return 1 if failed else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
