#!/usr/bin/env python3
"""Checks audit bundles as an independent verifier would.

Written from docs/VERIFYING.md and what it names of docs/PROTOCOL.md, docs/PROOF.md and docs/PAPER.md, with
Python's standard library only. Slow, and not in constant time: for checking, not for use.

    check_bundles.py [FILE]              bundles.json: every good bundle passes, every bad one fails its check alone
    check_bundles.py BUNDLE SERVER-KEYS  one bundle: a line per check; exit 1 unless all pass
"""
import copy, itertools, json, os, re, sys
sys.dont_write_bytecode = True
from fractions import Fraction

from check_packproof import decode
from check_protocol_example import (OTHER, SERVERS, canonical, categories_of, groups, hash_, limb, manifest_rules,
                                    message, parse, same, settle, statement_of, sum_bits, text, u32, unhex, word_holds)
from check_rehearsed_presets import all_cells, figures, gaps, leaves_room, parts_of, published, with_parts
import check_rest
from paper import admit_key, key_proof_holds
from primitives import ed_point, ed_verify, need


# VERIFYING 1: shapes. A shape is a function that refuses what is not one.

def words(*allowed): return lambda value: need(isinstance(value, str) and value in allowed, "another word")
def whole(most): return lambda value: need(type(value) is int and 0 <= value <= most, "no such number")
def digits(length=None):
    def shape(value):
        need(isinstance(value, str), "no digits")
        unhex(value, length)
    return shape
def some(value): need(isinstance(value, str), "no text")
def truth(value): need(type(value) is bool, "no truth value")
def list_of(shape, least=0):
    def of(value):
        need(isinstance(value, list) and len(value) >= least, "no list")
        for item in value: shape(item)
    return of
def map_of(shape):
    def of(value):
        need(isinstance(value, dict), "no object")
        for item in value.values(): shape(item)
    return of
def record(required, optional=()):
    optional = dict(optional)
    def of(value):
        need(isinstance(value, dict), "no object")
        need(set(required) <= set(value) <= set(required) | set(optional), "fields")
        for name, item in value.items(): {**required, **optional}[name](item)
    return of
def kinds(**shapes):
    """An object whose field `kind` says which other fields it has."""
    def of(value):
        need(isinstance(value, dict) and value.get("kind") in names, "kind")
        record({"kind": some, **names[value["kind"]]})(value)
    names = shapes
    return of

KEY, HASH, SIGNATURE = digits(32), digits(32), digits(64)
U32, U53 = whole(2 ** 32 - 1), whole(2 ** 53 - 1)
def signed(body): return record({"body": body, "signature": SIGNATURE})
LIMITS = record({"min": U53, "max": U53})
MEASURE = record({"name": some, "unit": some, "decimals": whole(255), "hard": LIMITS, "soft": LIMITS,
                  "statistics": list_of(words("mean", "dispersion", "receiving"))},
                 {"bands": list_of(U53, 1), "computed": map_of(list_of(some))})
SERVER = record({"operator": some, "url": some, "signing_key": KEY, "sealing_key": KEY})
MANIFEST = record({
    "format": some, "survey": HASH, "title": some, "purpose": some, "contact": some, "period": some,
    "dimensions": list_of(record({"name": some, "categories": list_of(some)})), "compared": some, "reference": some,
    "measures": list_of(MEASURE), "cross_tabulations": list_of(list_of(some)), "margins": list_of(list_of(some)),
    "who_counts": record({"part_timers": words("as-paid", "full-time-equivalent", "left-out"),
                          "leavers": words("left-out", "counted"), "missing": words("leave-out", "stop")},
                         {"snapshot": some}),
    "granularity": words("records", "totals"), "max_reporters": U32, "max_employees_per_reporter": U32,
    "thresholds": record({"min_reporters": U32, "min_cell_reporters": U32, "min_cell_employees": U32}),
    "max_missing": U32, "closes_not_before": U53, "closes_at": U53, "rehearsal": truth,
    "validity": words("none", "packproof-1"), "data_server": SERVER, "computation_server": SERVER,
    "organizer_key": KEY, "paillier": record({"n": digits(), "proof": digits(), "signature": SIGNATURE}),
    "roster_root": HASH})
