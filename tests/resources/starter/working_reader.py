"""Reads a written working back, in either language, and checks every step of it.

This knows nothing of the generator: it works each operation out by itself, digit by digit, from the
first line alone, and compares. A ValueError says which line is not what arithmetic demands.
"""
import re

COLUMNS = [["Ones", "Satuan"], ["Tens", "Puluhan"], ["Hundreds", "Ratusan"], ["Thousands", "Ribuan"], ["Ten thousands", "Puluh ribuan"], ["Hundred thousands", "Ratus ribuan"]]
WRITE, CARRY = r"(?:write|tulis)", r"(?:carry|simpan)"


def demand(condition, line):
    if not condition:
        raise ValueError(f"wrong step: {line}")


def digits_of(n, width):
    return [n // 10 ** i % 10 for i in range(width)]


def sum_step(text, x, y, carry, last):
    """One column of a sum, for example 7+5+1=13, write 3, carry 1. Returns the carry."""
    m = re.fullmatch(rf"(\d)\+(\d)(\+1)?=(\d+), {WRITE} (\d+)(?:, {CARRY} (\d))?\.", text)
    demand(m, text)
    s = x + y + carry
    demand((int(m[1]), int(m[2]), bool(m[3]), int(m[4])) == (x, y, bool(carry), s), text)
    if last:
        demand(int(m[5]) == s and m[6] is None, text)
        return 0
    demand(int(m[5]) == s % 10 and (m[6] == "1" if s > 9 else m[6] is None), text)
    return s // 10


def difference_step(text, x, y, borrow):
    """One column of a difference; returns (digit, borrow)."""
    tail = f"-{y}-1" if borrow else f"-{y}"
    d = x - y - borrow
    if d >= 0:
        demand(text == f"{x}{tail}={d}.", text)
        return d, 0
    demand(re.fullmatch(re.escape(f"{x}{tail}") + r" (too small, borrow|kurang, pinjam): " + re.escape(f"{x + 10}{tail}={d + 10}."), text), text)
    return d + 10, 1


def by_digit(text, a, d):
    """a times one digit, in one line that ends with the product."""
    if d == 0:
        demand(text == "0.", text)
        return
    carry, width = 0, len(str(a))
    for i, x in enumerate(digits_of(a, width)):
        p, s = x * d, x * d + carry
        step = f"{x}×{d}={p}" + (f", {p}+{carry}={s}" if carry else "")
        demand(text.startswith(step), text)
        text = text[len(step):]
        if i < width - 1:
            m = re.match(rf", {WRITE} (\d)(?:, {CARRY} (\d))?\. ", text)
            demand(m and int(m[1]) == s % 10 and int(m[2] or 0) == s // 10, text)
            text = text[m.end():]
        else:
            demand(text.startswith(". "), text)
            text = text[2:]
        carry = s // 10
    demand(text == f"{a * d}.", text)


class Lines:
    def __init__(self, lines):
        self.lines, self.at = lines, 0

    def next(self):
        demand(self.at < len(self.lines), "the working ends too early")
        self.at += 1
        return self.lines[self.at - 1]


def final(lines, shown, result):
    line = lines.next()
    demand(line in (f"So {shown}={result}.", f"Jadi {shown}={result}."), line)


def read_sum(lines, a, b):
    if a > 9 or b > 9:
        carry, width = 0, max(len(str(a)), len(str(b)))
        for i, (x, y) in enumerate(zip(digits_of(a, width), digits_of(b, width))):
            name, _, step = lines.next().partition(": ")
            demand(name in COLUMNS[i], name)
            carry = sum_step(step, x, y, carry, i == width - 1)
    final(lines, f"{a}+{b}", a + b)
    return a + b


def read_difference(lines, a, b):
    if a < b:
        line = lines.next()
        demand(line in (f"{a} is less than {b}, so the result is negative: {b}-{a}.", f"{a} lebih kecil dari {b}, jadi hasilnya negatif: {b}-{a}."), line)
        read_difference(lines, b, a)
        line = lines.next()
        demand(line in (f"With the sign: {a - b}.", f"Dengan tandanya: {a - b}."), line)
        return a - b
    if a > 9:
        borrow, shown, width = 0, "", len(str(a))
        for i, (x, y) in enumerate(zip(digits_of(a, width), digits_of(b, width))):
            name, _, step = lines.next().partition(": ")
            demand(name in COLUMNS[i], name)
            d, borrow = difference_step(step, x, y, borrow)
            shown = str(d) + shown
        if len(shown) > 1 and shown[0] == "0":
            line = lines.next()
            demand(line in (f"Digits {shown}.", f"Angka {shown}."), line)
    final(lines, f"{a}-{b}", a - b)
    return a - b


def read_product(lines, a, b):
    shown = f"{a}×{b}"
    for x, y in ((a, b), (b, a)):
        if y in (10, 100, 1000) and not (a < 10 and b < 10):
            line = lines.next()
            demand(re.fullmatch(rf"(One|Two|Three|Satu|Dua|Tiga) (zeros?|nol): {x * y}\.", line), line)
            final(lines, shown, a * b)
            return a * b
    if a > 9 or b > 9:
        if len(str(a)) < len(str(b)):
            line = lines.next()
            demand(line in (f"The same as {b}×{a}.", f"Sama dengan {b}×{a}."), line)
            a, b = b, a
        total = None
        for place, d in enumerate(digits_of(b, len(str(b)))):
            line = lines.next()
            demand(line.startswith(f"{a}×{d}: "), line)
            text = line[len(f"{a}×{d}: "):]
            for n in range(place if d else 0, 0, -1):
                m = re.search(rf", (?:with a zero|ditambah nol) {a * d * 10 ** n}\.$", text)
                demand(m, line)
                text = text[:m.start()] + "."
            by_digit(text, a, d)
        for place, d in enumerate(digits_of(b, len(str(b)))):
            part = a * d * 10 ** place
            if part and total is not None:
                line = lines.next()
                head = f"{total}+{part}: "
                demand(line.startswith(head), line)
                steps = re.findall(r"\d\+\d(?:\+1)?=[^.]*\.", line[len(head):])
                width, carry = max(len(str(total)), len(str(part))), 0
                demand(len(steps) == width, line)
                for i, (x, y) in enumerate(zip(digits_of(total, width), digits_of(part, width))):
                    carry = sum_step(steps[i], x, y, carry, i == width - 1)
                total += part
                demand(line == head + " ".join(steps) + f" {total}.", line)
            elif part:
                total = part
    final(lines, shown, a * b)
    return a * b


def read_quotient(lines, a, b):
    q, r = divmod(a, b)
    if b in (10, 100, 1000) and r == 0:
        line = lines.next()
        demand(re.fullmatch(rf"(One|Two|Three|Satu|Dua|Tiga) (zeros?|nol): {q}\.", line), line)
    elif b != 1:
        rest, shown = 0, ""
        for c in str(a):
            rest = rest * 10 + int(c)
            n, line = rest // b, lines.next()
            m = re.fullmatch(r"(?:Bring down|Turunkan) (\d): (\d+)\. (.*)", line)
            demand(m and m[1] == c and int(m[2]) == rest, line)
            text = m[3]
            if b < 10:
                demand(re.fullmatch(rf"{b} (goes|masuk) {n} (times|kali), {n}×{b}={n * b}, {rest}-{n * b}={rest - n * b}\.", text), line)
            elif n == 0:
                demand(re.fullmatch(rf"{b} (goes|masuk) 0 (times|kali)\.", text), line)
            else:
                tries = ", ".join(f"{k}×{b}={k * b}" for k in range(1, n + 1))
                demand(text.startswith(tries), line)
                text = text[len(tries):]
                if n < 9:
                    m = re.match(rf", {n + 1}×{b}={(n + 1) * b} (too much|terlalu besar)", text)
                    demand(m, line)
                    text = text[m.end():]
                head = f". {rest}-{n * b}: "
                demand(text.startswith(head) and text.endswith(f" {rest - n * b}."), line)
                borrow, width = 0, min(2, len(str(rest)))
                steps = re.findall(r"\d-\d(?:-1)?(?:=\d\.| (?:too small, borrow|kurang, pinjam): \d+-\d(?:-1)?=\d\.)", text[len(head):])
                demand(len(steps) == width, line)
                for i in range(width):
                    _, borrow = difference_step(steps[i], digits_of(rest, width)[i], digits_of(n * b, width)[i], borrow)
            rest -= n * b
            shown += str(n)
        if len(shown) > 1:
            line = lines.next()
            demand(line in (f"Digits {shown}.", f"Angka {shown}."), line)
    line = lines.next()
    results = [f"{q} remainder {r}", f"{q} sisa {r}"] if r else [str(q)]
    demand(line in [f"{so} {a}÷{b}={result}." for so in ("So", "Jadi") for result in results], line)
    return q


READERS = {"+": read_sum, "-": read_difference, "×": read_product, "÷": read_quotient}


def value_of(expression):
    """The value of a whole-number expression with brackets and the usual order; ÷ without remainder."""
    tokens = re.findall(r"\d+|[()+\-×÷]", expression)

    def factor():
        token = tokens.pop(0)
        if token == "(":
            inner = total()
            tokens.pop(0)
            return inner
        return int(token)

    def product():
        value = factor()
        while tokens and tokens[0] in "×÷":
            value = value * factor() if tokens.pop(0) == "×" else value // factor()
        return value

    def total():
        value = product()
        while tokens and tokens[0] in "+-":
            value = value + product() if tokens.pop(0) == "+" else value - product()
        return value

    return total()


def read(thought):
    """Check a whole working that begins with the needed expression; returns (expression, value)."""
    lines = Lines(thought.split("\n"))
    m = re.fullmatch(r"(?:I need|Saya perlu) (.*)\.", lines.next())
    demand(m, thought)
    expression = m[1]
    single = re.fullmatch(r"(\d+)([+\-×÷])(\d+)", expression)
    if single:
        value = READERS[single[2]](lines, int(single[1]), int(single[3]))
    else:
        for head in (("First", "Pertama"), ("Then", "Lalu")):
            line = lines.next()
            m = re.fullmatch(rf"(?:{head[0]}|{head[1]}) (\d+)([+\-×÷])(\d+)\.", line)
            demand(m, line)
            value = READERS[m[2]](lines, int(m[1]), int(m[3]))
        demand(value == value_of(expression), thought)
    demand(lines.at == len(lines.lines), thought)
    return expression, value
