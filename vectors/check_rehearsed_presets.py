#!/usr/bin/env python3
"""Rehearses presets with drawn employees and compares every published figure with its own.

Written from docs/PROTOCOL.md, from nothing else, with Python's standard library only: it adds employees up in
the clear, suppresses, merges bands and rounds for itself, and wants the command's result to be the same to the
last digit.

    check_rehearsed_presets.py COMMAND [PRESET...]     COMMAND: the program sealedpay; exit 1 if anything differs
"""
import csv, itertools, json, math, os, random, subprocess, sys, tempfile
from fractions import Fraction

REPORTERS, MINIMUM = 12, {"reporters": 5, "employees": 10}


# Employees, drawn

def lognormal(draw, middle, spread): return max(1, round(middle * math.exp(draw.gauss(0, spread))))

def money(minor): return "%d.%02d" % divmod(minor, 100)

def eu(draw):
    for _ in range(1400):
        worker, sex = draw.choices(("managers", "experts", "clerks"), (1, 3, 5))[0], draw.choice(("female", "male"))
        middle = {"managers": 8_000_000, "experts": 5_000_000, "clerks": 3_000_000}[worker]
        basic = lognormal(draw, middle * (9 if sex == "female" else 10) // 10, 0.25)
        variable = lognormal(draw, basic // 10, 0.8) if draw.random() < 0.4 else 0
        hours = draw.choice((17200, 18900, 9450, draw.randrange(2000, 20000)))
        yield {"category of workers": worker, "sex": sex, "ordinary basic wage or salary": money(basic),
               "complementary or variable components": money(variable), "paid hours": "%d.%d" % divmod(hours, 10)}

def uk(draw):
    for _ in range(900):
        gender, full = draw.choice(("women", "men")), draw.random() < 0.93
        bonus = lognormal(draw, 150_000, 1.0) if draw.random() < 0.3 else 0
        yield {"pay in the relevant pay period": "full pay" if full else "reduced by leave", "gender": gender,
               "hourly pay": money(lognormal(draw, 1700 if gender == "women" else 1900, 0.35)), "bonus pay": money(bonus)}

def boston(draw, schema):
    jobs, races, genders = (dimension["categories"] for dimension in schema["dimensions"])
    for _ in range(4000):
        pay = lognormal(draw, 70_000, 0.5)
        yield {"job category": draw.choices(jobs, range(10, 0, -1))[0],
               "race/ethnicity": draw.choices(races, (20, 60, 15, 1, 12, 1, 3, 5))[0],
               "gender": draw.choices(genders, (50, 49, 1))[0], "total annual compensation": str(pay),
               "annual cash performance pay": str(pay // 9 if draw.random() < 0.5 else 0),
               "length of service": str(draw.randrange(1, 400))}

def eeo1(draw, schema):
    jobs, races, sexes = (dimension["categories"] for dimension in schema["dimensions"])
    for _ in range(3000):
        yield {"job category": draw.choices(jobs, range(10, 0, -1))[0], "race/ethnicity": draw.choices(races, (20, 60, 15, 1, 12, 1, 3))[0],
               "sex": draw.choice(sexes), "annual pay": str(lognormal(draw, 60_000, 0.6)), "hours worked": str(draw.randrange(100, 2500))}

def simple(draw):
    for _ in range(300):
        yield {"gender": draw.choice(("women", "men")), "gross annual pay": money(lognormal(draw, 4_500_000, 0.4))}

PRESETS = {
    "simple": (simple, []), "uk-gender-pay-gap": (uk, []),
    "eu-2023-970": (eu, [x for name in ("managers", "experts", "clerks") for x in ("--worker-category", name)]),
    "boston": (boston, ["--bands"]), "eeo-1-component-2": (eeo1, []),
}


# PROTOCOL 3: rows, and what is computed of them

def minor(text, decimals):
    value = Fraction(text) * 10 ** decimals
    assert value.denominator == 1
    return int(value)

def amounts(schema, row):
    """Minor units of every measure, by name."""
    found, decimals = {}, {measure["name"]: measure["decimals"] for measure in schema["measures"]}
    for measure in schema["measures"]:
        name = measure["name"]
        if "computed" not in measure:
            found[name] = minor(row[name], measure["decimals"])
            continue
        (kind, (one, other)), = measure["computed"].items()
        if kind == "sum":
            found[name] = found[one] + found[other]
        else:
            exact = Fraction(found[one], 10 ** decimals[one]) / Fraction(found[other], 10 ** decimals[other])
            found[name] = math.floor(exact * 10 ** measure["decimals"] + Fraction(1, 2))
    return found


# PROTOCOL 4: cells

def all_cells(schema):
    """(table, categories) of every cell in its order; table: (position, by, whether a margin)."""
    known = {dimension["name"]: dimension["categories"] for dimension in schema["dimensions"]}
    tables = [(by, False) for by in schema["cross_tabulations"]] + [(by, True) for by in schema["margins"]]
    return [((at, tuple(by), margin), dict(zip(by, combination))) for at, (by, margin) in enumerate(tables)
            for combination in itertools.product(*(known[dimension] for dimension in by))]

def add_up(schema, cell, people):
    """The totals of one cell: people are (reporter, categories and amounts)."""
    inside = [(r, row) for r, row in people if all(row[d] == c for d, c in cell.items())]
    totals = {"reporters": len({r for r, _ in inside}), "employees": len(inside), "measures": {}}
    for measure in schema["measures"]:
        values = [row[1, measure["name"]] for _, row in inside]
        edges = [measure["hard"]["min"], *measure.get("bands", []), measure["hard"]["max"] + 1]
        counts = [sum(low <= v < high for v in values) for low, high in itertools.pairwise(edges)]
        totals["measures"][measure["name"]] = {
            "sum": sum(values), "squares": sum(v * v for v in values), "receiving": sum(v > 0 for v in values),
            "bands": [(low, high - 1, n) for (low, high), n in zip(itertools.pairwise(edges), counts)]}
    return totals


# PROTOCOL 6.5: suppression, bands, figures

def parts_of(cells, index):
    """Indices of the cells that a margin adds up; of another cell, itself."""
    (_, by, margin), wanted = cells[index]
    if not margin:
        return [index]
    base = next(table for table, _ in cells if not table[2] and set(by) < set(table[1]))
    return [i for i, (table, cell) in enumerate(cells) if table == base and wanted.items() <= cell.items()]

def companions(cells):
    """Per cell of a cross-tabulation the cells it belongs together with, itself included."""
    together = {i: {i} for i, (table, _) in enumerate(cells) if not table[2]}
    for i, j in itertools.combinations(together, 2):
        (one, left), (other, right) = cells[i], cells[j]
        if one != other and all(left[d] == right[d] for d in left.keys() & right.keys()) and together[i] is not together[j]:
            joined = together[i] | together[j]
            for k in joined: together[k] = joined
    return together

def with_parts(cells):
    """Per cell those of cross-tabulations that it is shown or suppressed with."""
    together = companions(cells)
    return [{k for part in parts_of(cells, i) for k in together[part]} for i in range(len(cells))]

def leaves_room(cells, needed, shown, counted, capacity, minimum):
    """Whether cells may be shown beside suppressed ones; shown: (reporters, employees) per cell, or None."""
    clusters = []
    for i, one in enumerate(shown):
        if one is None: continue
        joined, most = set(needed[i]), one[0]
        for other in [cluster for cluster in clusters if cluster[0] & joined]:
            clusters.remove(other)
            joined, most = joined | other[0], max(most, other[1])
        clusters.append((joined, most))
    tables = {table[1]: 0 for table, _ in cells if not table[2]}
    for (table, _), one in zip(cells, shown):
        if not table[2] and one: tables[table[1]] += one[1]
    others = counted - 1
    return (sum(most - 1 for _, most in clusters) >= others
            and capacity * others - max(tables.values()) > others * (minimum // 2 - 1))

def hidden(cells, totals, counted, capacity):
    needed = with_parts(cells)
    few = [t["reporters"] < MINIMUM["reporters"] or t["employees"] < MINIMUM["employees"] for t in totals]
    alone = {k for i, of in enumerate(needed) if few[i] for k in of}
    found = [bool(of & alone) for of in needed]
    shown = [None if gone else (t["reporters"], t["employees"]) for gone, t in zip(found, totals)]
    if any(found) and not leaves_room(cells, needed, shown, counted, capacity, MINIMUM["employees"]):
        return [True] * len(cells)
    return found

def bounds(lists):
    """Indices of the last bands of the joined ones."""
    ends, begun = [], 0
    for end in range(len(lists[0])):
        if all(sum(n for _, _, n in bands[begun:end + 1]) >= MINIMUM["employees"] for bands in lists):
            ends, begun = ends + [end], end + 1
    return ends[:-1] + [len(lists[0]) - 1] if ends else []

def shown_bands(cells, totals, index, name):
    together, sets = companions(cells), []
    for part in parts_of(cells, index):
        sets.append(set(bounds([totals[k]["measures"][name]["bands"] for k in together[part]])))
    begun, bands, own = 0, [], totals[index]["measures"][name]["bands"]
    common = set.intersection(*sets)
    for end in sorted(common) if len(common) > 1 else ():
        joined = own[begun:end + 1]
        bands, begun = bands + [(joined[0][0], joined[-1][1], sum(n for _, _, n in joined))], end + 1
    return bands

def shown(value, places, how="half"):
    scaled = value * 10 ** places
    if how == "half":
        digits = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if value >= 0 else -1)
    else:
        digits = math.floor(scaled) if how == "down" else math.ceil(scaled)
    whole, rest = divmod(abs(digits), 10 ** places)
    return "-" * (digits < 0) + (f"{whole}.{rest:0{places}}" if places else str(whole))

def root(value, places):
    """The square root, rounded half up."""
    return shown(Fraction((math.isqrt(math.floor(4 * value * 100 ** places)) + 1) // 2, 10 ** places), places)

def quantile(bands, quarter, units, places):
    employees = [(Fraction(low), Fraction(high), low + Fraction(high - low) * Fraction(2 * i + 1, 2 * n))
                 for low, high, n in bands for i in range(n)]
    below, rest = divmod((len(employees) - 1) * quarter, 4)
    one, other = employees[below], employees[min(below + 1, len(employees) - 1)]
    low, high, estimate = ((a + (b - a) * Fraction(rest, 4)) / units for a, b in zip(one, other))
    return {"low": shown(low, places, "down"), "high": shown(high, places, "up"), "estimate": shown(estimate, places)}

def figures(measure, t, bands):
    of, asked, decimals = t["measures"][measure["name"]], measure["statistics"], measure["decimals"]
    units, places, n = 10 ** decimals, max(2, decimals), t["employees"]
    found = {}
    if "mean" in asked:
        found["sum"], found["mean"] = shown(Fraction(of["sum"], units), decimals), shown(Fraction(of["sum"], units * n), places)
    if "dispersion" in asked:
        found["squares"] = str(of["squares"])
        found["std"] = root((Fraction(of["squares"], n) - Fraction(of["sum"], n) ** 2) / units ** 2, places)
    if "receiving" in asked:
        found["receiving"], found["receiving_percent"] = str(of["receiving"]), shown(Fraction(of["receiving"] * 100, n), 2)
    if "bands" in measure and bands:
        found["bands"] = [{"from": shown(Fraction(low, units), decimals), "to": shown(Fraction(high, units), decimals),
                           "employees": str(count)} for low, high, count in bands]
        for quarter, name in (1, "lower_quartile"), (2, "median"), (3, "upper_quartile"):
            found[name] = quantile(bands, quarter, units, places)
    return found

def published(schema): return [m for m in schema["measures"] if m["statistics"] or "bands" in m]

def expected(schema, people):
    cells = all_cells(schema)
    totals = [add_up(schema, cell, people) for _, cell in cells]
    of_each = [sum(r == reporter for r, _ in people) for reporter in {r for r, _ in people}]
    # A rehearsed survey takes twice as many as its largest reporter has.
    why, released = hidden(cells, totals, len(of_each), 2 * max(of_each)), []
    for i, ((_, cell), t, gone) in enumerate(zip(cells, totals, why)):
        if gone:
            released.append({"categories": cell, "suppressed": "too-few"})
            continue
        all_ = {m["name"]: figures(m, t, shown_bands(cells, totals, i, m["name"])) for m in published(schema)}
        only = next(iter(all_.values())) if len(all_) == 1 else {"measures": all_}
        released.append({"categories": cell, "reporters": str(t["reporters"]), "employees": str(t["employees"]), **only})
    return released, gaps(schema, cells, totals, why)

def gaps(schema, cells, totals, why):
    compared, reference, found = schema["compared"], schema["reference"], []
    for i, (table, cell) in enumerate(cells):
        if cell.get(compared, reference) == reference:
            continue
        j = cells.index((table, {**cell, compared: reference}))
        within = {d: c for d, c in cell.items() if d != compared}
        for measure in (m["name"] for m in schema["measures"] if "mean" in m["statistics"]):
            gap = {"measure": measure, **({"within": within} if within else {}), "compared": cell[compared], "reference": reference}
            if why[i] or why[j]:
                found.append({**gap, "suppressed": "suppressed-side"})
                continue
            mean, base = (Fraction(totals[k]["measures"][measure]["sum"], totals[k]["employees"]) for k in (i, j))
            if base == 0:
                found.append({**gap, "suppressed": "reference-mean-zero"})
            else:
                found.append({**gap, "percent": shown((base - mean) / base * 100, 2), "cents_per_unit": shown(mean / base * 100, 2)})
    return found


# The comparison

def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [x for key in sorted(ours.keys() | theirs.keys())
                for x in differences(ours.get(key), theirs.get(key), f"{path}.{key}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [x for i, (a, b) in enumerate(zip(ours, theirs)) for x in differences(a, b, f"{path}[{i}]")]
    return [] if ours == theirs else [f"{path}: {ours!r} expected, {theirs!r} published"]

def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

def check(command, preset):
    employees, options = PRESETS[preset]
    schema, draw = json.loads(run(command, "survey", "preset", preset, *options)), random.Random(preset)
    rows = list(employees(draw, schema) if employees in (boston, eeo1) else employees(draw))
    people = [(i % REPORTERS, {**{d["name"]: row[d["name"]] for d in schema["dimensions"]},
                               **{(1, name): value for name, value in amounts(schema, row).items()}}) for i, row in enumerate(rows)]
    cells, gaps_ = expected(schema, people)
    with tempfile.TemporaryDirectory() as folder:
        file, asked = os.path.join(folder, "pay.csv"), os.path.join(folder, "schema.json")
        with open(file, "w", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader(), writer.writerows(rows)
        with open(asked, "w") as out: json.dump(schema, out)
        result = run(command, "rehearse", "--csv", file, "--schema", asked, "--reporters", str(REPORTERS),
                     "--key-bits", "2048", "--json")
    result = json.loads(result, parse_float=str, parse_int=str)
    wrong = differences(cells, result["cells"], "cells") + differences(gaps_, result["gaps"], "gaps")
    hidden = sum("suppressed" in cell for cell in cells)
    print(f"{preset}: {len(rows)} employees, {len(cells)} cells, {hidden} suppressed, {len(gaps_)} gaps, {len(wrong)} differences")
    for line in wrong[:20]: print("  " + line)
    return not wrong

if __name__ == "__main__":
    command, *presets = sys.argv[1:]
    sys.exit(not all([check(command, preset) for preset in presets or PRESETS]))
