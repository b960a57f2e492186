"""Which numbers are drawn, and how people write them. Pairs are split by hash into training and held-out."""
import hashlib

_UNITS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
    "id": ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
           "sebelas", "dua belas", "tiga belas", "empat belas", "lima belas", "enam belas", "tujuh belas",
           "delapan belas", "sembilan belas"],
}
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(n, lang):
    """0 … 999 in words."""
    if n < 20:
        return _UNITS[lang][n]
    if n < 100:
        tens, ones = divmod(n, 10)
        if lang == "en":
            return _TENS[tens] + (f"-{_UNITS[lang][ones]}" if ones else "")
        return f"{_UNITS[lang][tens]} puluh" + (f" {_UNITS[lang][ones]}" if ones else "")
    hundreds, rest = divmod(n, 100)
    if lang == "en":
        head = f"{_UNITS[lang][hundreds]} hundred"
    else:
        head = "seratus" if hundreds == 1 else f"{_UNITS[lang][hundreds]} ratus"
    return head + (f" {in_words(rest, lang)}" if rest else "")


def held_pair(op, a, b):
    """One pair in twenty is kept for the tests; pairs of one-digit numbers are all trained."""
    if a < 10 and b < 10:
        return False
    if op in "+×" and a > b:
        a, b = b, a
    return hashlib.sha256(f"{op}:{a}:{b}".encode()).digest()[0] < 13


def with_digits(rng, digits):
    low = 10 ** (digits - 1) if digits > 1 else 0
    n = rng.randrange(low, 10 ** digits)
    if digits >= 3 and rng.random() < 0.3:
        # Digits that repeat are what copying stumbles over.
        pool = [rng.choice("123456789"), rng.choice("0123456789")]
        n = int(pool[0] + "".join(rng.choice(pool) for _ in range(digits - 1)))
    elif digits >= 2 and rng.random() < 0.08:
        n = n - n % 10
    return n


# (digits of the one, digits of the other, weight when short numbers come first, weight at the end)
_SUM_SIZES = [
    (1, 1, 7, 3), (2, 1, 14, 6), (2, 2, 34, 18), (3, 1, 6, 4), (3, 2, 14, 11), (3, 3, 14, 13),
    (4, 1, 1, 2), (4, 2, 2, 5), (4, 3, 2, 7), (4, 4, 3, 10), (5, 1, 0, 2), (5, 2, 1, 3), (5, 3, 1, 4),
    (5, 4, 1, 6), (5, 5, 1, 8),
]
_PRODUCT_SIZES = [(1, 1, 16, 8), (2, 1, 26, 15), (2, 2, 40, 50), (3, 1, 16, 22), (4, 1, 2, 4)]
_QUOTIENT_SIZES = [(1, 1, 8, 3), (2, 1, 36, 20), (3, 1, 34, 35), (4, 1, 6, 14), (2, 2, 6, 8), (3, 2, 10, 18), (4, 2, 0, 4)]
_DIVISORS = list(range(11, 40)) + [40, 45, 50, 60, 75, 24, 12, 15, 16, 20, 25]


def _size(rng, sizes, level):
    weights = [s[2] * (1 - level) + s[3] * level for s in sizes]
    return rng.choices(sizes, weights)[0]


def draw(rng, op, held=False, level=0.0):
    """A pair for an operation; level 0: short numbers, 1: the whole range."""
    while True:
        if op == "÷":
            da, db, _, _ = _size(rng, _QUOTIENT_SIZES, level)
            if not held and rng.random() < 0.2:
                da, db = rng.choice([2, 3, 3, 3, 4]), 2  # two-digit divisors are the hardest: more of them to learn from
            b = rng.randrange(2, 10) if db == 1 else rng.choice(_DIVISORS)
            if da == db == 1:
                b = rng.randrange(2, 10)
                a = b * rng.randrange(1, 10)
            else:
                a = with_digits(rng, da)
                if rng.random() < 0.35:
                    a -= a % b
                if a < b and rng.random() < 0.8:
                    continue
            if a == 0:
                continue
        elif op == "×":
            da, db, _, _ = _size(rng, _PRODUCT_SIZES, level)
            a, b = with_digits(rng, da), with_digits(rng, db)
            if rng.random() < 0.04:
                b = rng.choice([10, 100, 1000])
            if rng.random() < 0.5:
                a, b = b, a
            if (a == 0 or b == 0) and rng.random() < 0.8:
                continue
        else:
            da, db, _, _ = _size(rng, _SUM_SIZES, level)
            a, b = with_digits(rng, da), with_digits(rng, db)
            if op == "+" and da > db and rng.random() < 0.35:
                # A carry over the end of the shorter number is the usual place of a slip.
                a = a // 10 ** db * 10 ** db + (10 ** db - 1 - rng.randrange(min(b, 10 ** db - 1) + 1))
                if rng.random() < 0.4 and da - db >= 1:
                    a = a - a // 10 ** db % 10 * 10 ** db + 9 * 10 ** db
            if op == "+" and rng.random() < 0.5:
                a, b = b, a
            if op == "-":
                if a < b and rng.random() < 0.85:
                    a, b = b, a
                elif a >= b and rng.random() < 0.08:
                    a, b = b, a
        if held_pair(op, a, b) == held:
            return a, b


def written(rng, n, lang, words=0.04):
    """A number as people type it."""
    if n < 0:
        return rng.choice(["-", "−", "-"]) + str(-n)
    if rng.random() < words * (4 if n < 13 else 1 if n < 100 else 0.15) and n < 1000:
        if n == 12 and rng.random() < 0.3:
            return "a dozen" if lang == "en" else "selusin"
        return in_words(n, lang)
    if n >= 1000 and rng.random() < 0.25:
        text = str(n)
        mark = rng.choice([",", ",", ",", " "] if lang == "en" else [".", ".", ".", " ", ","])
        return text[:-3] + mark + text[-3:]
    return str(n)
