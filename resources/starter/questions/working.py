"""The written working: each operation digit by digit, in both languages.

Every function returns (lines, result). The forms are those that learn soonest; the tests read them
back with a parser of their own and check each step.
"""

WORDS = {
    "en": {
        "need": "I need {0}.", "first": "First {0}.", "then": "Then {0}.", "so": "So", "write": "write",
        "carry": "carry", "borrow": "too small, borrow:", "digits": "Digits {0}.",
        "zero": "with a zero", "same": "The same as {0}.", "zeros": ["", "One zero", "Two zeros", "Three zeros"],
        "less": "{0} is less than {1}, so the result is negative: {1}-{0}.", "sign": "With the sign: {0}.",
        "bring": "Bring down", "goes": "goes", "times": "times", "remainder": "remainder",
        "much": "too much", "more": "is more than",
        "columns": ["Ones", "Tens", "Hundreds", "Thousands", "Ten thousands", "Hundred thousands"],
    },
    "id": {
        "need": "Saya perlu {0}.", "first": "Pertama {0}.", "then": "Lalu {0}.", "so": "Jadi", "write": "tulis",
        "carry": "simpan", "borrow": "kurang, pinjam:", "digits": "Angka {0}.",
        "zero": "ditambah nol", "same": "Sama dengan {0}.", "zeros": ["", "Satu nol", "Dua nol", "Tiga nol"],
        "less": "{0} lebih kecil dari {1}, jadi hasilnya negatif: {1}-{0}.", "sign": "Dengan tandanya: {0}.",
        "bring": "Turunkan", "goes": "masuk", "times": "kali", "remainder": "sisa",
        "much": "terlalu besar", "more": "lebih dari",
        "columns": ["Satuan", "Puluhan", "Ratusan", "Ribuan", "Puluh ribuan", "Ratus ribuan"],
    },
}


def _columns(a, b):
    width = max(len(str(a)), len(str(b)))
    return [(int(x), int(y)) for x, y in zip(str(a).zfill(width)[::-1], str(b).zfill(width)[::-1])]


def _sum_steps(a, b, w):
    steps, carry = [], 0
    columns = _columns(a, b)
    for i, (x, y) in enumerate(columns):
        s = x + y + carry
        step = f"{x}+{y}+1={s}" if carry else f"{x}+{y}={s}"
        if i == len(columns) - 1:
            step += f", {w['write']} {s}."
        elif s >= 10:
            step += f", {w['write']} {s - 10}, {w['carry']} 1."
        else:
            step += f", {w['write']} {s}."
        carry = 1 if s >= 10 else 0
        steps.append(step)
    return steps


def add(a, b, lang):
    w = WORDS[lang]
    lines = []
    if a > 9 or b > 9:
        lines = [f"{name}: {step}" for name, step in zip(w["columns"], _sum_steps(a, b, w))]
    lines.append(f"{w['so']} {a}+{b}={a + b}.")
    return lines, a + b


def _difference_steps(a, b, w, columns=None):
    steps, borrow, digits = [], 0, ""
    for x, y in (columns or _columns(a, b)):
        tail = f"-{y}-1" if borrow else f"-{y}"
        d = x - y - borrow
        if d < 0:
            d += 10
            steps.append(f"{x}{tail} {w['borrow']} {x + 10}{tail}={d}.")
            borrow = 1
        else:
            steps.append(f"{x}{tail}={d}.")
            borrow = 0
        digits = str(d) + digits
    return steps, digits


def subtract(a, b, lang):
    w = WORDS[lang]
    if a < b:
        lines = [w["less"].format(a, b)]
        inner, result = subtract(b, a, lang)
        return lines + inner + [w["sign"].format(-result)], -result
    lines = []
    if a > 9:
        steps, digits = _difference_steps(a, b, w)
        lines = [f"{name}: {step}" for name, step in zip(w["columns"], steps)]
        if len(digits) > 1 and digits[0] == "0":
            lines.append(w["digits"].format(digits))
    lines.append(f"{w['so']} {a}-{b}={a - b}.")
    return lines, a - b


