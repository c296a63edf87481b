"""Makes paillier-4096.json: textbook encryptions under a key of 4096 bits, as Paillier's paper has them.

paillier.json was made by python-paillier and has no key of this size. This uses Python's integers and hashlib, and
nothing of this project; the primes are OpenSSL's (`openssl prime -generate -safe -bits 2048 -hex`), and public.
Run from this folder: python3 paillier_4096.py > paillier-4096.json
"""

import hashlib
import json

from paper import decrypt, probably_prime

P = int((
    "fd1d047cf978f774257f217366c63c438c2ed4ec00360d0b821412db2376ce0013b7d0174916913c181dcf1d539e82cb"
    "b1711d0e2d26ce85489218c1974fca0bbc7b93fd643281b75d9693bf6993d258bf9cd11d49017b1bfebdd7e79fbab54a"
    "396c79d752418e3b1bcaddcc35c7f878a8511292cc09584b51ab3c09681664baae268aec3cd969279a6078a3100a57b7"
    "b00786b7dfd6d239d998ad9cef26ccb089d91a919ab7f4095bf9cbe6884063e529d42f86162539b3a40acde3a8643918"
    "1641467c54c87aa784b5a0edb6a45bc2d5d613c2da0676761f1bf78736d00a5c2dc2c0a2959081d8cc785ed58028be75"
    "c7a287a7da430e6e1ff6b1da5b613d03"
), 16)
Q = int((
    "daae7f4ba731c70fa7f5fd2690521e8fda9023d3cdc9f1d38b0ed230648cb19da0ff7cb0b0d07bd407c446c8ecc15165"
    "723cb5a78567a17a375a9b1acd1ad876d0d535ba6cd1d025fd3502afef09e11bfe469c9633af873501702f140f62b92e"
    "40662377ade7955f785b89c0a3f480b8e9cb82bba978aa275d7170907b67c05c7055b036f2fc38a6c5605dfc1565bbff"
    "7acd3a0a560ff5329f3ef7de35f94ac2940a00d4206d743776a207c04dfb9ca5d6b5fe08370caa771a6401086adf7f8f"
    "251ca55b8c3fca8ecc00c8126ffb8f5ceeae96c9965ebe06a7e2c6581d1400e5f4ef5c9232ffea01dd4d0678b7834364"
    "0cef06a82d5af04fb2c649a4420e3803"
), 16)

n, square = P * Q, (P * Q) ** 2
assert n.bit_length() == 4096 and all(map(probably_prime, (P, Q, P // 2, Q // 2)))


def draw(label, below):
    digest = hashlib.shake_256(b"sealed-pay vector of 4096 bits, " + label).digest(512 + 16)
    return int.from_bytes(digest, "big") % below


def encrypt(m, r):
    """(n + 1)^m r^n modulo n^2, the power of n + 1 taken as a power."""
    return pow(n + 1, m, square) * pow(r, n, square) % square


def encryption(index, m):
    r = draw(b"r%d" % index, n - 1) + 1
    c = encrypt(m, r)
    assert decrypt(c, P, Q) == m
    return {"m": m, "r": r, "c": c}


plain = [0, 1, 79750, 139750, 173200, n - 1, 2**4094, draw(b"m0", 2**30), draw(b"m1", n), draw(b"m2", n)]
encryptions = [encryption(index, m) for index, m in enumerate(plain)]
# At both ends of what r may be.
encryptions += [{"m": m, "r": r, "c": encrypt(m, r)} for m, r in [(5, 1), (draw(b"m3", n), n - 1)]]
product = 1
for known in encryptions[:5]:
    product = product * known["c"] % square

case = {
    "bits": 4096,
    "n": n,
    "p": P,
    "q": Q,
    "encryptions": encryptions,
    "sum_of_first_five": {"c": product, "m": sum(plain[:5])},
    "scaled": {"c_index": 3, "k": 97, "c": pow(encryptions[3]["c"], 97, square), "m": plain[3] * 97},
    "bad_ciphertexts": [
        {"c": 0, "why": "zero is not a unit"},
        {"c": n, "why": "shares a factor with n"},
        {"c": square, "why": "not reduced modulo n squared"},
        {"c": square + 1, "why": "not reduced modulo n squared"},
        {"c": P * draw(b"bad", Q), "why": "shares a factor with n"},
    ],
}


def written(value, name=""):
    """Numbers as lower-case hexadecimal digits; counts stay numbers."""
    if isinstance(value, dict):
        return {name: written(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    return f"{value:x}" if isinstance(value, int) and name not in ("bits", "c_index", "k") else value


print(json.dumps({
    "source": "paillier_4096.py beside this file, Python's integers; all numbers are lower-case hexadecimal",
    "cases": [written(case)],
}, indent=1))
