#!/usr/bin/env python3
"""Checks packproof.json as an independent verifier would.

Written from docs/PROOF.md, sections 1 to 5, and what it names of docs/PROTOCOL.md and docs/PAPER.md, from
nothing else, with Python's standard library only. Slow, and not in constant time: for checking, not for use.

    check_packproof.py [FILE]        one line per case; exit 1 if any is not answered as the file says
"""
import hashlib, json, math, os, sys
sys.dont_write_bytecode = True
from functools import lru_cache

from paper import admit_ciphertext, admit_key, noise_base
from primitives import I, L, P, ZERO, D, add, equal, from_uniform_bytes, number, sha512, sqrt_ratio

ROWS = 128


class Refused(Exception):
    """Its text is a name of the table in section 5, or "shape"."""

def need(truth, name):
    if not truth:
        raise Refused(name)


# Section 2: bytes

def u32(x): return x.to_bytes(4, "big")
def i64(x): return x.to_bytes(8, "big", signed=True)
def little(data): return int.from_bytes(data, "little")

def xof(domain, *fields, length):
    parts = (b"sealed-pay/v1/packproof/" + domain.encode("ascii"), *fields)
    return hashlib.shake_256(b"".join(u32(len(part)) + part for part in parts)).digest(length)

def weights(domain, state, count):
    data = xof(domain, state, length=16 * count)
    return [little(data[16 * i:16 * i + 16]) for i in range(count)]

@lru_cache(100000)
def generator(domain, fingerprint, index=None):
    suffix = b"" if index is None else index.to_bytes(4, "little")
    return from_uniform_bytes(sha512(b"sealed-pay/v1/" + domain.encode("ascii") + fingerprint + suffix))


# Ristretto255: RFC 9496, section 4.3.1, and sums of multiples

@lru_cache(100000)
def decode(data):
    s = little(data)
    need(s < P and s % 2 == 0, "point")
    u1, u2 = (1 - s * s) % P, (1 + s * s) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, inverse = sqrt_ratio(1, v * u2 * u2 % P)
    x = 2 * s * inverse * u2 % P
    x = P - x if x % 2 else x
    y = u1 * inverse * u2 * inverse * v % P
    t = x * y % P
    need(square and t % 2 == 0 and y != 0, "point")
    need(s != 0, "point")
    return x, y, 1, t