ORDER = record({"fingerprint": HASH, "sequence": U32, "order": kinds(
    invite={"keys": list_of(KEY)}, revoke={"keys": list_of(KEY)}, close={}, release={})})
ENROLMENT = record({"enrolment": record({"invitation_key": KEY, "reporter_key": KEY, "signature": SIGNATURE}),
                    "confirmed": record({"data_server": SIGNATURE, "computation_server": SIGNATURE})})
ROLE = words("data-server", "computation-server")
ENTRY = record({"credential": KEY, "version": U32, "kind": words("submission", "withdrawal"), "commitment": HASH,
                "share_commitment": HASH, "signature": SIGNATURE},
               {"other": record({"hour": U53, "signature": SIGNATURE})})
LIST = record({"fingerprint": HASH, "role": ROLE, "build": some, "entries": list_of(ENTRY)})
WHICH = {"credential": KEY, "version": U32}
AGREED = record({"fingerprint": HASH, "data_list": HASH, "computation_list": HASH,
                 "members": list_of(record({**WHICH, "commitment": HASH})), "withdrawn": U32,
                 "discrepancies": list_of(kinds(unfinished=WHICH, different=WHICH, lost={**WHICH, "by": ROLE})),
                 "outcome": words("proceed", "too-few-reporters", "too-many-missing")})
BOUNDS = record({"low": some, "high": some, "estimate": some})
FIGURES = {"sum": some, "mean": some, "squares": some, "std": some, "receiving": U53, "receiving_percent": some,
           "bands": list_of(record({"from": some, "to": some, "employees": U53})), "lower_quartile": BOUNDS,
           "median": BOUNDS, "upper_quartile": BOUNDS}
CELL = record({"categories": map_of(some)}, {"reporters": U32, "employees": U53, "suppressed": some, **FIGURES,
                                             "measures": map_of(record({}, FIGURES))})
GAP = record({"measure": some, "compared": some, "reference": some},
             {"within": map_of(some), "percent": some, "cents_per_unit": some, "suppressed": some})
RELEASE = record({"format": some, "fingerprint": HASH, "agreed": HASH, "counted": U32, "cells": list_of(CELL),
                  "gaps": list_of(GAP), "warnings": list_of(some), "validity": words("none", "packproof-1"),
                  "rest": digits()})
BUNDLE = record({
    "format": words("sealed-pay/bundle/1"), "manifest": MANIFEST, "organizer_signature": SIGNATURE,
    "data_server_signature": SIGNATURE, "computation_server_signature": SIGNATURE, "roster": list_of(KEY),
    "orders": list_of(signed(ORDER)), "enrolments": list_of(ENROLMENT), "data_list": signed(LIST),
    "computation_list": signed(LIST), "agreed": signed(AGREED), "agreed_countersignature": SIGNATURE,
    "release": signed(RELEASE), "release_countersignature": SIGNATURE})
IDENTITY = record({"format": words("sealed-pay/identity/1"), "role": ROLE, "operator": some, "signing_key": KEY,
                   "sealing_key": KEY, "build": some})
KEYS = record({"format": words("sealed-pay/server-keys/1"), "data_server": IDENTITY, "computation_server": IDENTITY})


class Bundle:
    """What the checks are about, and what follows from the manifest."""
    def __init__(self, bundle, keys):
        self.b, self.keys, self.manifest = bundle, keys, bundle["manifest"]
        self.survey = unhex(self.manifest["survey"])
        self.fingerprint = hash_("sealed-pay/v1/manifest", self.survey, canonical(self.manifest))
        self.cells = all_cells(self.manifest)

    def signing_key(self, role): return unhex(self.manifest[role.replace("-", "_")]["signing_key"])
    def list_hash(self, body): return document_hash("held-list", body).hex()
    def lists(self): return {role: self.b[name]["body"] for role, name in
                             (("data-server", "data_list"), ("computation-server", "computation_list"))}
    def agreed_hash(self): return document_hash("agreed-set", self.b["agreed"]["body"])


