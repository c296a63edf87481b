"""What submissions of a survey prove: the shape of PROOF.md, derived from a manifest.

Written from docs/PROTOCOL.md, sections 4 and 5 (validity), and docs/PROOF.md, section 2, from nothing else, with
Python's standard library only.
"""
MOST_ANSWERS = 5000


def form(terms, constant=0):
    """Terms ascend by slot; a coefficient of 0 is no term."""
    return {"terms": sorted([slot, c] for slot, c in terms if c), "constant": constant}

def between(low, x, count, high):
    """low * count <= x <= high * count, x being terms."""
    return [form([*x, (count, -low)]), form([*((slot, -c) for slot, c in x), (count, high)])]


class Numbers:
    """Where the numbers of a cell stand: slots by what they hold."""
    def __init__(self): self.one, self.sums, self.bands = {}, {}, {}

def roles(m, weight, is_two_limbs):
    """What the slots of a cell of a cross-tabulation hold, in their order: (what, measure, weight)."""
    found = [("reporters", None, 1), ("employees", None, 1)]
    for at, measure in enumerate(m["measures"]):
        most, asked = measure["hard"]["max"], measure["statistics"]
        for name, what, largest in (("mean", "sum", most), ("dispersion", "squares", most ** 2)):
            if name in asked:
                found += [(what, at, w) for w in ([1, weight] if is_two_limbs(largest) else [1])]
        found += [("receiving", at, 1)] * ("receiving" in asked)
        found += [("band", at, 1)] * (len(measure["bands"]) + 1 if "bands" in measure else 0)
    return found

def cells_of_groups(m, cells):
    """The numbers of the cells of every group: section 4."""
    if m["granularity"] == "totals":
        return [list(range(len(cells)))]
    compared, = [d for d in m["dimensions"] if d["name"] == m["compared"]]
    of = lambda category: [i for i, (by, _) in enumerate(cells) if by.get(m["compared"]) == category]
    found = [of(category) for category in (*compared["categories"], None)]
    return found if found[-1] else found[:-1]

def numbers_of_cells(m, cells, full):
    """Numbers of every cell, out of the order of slots: over groups, then cells."""
    numbers, j = [Numbers() for _ in cells], 0
    for group in cells_of_groups(m, cells):
        for cell in group:
            for what, measure, weight in full[:1] if cells[cell][1] else full:
                if what in ("reporters", "employees"):
                    numbers[cell].one[what] = j
                elif what == "receiving":
                    numbers[cell].one[what, measure] = j
                elif what == "sum":
                    numbers[cell].sums.setdefault(measure, []).append((j, weight))
                elif what == "band":
                    numbers[cell].bands.setdefault(measure, []).append((j, 1))
                j += 1
    return numbers

def parts(m, cells, cell):
    """The cells that a margin adds up: those of the first cross-tabulation that has all its dimensions."""
    by = cells[cell][0]
    table = next(set(table) for table in m["cross_tabulations"] if set(by) < set(table))
    return [i for i, (other, margin) in enumerate(cells)
            if not margin and set(other) == table and by.items() <= other.items()]

def facts_and_ranges(m, cells, numbers):
    employees_most = m["max_employees_per_reporter"]
    facts, presence, sums = [], [], []
    for cell, (_, margin) in enumerate(cells):
        own = numbers[cell]
        r = own.one["reporters"]
        if margin:
            others = [(numbers[i].one["reporters"], 1) for i in parts(m, cells, cell)]
            presence.append(between(1, others, r, len(others)))
            continue
        n = own.one["employees"]
        if employees_most == 1:
            facts.append(form([(n, 1), (r, -1)]))
        else:
            presence.append(between(1, [(n, 1)], r, employees_most))
        sums.append([form([(n, 1)]), form([(n, -1)], employees_most)])
        for at, measure in enumerate(m["measures"]):
            low, high = measure["hard"]["min"], measure["hard"]["max"]
            if at in own.bands:
                facts.append(form([*own.bands[at], (n, -1)]))
            if at in own.sums and low == high:
                facts.append(form([*own.sums[at], (n, -low)]))
            if at in own.sums and 0 < (high - low) * employees_most < 2 ** 62:
                sums.append(between(low, own.sums[at], n, high))
            if ("receiving", at) in own.one:
                receiving = own.one["receiving", at]
                sums.append([form([(receiving, 1)]), form([(n, 1), (receiving, -1)])])
    return facts, presence, sums

def shape(m, cells, layouts, bits, weight, is_two_limbs):
    """As check_packproof.py reads it. cells, layouts and bits as check_protocol_example.py has them; weight: 2^L."""
    slots, first = [], 0
    numbers = numbers_of_cells(m, cells, roles(m, weight, is_two_limbs))
    indicators = {number.one["reporters"] for number in numbers}
    for layout, of_group in zip(layouts, bits, strict=True):
        for (_, block, offset), b in zip(layout, of_group, strict=True):
            place = {"block": first + block, "offset": offset}
            is_indicator = len(slots) in indicators
            slots.append({"kind": "indicator", **place} if is_indicator else {"kind": "bounded", "bits": b, **place})
        first += layout[-1][1] + 1
    facts, presence, sums = facts_and_ranges(m, cells, numbers)
    fits = lambda ranges: len(slots) + 3 * len(ranges) <= MOST_ANSWERS
    ranges = next((ranges for ranges in (presence + sums, presence) if fits(ranges)), [])
    return {"blocks": first, "slots": slots, "facts": facts, "ranges": ranges}
