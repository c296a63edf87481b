#!/usr/bin/env python3
"""Makes packproof.json: honest proofs, and every lie the author could think of, told as well as can be.

The prover is docs/PROOF.md, section 4, with Python's integers; a lie changes one thing and keeps to the rest.
Run from this folder: python3 make_packproof.py > packproof.json
"""
import hashlib, json, sys
sys.dont_write_bytecode = True
from fractions import Fraction

from check_packproof import (ROWS, Proof, Setting, Weights, answer_bits, challenge, columns, entry, folded, linear,
                             multiply, proof_length, statement_state, u32, xof)
from primitives import L, ristretto_encode

with open("paillier.json", encoding="utf-8") as file:
    KEY = next(key for key in json.load(file)["cases"] if key["bits"] == 2048)
N = int(KEY["n"], 16)


class Draws:
    """Numbers from a seed: SHAKE256(seed, counter)."""
    def __init__(self, seed): self.seed, self.count = seed.encode(), 0
    def bits(self, bits):
        self.count += 1
        data = hashlib.shake_256(self.seed + self.count.to_bytes(8, "big")).digest((bits + 7) // 8)
        return int.from_bytes(data, "big") % 2 ** bits
    def below(self, bound): return self.bits(bound.bit_length() + 128) % bound


def scalar(value, modulus=L):
    """A fraction modulo l or n."""
    value = Fraction(value)
    return value.numerator * pow(value.denominator, -1, modulus) % modulus

def point(pairs): return ristretto_encode(multiply(pairs))
def little32(x): return (x % L).to_bytes(32, "little")


class Submission:
    """A statement with all that its reporter knows. Lies overwrite fields."""
    def __init__(self, setting, values, draws, entries=1, plaintexts=None):
        shape = setting.shape
        self.setting, self.draws, self.entries = setting, draws, entries
        self.values = [Fraction(v) for v in values]
        self.context = b"fingerprint, credential, version"
        self.s_d, self.s_c, self.t = (draws.below(L) for _ in range(3))
        self.committed = self.values
        self.share_in_k = self.s_c
        if plaintexts is None:
            plaintexts = [sum(scalar(v, N) << slot[2] for v, slot in zip(self.values, shape.slots) if slot[1] == k)
                          for k in range(shape.blocks)]
        self.exponents = [sum(draws.bits(N.bit_length() // 2) for _ in range(entries)) for _ in plaintexts]
        self.ciphertexts = [setting.pair((1 + m * N) * pow(setting.h, a, N * N) % (N * N))
                            for m, a in zip(plaintexts, self.exponents)]
        self.roots = [root for x, y in shape.ranges for root in self.squares(x, y)]
        self.projected = None         # values, in the place of the true ones
        self.root_projected = None
        self.roots_in_v = None
        self.stolen = {}              # class: what its W has of class 0's generators
        self.wants = lambda e: True   # which challenges the lie can answer

    def squares(self, x, y):
        sides = [linear(side, self.values) + side[1] for side in (x, y)]
        total = int(4 * sides[0] * sides[1] + 1)
        return three_squares(total) if total > 0 else [1, 0, 0]

    def commitment(self):
        g = [(scalar(v), self.setting.g(j)) for j, v in enumerate(self.committed)]
        return point(g + [(self.s_d + self.s_c, self.setting.named("blind"))])

    def share_commitment(self):
        return point([(self.share_in_k, self.setting.named("blind")), (self.t, self.setting.named("share"))])

    def statement(self):
        if not hasattr(self, "made"):
            self.made = {"context": self.context, "commitment": self.commitment(),
                         "share_commitment": self.share_commitment(), "data_share": little32(self.s_d),
                         "ciphertexts": self.ciphertexts, "entries": self.entries}
        return self.made


def three_squares(total):
    """Any way will do for small numbers: largest first."""
    import math
    for a in range(math.isqrt(total), -1, -1):
        rest = total - a * a
        for b in range(math.isqrt(rest), max(-1, math.isqrt(rest) - 300), -1):
            c = math.isqrt(rest - b * b)
            if c * c == rest - b * b:
                return [a, b, c]


def prove(sub):
    """Section 4."""
    setting, draws, shape = sub.setting, sub.draws, sub.setting.shape
    h, h2, q = (setting.named(name) for name in ("blind", "share", "product"))
    statement, m = sub.statement(), len(shape.classes)
    sigma = draws.below(L)
    in_v = sub.roots if sub.roots_in_v is None else sub.roots_in_v
    v = point([(scalar(r), setting.f(i)) for i, r in enumerate(in_v)] + [(sigma, h)])
    rows_state = xof("roots", statement_state(setting, statement), v, length=64)
    classes = [project(sub, rows_state, kappa) for kappa in range(m)]
    u_bytes = [b"".join((u + c.bound).to_bytes(c.bytes, "little") for u in one["u"])
               for c, one in zip(shape.classes, classes)]
    hashed = [part for one, data in zip(classes, u_bytes) for part in (one["w"], data)]
    state = xof("projection", rows_state, *hashed, length=64)
    weights = Weights(shape, state)
    d_slots, d_roots = weights.line(shape, rows_state, [one["w"] for one in classes])
    values, roots = [scalar(x) for x in sub.values], [scalar(x) for x in sub.roots]
    while True:
        y = [draws.bits(answer_bits(slot) - 1) for slot in shape.slots]
        rho, nu = [draws.below(L) for _ in roots], [draws.below(L) for _ in range(ROWS * m)]
        r, r2, sigma2, q1, q0 = (draws.below(L) for _ in range(5))
        omega2, alpha = [draws.below(L) for _ in range(m)], draws.bits(setting.exponent_bits(sub.entries))
        linear_, constant = coefficients(shape, weights.products, values, y, roots, rho)
        first = Bag(
            a=point([(x, setting.g(j)) for j, x in enumerate(y)] + [(r, h)]),
            a_k=point([(r, h), (r2, h2)]),
            a_v=point([(x, setting.f(i)) for i, x in enumerate(rho)] + [(sigma2, h)]),
            a_rows=[point([(nu[i], setting.e(i)) for i in range(ROWS * k, ROWS * k + ROWS)] + [(omega2[k], h)])
                    for k in range(m)],
            c1=point([(linear_, q), (q1, h)]), c0=point([(constant, q), (q0, h)]),
            p_bytes=setting.pair((1 + folded(shape, weights.blocks, y) % N * N) * pow(setting.h, alpha, N * N) % (N * N)),
            tau=(products(d_slots, y) + products(d_roots, rho) + products(weights.rows, nu)) % L,
            phi=sum(theta * linear(fact, y) for theta, fact in zip(weights.facts, shape.facts)) % L)
        e = challenge(state, first)
        if sub.wants(e):
            break
    z = [int(mask + e * value) for mask, value in zip(y, sub.values)]
    z_bytes = b"".join(x.to_bytes((answer_bits(slot) + 7) // 8, "little") for x, slot in zip(z, shape.slots))
    mu = [x for one in classes for x in one["mu"]]
    exponent = alpha + e * products(weights.blocks, sub.exponents)
    scalars = [x + e * root for x, root in zip(rho, roots)] + [x + e * mask for x, mask in zip(nu, mu)]
    scalars += [r + e * sub.s_c, r2 + e * sub.t, sigma2 + e * sigma]
    scalars += [x + e * one["omega"] for x, one in zip(omega2, classes)] + [q0 + e * q1]
    points = [v, *(one["w"] for one in classes), first.a, first.a_k, first.a_v, *first.a_rows, first.c1, first.c0]
    return (b"\1" + b"".join(points) + first.p_bytes + little32(first.tau) + little32(first.phi) + b"".join(u_bytes)
            + z_bytes + b"".join(map(little32, scalars))
            + exponent.to_bytes((setting.exponent_bits(sub.entries) + 8) // 8, "big"))

class Bag:
    def __init__(self, **fields): self.__dict__.update(fields)

def products(a, b): return sum(x * y for x, y in zip(a, b))

def project(sub, state, kappa):
    """Step 2 for one class."""
    setting, draws, c = sub.setting, sub.draws, sub.setting.shape.classes[kappa]
    seen = (sub.root_projected or sub.roots) if c.of_roots else (sub.projected or sub.values)
    while True:
        mu, omega = [draws.below(2 * c.mask + 1) - c.mask for _ in range(ROWS)], draws.below(L)
        terms = [(x, setting.e(ROWS * kappa + i)) for i, x in enumerate(mu)] + [(omega, setting.named("blind"))]
        terms += [(x, setting.e(i)) for i, x in enumerate(sub.stolen.get(kappa, []))]
        w = point(terms)
        matrix = columns(state, kappa, w, len(c.members))
        u = [int(sum(entry(column, i) * seen[member] for member, column in zip(c.members, matrix)) + mu[i])
             for i in range(ROWS)]
        if all(abs(x) <= c.bound for x in u):
            return {"mu": mu, "omega": omega, "w": w, "u": u}

def coefficients(shape, gammas, values, y, roots, rho):
    """m1 and m0."""
    indicators = shape.indicators()
    one = sum(g * y[j] * (1 - 2 * values[j]) for g, j in zip(gammas, indicators))
    zero = -sum(g * y[j] ** 2 for g, j in zip(gammas, indicators))
    for at, (g, (x, high)) in enumerate(zip(gammas[len(indicators):], shape.ranges)):
        (x_y, x_v), (y_y, y_v) = ((linear(side, y), linear(side, values) + side[1]) for side in (x, high))
        r, masks = roots[3 * at:3 * at + 3], rho[3 * at:3 * at + 3]
        one += g * (4 * (x_y * y_v + y_y * x_v) - 2 * products(r, masks))
        zero += g * (4 * x_y * y_y - products(masks, masks))
    return one % L, zero % L


# Surveys

def slot(kind, block, offset, bits=None):
    return {"kind": kind, "block": block, "offset": offset, **({} if bits is None else {"bits": bits})}

def form(*terms, constant=0): return {"terms": [list(term) for term in terms], "constant": constant}

def exact(j, most): return [form((j, 1)), form((j, -1), constant=most)]

PLAIN = {"blocks": 2, "slots": [slot("indicator", 0, 0), slot("bounded", 0, 20, 20), slot("bounded", 0, 70, 20),
                                slot("bounded", 1, 0, 20)],
         "facts": [form((1, 1), (2, 1), (3, -1))], "ranges": []}
RANGED = {"blocks": 1, "slots": [slot("bounded", 0, 0, 20), slot("bounded", 0, 50, 20)], "facts": [],
          "ranges": [exact(0, 100), [form((0, -1000), (1, 1)), form((0, 9999), (1, -1))]]}
FULL = {"blocks": 2,
        "slots": [slot("indicator", 0, 0), slot("bounded", 0, 25, 7), slot("bounded", 0, 60, 7),
                  slot("bounded", 0, 95, 7), slot("bounded", 1, 0, 40), slot("bounded", 1, 70, 33)],
        "facts": [form((1, -1), (2, 1), (3, 1)), form((0, 5), constant=-5)],
        "ranges": [exact(1, 100), [form((1, -1000), (4, 1)), form((1, 9999), (4, -1))]]}
INDICATORS = {"blocks": 1, "slots": [slot("indicator", 0, 3 * j) for j in range(4)], "facts": [], "ranges": []}

DOCUMENTS = {name: {"fingerprint": hashlib.sha256(name.encode()).hexdigest(), "survey": "07" * 32,
                    "n": N.to_bytes(256, "big").hex(), "shape": shape}
             for name, shape in (("plain", PLAIN), ("ranged", RANGED), ("full", FULL), ("indicators", INDICATORS))}
SETTINGS = {name: Setting(document) for name, document in DOCUMENTS.items()}
CASES = []

def case(name, refusal, setting, sub, proof=None):
    s = sub.statement()
    CASES.append({"name": name, "refusal": refusal, "setting": setting, "context": s["context"].hex(),
                  "commitment": s["commitment"].hex(), "share_commitment": s["share_commitment"].hex(),
                  "data_share": s["data_share"].hex(), "ciphertexts": [c.hex() for c in s["ciphertexts"]],
                  "entries": s["entries"], "proof": (proof or prove(sub)).hex()})

def like(name, refusal, other, **changed):
    CASES.append({"name": name, "refusal": refusal, "like": other, **changed})

def submission(name, setting, values, **more):
    return Submission(SETTINGS[setting], values, Draws(name), **more)


def honest():
    case("honest", None, "plain", submission("honest", "plain", [1, 700, 300, 1000]))
    case("honest_extremes", None, "plain", submission("extremes", "plain", [0, 2 ** 20 - 1, 0, 2 ** 20 - 1], entries=3))
    case("honest_with_ranges", None, "ranged", submission("ranged", "ranged", [12, 43210]))
    case("honest_at_the_ends_of_ranges", None, "ranged", submission("ends", "ranged", [100, 999900]))
    case("honest_in_the_middle_of_a_range", None, "ranged", submission("middle", "ranged", [50, 50 * 1000]))
    case("honest_zeros", None, "ranged", submission("zeros", "ranged", [0, 0]))
    case("honest_with_everything", None, "full", submission("full", "full", [1, 12, 5, 7, 43210, 5000000123], entries=2))
    case("honest_indicators_alone", None, "indicators", submission("indicators", "indicators", [1, 0, 0, 1]))
    case("within_the_slack", None, "plain", submission("slack", "plain", [1, -1, 2 ** 21, 2 ** 21 - 1]))


def lies_about_values():
    def lie(name, refusal, setting, values, **fields):
        plaintexts = fields.pop("plaintexts", None)
        sub = submission(name, setting, values, plaintexts=plaintexts)
        sub.__dict__.update(fields)
        case(name, refusal, setting, sub)
    half = Fraction(1, 2)
    small = [1, 700, 300, 1000]
    even = lambda e: e % 2 == 0
    lie("half_modulo_l", "projection", "plain", [1, half, 300, half + 300], wants=even, projected=[1, 0, 300, 300])
    lie("third_modulo_l", "projection", "plain", [1, Fraction(1, 3), 300, Fraction(901, 3)],
        wants=lambda e: e % 3 == 0, projected=[1, 0, 300, 300])
    lie("beyond_the_slack", "projection", "plain", [1, 2 ** 40, 300, 2 ** 40 + 300], projected=[1, 0, 300, 300])
    lie("negative_beyond_the_slack", "projection", "plain", [1, -2 ** 40, 300, 300 - 2 ** 40],
        projected=[1, 0, 300, 300])
    lie("borrow_in_suppressed_slot", "projection", "plain", [1, 2 ** 50 - 1, 299, 2 ** 50 + 298],
        projected=[1, 0, 299, 299])
    for name, value in (("indicator_five", 5), ("indicator_two", 2), ("indicator_minus_one", -1)):
        lie(name, "products", "plain", [value] + small[1:])
    lie("indicator_half", "products", "plain", [half] + small[1:], wants=even)
    lie("bands_that_do_not_add_up", "facts", "plain", [1, 700, 300, 1001])
    lie("negative_where_the_range_is_exact", "products", "ranged", [-1, -1500])
    lie("too_large_where_the_range_is_exact", "products", "ranged", [101, 101 * 1500])
    lie("negative_with_roots_modulo_l", "projection", "ranged", [-1, -1500],
        roots=roots_modulo_l(-1, -1500), root_projected=[0] * 6)
    lie("sum_below_its_least", "products", "ranged", [12, 11999])
    lie("sum_above_its_most", "products", "ranged", [12, 119989])
    lie("wrong_roots", "products", "ranged", [12, 43210], roots=[1, 2, 3, 4, 5, 6])
    lie("roots_other_than_committed", "roots", "ranged", [12, 43210], roots_in_v=[1, 2, 3, 4, 5, 6])
    lie("plaintext_of_other_values", "ciphertexts", "plain", small, plaintexts=[1 + (700 << 20) + (301 << 70), 1000])
    lie("wrong_block", "ciphertexts", "plain", small, plaintexts=[1 + (700 << 20), 1000 + (300 << 70)])
    lie("wrong_offset", "ciphertexts", "plain", small, plaintexts=[1 + (700 << 21) + (300 << 70), 1000])
    lie("bit_above_top_slot", "ciphertexts", "plain", small,
        plaintexts=[1 + (700 << 20) + (300 << 70) + (1 << 2000), 1000])
    lie("committed_to_other_values", "commitment", "plain", small, committed=[1, 701, 300, 1000])
    lie("masks_of_another_class", "rows", "ranged", [12, 43210], stolen={1: [5] * ROWS})

def roots_modulo_l(value, total):
    """Squares that add up modulo l only: one root is a square root."""
    roots = []
    for x, y in ((value, 100 - value), (total - 1000 * value, 9999 * value - total)):
        wanted = 4 * x * y + 1
        for a in range(1000):
            rest = (wanted - a * a) % L
            # l is 5 modulo 8: Atkin.
            v = pow(2 * rest, (L - 5) // 8, L)
            root = rest * v * (2 * rest * v * v - 1) % L
            if root * root % L == rest:
                roots += [a, root, 0]
                break
    return roots


def lies_about_keys_and_shares():
    small = [1, 700, 300, 1000]
    sub = submission("wrong_share", "plain", small)
    sub.share_in_k = sub.s_c + 1
    case("share_mismatch", "share", "plain", sub)
    sub = submission("wrong_data_share", "plain", small)
    sub.statement()["data_share"] = little32(sub.s_d + 1)
    case("data_share_mismatch", "commitment", "plain", sub)
    sub = submission("unknown_noise", "plain", small)
    sub.exponents[1] += 1
    case("unknown_noise", "ciphertexts", "plain", sub)
    sub = submission("exchanged", "plain", small)
    sub.ciphertexts.reverse()
    case("exchanged_ciphertexts", "ciphertexts", "plain", sub)
    # Rows are asked for with one commitment, and projections made for them; then masks are made to fit.
    sub = submission("masks_after_rows", "plain", [1, 2 ** 40, 300, 2 ** 40 + 300])
    sub.projected = [0] * 4
    case("masks_chosen_after_the_rows", "projection", "plain", sub, refit(sub, prove(sub)))

def refit(sub, proof):
    """Puts another W, to masks that fit the u which are there, in the place of the one the rows came from."""
    other = point([(7, sub.setting.e(0)), (9, sub.setting.named("blind"))])
    return proof[:33] + other + proof[65:]

def copies():
    for name, context in (("copied_submission_other_credential", b"fingerprint, another one, version"),
                          ("replayed_as_the_next_version", b"fingerprint, credential, version 2")):
        like(name, "projection", "honest", context=context.hex())
    honest_case = CASES[0]
    other = submission("another", "plain", [1, 700, 300, 1000]).statement()
    like("copied_commitment", "projection", "honest", commitment=other["commitment"].hex())
    like("copied_share_commitment", "projection", "honest", share_commitment=other["share_commitment"].hex())
    like("copied_ciphertexts", "projection", "honest", ciphertexts=[c.hex() for c in other["ciphertexts"]])
    like("entries_raised", "projection", "honest", entries=2)
    like("entries_zero", "statement", "honest", entries=0)
    like("entries_too_many", "statement", "honest", entries=2 ** 21 + 1)
    like("one_ciphertext_fewer", "statement", "honest", ciphertexts=honest_case["ciphertexts"][:1])
    like("one_ciphertext_more", "statement", "honest", ciphertexts=honest_case["ciphertexts"] + honest_case["ciphertexts"][:1])
    like("another_survey", "length", "honest", setting="ranged", ciphertexts=honest_case["ciphertexts"][:1])


# Where the fields of the first proof begin

def places(setting, entries):
    shape, m = setting.shape, len(setting.shape.classes)
    fields = [("version", 1), ("v", 32), ("w", 32 * m), ("a", 32), ("a_k", 32), ("a_v", 32), ("a_rows", 32 * m),
              ("c1", 32), ("c0", 32), ("p", 512), ("tau", 32), ("phi", 32)]
    fields += [("u", sum(ROWS * c.bytes for c in shape.classes))]
    fields += [("z%d" % j, (answer_bits(s) + 7) // 8) for j, s in enumerate(shape.slots)]
    fields += [("roots", 96 * len(shape.ranges)), ("rows", 32 * ROWS * m), ("z_s", 32), ("z_t", 32), ("z_v", 32),
               ("z_rows", 32 * m), ("zeta", 32), ("t", (setting.exponent_bits(entries) + 8) // 8)]
    at, found = 0, {}
    for name, length in fields:
        found[name], at = (at, length), at + length
    assert at == proof_length(setting, entries)
    return found

BAD_POINTS = {
    "neutral": "00" * 32,
    "not_reduced": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "small_order": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "negative": "0100000000000000000000000000000000000000000000000000000000000000",
    "no_square": "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "negative_product": "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
}

def malformed():
    at = places(SETTINGS["plain"], 1)
    proof = bytes.fromhex(CASES[0]["proof"])
    def put(name, refusal, field, data, offset=0):
        like(name, refusal, "honest", change=[[at[field][0] + offset, data.hex()]])
    def old(field): return proof[at[field][0]:sum(at[field])]
    for name, data in BAD_POINTS.items():
        put("point_" + name, "point", "v", bytes.fromhex(data))
    for field in ("w", "a", "a_k", "a_v", "a_rows", "c1", "c0"):
        put(field + "_neutral", "point", field, bytes(32))
    put("mask_zero", "mask", "p", bytes(512))
    put("mask_not_reduced", "mask", "p", N.to_bytes(256, "big"))
    put("mask_shares_a_factor", "mask", "p", int(KEY["p"], 16).to_bytes(256, "big"))
    def unreduced(field): return (int.from_bytes(old(field)[:32], "little") + L).to_bytes(32, "little")
    for field in ("tau", "phi", "rows", "z_s", "z_t", "z_v", "z_rows", "zeta"):
        put(field + "_not_reduced", "scalar", field, unreduced(field))
    c = SETTINGS["plain"].shape.classes[0]
    put("projection_beyond_its_bound", "projection-range", "u", (2 * c.bound + 1).to_bytes(c.bytes, "little"))
    put("projection_far_beyond", "projection-range", "u", b"\xff" * c.bytes, 127 * c.bytes)
    put("answer_beyond_its_bound", "answer-range", "z1", b"\x20", at["z1"][1] - 1)
    put("answer_of_an_indicator_beyond", "answer-range", "z0", b"\x04", at["z0"][1] - 1)
    put("exponent_beyond_its_bound", "answer-range", "t", b"\x80")
    put("version_two", "version", "version", b"\2")
    like("truncated", "length", "honest", cut=len(proof) - 1)
    like("a_byte_more", "length", "honest", behind="00")
    like("empty", "length", "honest", cut=0)
    def plus_one(field, order="little"):
        data = old(field)[:32] if order == "little" else old(field)
        return (int.from_bytes(data, order) + 1).to_bytes(len(data), order)
    for field, refusal in (("z_s", "commitment"), ("z_t", "share"), ("z_v", "roots"), ("z_rows", "rows"),
                           ("zeta", "products"), ("z1", "projection"), ("rows", "projection"), ("tau", "projection")):
        put(field + "_plus_one", refusal, field, plus_one(field))
    put("z0_plus_one", "commitment", "z0", plus_one("z0"))
    put("t_plus_one", "ciphertexts", "t", plus_one("t", "big"))
    put("u_plus_one", "projection", "u", (int.from_bytes(old("u")[:c.bytes], "little") - 1).to_bytes(c.bytes, "little"))
    put("commitments_exchanged", "projection", "a", old("a_k") + old("a"))


def bad_shapes():
    def shape(name, slots=PLAIN["slots"], blocks=2, facts=(), ranges=()):
        return {"name": name, "bits": 2048, "blocks": blocks, "slots": list(slots), "facts": list(facts),
                "ranges": list(ranges)}
    between = [form((1, -1), (2, 1)), form((1, 9), (2, -1))]
    return [
        shape("no_slots", slots=()),
        shape("no_blocks", blocks=0),
        shape("slot_in_no_block", blocks=1),
        shape("slot_above_the_block", slots=[slot("bounded", 0, 2042, 5)]),
        shape("slot_of_no_bits", slots=[slot("bounded", 0, 0, 0)]),
        shape("slot_of_too_many_bits", slots=[slot("bounded", 0, 0, 41)]),
        shape("form_without_its_slot", facts=[form((4, 1))]),
        shape("form_with_a_slot_twice", facts=[form((1, 1), (1, 2))]),
        shape("form_with_a_zero", facts=[form((1, 0))]),
        shape("range_of_two_negative_sides", ranges=[between]),
        shape("range_with_a_negative_sum", ranges=[[form((0, 1)), form((0, -1), constant=-1)]]),
        shape("range_of_nothing", ranges=[exact(1, 0)]),
        shape("range_too_wide", ranges=[exact(1, 2 ** 62)]),
        shape("range_that_might_wrap",
              slots=[slot("bounded", 0, 0, 40)] * 300,
              ranges=[[form(*((j, 2 ** 63 - 1) for j in range(300))),
                       form(*((j, 1 - 2 ** 63) for j in range(300)), constant=1)]]),
    ]

honest(), lies_about_values(), lies_about_keys_and_shares(), copies(), malformed()
print(json.dumps({"about": "PackProof, docs/PROOF.md: proofs that are accepted (refusal null) or refused by that name",
                  "settings": DOCUMENTS, "cases": CASES, "bad_shapes": bad_shapes()}, indent=1))
