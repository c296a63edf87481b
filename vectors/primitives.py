"""The primitives that docs/PROTOCOL.md names: Ed25519, Ristretto255, X25519, HKDF, ChaCha20-Poly1305, HPKE.

From their RFCs, with Python's standard library only. Slow, and not in constant time: for checking, not for use.
"""
import hashlib, hmac
from functools import lru_cache


def need(truth, what="does not hold"):
    if not truth:
        raise ValueError(what)

def number(data): return int.from_bytes(data, "big")
def u16(x): return x.to_bytes(2, "big")
def sha256(data): return hashlib.sha256(data).digest()
def sha512(data): return hashlib.sha512(data).digest()


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

def ed_point(data):
    """A point as PROTOCOL 2 takes it, of a key or a signature."""
    point = ed_decode(data)
    need(len(data) == 32 and not equal(times(8, point), ZERO), "small order")
    return point

def ed_secret(seed):
    digest = sha512(seed)
    return int.from_bytes(digest[:32], "little") & 2 ** 254 - 8 | 2 ** 254, digest[32:]

def sha512_mod_l(*parts): return int.from_bytes(sha512(b"".join(parts)), "little") % L

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
    """Strictly (PROTOCOL 2): canonical points and scalar, neither key nor R of small order; without cofactor."""
    a, r, s = ed_point(public), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    need(len(signature) == 64 and s < L, "scalar not canonical")
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
