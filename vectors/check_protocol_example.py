#!/usr/bin/env python3
"""Checks protocol-example.json as an independent implementer would.

Written from docs/PROTOCOL.md, docs/PAPER.md and the RFCs they name, from nothing else, with
Python's standard library only. Slow, and not in constant time: for checking, not for use.

    check_protocol_example.py [FILE]               one line per check; exit 1 if any failed
    check_protocol_example.py --self-test [N]      changes every value of the file in turn, at N
                                                   places (16), and wants a check to fail each time
"""
import hashlib, hmac, json, math, os, re, sys
from functools import cached_property, lru_cache


# What PROTOCOL 10 does not say of its example, found by trying: the hour of both receipts (here);
# that the roster was empty and the order invites afterwards; that the peer request carries the
# declaration (Example.peer_request); that "first" is the first employee of the first category,
# and that nothing is shuffled (first_block, ciphertexts).
HOUR = 1800000000 // 3600

def need(truth, what="does not hold"):
    if not truth:
        raise ValueError(what)

def unhex(text, length=None):
    """PROTOCOL 2: lower-case hexadecimal."""
    need(re.fullmatch("(?:[0-9a-f]{2})*", text), "not lower-case hexadecimal")
    need(length in (None, len(text) // 2), "wrong length")
    return bytes.fromhex(text)


# PROTOCOL 2: messages, hashes, documents

def number(data): return int.from_bytes(data, "big")
def u16(x): return x.to_bytes(2, "big")
def u32(x): return x.to_bytes(4, "big")
def u64(x): return x.to_bytes(8, "big")
def sha256(data): return hashlib.sha256(data).digest()
def message(domain, *fields): return b"".join(u32(len(f)) + f for f in (domain.encode("ascii"), *fields))
def hash_(domain, *fields): return sha256(message(domain, *fields))

def parse(text):
    """PROTOCOL 2, JSON: nothing doubled; objects, arrays, strings, booleans, integers below 2^53."""
    def unique(pairs):
        need(len(dict(pairs)) == len(pairs), "doubled field")
        return dict(pairs)
    def integer(digits):
        need(abs(int(digits)) < 2 ** 53, "integer too large")
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


# The curve of RFC 8032 and RFC 9496, points as (X, Y, Z, T)

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)

def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P

@lru_cache(100000)
def times(k, point):
    result = ZERO
    for bit in bin(k)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result

def equal(a, b): return (a[0] * b[2] - b[0] * a[2]) % P == 0 == (a[1] * b[2] - b[1] * a[2]) % P


# Ed25519: RFC 8032, section 5.1

def ed_encode(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")

def ed_decode(data):
    y, sign = int.from_bytes(data, "little") & 2 ** 255 - 1, data[31] >> 7
    need(y < P, "point not canonical")
    square, x = sqrt_ratio(y * y - 1, D * y * y + 1)
    need(square and (x or not sign), "no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

def ed_secret(seed):
    digest = hashlib.sha512(seed).digest()
    return int.from_bytes(digest[:32], "little") & 2 ** 254 - 8 | 2 ** 254, digest[32:]

def sha512_mod_l(*parts): return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L

@lru_cache(100000)
def ed_public(seed):
    return ed_encode(times(ed_secret(seed)[0], BASE))

@lru_cache(100000)
def ed_sign(seed, text):
    (secret, prefix), public = ed_secret(seed), ed_public(seed)
    nonce = sha512_mod_l(prefix, text)
    point = ed_encode(times(nonce, BASE))
    return point + ((nonce + sha512_mod_l(point, public, text) * secret) % L).to_bytes(32, "little")

@lru_cache(100000)
def ed_verify(public, text, signature):
    """Strictly (PROTOCOL 2): canonical points and scalar, no key of small order; without cofactor."""
    a, r, s = ed_decode(public), ed_decode(signature[:32]), int.from_bytes(signature[32:], "little")
    need(len(signature) == 64 and s < L, "scalar not canonical")
    need(not equal(times(8, a), ZERO), "key of small order")
    need(equal(times(s, BASE), add(r, times(sha512_mod_l(signature[:32], public, text), a))), "wrong signature")


# Ristretto255: RFC 9496, section 4

def sqrt_ratio(u, v):
    r = u * v ** 3 * pow(u * v ** 7, (P - 5) // 8, P) % P
    check, u = v * r * r % P, u % P
    if check in ((-u) % P, -u * I % P):
        r = r * I % P
    return check in (u, (-u) % P), min(r, P - r, key=lambda x: x & 1)

BASE = ed_decode(bytes([0x58]) + bytes([0x66]) * 31)
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578

def ristretto_encode(point):
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    root = sqrt_ratio(1, u1 * u2 * u2 % P)[1]
    den1, den2 = root * u1 % P, root * u2 % P
    z_inverse = den1 * den2 * t % P
    if t * z_inverse % P & 1:
        x, y, den2 = y * I, x * I, den1 * INVSQRT_A_MINUS_D
    if x * z_inverse % P & 1:
        y = -y
    s = den2 * (z - y) % P
    return min(s, P - s, key=lambda v: v & 1).to_bytes(32, "little")

def ristretto_map(data):
    t = (int.from_bytes(data, "little") & 2 ** 255 - 1) % P
    r = I * t * t % P
    u, v = (r + 1) * (1 - D * D) % P, (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    c = -1
    if not square:
        s, c = -min(s * t % P, -s * t % P, key=lambda w: w & 1), r
    n = c * (r - 1) * (D - 1) ** 2 - v
    w0, w1, w2, w3 = 2 * s * v, n * SQRT_AD_MINUS_ONE, 1 - s * s, 1 + s * s
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P

@lru_cache(100000)
def from_uniform_bytes(data): return add(ristretto_map(data[:32]), ristretto_map(data[32:]))


# X25519 (RFC 7748), HKDF (RFC 5869), ChaCha20-Poly1305 (RFC 8439), HPKE (RFC 9180)

def clamp(secret): return int.from_bytes(secret, "little") & 2 ** 254 - 8 | 2 ** 254

@lru_cache(100000)
def x25519(secret, u=(9).to_bytes(32, "little")):
    k, x1 = clamp(secret), (int.from_bytes(u, "little") & 2 ** 255 - 1) % P
    x2, z2, x3, z3 = 1, 0, x1, 1
    for bit in range(254, -1, -1):
        if k >> bit & 1: x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3, x2, z2 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P, aa * bb % P, e * (aa + 121665 * e) % P
        if k >> bit & 1: x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")

def hmac256(key, data): return hmac.new(key, data, "sha256").digest()

def expand(key, info, length):
    block, out = b"", b""
    while len(out) < length:
        block = hmac256(key, block + info + bytes([len(out) // 32 + 1]))
        out += block
    return out[:length]

def chacha_block(key, counter, nonce):
    words = lambda data: [int.from_bytes(data[i:i + 4], "little") for i in range(0, len(data), 4)]
    start = words(b"expand 32-byte k") + words(key) + [counter] + words(nonce)
    s = start[:]
    def mix(a, b, c, d):
        for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = s[x] + s[y] & 0xffffffff
            s[z] ^= s[x]
            s[z] = (s[z] << n | s[z] >> 32 - n) & 0xffffffff
    for _ in range(10):
        for i in range(4): mix(i, i + 4, i + 8, i + 12)
        for i in range(4): mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return b"".join((a + b & 0xffffffff).to_bytes(4, "little") for a, b in zip(s, start))

def poly1305(key, data):
    r, a = int.from_bytes(key[:16], "little") & 0x0ffffffc0ffffffc0ffffffc0fffffff, 0
    for i in range(0, len(data), 16):
        a = (a + int.from_bytes(data[i:i + 16] + b"\1", "little")) * r % (2 ** 130 - 5)
    return (a + int.from_bytes(key[16:], "little") & 2 ** 128 - 1).to_bytes(16, "little")

def chacha_open(key, nonce, aad, sealed):
    pad = lambda data: data + bytes(-len(data) % 16)
    text, tag = sealed[:-16], sealed[-16:]
    lengths = len(aad).to_bytes(8, "little") + len(text).to_bytes(8, "little")
    need(poly1305(chacha_block(key, 0, nonce)[:32], pad(aad) + pad(text) + lengths) == tag, "does not open")
    stream = b"".join(chacha_block(key, 1 + i, nonce) for i in range((len(text) + 63) // 64))
    return bytes(a ^ b for a, b in zip(text, stream))

@lru_cache(1000)
def hpke_open(secret, info, aad, sealed):
    """RFC 9180, sections 4.1 and 5.1: base mode, KEM 0x0020, KDF 0x0001, AEAD 0x0003."""
    kem, suite = b"KEM" + u16(0x20), b"HPKE" + u16(0x20) + u16(1) + u16(3)
    extract = lambda ids, salt, label, ikm: hmac256(salt or bytes(32), b"HPKE-v1" + ids + label + ikm)
    labelled = lambda ids, prk, label, data, n: expand(prk, u16(n) + b"HPKE-v1" + ids + label + data, n)
    enc, info = sealed[:32], info.encode("ascii")
    dh = x25519(secret, enc)
    need(any(dh), "small order")
    shared = labelled(kem, extract(kem, b"", b"eae_prk", dh), b"shared_secret", enc + x25519(secret), 32)
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    prk = extract(suite, shared, b"secret", b"")
    key, nonce = labelled(suite, prk, b"key", context, 32), labelled(suite, prk, b"base_nonce", context, 12)
    return chacha_open(key, nonce, aad, sealed[32:])


# PAPER.md

power = lru_cache(100000)(pow)

def residue(domain, n, survey, suffix=b""):
    """PAPER, Bytes: a hash as a number modulo n."""
    xof = hashlib.shake_256(domain.encode("ascii") + n + survey + suffix).digest(len(n) + 16)
    return number(xof) % number(n)

@lru_cache(1000)
def admit_key(data):
    """PAPER, What is refused: a key."""
    n, bits = number(data), 8 * len(data)
    need(bits in (2048, 3072, 4096) and n >> bits - 1 == 1, "length")
    need(all(n % k for k in range(2, 6370)), "even, or a small factor")
    for k in range(2, bits // 12):
        root = 0
        for bit in range(bits // k, -1, -1):
            if (root | 1 << bit) ** k <= n: root |= 1 << bit
        need(root ** k != n, "a power")
    need(pow(2, n - 1, n) != 1, "a prime")

def key_proof_holds(data, survey, proof):
    """PAPER, The key proof: eleven n-th roots."""
    n, width = number(data), len(data)
    need(len(proof) == 11 * width, "length")
    for i in range(11):
        root = number(proof[i * width:(i + 1) * width])
        challenge = residue("sealed-pay/v1/paillier-key-proof", data, survey, bytes([i]))
        need(0 < root < n and power(root, n, n) == challenge, "root %d" % i)

def noise_base(data, survey):
    """PAPER, Formulas: h_s = (-x^2)^n modulo n^2."""
    n = number(data)
    return power(-residue("sealed-pay/v1/paillier-h", data, survey) ** 2 % n, n, n * n)

def admit_ciphertext(data, n):
    """PAPER, What is refused: a ciphertext. Returns c."""
    width = len(data) // 2
    c0, c1 = number(data[:width]), number(data[width:])
    need(2 * width == n.bit_length() // 4 and c0 < n and c1 < n and (c0 or c1), "not reduced, or zero")
    need(math.gcd(c0, n) == 1, "shares a factor with n")
    return c0 + c1 * n

def ciphertext_bytes(c, n): return b"".join(x.to_bytes(n.bit_length() // 8, "big") for x in (c % n, c // n))

def jacobi(a, n):
    """PAPER, What secrecy rests on: +1 for every ciphertext made with h_s."""
    sign = 1
    while a:
        while a % 2 == 0:
            a, sign = a // 2, -sign if n % 8 in (3, 5) else sign
        a, n, sign = n, a, -sign if a % 4 == 3 == n % 4 else sign
        a %= n
    return sign if n == 1 else 0


# PROTOCOL 3 and 4: the manifest's rules, slots and blocks

FIELDS = """format survey title purpose contact period dimensions compared reference measures granularity
 max_reporters max_employees_per_reporter thresholds max_missing closes_not_before closes_at rehearsal validity
 data_server computation_server organizer_key paillier roster_root""".split()

def fields(document, *names): need(isinstance(document, dict) and sorted(document) == sorted(names), "fields")

def manifest_rules(m):
    """PROTOCOL 3, Manifest."""
    fields(m, *FIELDS)
    (dimension,), (measure,) = m["dimensions"], m["measures"]
    fields(dimension, "name", "categories")
    fields(measure, "name", "unit", "decimals", "hard", "soft")
    least = {"min_reporters": 3, "min_cell_reporters": 3, "min_cell_employees": 6}
    fields(m["thresholds"], *least)
    fields(m["paillier"], "n", "proof", "signature")
    for limits in (measure["hard"], measure["soft"]):
        fields(limits, "min", "max")
        need(limits["min"] <= limits["max"])
    for server in (m["data_server"], m["computation_server"]):
        fields(server, "operator", "url", "signing_key", "sealing_key")
        unhex(server["signing_key"], 32), unhex(server["sealing_key"], 32)
    unhex(m["survey"], 32), unhex(m["organizer_key"], 32), unhex(m["roster_root"], 32)
    categories = dimension["categories"]
    numbers = [m[k] for k in FIELDS if k.startswith(("max_", "closes_"))] + [measure["decimals"]]
    texts = [m[k] for k in ("title", "purpose", "contact", "period")] + [measure["name"], measure["unit"], *categories]
    need({type(x) for x in numbers} == {int} and {type(x) for x in texts} == {str} and type(m["rehearsal"]) is bool)
    need(m["format"] == "sealed-pay/manifest/1" and m["validity"] == "none")
    need(m["granularity"] in ("records", "totals") and m["closes_not_before"] <= m["closes_at"])
    need(len({c.casefold() for c in categories}) == len(categories) > 0 and m["reference"] in categories)
    need(m["compared"] == dimension["name"] and m["max_employees_per_reporter"] >= 1)
    need(all(m["thresholds"][k] >= least[k] for k in least) and 0 <= 10 * m["max_missing"] <= m["max_reporters"])

def log2_up(x): return (x - 1).bit_length()

def limb_bits(m):
    """PROTOCOL 4: L if the sum is two limbs, else None."""
    employees, most = m["max_employees_per_reporter"], m["measures"][0]["hard"]["max"]
    if (employees * most).bit_length() <= 40:
        return None
    return 40 - log2_up(employees) if m["granularity"] == "records" else 40

def slots(m):
    """PROTOCOL 4: for every group its slots as (width, block, offset). Every group begins a block."""
    employees, most, limb = m["max_employees_per_reporter"], m["measures"][0]["hard"]["max"], limb_bits(m)
    groups = len(m["dimensions"][0]["categories"])
    sums = [(employees * most).bit_length()]
    if limb is not None:
        sums = [40, min(40, max(1, (employees * (most >> limb)).bit_length()))]
    bits = [1, employees.bit_length(), *sums]
    layout, block, offset = [], 0, 0
    for b in bits:
        alike = groups * bits.count(b)
        noise = next(k for k in range(99) if 4 ** k >= 2 ** 15 * 121 * alike)    # log2(2^8 * 11 * sqrt(S/2)), up
        width = b + noise + log2_up(m["max_reporters"]) + 1
        if offset + width > 4 * len(m["paillier"]["n"]) - 2:
            block, offset = block + 1, 0
        layout.append((width, block, offset))
        offset += width
    return [layout] * groups

def pack(layout, values):
    """PROTOCOL 4: the blocks of one entry."""
    blocks = [0] * (layout[-1][1] + 1)
    for (width, block, offset), value in zip(layout, values, strict=True):
        need(0 <= value < 1 << width)
        blocks[block] += value << offset
    return blocks

def padded(entries):
    """PROTOCOL 4, Records: the length of a group."""
    return next((n for n in (16, 32, 64, 128) if entries <= n), -(-entries // 256) * 256)


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
    def peer_request(self):
        """PROTOCOL 8: R, and time and nonce as the header has them. The request is the declaration's."""
        version, time, nonce, _ = self["peer.request_header"].split(" ")
        need(version == "1" and re.fullmatch("0|[1-9][0-9]*", time), "header")
        body = self.signed_statement + u64(HOUR) + self.bytes("receipt.held", 64) + self.bytes("declaration")
        path = "/v1/peer/surveys/%s/declarations" % self.survey.hex()
        return hash_("sealed-pay/v1/peer-request", unhex(self.manifest["data_server"]["signing_key"], 32),
                     unhex(self.manifest["computation_server"]["signing_key"], 32), b"POST", path.encode(),
                     sha256(body), u64(int(time)), unhex(nonce, 16))

    def scalar(self, name):
        value = int.from_bytes(self.bytes(name, 32), "little")
        need(value < L, "scalar not canonical")
        return value

    def generator(self, use, suffix=b""):
        """PROTOCOL 5.3."""
        return from_uniform_bytes(hashlib.sha512(b"sealed-pay/v1/" + use + self.fingerprint + suffix).digest())

    def signed(self, seed, signature, domain, *parts):
        """The signature verifies strictly, and is the one that the seed makes."""
        seed, text = self.bytes(seed, 32), message(domain, *parts)
        ed_verify(ed_public(seed), text, signature)
        need(ed_sign(seed, text) == signature, "another signature than the seed's")

    @cached_property
    def opened_submission(self):
        """PROTOCOL 5.6."""
        return hpke_open(self.bytes("data_server.sealing_secret", 32), "sealed-pay/v1/submission", self.aad,
                         self.bytes("submission"))

    @cached_property
    def groups(self):
        """PROTOCOL 5.6: per group its entries, each a list of ciphertexts as bytes."""
        rest, groups = self.opened_submission[1 + 197 + 32 + 309:], []
        for layout in slots(self.manifest):
            count, rest, entries = number(rest[:4]), rest[4:], []
            for _ in range(count):
                size, blocks = 2 * len(self.n_bytes), layout[-1][1] + 1
                need(len(rest) >= size * blocks, "too short")
                entries.append([rest[i * size:(i + 1) * size] for i in range(blocks)])
                rest = rest[size * blocks:]
            groups.append(entries)
        need(not rest, "too long")
        return groups

def same(a, b): need(a == b, "differs")

def server_keys(e, server):
    """PROTOCOL 1: a key for signing and a key for sealing."""
    same(ed_public(e.bytes(server + ".signing_seed", 32)).hex(), e.manifest[server]["signing_key"])
    same(x25519(e.bytes(server + ".sealing_secret", 32)).hex(), e.manifest[server]["sealing_key"])

def organizer(e):
    """PROTOCOL 3, Fingerprint."""
    same(ed_public(e.bytes("organizer.signing_seed")).hex(), e.manifest["organizer_key"])
    signature = e.bytes("manifest.organizer_signature")
    e.signed("organizer.signing_seed", signature, "sealed-pay/v1/manifest-signature", e.fingerprint)

def link(e):
    """PROTOCOL 5, Link."""
    shape = "(.*)/take-part/([0-9a-f]{64})#([0-9a-f]{32})[.]([0-9a-f]{64})"
    base, survey, secret, fingerprint = re.fullmatch(shape, e["link"]).groups()
    same((base, survey, fingerprint), (e.manifest["data_server"]["url"], e.survey.hex(), e.fingerprint.hex()))
    seed = expand(hmac256(e.survey, unhex(secret)), b"sealed-pay/v1/invitation-key", 32)
    same((seed.hex(), ed_public(seed).hex()), (e["invitation.seed"], e["invitation_key"]))

def order(e):
    """PROTOCOL 3, Orders; PROTOCOL 2, Signed document."""
    document, invite = parse(e["order"]), {"kind": "invite", "keys": [e["invitation_key"]]}
    same(canonical(document).decode(), e["order"])
    same(document["body"], {"fingerprint": e.fingerprint.hex(), "sequence": 1, "order": invite})
    signature = unhex(document["signature"])
    e.signed("organizer.signing_seed", signature, "sealed-pay/v1/order", e.fingerprint, canonical(document["body"]))

def enrolment(e, seed, name, domain):
    """PROTOCOL 5.2."""
    e.signed(seed, e.bytes(name), "sealed-pay/v1/" + domain, e.fingerprint, e.bytes("invitation_key", 32), e.credential)

def values(e):
    """PROTOCOL 4: one value per slot, none more than one reporter may have."""
    m, v, limb = e.manifest, e.slot_values, limb_bits(e.manifest)
    per, hard = len(slots(m)[0]), m["measures"][0]["hard"]
    same((json.dumps(v), len(v)), (e["values"], per * len(slots(m))))
    for i in range(0, len(v), per):
        reporters, employees, total = v[i], v[i + 1], v[i + 2] + (v[i + 3] << limb if limb else 0)
        need(reporters == (employees > 0) and employees * hard["min"] <= total <= employees * hard["max"])
    need(sum(v[1::per]) <= m["max_employees_per_reporter"])

def first_block(e):
    """PROTOCOL 4: the only employee of the first category, whose amount is therefore the sum."""
    layout = slots(e.manifest)[0]
    same(e.slot_values[:2], [1, 1])
    block, = pack(layout, [0] + e.slot_values[1:len(layout)])
    same(block.to_bytes(len(e.n_bytes), "big").hex(), e["block.first"])

def first_ciphertext(e):
    """PAPER, Formulas: encryption."""
    m, a = number(e.bytes("block.first", len(e.n_bytes))), number(e.bytes("exponent.first", len(e.n_bytes) // 2))
    c = (1 + m * e.n) * power(noise_base(e.n_bytes, e.survey), a, e.n ** 2) % e.n ** 2
    same(ciphertext_bytes(c, e.n).hex(), e["ciphertext.first"])

def commitments(e):
    """PROTOCOL 5.3."""
    blind, share = e.generator(b"blind"), e.generator(b"share")
    c = times((e.scalar("s_D") + e.scalar("s_C")) % L, blind)
    for j, value in enumerate(e.slot_values):
        c = add(c, times(value, e.generator(b"slot", j.to_bytes(4, "little"))))
    k = add(times(e.scalar("s_C"), blind), times(e.scalar("t"), share))
    same((ristretto_encode(c).hex(), ristretto_encode(k).hex()), (e["C"], e["K"]))

def receipt_code(e):
    """PROTOCOL 5.6."""
    bits = number(e.statement_hash) >> 156
    digits = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 95 - 5 * i & 31] for i in range(20))
    same("-".join(re.findall(".....", digits)), e["receipt_code"])

def declaration(e):
    """PROTOCOL 5.5."""
    secret, sealed = e.bytes("computation_server.sealing_secret"), e.bytes("declaration", 309)
    opened = hpke_open(secret, "sealed-pay/v1/declaration", e.aad, sealed)
    same(opened, e.signed_statement + e.bytes("s_C") + e.bytes("t"))

def group_lengths(e):
    """PROTOCOL 4, Records."""
    employees = e.slot_values[1::len(slots(e.manifest)[0])]
    same([len(group) for group in e.groups], [padded(count + 1) for count in employees])

def ciphertexts(e):
    """PROTOCOL 5.6; PAPER, What is refused."""
    all_ = [c for group in e.groups for entry in group for c in entry]
    need(all(jacobi(admit_ciphertext(c, e.n) % e.n, e.n) == 1 for c in all_), "Jacobi symbol")
    same((len(set(all_)), all_[0].hex()), (len(all_), e["ciphertext.first"]))

def products(e):
    """PROTOCOL 6.4: what the data server makes of a group and block."""
    for column in (column for group in e.groups for column in zip(*group)):
        product = 1
        for c in column:
            product = product * admit_ciphertext(c, e.n) % e.n ** 2
        same(admit_ciphertext(ciphertext_bytes(product, e.n), e.n), product)

def receipt(e, server, name):
    """PROTOCOL 5.6."""
    fields_ = e.fingerprint, e.statement_hash, u64(HOUR)
    e.signed(server + ".signing_seed", e.bytes("receipt." + name), "sealed-pay/v1/" + name, *fields_)

def peer_request(e):
    """PROTOCOL 8."""
    signature = unhex(e["peer.request_header"].split(" ")[3])
    e.signed("data_server.signing_seed", signature, "sealed-pay/v1/peer-request", e.peer_request)

def peer_answer(e):
    """PROTOCOL 8."""
    version, signature = e["peer.answer_header_for_200_and_braces"].split(" ")
    fields_ = e.peer_request, u16(200), sha256(b"{}")
    same(version, "1")
    e.signed("computation_server.signing_seed", unhex(signature), "sealed-pay/v1/peer-answer", *fields_)

CHECKS = [                                                    # number: section of PROTOCOL.md
    ("3 manifest: every rule", lambda e: manifest_rules(e.manifest)),
    ("2 manifest: stands in its canonical encoding", lambda e: same(canonical(e.manifest).decode(), e["manifest"])),
    ("3 fingerprint", lambda e: same(e.fingerprint.hex(), e["fingerprint"])),
    ("3 manifest: the organizer's key and signature", organizer),
    ("1 data server: keys from seed and secret", lambda e: server_keys(e, "data_server")),
    ("1 computation server: keys from seed and secret", lambda e: server_keys(e, "computation_server")),
    ("3 Paillier key: the computation server's signature", lambda e: e.signed(
        "computation_server.signing_seed", unhex(e.paillier["signature"]), "sealed-pay/v1/paillier-key", e.survey,
        e.n_bytes)),
    ("PAPER Paillier key: admitted", lambda e: admit_key(e.n_bytes)),
    ("PAPER Paillier key: the proof's eleven roots",
        lambda e: key_proof_holds(e.n_bytes, e.survey, unhex(e.paillier["proof"]))),
    ("PAPER h_s, from n and survey id",
        lambda e: same(ciphertext_bytes(noise_base(e.n_bytes, e.survey), e.n).hex(), e["paillier.h_s"])),
    ("5 link, and the invitation's seed and key from it", link),
    ("3 roster: the root, of nobody yet",
        lambda e: same(hash_("sealed-pay/v1/roster", e.survey).hex(), e.manifest["roster_root"])),
    ("3 order: invites the invitation key, signed by the organizer", order),
    ("5.2 credential, from the reporter's seed", lambda e: same(e.credential.hex(), e["credential"])),
    ("5.2 enrolment: the invitation's signature",
        lambda e: enrolment(e, "invitation.seed", "enrolment.signature", "enrolment")),
    ("5.2 enrolment: the data server's signature",
        lambda e: enrolment(e, "data_server.signing_seed", "enrolled.data_server", "enrolled")),
    ("4 slots: widths and offsets", lambda e: same(
        " ".join("%d@%d" % (w, o) for layout in slots(e.manifest) for w, _, o in layout), e["slots.width_offset"])),
    ("4 values", values),
    ("4 block of the first employee", first_block),
    ("PAPER ciphertext, from block and exponent", first_ciphertext),
    ("5.3 C and K, from values and shares", commitments),
    ("5.4 statement: 133 bytes", lambda e: same((e.statement.hex(), len(e.statement)), (e["statement"], 133))),
    ("5.4 statement: the reporter's signature", lambda e: e.signed(
        "reporter.seed", e.bytes("statement.signature"), "sealed-pay/v1/statement", e.statement)),
    ("5.4 statement hash", lambda e: same(e.statement_hash.hex(), e["statement.hash"])),
    ("5.4 aad", lambda e: same(e.aad.hex(), e["aad"])),
    ("5.6 receipt code", receipt_code),
    ("5.5 declaration: opens; signed statement, s_C, t", declaration),
    ("5.6 submission: opens; 01, signed statement, s_D, declaration", lambda e: same(
        e.opened_submission[:539], b"\1" + e.signed_statement + e.bytes("s_D") + e.bytes("declaration"))),
    ("4 submission: groups padded, entries and blocks complete", group_lengths),
    ("PAPER submission: ciphertexts reduced, units, of Jacobi symbol 1, none twice", ciphertexts),
    ("6.4 submission: the product over each group and block is a ciphertext", products),
    ("5.6 receipt: held", lambda e: receipt(e, "data_server", "held")),
    ("5.6 receipt: declared", lambda e: receipt(e, "computation_server", "declared")),
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
    return tried - caught

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