# PROTOCOL 2: signatures. A document is signed for the survey that it names; one_survey looks at which that is.

def about(body): return unhex(body["fingerprint"])
def document_hash(domain, body): return hash_("sealed-pay/v1/" + domain, about(body), canonical(body))

def signed_by(key, signature, domain, *parts):
    ed_verify(key, message("sealed-pay/v1/" + domain, *parts), unhex(signature))

def document_by(key, signature, domain, body): signed_by(key, signature, domain, about(body), canonical(body))


# VERIFYING 3: the survey

def server_keys(x):
    for name in SERVERS:
        given, named = x.keys[name], x.manifest[name]
        same(given["role"], name.replace("_", "-"))
        for field in ("signing_key", "sealing_key", "operator"): same(given[field], named[field])

def paillier_signature(x):
    key = x.manifest["paillier"]
    signed_by(x.signing_key("computation-server"), key["signature"], "paillier-key", x.survey, unhex(key["n"]))

def paillier_proof(x):
    n = unhex(x.manifest["paillier"]["n"])
    admit_key(n)
    key_proof_holds(n, x.survey, unhex(x.manifest["paillier"]["proof"]))

def manifest_by(name, key):
    return lambda x: signed_by(key(x), x.b[name + "_signature"], "manifest-signature", x.fingerprint)

def one_survey(x):
    bodies = [*x.lists().values(), x.b["agreed"]["body"], x.b["release"]["body"], *(o["body"] for o in x.b["orders"])]
    need(all(about(body) == x.fingerprint for body in bodies), "another survey")

def ascending(items): return all(a < b for a, b in zip(items, items[1:]))

def roster(x):
    keys = [unhex(key) for key in x.b["roster"]]
    need(ascending(keys))
    for key in keys: ed_point(key)
    same(hash_("sealed-pay/v1/roster", x.survey, *keys).hex(), x.manifest["roster_root"])

def invitations(x, strict):
    """Invitation key -> whether it is still valid, after all orders; strictly: or a refusal."""
    valid, stage, most = {key: True for key in x.b["roster"]}, "open", x.manifest["max_reporters"]
    def rule(truth): need(truth or not strict, "a rule of orders")
    rule(len(valid) <= most)
    for sequence, order in enumerate(x.b["orders"], 1):
        body, what = order["body"], order["body"]["order"]
        rule(body["sequence"] == sequence)
        if strict:
            document_by(unhex(x.manifest["organizer_key"]), order["signature"], "order", body)
        kind, keys = what["kind"], what.get("keys", [])
        if kind in ("invite", "revoke"):
            rule(stage == "open" and keys and ascending(keys))
            for key in keys:
                rule((key in valid) == (kind == "revoke"))
                if strict and kind == "invite": ed_point(unhex(key))
                if stage == "open": valid[key] = kind == "invite"
            rule(sum(valid.values()) <= most)
        elif kind == "close":
            rule(stage in ("open", "closed"))
            stage = "closed"
        else:
            rule(stage in ("open", "closed"))
            stage = "released"
    rule(stage == "released")
    return valid

def enrolments(x):
    all_ = [one["enrolment"] for one in x.b["enrolments"]]
    need(ascending([one["invitation_key"] for one in all_]) and ascending(sorted(one["reporter_key"] for one in all_)))
    valid = invitations(x, False)
    for one in all_:
        invitation, reporter = unhex(one["invitation_key"]), unhex(one["reporter_key"])
        need(valid.get(one["invitation_key"]), "no invitation")
        ed_point(reporter)
        signed_by(invitation, one["signature"], "enrolment", x.fingerprint, invitation, reporter)

def confirmed(name):
    def check(x):
        for one in x.b["enrolments"]:
            keys = [unhex(one["enrolment"][key]) for key in ("invitation_key", "reporter_key")]
            role = name.replace("_", "-")
            signed_by(x.signing_key(role), one["confirmed"][name], "enrolled", x.fingerprint, *keys)
    return check


# VERIFYING 4: who counts

