"""Makes noise.json: h_s, encryptions and key proofs as docs/PAPER.md specifies them.

Uses the keys of paillier.json and paillier-4096.json, Python's integers and hashlib, and nothing of this project.
Run from this folder: python3 noise.py > noise.json
"""

import hashlib
import json


def residue(domain, n, survey_id, suffix=b""):
    size = n.bit_length() // 8
    xof = hashlib.shake_256(domain + n.to_bytes(size, "big") + survey_id + suffix)
    return int.from_bytes(xof.digest(size + 16), "big") % n


def pair(c, n):
    size = n.bit_length() // 8
    return ((c % n).to_bytes(size, "big") + (c // n).to_bytes(size, "big")).hex()


def case(key, seed):
    n, p, q = (int(key[name], 16) for name in ("n", "p", "q"))
    size, square = n.bit_length() // 8, n * n
    survey_id = hashlib.sha256(seed).digest()
    h = -residue(b"sealed-pay/v1/paillier-h", n, survey_id) ** 2 % n
    h_s = pow(h, n, square)
    draw = lambda label, bits: int.from_bytes(hashlib.shake_256(seed + label).digest(bits // 8), "big")
    half = 8 * size // 2
    encryptions = []
    for m, a in [
        (0, 0), (0, 1), (1, 0), (n - 1, 2**half - 1), (2**64 - 1, 1 << (half - 1)),
        *((draw(b"m%d" % i, 8 * size) % n, draw(b"a%d" % i, half)) for i in range(4)),
    ]:
        c = (1 + m * n) * pow(h_s, a, square) % square
        encryptions.append({"m": f"{m:x}", "a": f"{a:x}", "c": pair(c, n)})
    root = pow(n, -1, (p - 1) * (q - 1))
    challenges = [residue(b"sealed-pay/v1/paillier-key-proof", n, survey_id, bytes([i])) for i in range(11)]
    roots = [pow(challenge, root, n) for challenge in challenges]
    proof = lambda numbers: b"".join(x.to_bytes(size, "big") for x in numbers).hex()
    return {
        "bits": 8 * size,
        "n": f"{n:x}",
        "survey_id": survey_id.hex(),
        "h_s": f"{h_s:x}",
        "encryptions": encryptions,
        "key_proof": proof(roots),
        "bad_key_proofs": [
            {"proof": proof(roots[:10]), "why": "wrong length"},
            {"proof": proof(roots[:10] + [0]), "why": "not reduced modulo n"},
            {"proof": proof(roots[:10] + [n]), "why": "not reduced modulo n"},
            {"proof": proof(roots[1:] + roots[:1]), "why": "wrong root"},
            {"proof": proof([n - roots[0]] + roots[1:]), "why": "wrong root"},
            {"proof": proof(challenges), "why": "wrong root"},
        ],
    }


keys = [key for name in ("paillier.json", "paillier-4096.json") for key in json.load(open(name))["cases"]]
print(json.dumps({
    "kind": "noise",
    "source": "noise.py beside this file; numbers are lower-case hexadecimal, ciphertexts and proofs are bytes",
    "cases": [case(key, b"sealed-pay vector %d" % index) for index, key in enumerate(keys)],
}, indent=1))
