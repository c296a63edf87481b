#!/usr/bin/env python3
"""Makes rest.json: honest rest proofs, and lies told as well as can be.

The prover is docs/PROOF.md, section 9, with Python's integers.
Run from this folder: python3 make_rest.py > rest.json
"""
import hashlib, json, sys
sys.dont_write_bytecode = True

from check_packproof import generator, multiply
from check_rest import Statement
from primitives import L, ristretto_encode

FINGERPRINT, SET = hashlib.sha256(b"rest").digest(), hashlib.sha256(b"agreed").digest()
ROWS = [[1, 10, 500, 1, 7, 300, 2 ** 39], [1, 20, 900, 0, 0, 0, 5], [1, 5, 100, 1, 2, 50, -3]]
TOTALS = [sum(column) for column in zip(*ROWS)]
CASES = []

def draw(*labels): return int.from_bytes(hashlib.shake_256(repr(labels).encode()).digest(64), "little") % L
def g(j): return generator("slot", FINGERPRINT, j)
def h(): return generator("blind", FINGERPRINT)
def point(pairs): return ristretto_encode(multiply(pairs))

BLINDS = [draw("blind", i) for i in range(len(ROWS))]
COMMITMENTS = [point([(v, g(j)) for j, v in enumerate(row)] + [(s, h())]) for row, s in zip(ROWS, BLINDS)]

def document(published, margins, commitments=COMMITMENTS, slots=len(TOTALS)):
    return {"fingerprint": FINGERPRINT.hex(), "set_hash": SET.hex(), "slots": slots,
            "commitments": [c.hex() for c in commitments],
            "published": [[j, str(total)] for j, total in published],
            "margins": [{"terms": [[j, str(weight)] for j, weight in terms], "target": str(target)}
                        for terms, target in margins]}

def prove(name, document_, totals, s, sums_from=None):
    """sums_from: the margins that t are calculated for, if not the statement's."""
    statement = Statement(document_)
    hidden = statement.unpublished()
    k, k_h = {j: draw(name, "k", j) for j in hidden}, draw(name, "k_h")
    a = point([(k[j], g(j)) for j in hidden] + [(k_h, h())])
    sums = [sum(weight * k[j] for j, weight in terms) % L for terms, _ in sums_from or statement.margins]
    c = statement.challenge(a, sums)
    scalars = sums + [(k[j] + c * totals[j]) % L for j in hidden] + [(k_h + c * s) % L]
    return b"\1" + a + b"".join(x.to_bytes(32, "little") for x in scalars)

def case(name, refusal, published, margins, totals=TOTALS, s=sum(BLINDS), commitments=COMMITMENTS, sums_from=None):
    made = document(published, margins, commitments)
    CASES.append({"name": name, "refusal": refusal, **made, "proof": prove(name, made, totals, s, sums_from).hex()})

def like(name, refusal, **changed):
    CASES.append({"name": name, "refusal": refusal, "like": "honest", **changed})

PUBLISHED = [(0, 3), (1, 35), (2, 1500)]
MARGINS = [([(4, 1)], 9), ([(3, 1), (5, 2 ** 40), (6, 7)], TOTALS[3] + TOTALS[5] * 2 ** 40 + TOTALS[6] * 7)]

case("honest", None, PUBLISHED, MARGINS)
case("honest_nothing_published", None, [], [])
case("honest_everything_published", None, list(enumerate(TOTALS)), [])
case("honest_heavy_weight", None, PUBLISHED, [([(6, 2 ** 64 - 1)], TOTALS[6] * (2 ** 64 - 1))])
case("honest_negative_total", None, [(6, TOTALS[6])], [([(3, 1)], 2)])

raised = [MARGINS[0], (MARGINS[1][0], MARGINS[1][1] + 1)]
case("margin_over_suppressed_cells_raised", "margins", PUBLISHED, raised)
fitting = TOTALS[:3] + [TOTALS[3] + 1] + TOTALS[4:]
case("margin_raised_with_totals_that_fit", "rest", PUBLISHED, raised, totals=fitting)
case("margin_raised_by_l", "margins", PUBLISHED, raised, sums_from=MARGINS)
case("published_total_untrue", "rest", [(0, 3), (1, 35), (2, 1499)], MARGINS)
case("reporters_raised", "rest", [(0, 4), (1, 35), (2, 1500)], MARGINS)
case("reporter_left_out", "rest", PUBLISHED, MARGINS, commitments=COMMITMENTS[:2])
case("reporter_counted_twice", "rest", PUBLISHED, MARGINS, commitments=COMMITMENTS + COMMITMENTS[:1])
case("wrong_opening", "rest", PUBLISHED, MARGINS, s=sum(BLINDS) + 1)
like("another_survey", "margins", fingerprint=hashlib.sha256(b"another").hexdigest())
like("another_set", "margins", set_hash=hashlib.sha256(b"another").hexdigest())
like("commitments_exchanged", "margins", commitments=[c.hex() for c in reversed(COMMITMENTS)])
like("another_target", "margins", margins=document([], raised)["margins"])
like("another_weight", "margins", margins=document([], [([(4, 2)], 9), MARGINS[1]])["margins"])
like("margins_exchanged", "margins", margins=document([], MARGINS[::-1])["margins"])
like("no_reporter", "statement", commitments=[])
like("slot_beyond_the_last", "statement", published=[[0, "3"], [7, "0"]])
like("published_out_of_order", "statement", published=[[1, "35"], [0, "3"]])
like("published_twice", "statement", published=[[0, "3"], [0, "3"]])
for name, terms in (("margin_of_nothing", []), ("margin_beyond_the_last", [[7, "1"]]), ("margin_of_a_published_slot", [[2, "1"]]),
                    ("margin_of_weight_zero", [[4, "0"]]), ("margin_out_of_order", [[5, "1"], [4, "1"]]),
                    ("margin_with_a_slot_twice", [[4, "1"], [4, "1"]])):
    like(name, "statement", margins=[{"terms": terms, "target": "0"}])
like("a_slot_more", "length", slots=8)
like("truncated", "length", cut=33)
like("a_byte_more", "length", behind="00")
like("empty", "length", cut=0)
like("version_two", "version", change=[[0, "02"]])
like("neutral", "point", change=[[1, "00" * 32]])
like("small_order", "point", change=[[1, "ec" + "ff" * 30 + "7f"]])
like("not_canonical", "point", change=[[1, "ed" + "ff" * 30 + "7f"]])
proof = bytes.fromhex(CASES[0]["proof"])
fields = {"t": 33, "z": 97, "z_h": len(proof) - 32}
for name, at in fields.items():
    old = int.from_bytes(proof[at:at + 32], "little")
    like(name + "_not_reduced", "scalar", change=[[at, (old + L).to_bytes(32, "little").hex()]])
for name, refusal in (("t", "margins"), ("z", "margins"), ("z_h", "rest")):
    at = fields[name]
    old = int.from_bytes(proof[at:at + 32], "little")
    like(name + "_plus_one", refusal, change=[[at, (old + 1).to_bytes(32, "little").hex()]])
print(json.dumps({"about": "the rest proof, docs/PROOF.md section 9: accepted (refusal null) or refused by that name",
                  "cases": CASES}, indent=1))