def multiply(pairs):
    """Sum of k times point, by buckets of six bits."""
    pairs = [(k % L, point) for k, point in pairs]
    total = ZERO
    for window in range(252 // 6, -1, -1):
        for _ in range(6):
            total = add(total, total)
        buckets = {}
        for k, point in pairs:
            digit = k >> 6 * window & 63
            if digit:
                buckets[digit] = add(buckets[digit], point) if digit in buckets else point
        running = partial = ZERO
        for digit in range(max(buckets, default=0), 0, -1):
            running = add(running, buckets.get(digit, ZERO))
            partial = add(partial, running)
        total = add(total, partial)
    return total

def is_zero(pairs):
    """Whether the sum is neutral: Ristretto's elements are cosets of the points of order 4."""
    x, y, _, _ = multiply(pairs)
    return x == 0 or y == 0


# Sections 1 and 2: shapes. A form is (terms, constant).

class Shape:
    def __init__(self, document, bits):
        self.blocks, self.bits = document["blocks"], bits
        self.slots = [(slot["kind"] == "bounded", slot["block"], slot["offset"], slot.get("bits", 1))
                      for slot in document["slots"]]
        self.facts = [form(fact) for fact in document["facts"]]
        self.ranges = [(form(x), form(y)) for x, y in document["ranges"]]
        self.check_slots()
        self.check_forms()
        widths = [self.largest_sum(*range_) for range_ in self.ranges]
        need(all(1 <= width < 2 ** 62 for width in widths), "shape")
        self.classes = self.make_classes(widths)
        for range_ in self.ranges:
            need(all(self.reach(side) < 2 ** 120 for side in range_), "shape")

    def check_slots(self):
        need(1 <= len(self.slots) <= 65536 and 1 <= self.blocks <= 65536, "shape")
        for _, block, offset, bits in self.slots:
            need(1 <= bits <= 40 and block < self.blocks and offset + bits <= self.bits - 2, "shape")

    def check_forms(self):
        need(len(self.facts) <= 65536 and len(self.ranges) <= 65536, "shape")
        forms = self.facts + [side for range_ in self.ranges for side in range_]
        need(sum(len(terms) for terms, _ in forms) <= 2 ** 20, "shape")
        for terms, _ in forms:
            slots = [slot for slot, _ in terms]
            need(slots == sorted(set(slots)) and all(0 <= slot < len(self.slots) for slot in slots), "shape")
            need(all(coefficient for _, coefficient in terms), "shape")

    def exact(self):
        """The slots with a range (v, N - v), and N."""
        found = {}
        for (low, zero), (high, most) in self.ranges:
            if len(low) == len(high) == 1 and low[0][1] == 1 and high[0] == (low[0][0], -1) and zero == 0 <= most:
                found[low[0][0]] = most
        return found

    def largest_sum(self, x, y):
        """N_R, where nothing in X + Y can be negative."""
        both = {}
        for slot, coefficient in x[0] + y[0]:
            both[slot] = both.get(slot, 0) + coefficient
        total, exact = x[1] + y[1], self.exact()
        need(total >= 0, "shape")
        for slot, coefficient in both.items():
            if coefficient:
                is_bounded = self.slots[slot][0]
                need(coefficient > 0 and (not is_bounded or slot in exact), "shape")
                total += coefficient * (exact[slot] if is_bounded else 1)
        return total

    def make_classes(self, widths):
        """Section 3: (members, bits, is it the roots')."""
        by_bits = {}
        for j, (is_bounded, _, _, bits) in enumerate(self.slots):
            if is_bounded:
                by_bits.setdefault(bits, []).append(j)
        classes = [Class(by_bits[bits], bits, False) for bits in sorted(by_bits)]
        if widths:
            classes.append(Class(list(range(3 * len(widths))), max(widths).bit_length(), True))
        return classes

    def reach(self, form_):
        bound = {c.bits: 254 * c.beta for c in self.classes if not c.of_roots}
        one = lambda slot: bound[self.slots[slot][3]] if self.slots[slot][0] else 1
        return sum(abs(c) * one(slot) for slot, c in form_[0]) + abs(form_[1])

    def encode(self):
        form_ = lambda f: (u32(len(f[0])) + b"".join(u32(slot) + i64(c) for slot, c in f[0]) + i64(f[1]))
        slot = lambda s: bytes([s[0]]) + u32(s[1]) + u32(s[2]) + u32(s[3])
        return (u32(self.blocks) + u32(len(self.slots)) + b"".join(map(slot, self.slots))
                + u32(len(self.facts)) + b"".join(map(form_, self.facts))
                + u32(len(self.ranges)) + b"".join(form_(x) + form_(y) for x, y in self.ranges))

    def indicators(self): return [j for j, slot in enumerate(self.slots) if not slot[0]]

def form(document): return [tuple(term) for term in document["terms"]], document["constant"]

class Class:
    def __init__(self, members, bits, of_roots):
        self.members, self.bits, self.of_roots = members, bits, of_roots
        self.beta = (math.isqrt(242 * len(members) << 60) << bits - 1) >> 30
        self.mask, self.bound = 128 * self.beta, 127 * self.beta
        self.bytes = ((2 * self.bound).bit_length() + 7) // 8


class Setting:
    """What all proofs of one survey share."""
    def __init__(self, document):
        self.fingerprint, self.survey, self.n_bytes = (bytes.fromhex(document[f]) for f in ("fingerprint", "survey", "n"))
        admit_key(self.n_bytes)
        self.n = number(self.n_bytes)
        self.h = noise_base(self.n_bytes, self.survey)
        self.shape = Shape(document["shape"], self.n.bit_length())

    def g(self, j): return generator("slot", self.fingerprint, j)
    def e(self, i): return generator("mask", self.fingerprint, i)
    def f(self, i): return generator("square", self.fingerprint, i)
    def named(self, name): return generator(name, self.fingerprint)

    def pair(self, c):
        """c as bytes: c0, c1 in base n."""
        width = len(self.n_bytes)
        return (c % self.n).to_bytes(width, "big") + (c // self.n).to_bytes(width, "big")

    def exponent_bits(self, entries):
        log = lambda x: (x - 1).bit_length()
        return self.n.bit_length() // 2 + log(entries) + log(self.shape.blocks) + 336


# Section 4: the transcript, and a proof's bytes

def statement_state(setting, s):
    shape = xof("shape", setting.shape.encode(), length=64)
    return xof("statement", s["context"], setting.fingerprint, setting.n_bytes, setting.pair(setting.h), shape,
               s["commitment"], s["share_commitment"], s["data_share"], u32(s["entries"]),
               b"".join(s["ciphertexts"]), length=64)

def columns(state, kappa, masks, count):
    """Of every member, the rows with 1 and those with -1, as bits."""
    data = xof("rows", state, u32(kappa), masks, length=32 * count)
    return [(little(data[32 * i:32 * i + 16]), little(data[32 * i + 16:32 * i + 32])) for i in range(count)]

def entry(column, row): return (column[0] >> row & 1) - (column[1] >> row & 1)

class Weights:
    def __init__(self, shape, state):
        self.rows = weights("row-weights", state, ROWS * len(shape.classes))
        self.facts = weights("fact-weights", state, len(shape.facts))
        self.products = weights("product-weights", state, len(shape.indicators()) + len(shape.ranges))
        self.blocks = weights("block-weights", state, shape.blocks)

    def line(self, shape, state, masks):
        """d of every slot and of every root."""
        slots, roots = [0] * len(shape.slots), [0] * 3 * len(shape.ranges)
        for kappa, c in enumerate(shape.classes):
            eta = self.rows[ROWS * kappa:ROWS * (kappa + 1)]
            for member, column in zip(c.members, columns(state, kappa, masks[kappa], len(c.members))):
                (roots if c.of_roots else slots)[member] = sum(w * entry(column, i) for i, w in enumerate(eta))
        return slots, roots

def linear(form_, values): return sum(c * values[slot] for slot, c in form_[0])

class Reader:
    def __init__(self, data): self.data = data
    def take(self, count):
        taken, self.data = self.data[:count], self.data[count:]
        return taken
    def points(self, count):
        points = [self.take(32) for _ in range(count)]
        for point in points:
            decode(point)
        return points
    def scalar(self):
        value = little(self.take(32))
        need(value < L, "scalar")
        return value
    def scalars(self, count): return [self.scalar() for _ in range(count)]

def answer_bits(slot): return slot[3] + 209

def proof_length(setting, entries):
    shape, m = setting.shape, len(setting.shape.classes)
    points, scalars = 6 + 2 * m, 2 + 3 * len(shape.ranges) + ROWS * m + 4 + m
    return (1 + 32 * (points + scalars) + 2 * len(setting.n_bytes) + sum(ROWS * c.bytes for c in shape.classes)
            + sum((answer_bits(slot) + 7) // 8 for slot in shape.slots) + (setting.exponent_bits(entries) + 8) // 8)

class Proof:
    def __init__(self, setting, entries, data):
        shape, m = setting.shape, len(setting.shape.classes)
        need(len(data) == proof_length(setting, entries), "length")
        reader = Reader(data)
        need(reader.take(1) == b"\1", "version")
        self.v, *self.w = reader.points(1 + m)
        self.a, self.a_k, self.a_v, *self.a_rows = reader.points(3 + m)
        self.c1, self.c0 = reader.points(2)
        self.p_bytes = reader.take(2 * len(setting.n_bytes))
        try:
            self.p = admit_ciphertext(self.p_bytes, setting.n)
        except ValueError:
            raise Refused("mask")
        self.tau, self.phi = reader.scalars(2)
        self.u_bytes, self.u = [], []
        for c in shape.classes:
            self.u_bytes.append(reader.take(ROWS * c.bytes))
            numbers = [little(self.u_bytes[-1][c.bytes * i:c.bytes * (i + 1)]) for i in range(ROWS)]
            need(all(x <= 2 * c.bound for x in numbers), "projection-range")
            self.u.append([x - c.bound for x in numbers])
        self.z = []
        for slot in shape.slots:
            self.z.append(little(reader.take((answer_bits(slot) + 7) // 8)))
            need(self.z[-1] < 2 ** answer_bits(slot), "answer-range")
        self.roots, self.rows = reader.scalars(3 * len(shape.ranges)), reader.scalars(ROWS * m)
        self.z_s, self.z_t, self.z_v = reader.scalars(3)
        self.z_rows, self.zeta = reader.scalars(m), reader.scalar()
        bits = setting.exponent_bits(entries) + 1
        self.t = number(reader.take((bits + 7) // 8))
        need(self.t < 2 ** bits, "answer-range")


# Section 5: the verifier

def quadratic(shape, gammas, e, z, roots):
    indicators = shape.indicators()
    total = sum(gamma * z[j] * (e - z[j]) for gamma, j in zip(gammas, indicators))
    for at, (gamma, (x, y)) in enumerate(zip(gammas[len(indicators):], shape.ranges)):
        sides = [linear(side, z) + e * side[1] for side in (x, y)]
        total += gamma * (4 * sides[0] * sides[1] + e * e - sum(w * w for w in roots[3 * at:3 * at + 3]))
    return total

def folded(shape, blocks, values):
    return sum(blocks[slot[1]] * (value << slot[2]) for slot, value in zip(shape.slots, values))

def challenge(state, proof):
    lines = proof.tau.to_bytes(32, "little") + proof.phi.to_bytes(32, "little")
    return little(xof("challenge", state, proof.a, proof.a_k, proof.a_v, b"".join(proof.a_rows), proof.c1, proof.c0,
                      lines, proof.p_bytes, length=16))

def verify(setting, s, data):
    """Raises Refused. s: the statement, its fields in bytes."""
    shape, n = setting.shape, setting.n
    need(len(s["ciphertexts"]) == shape.blocks and 1 <= s["entries"] <= 2 ** 21, "statement")
    proof = Proof(setting, s["entries"], data)
    rows_state = xof("roots", statement_state(setting, s), proof.v, length=64)
    hashed = [part for pair in zip(proof.w, proof.u_bytes) for part in pair]
    state = xof("projection", rows_state, *hashed, length=64)
    w, e = Weights(shape, state), challenge(state, proof)
    slots, roots = w.line(shape, rows_state, proof.w)
    products = lambda a, b: sum(x * y for x, y in zip(a, b))
    left = products(slots, proof.z) + products(roots, proof.roots) + products(w.rows, proof.rows)
    need((left - proof.tau - e * products(w.rows, [u for c in proof.u for u in c])) % L == 0, "projection")
    facts = sum(theta * (linear(fact, proof.z) + e * fact[1]) for theta, fact in zip(w.facts, shape.facts))
    need((facts - proof.phi) % L == 0, "facts")
    group_equations(setting, s, proof, w, e)
    left = (1 + folded(shape, w.blocks, proof.z) % n * n) * pow(setting.h, proof.t, n * n)
    power = 1
    for c, x in zip(s["ciphertexts"], w.blocks):
        power = power * pow(admit_ciphertext(c, n), x, n * n) % (n * n)
    need((left - proof.p * pow(power, e, n * n)) % (n * n) == 0, "ciphertexts")

def group_equations(setting, s, proof, w, e):
    h, h2, q = (setting.named(name) for name in ("blind", "share", "product"))
    minus = lambda k, data: (-k, decode(data))
    slots = [(z, setting.g(j)) for j, z in enumerate(proof.z)]
    s_d = little(s["data_share"])
    need(is_zero(slots + [(proof.z_s + e * s_d, h), minus(1, proof.a), minus(e, s["commitment"])]), "commitment")
    need(is_zero([(proof.z_s, h), (proof.z_t, h2), minus(1, proof.a_k), minus(e, s["share_commitment"])]), "share")
    roots = [(x, setting.f(i)) for i, x in enumerate(proof.roots)]
    need(is_zero(roots + [(proof.z_v, h), minus(1, proof.a_v), minus(e, proof.v)]), "roots")
    for kappa, blind in enumerate(proof.z_rows):
        rows = range(ROWS * kappa, ROWS * (kappa + 1))
        terms = [(proof.rows[i], setting.e(i)) for i in rows]
        need(is_zero(terms + [(blind, h), minus(1, proof.a_rows[kappa]), minus(e, proof.w[kappa])]), "rows")
    g = quadratic(setting.shape, w.products, e, proof.z, proof.roots)
    need(is_zero([(g, q), (proof.zeta, h), minus(e, proof.c1), minus(1, proof.c0)]), "products")


# The file

FIELDS = "setting", "context", "commitment", "share_commitment", "data_share", "ciphertexts", "entries", "proof"

def resolved(cases, case):
    """A case may be like another one, and change bytes of its proof: (at, bytes), a new length, bytes behind it."""
    base = resolved(cases, cases[case["like"]]) if "like" in case else {}
    full = {field: case[field] if field in case else base[field] for field in FIELDS}
    proof = bytearray.fromhex(full["proof"])
    for at, data in case.get("change", []):
        data = bytes.fromhex(data)
        proof[at:at + len(data)] = data
    proof = proof[:case.get("cut", len(proof))] + bytes.fromhex(case.get("behind", ""))
    return {**full, "proof": proof.hex()}

def answer(settings, cases, case):
    full = resolved(cases, case)
    statement = {field: bytes.fromhex(full[field]) for field in FIELDS[1:5]}
    statement.update(ciphertexts=[bytes.fromhex(c) for c in full["ciphertexts"]], entries=full["entries"])
    try:
        verify(settings(full["setting"]), statement, bytes.fromhex(full["proof"]))
    except Refused as refusal:
        return str(refusal)

def shape_answer(document):
    try:
        Shape(document, document["bits"])
    except Refused as refusal:
        return str(refusal)

def main(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    settings = lru_cache(None)(lambda name: Setting(document["settings"][name]))
    cases = {case["name"]: case for case in document["cases"]}
    checks = [(case["name"], case["refusal"], answer(settings, cases, case)) for case in document["cases"]]
    checks += [(shape["name"], "shape", shape_answer(shape)) for shape in document["bad_shapes"]]
    for name, expected, answered in checks:
        if expected != answered:
            print(f"FAILED {name}: {answered or 'accepted'} in place of {expected or 'accepted'}")
    failed = sum(expected != answered for _, expected, answered in checks)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return failed

if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    sys.exit(1 if main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "packproof.json")) else 0)
