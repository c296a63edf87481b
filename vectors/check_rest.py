#!/usr/bin/env python3
"""Checks rest.json as an independent verifier would.

Written from docs/PROOF.md, section 9, from nothing else, with Python's standard library only. Slow, and not in
constant time: for checking, not for use.

    check_rest.py [FILE]             one line per case; exit 1 if any is not answered as the file says
"""
import json, os, sys
sys.dont_write_bytecode = True

from check_packproof import Refused, decode, generator, is_zero, little, need, u32
from primitives import L, sha512


def i128(x): return x.to_bytes(16, "big", signed=True)
def u64(x): return x.to_bytes(8, "big")


class Statement:
    """Published totals and margins, and what they are about. Numbers over 2^53 are text in the file."""
    def __init__(self, document):
        self.fingerprint, self.set_hash = (bytes.fromhex(document[name]) for name in ("fingerprint", "set_hash"))
        self.slots = document["slots"]
        self.commitments = [bytes.fromhex(c) for c in document["commitments"]]
        self.published = [(j, int(total)) for j, total in document["published"]]
        self.margins = [([(j, int(weight)) for j, weight in margin["terms"]], int(margin["target"]))
                        for margin in document["margins"]]

    def unpublished(self):
        ascending = lambda slots: all(a < b for a, b in zip(slots, slots[1:]))
        published = [j for j, _ in self.published]
        need(self.commitments and ascending(published) and all(0 <= j < self.slots for j in published), "statement")
        for terms, _ in self.margins:
            slots = [j for j, _ in terms]
            need(terms and ascending(slots) and all(0 <= j < self.slots for j in slots), "statement")
            need(not set(slots) & set(published) and all(1 <= g < 2 ** 64 for _, g in terms), "statement")
        return [j for j in range(self.slots) if j not in set(published)]

    def challenge(self, a, sums):
        margin = lambda m: u32(len(m[0])) + b"".join(u32(j) + u64(g) for j, g in m[0]) + i128(m[1])
        fields = [b"sealed-pay/v1/rest", self.fingerprint, self.set_hash, u32(self.slots), b"".join(self.commitments),
                  b"".join(u32(j) + i128(total) for j, total in self.published), *map(margin, self.margins),
                  a, b"".join(t.to_bytes(32, "little") for t in sums)]
        return little(sha512(b"".join(u32(len(field)) + field for field in fields))) % L


def verify(statement, proof):
    hidden = statement.unpublished()
    margins = len(statement.margins)
    need(len(proof) == 33 + 32 * (margins + len(hidden) + 1), "length")
    need(proof[0] == 1, "version")
    a, a_point = proof[1:33], decode(proof[1:33])
    scalars = [little(proof[at:at + 32]) for at in range(33, len(proof), 32)]
    need(all(x < L for x in scalars), "scalar")
    sums, z, z_h = scalars[:margins], dict(zip(hidden, scalars[margins:])), scalars[-1]
    c = statement.challenge(a, sums)
    for t, (terms, target) in zip(sums, statement.margins):
        need((sum(g * z[j] for j, g in terms) - t - c * target) % L == 0, "margins")
    g = lambda j: generator("slot", statement.fingerprint, j)
    pairs = [(z[j], g(j)) for j in hidden] + [(z_h, generator("blind", statement.fingerprint)), (-1, a_point)]
    pairs += [(-c, decode(commitment)) for commitment in statement.commitments]
    pairs += [(c * total, g(j)) for j, total in statement.published]
    need(is_zero(pairs), "rest")


def answer(case, cases):
    base = cases[case["like"]] if "like" in case else {}
    proof = bytearray.fromhex({**base, **case}["proof"])
    for at, data in case.get("change", []):
        proof[at:at + len(data) // 2] = bytes.fromhex(data)
    proof = proof[:case.get("cut", len(proof))] + bytes.fromhex(case.get("behind", ""))
    try:
        verify(Statement({**base, **case}), bytes(proof))
    except Refused as refusal:
        return str(refusal)

def main(path):
    with open(path, encoding="utf-8") as file:
        listed = json.load(file)["cases"]
    cases, failed = {case["name"]: case for case in listed}, 0
    for case in listed:
        answered = answer(case, cases)
        if answered != case["refusal"]:
            failed += 1
            print(f"FAILED {case['name']}: {answered or 'accepted'} in place of {case['refusal'] or 'accepted'}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return failed

if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    sys.exit(1 if main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "rest.json")) else 0)