def held_list(name, role):
    def check(x):
        body = x.b[name]["body"]
        document_by(x.signing_key(role), x.b[name]["signature"], "held-list", body)
        same(body["role"], role)
        need(ascending([(entry["credential"], entry["version"]) for entry in body["entries"]]), "unsorted")
    return check

def builds(x):
    for body in x.lists().values(): text(body["build"])

def statements(x):
    for body in x.lists().values():
        for entry in body["entries"]:
            points = [unhex(entry[name]) for name in ("commitment", "share_commitment")]
            need(entry["version"] >= 1)
            for point in points:
                decode(point) if entry["kind"] == "submission" else same(point, bytes(32))
            signed_by(unhex(entry["credential"]), entry["signature"], "statement", statement_of(x, entry))

def receipts(x):
    for role, body in x.lists().items():
        need(all(word_holds(x, entry, role) for entry in body["entries"] if "other" in entry), "no word of the other")
    need(all("other" in entry or entry["kind"] == "withdrawal" for entry in x.lists()["computation-server"]["entries"]))

def agreed_set(x):
    found = x.b["agreed"]["body"]
    same({**settle(x, x.lists()), "fingerprint": found["fingerprint"]}, found)

def agreed_by(role, signature):
    return lambda x: document_by(x.signing_key(role), signature(x), "agreed-set", x.b["agreed"]["body"])

def counted(x):
    agreed = x.b["agreed"]["body"]
    need(sum(one["kind"] == "lost" for one in agreed["discrepancies"]) <= x.manifest["max_missing"], "lost")
    need(len(agreed["members"]) >= x.manifest["thresholds"]["min_reporters"], "too few")
    same(agreed["outcome"], "proceed")

def members_enrolled(x):
    enrolled = {one["enrolment"]["reporter_key"] for one in x.b["enrolments"]}
    need(all(member["credential"] in enrolled for member in x.b["agreed"]["body"]["members"]))


# VERIFYING 5: the result

REASONS = "too-few", "suppressed-side", "reference-mean-zero"

def release_set(x):
    release, agreed = x.b["release"]["body"], x.b["agreed"]["body"]
    same((release["format"], release["agreed"], release["counted"], release["validity"]),
         ("sealed-pay/release/1", x.agreed_hash().hex(), len(agreed["members"]), x.manifest["validity"]))

def release_by(role, signature):
    return lambda x: document_by(x.signing_key(role), signature(x), "release", x.b["release"]["body"])

def minor(value, decimals):
    pattern = r"-?(0|[1-9][0-9]*)" + (r"\.[0-9]{%d}" % decimals if decimals else "")
    need(re.fullmatch(pattern, value) and not re.fullmatch(r"-0(\.0*)?", value), "a number in another spelling")
    return int(value.replace(".", ""))

def read_measure(measure, wire):
    asked, decimals = measure["statistics"], measure["decimals"]
    found = {"bands": [(minor(one["from"], decimals), minor(one["to"], decimals), one["employees"])
                       for one in wire.get("bands", [])]}
    if "mean" in asked: found["sum"] = minor(wire["sum"], decimals)
    if "dispersion" in asked: found["squares"] = minor(wire["squares"], 0)
    if "receiving" in asked: found["receiving"] = wire["receiving"]
    return found

def read_cells(x):
    """Per cell what is shown, or the reason why it is not."""
    release, several = x.b["release"]["body"], len(published(x.manifest)) > 1
    same(len(release["cells"]), len(x.cells))
    def read(cell):
        if "suppressed" in cell:
            need(cell["suppressed"] in REASONS, "no such reason")
            return cell["suppressed"]
        need(cell["reporters"] <= release["counted"])
        of = {m["name"]: read_measure(m, cell["measures"][m["name"]] if several else cell) for m in published(x.manifest)}
        return {"reporters": cell["reporters"], "employees": cell["employees"], "measures": of}
    return [read(cell) for cell in release["cells"]]