def _by_digit(a, d, w):
    """a×d for one digit: the steps in one line, and the product at its end."""
    if d == 0:
        return "0."
    steps, carry = [], 0
    digits = str(a)[::-1]
    for i, x in enumerate(digits):
        p = int(x) * d
        step = f"{x}×{d}={p}"
        s = p + carry
        if carry:
            step += f", {p}+{carry}={s}"
        if i < len(digits) - 1:
            step += f", {w['write']} {s % 10}"
            if s >= 10:
                step += f", {w['carry']} {s // 10}"
        carry = s // 10
        steps.append(step + ".")
    return " ".join(steps) + f" {a * d}."


def multiply(a, b, lang):
    w = WORDS[lang]
    so = f"{w['so']} {a}×{b}={a * b}."
    if a < 10 and b < 10:
        return [so], a * b
    for power in (1000, 100, 10):
        for x, y in ((a, b), (b, a)):
            if y == power:
                return [f"{w['zeros'][len(str(power)) - 1]}: {x * power}.", so], a * b
    if len(str(a)) < len(str(b)):
        inner, result = multiply(b, a, lang)
        return [w["same"].format(f"{b}×{a}")] + inner[:-1] + [so], result
    lines, parts = [], []
    for place, d in enumerate(str(b)[::-1]):
        d = int(d)
        line = f"{a}×{d}: {_by_digit(a, d, w)}"
        part = a * d * 10 ** place
        if place and d:
            line = line[:-1]
            for n in range(1, place + 1):
                line += f", {w['zero']} {a * d * 10 ** n}"
            line += "."
        lines.append(line)
        if part:
            parts.append(part)
    total = parts[0] if parts else 0
    for part in parts[1:]:
        lines.append(f"{total}+{part}: {' '.join(_sum_steps(total, part, w))} {total + part}.")
        total += part
    lines.append(so)
    return lines, total


def quotient(q, r, lang):
    return f"{q} {WORDS[lang]['remainder']} {r}" if r else str(q)


def divide(a, b, lang):
    """Long division; result (quotient, remainder)."""
    w = WORDS[lang]
    q, r = divmod(a, b)
    so = f"{w['so']} {a}÷{b}={quotient(q, r, lang)}."
    if b == 1:
        return [so], (q, r)
    if b in (10, 100, 1000) and r == 0:
        return [f"{w['zeros'][len(str(b)) - 1]}: {q}.", so], (q, r)
    lines, rest, digits = [], 0, ""
    for d in str(a):
        rest = rest * 10 + int(d)
        n = rest // b
        line = f"{w['bring']} {d}: {rest}."
        if b < 10:
            line += f" {b} {w['goes']} {n} {w['times']}, {n}×{b}={n * b}, {rest}-{n * b}={rest - n * b}."
        elif n == 0:
            line += f" {b} {w['goes']} 0 {w['times']}."
        else:
            tries = [f"{k}×{b}={k * b}" for k in range(1, n + 1)]
            if n < 9:
                tries.append(f"{n + 1}×{b}={(n + 1) * b} {w['much']}")
            steps, _ = _difference_steps(rest, n * b, w, _columns(rest, n * b)[:2])
            line += f" {', '.join(tries)}. {rest}-{n * b}: {' '.join(steps)} {rest - n * b}."
        rest -= n * b
        digits += str(n)
        lines.append(line)
    if len(digits) > 1:
        lines.append(w["digits"].format(digits))
    lines.append(so)
    return lines, (q, r)


OPERATIONS = {"+": add, "-": subtract, "×": multiply, "÷": divide}
SPOKEN = {"+": "+", "-": "-", "×": "×", "÷": "÷"}


def single(op, a, b, lang):
    """Thought, final line's result as text, and the value."""
    lines, result = OPERATIONS[op](a, b, lang)
    text = quotient(*result, lang) if op == "÷" else str(result)
    return [WORDS[lang]["need"].format(f"{a}{op}{b}")] + lines, text, result


def chain(steps, shown, lang):
    """A chain: steps are (op, a, b) with None for the result of the step before."""
    w = WORDS[lang]
    lines, result = [w["need"].format(shown)], None
    for i, (op, a, b) in enumerate(steps):
        a = result if a is None else a
        b = result if b is None else b
        lines.append(w["first" if i == 0 else "then"].format(f"{a}{op}{b}"))
        inner, result = OPERATIONS[op](a, b, lang)
        if op == "÷":
            if result[1]:
                raise ValueError("a chain divides without remainder")
            result = result[0]
        lines += inner
    return lines, str(result), result