def suppression(x):
    least, shown = x.manifest["thresholds"], read_cells(x)
    for cell in shown:
        if isinstance(cell, str):
            need(cell == "too-few", "a reason that no cell has")
        else:
            need(cell["reporters"] >= least["min_cell_reporters"] and cell["employees"] >= least["min_cell_employees"])
    gone, needed = [isinstance(cell, str) for cell in shown], with_parts(x.cells)
    same(gone, [any(gone[k] for k in of) for of in needed])
    if any(gone) and not all(gone):
        counts = [None if isinstance(cell, str) else (cell["reporters"], cell["employees"]) for cell in shown]
        need(leaves_room(x.cells, needed, counts, len(x.b["agreed"]["body"]["members"]),
                         x.manifest["max_employees_per_reporter"], least["min_cell_employees"]), "too little room")

def begins(measure): return [measure["hard"]["min"], *measure.get("bands", [])]

def sums(x):
    shown, least, needed = read_cells(x), x.manifest["thresholds"]["min_cell_employees"], with_parts(x.cells)
    for index, cell in enumerate(shown):
        if isinstance(cell, str): continue
        for measure in published(x.manifest):
            bands = cell["measures"][measure["name"]]["bands"]
            need(all(low in begins(measure) and n >= least for low, _, n in bands), "a band of too few")
            need(all(low <= high for low, high, _ in bands), "a band that ends before it begins")
            need(len(bands) != 1, "one band, which says no more than the limits")
            need(all(one[1] + 1 == other[0] for one, other in zip(bands, bands[1:])), "bands with holes")
            need(not bands or (bands[0][0], bands[-1][1]) == (measure["hard"]["min"], measure["hard"]["max"]))
        ends = lambda one, name: [high for _, high, _ in one["measures"][name]["bands"]]
        parts = [shown[part] for part in parts_of(x.cells, index)]
        if parts == [cell]:
            for other, name in itertools.product(needed[index], cell["measures"]):
                need(ends(cell, name) == ends(shown[other], name), "bands cut otherwise than those of a companion")
            continue
        same(cell["employees"], sum(part["employees"] for part in parts))
        for name, own in cell["measures"].items():
            of = [part["measures"][name] for part in parts]
            for field in ("sum", "squares", "receiving"):
                if field in own: same(own[field], sum(one[field] for one in of))
            common = [end for end in ends(parts[0], name) if all(end in ends(part, name) for part in parts)]
            need(ends(cell, name) == (common if len(common) > 1 else []), "not the bounds that the cells have in common")
            for low, high, n in own["bands"]:
                need(all(any(b[0] == low for b in one["bands"]) and any(b[1] == high for b in one["bands"]) for one in of))
                same(n, sum(b[2] for one in of for b in one["bands"] if low <= b[0] and b[1] <= high))

def variance(of, n): return Fraction(of["squares"], n) - Fraction(of["sum"], n) ** 2

def figures_of(measure, cell):
    of = cell["measures"][measure["name"]]
    n, asked = cell["employees"], measure["statistics"]
    wide = "dispersion" in asked and variance(of, n) >= 0
    found = figures({**measure, "statistics": [s for s in asked if s != "dispersion" or wide]}, cell, of["bands"])
    if "dispersion" in asked: found["squares"] = str(of["squares"])
    if "receiving" in found: found["receiving"] = of["receiving"]
    for band in found.get("bands", []): band["employees"] = int(band["employees"])
    return found

def within_limits(m, cell):
    n = cell["employees"]
    def holds(measure):
        of, hard = cell["measures"][measure["name"]], measure["hard"]
        inside = lambda name, power: name not in of or n * hard["min"] ** power <= of[name] <= n * hard["max"] ** power
        spread = "squares" not in of or "sum" not in of or variance(of, n) >= 0
        received = 0 <= of.get("receiving", 0) <= n
        return inside("sum", 1) and inside("squares", 2) and spread and received and (
            not of["bands"] or sum(count for _, _, count in of["bands"]) == n)
    return cell["reporters"] <= n and all(map(holds, published(m)))

def all_figures(x):
    release, shown = x.b["release"]["body"], read_cells(x)
    expected = []
    for (_, categories), cell in zip(x.cells, shown):
        if isinstance(cell, str):
            expected.append({"categories": categories, "suppressed": cell})
            continue
        of = {measure["name"]: figures_of(measure, cell) for measure in published(x.manifest)}
        only = next(iter(of.values())) if len(of) == 1 else {"measures": of}
        expected.append({"categories": categories, "reporters": cell["reporters"], "employees": cell["employees"], **only})
    same(release["cells"], expected)
    why = [cell if isinstance(cell, str) else None for cell in shown]
    same(release["gaps"], gaps(x.manifest, x.cells, shown, why))
    beyond = not all(isinstance(cell, str) or within_limits(x.manifest, cell) for cell in shown)
    same(release["warnings"], ["outside-limits"] * beyond)

def slots_of(m, margin):
    """(number, weight) of every slot of one cell, in their order; a number is a tuple that names it."""
    found = [(("reporters",), 1)]
    if margin:
        return found
    found.append((("employees",), 1))
    def limbs(name, of, most): found.extend(((of, name), 2 ** limb(m) if at else 1) for at in range(len(sum_bits(m, most))))
    for measure in m["measures"]:
        most, asked = measure["hard"]["max"], measure["statistics"]
        if "mean" in asked: limbs("sum", measure["name"], most)
        if "dispersion" in asked: limbs("squares", measure["name"], most ** 2)
        if "receiving" in asked: found.append(((measure["name"], "receiving"), 1))
        if "bands" in measure: found.extend(((measure["name"], "band", low), 1) for low in begins(measure))
    return found

def ordered_cells(m, cells):
    """Indices of cells in the order of slots: over groups."""
    if m["granularity"] == "totals":
        return list(range(len(cells)))
    return [i for category in (*categories_of(m)[m["compared"]], None)
            for i, (_, of) in enumerate(cells) if of.get(m["compared"]) == category]

def claims(x, shown):
    """PROTOCOL 6.5, Rest: pairs (j, M_j), margins ([(j, weight)], target), and how many slots there are."""
    found, j = [], 0
    for index in ordered_cells(x.manifest, x.cells):
        cell = shown[index]
        for number, weight in slots_of(x.manifest, x.cells[index][0][2]):
            if not isinstance(cell, str):
                if len(number) == 1:
                    key, value = number, cell[number[0]]
                elif number[1] != "band":
                    key, value = number, cell["measures"][number[0]][number[1]]
                else:
                    bands = [b for b in cell["measures"][number[0]]["bands"] if b[0] <= number[2] <= b[1]]
                    key, value = (number[:2] + bands[0][:1], bands[0][2]) if bands else (None, None)
                if key and found and found[-1][0] == (index, key):
                    found[-1][1].append([j, weight])
                elif key:
                    found.append(((index, key), [[j, weight]], value))
            j += 1
    same(j, sum(map(len, groups(x.manifest))))
    pairs = [[terms[0][0], value] for _, terms, value in found if len(terms) == 1]
    return pairs, [{"terms": terms, "target": value} for _, terms, value in found if len(terms) > 1], j

def commitments(x):
    pairs, margins, slots = claims(x, read_cells(x))
    check_rest.verify(check_rest.Statement({
        "fingerprint": x.fingerprint.hex(), "set_hash": x.agreed_hash().hex(), "slots": slots, "published": pairs,
        "margins": margins, "commitments": [member["commitment"] for member in x.b["agreed"]["body"]["members"]],
    }), unhex(x.b["release"]["body"]["rest"]))


CHECKS = {                                               # name: (check, name of the one without which it is not made)
    "format": (lambda x: None, None),
    "server-keys": (server_keys, None),
    "manifest-rules": (lambda x: manifest_rules(x.manifest), None),
    "paillier-signature": (paillier_signature, None),
    "paillier-proof": (paillier_proof, None),
    "manifest-organizer": (manifest_by("organizer", lambda x: unhex(x.manifest["organizer_key"])), None),
    "manifest-data-server": (manifest_by("data_server", lambda x: x.signing_key("data-server")), None),
    "manifest-computation-server": (manifest_by("computation_server", lambda x: x.signing_key("computation-server")), None),
    "one-survey": (one_survey, None),
    "roster": (roster, None),
    "orders": (lambda x: invitations(x, True), None),
    "enrolments": (enrolments, None),
    "enrolments-data-server": (confirmed("data_server"), None),
    "enrolments-computation-server": (confirmed("computation_server"), None),
    "data-list": (held_list("data_list", "data-server"), None),
    "computation-list": (held_list("computation_list", "computation-server"), None),
    "builds": (builds, None),
    "statements": (statements, None),
    "receipts": (receipts, None),
    "agreed-set": (agreed_set, None),
    "agreed-computation-server": (agreed_by("computation-server", lambda x: x.b["agreed"]["signature"]), None),
    "agreed-data-server": (agreed_by("data-server", lambda x: x.b["agreed_countersignature"]), None),
    "counted": (counted, None),
    "members-enrolled": (members_enrolled, None),
    "release-set": (release_set, None),
    "release-computation-server": (release_by("computation-server", lambda x: x.b["release"]["signature"]), None),
    "release-data-server": (release_by("data-server", lambda x: x.b["release_countersignature"]), None),
    "cells": (read_cells, None),
    "suppression": (suppression, "cells"),
    "sums": (sums, "suppression"),
    "figures": (all_figures, "cells"),
    "commitments": (commitments, "cells"),
}

def verify(bundle, keys):
    """Name -> "passed", "failed" with a reason, or "not-made". Both are texts."""
    found = dict.fromkeys(CHECKS, "not-made")
    try:
        document, given = parse(bundle), parse(keys)
        BUNDLE(document), KEYS(given)
        x = Bundle(document, given)
    except Exception as error:
        return {**found, "format": "failed: %s" % error}
    for name, (check, after) in CHECKS.items():
        if after and found[after] != "passed":
            continue
        try:
            check(x)
            found[name] = "passed"
        except Exception as error:                      # a check that cannot be made has failed
            found[name] = "failed: %s %s" % (type(error).__name__, error)
    return found

def changed(document, changes):
    document = copy.deepcopy(document)
    for change in changes:
        *path, last = change["at"] or [None]
        if last is None:
            document = change["put"]
            continue
        where = document
        for step in path: where = where[step]
        if "put" in change: where[last] = change["put"]
        else: del where[last]
    return document

def spread(document):
    """The same, with other white space and its keys in another order."""
    if isinstance(document, dict):
        return " {%s\n}" % ",\t".join("%s : %s" % (json.dumps(k), spread(v)) for k, v in reversed(document.items()))
    if isinstance(document, list):
        return "[ %s ]" % " ,\r\n".join(map(spread, document))
    return json.dumps(document)

def run_file(file):
    failed = 0
    def expect(name, bundle, keys, wanted):
        nonlocal failed
        found = verify(bundle, keys)
        wrong = [check for check, outcome in found.items() if outcome.startswith("failed")]
        if wrong != wanted or (not wanted and set(found.values()) != {"passed"}):
            failed += 1
            print("FAILED %s: %s in place of %s" % (name, [(w, found[w]) for w in wrong], wanted or "passed"))
    same(file["checks"], list(CHECKS))
    keys = json.dumps(file["server_keys"])
    for name, bundle in file["good"].items():
        expect(name, json.dumps(bundle), keys, [])
        expect(name + ", spread", spread(bundle), keys, [])
        expect(name + ", with a field twice", json.dumps(bundle)[:-1] + ', "roster": []}', keys, ["format"])
    for case in file["bad"]:
        bundle, given = changed(file["good"][case["like"]], case["bundle"]), changed(file["server_keys"], case["keys"])
        expect(case["name"], json.dumps(bundle), json.dumps(given), [case["fails"]])
    print("%d passed, %d failed" % (3 * len(file["good"]) + len(file["bad"]) - failed, failed))
    return failed

def main(arguments):
    if len(arguments) == 2:
        texts = [open(path, encoding="utf-8").read() for path in arguments]
        found = verify(*texts)
        for name, outcome in found.items(): print("%-30s %s" % (name, outcome))
        return set(found.values()) != {"passed"}
    path = arguments[0] if arguments else os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundles.json")
    with open(path, encoding="utf-8") as file:
        return run_file(json.load(file))

if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
