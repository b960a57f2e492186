"""Sums: one operation, chains, asked plainly or in a story."""
import re

from . import composed_en, composed_id, direct_en, direct_id, direct_more, noise, numbers, stories_en, stories_id, verbs, working
from .grammar import expand, is_held, pick
from .sample import Sample

DIRECT = {"en": direct_en, "id": direct_id}
STORIES = {"en": stories_en, "id": stories_id}
COMPOSED = {"en": composed_en, "id": composed_id}
LIST_OF = {"+": "ADD", "-": "SUBTRACT", "×": "MULTIPLY", "÷": "DIVIDE"}
NAMES = {"+": "addition", "-": "subtraction", "×": "multiplication", "÷": "division"}
ANSWER = {"en": "The answer is {0}.", "id": "Jawabannya {0}."}


def _in_order(op, text, a, b):
    """Sums and products are written in the order of the question."""
    if op in "+×" and "{b}" in text and text.find("{b}") < text.find("{a}"):
        return b, a
    return a, b


def thought_of(op, a, b, lang):
    lines, shown, result = working.single(op, a, b, lang)
    return "\n".join(lines), shown, result


def spoken_sum(op, a, b, shown):
    return f"{a} {op} {b} = {shown}."


_MONEY = {"en": [("dollars", "${}"), ("bucks", "${}"), ("euros", "€{}"), ("pounds", "£{}"), ("yen", "¥{}")], "id": [("rupiah", "Rp{}"), ("rupiah", "Rp {}"), ("dolar", "${}"), ("euro", "€{}")]}


def _with_signs(d, text):
    """Some write the sign of the money instead of its name."""
    for name, sign in _MONEY[d.lang]:
        text = re.sub(r"(\{[abc]\}) " + name + r"\b", lambda m: sign.format(m.group(1)), text)
    return text


def question_text(d, op, a, b, text):
    r = d.rng
    if r.random() < 0.3:
        text = _with_signs(d, text)
    return text.replace("{a}", numbers.written(r, a, d.lang)).replace("{b}", numbers.written(r, b, d.lang))


def _language(question, lang):
    """A question without words says nothing about its language: it is answered in English."""
    return lang if re.search(r"[a-wyz]{2,}", question.lower()) else "en"


def _direct_text(d, op):
    r, module = d.rng, DIRECT[d.lang]
    if r.random() < (0.3 if op in "+-" else 0.15):
        return pick(verbs.LISTS[d.lang][op], r, d.held_wording)
    if r.random() < 0.55:
        return expand(pick(getattr(module, LIST_OF[op]), r, d.held_wording), r, module.LISTS)
    if r.random() < 0.5:
        return r.choice(direct_more.ASK[d.lang]) + pick(direct_more.ORDERS[d.lang][op], r, d.held_wording) + r.choice(direct_more.END[d.lang])
    return expand(pick(direct_more.ASKS[d.lang][op], r, d.held_wording), r)


def direct(d, op, pair=None):
    r, lang = d.rng, d.lang
    module = DIRECT[lang]
    a, b = pair or numbers.draw(r, op, d.held_numbers, d.level)
    text = _direct_text(d, op)
    if "?" in text and op == "-" and a < b:
        a, b = (b, a) if numbers.held_pair(op, b, a) == d.held_numbers else (a, b)
    if op in "×÷" and pair is None and r.random() < 0.06 and not d.held_wording:
        template, n = r.choice(module.DOUBLES if op == "×" else module.HALVES)
        if not numbers.held_pair(op, a, n):
            text, b = expand(template, r), n
    first, second = _in_order(op, text, a, b)
    plain = text.strip("{}ab 0123456789+-×*x÷/:=?") == ""
    question = question_text(d, op, a, b, text)
    if plain:
        if r.random() < 0.25 and op == "-":
            question = question.replace("-", r.choice(["−", "–"]))
        question = question if r.random() < 0.75 else noise.dress(r, question, lang, strength=0.7)
    else:
        question = noise.dress(r, question, lang)
    lang = _language(question, lang)
    thought, shown, _ = thought_of(op, first, second, lang)
    return Sample(NAMES[op], lang, question, thought, spoken_sum(op, first, second, shown), shown)


_PRICES = ["book", "ball", "cap", "lamp", "bag", "pen", "shirt", "ticket", "cake", "toy", "phone", "bike", "radio", "chair", "table", "sandwich", "watch", "camera", "jacket", "guitar", "mug", "plant"]
_PRICES_ID = ["buku", "bola", "topi", "lampu", "tas", "pensil", "baju", "tiket", "kue", "mainan", "sepatu", "sepeda", "radio", "kursi", "meja", "roti", "jam", "payung", "jaket", "gitar", "gelas", "es krim"]


def fill(d, text):
    """People and things of a story; four in ten are words that nobody knows."""
    r, module = d.rng, STORIES[d.lang]
    def name():
        n = r.choice(module.NAMES).replace("~", " ")
        return n if r.random() < 0.7 else noise.made_up(r).capitalize()
    def thing():
        return r.choice(module.THINGS) if r.random() < 0.7 else noise.made_up(r) + ("s" if d.lang == "en" else "")
    def item():
        return r.choice(_PRICES if d.lang == "en" else _PRICES_ID) if r.random() < 0.75 else noise.made_up(r)
    one, two = name(), name()
    while two == one:
        two = name()
    for slot, value in (("{A}", one), ("{B}", two), ("{t}", thing()), ("{u}", thing()), ("{x}", item()), ("{y}", item())):
        text = text.replace(slot, value)
    return text


def _small(d, op):
    """Numbers that fit a story."""
    r = d.rng
    while True:
        if op in "+-":
            size = r.choice([1, 2, 2, 2, 2, 3, 3, 3 if d.level < 0.5 else 4])
            a, b = numbers.with_digits(r, size), numbers.with_digits(r, r.choice([1, size, size, max(1, size - 1)]))
            if r.random() < 0.06:
                a, b = a * 100, b * 100
            if op == "-" and a < b:
                a, b = b, a
        elif op == "×":
            a, b = r.choice([(r.randrange(2, 10), r.randrange(2, 100)), (r.randrange(2, 13), r.randrange(2, 13)), (r.randrange(2, 60), r.randrange(2, 60)), (r.randrange(2, 10), r.randrange(10, 400))])
            if r.random() < 0.5:
                a, b = b, a
        else:
            b = r.randrange(2, 10) if r.random() < 0.85 else r.choice([10, 11, 12, 12, 15, 20, 24, 25, 30])
            a = b * r.randrange(1, 13) if r.random() < 0.35 else r.randrange(b, r.choice([60, 100, 300, 1000]) if b < 100 else 1000)
            if r.random() < 0.6:
                a -= a % b
        if a and b and numbers.held_pair(op, a, b) == d.held_numbers:
            return a, b


_ALIKE = [("holder", "holders"), ("period", "periods"), ("unit",), ("length",), ("people",)]


def _alike(r, text, lists):
    """Things that are named twice in a story are mostly the same thing."""
    for names in _ALIKE:
        if r.random() < 0.85 and names[0] in lists:
            i = r.randrange(len(lists[names[0]]))
            for name in names:
                if name in lists:
                    text = text.replace(f"<{name}>", lists[name][i])
    return text


def _composed(d, op, template=None):
    """A story put together from parts."""
    r, module = d.rng, COMPOSED[d.lang]
    for _ in range(100):
        text = _alike(r, template or r.choice(getattr(module, LIST_OF[op])), module.LISTS)
        one, other = r.sample(module.LISTS["status"], 2)
        text = text.replace("not <status>", "not " + one).replace("tidak <status>", "tidak " + one)
        text = text.replace("<status>", one, 1).replace("<status>", other)
        text = expand(text, r, module.LISTS)
        if template or is_held(text) == d.held_wording:
            break
    ended = re.split(r"(?<=[.?:]) ", text)
    return text if r.random() < 0.2 else " ".join(part[0].upper() + part[1:] if part[0] != "{" else part for part in ended if part)


def story(d, op):
    r, lang = d.rng, d.lang
    module = STORIES[lang]
    a, b = _small(d, op)
    how = r.random()
    if how < 0.08 and op in "×÷" and not d.held_wording:
        op, b, text = r.choice(COMPOSED[lang].FIXED)
        while True:
            a = r.randrange(2, r.choice([13, 50, 100, 300])) * (b if op == "÷" else 1)
            if numbers.held_pair(op, a, b) == d.held_numbers:
                break
        text = _composed(d, op, text)
    elif how < 0.55:
        text = _composed(d, op)
    else:
        text = expand(_alike(r, pick(getattr(module, LIST_OF[op]), r, d.held_wording), module.LISTS), r, module.LISTS)
    first, second = _in_order(op, text, a, b)
    if r.random() < 0.65:
        text = noise.disturb_words(r, text, lang)
    question = noise.dress(r, fill(d, question_text(d, op, a, b, text)), lang, strength=0.6)
    thought, shown, _ = thought_of(op, first, second, lang)
    return Sample("story", lang, question, thought, ANSWER[lang].format(shown), shown)


def _chain_numbers(d, first, second, grouped, small=False):
    """a op b op c in which each step stays in the range of the working; None if it does not fit."""
    r = d.rng
    top = 100 if small or r.random() < 0.7 else 1000
    def one(op):
        if op == "×":
            return r.randrange(2, 10) if r.random() < 0.6 else r.randrange(2, 30)
        if op == "÷":
            return r.randrange(2, 10)
        return r.randrange(1, top)
    a = r.randrange(1, top) if first != "×" else r.randrange(2, 60)
    b, c = one(first), one(second)
    late = second in "×÷" and first in "+-" and not grouped
    if late:
        b = r.randrange(1, 60) if second == "×" else r.randrange(2, 10) * c
        inner = b * c if second == "×" else b // c
        if second == "×" and (b > 99 or c > 99):
            return None
        if first == "-" and a < inner:
            a += inner
        if numbers.held_pair(second, b, c) != d.held_numbers:
            return None
        return a, b, c, [(second, b, c), (first, a, None)]
    if first == "÷":
        a = b * r.randrange(1, 100)
    if first == "-" and a < b:
        a, b = b, a
    if numbers.held_pair(first, a, b) != d.held_numbers:
        return None
    value = {"+": a + b, "-": a - b, "×": a * b, "÷": a // b}[first]
    if second == "-" and value < c:
        if value < 2:
            return None
        c = r.randrange(1, value)
    if second == "÷" and (value % c or value == 0):
        return None
    if second == "×" and (value > 999 or (value > 99 and c > 9)):
        return None
    if min(a, b, c) < 1:
        return None
    return a, b, c, [(first, a, b), (second, None, c)]


def chain(d):
    """Two operations: as an expression, with words, or step by step."""
    r, lang = d.rng, d.lang
    module = DIRECT[lang]
    while True:
        first, second = r.choice("+-×÷+-×"), r.choice("+-×÷+-×")
        how = r.choice(["plain", "plain", "group", "steps"])
        got = _chain_numbers(d, first, second, how != "plain")
        if got:
            break
    a, b, c, steps = got
    brackets = how == "group" or (how == "steps" and first in "+-" and second in "×÷")
    shown = f"({a}{first}{b}){second}{c}" if brackets else f"{a}{first}{b}{second}{c}"
    spaced = "".join(f" {ch} " if ch in "+-×÷" else ch for ch in shown)
    if how == "steps":
        begin = expand(pick(module.BEGIN[first], r, False), r)
        then = expand(pick(module.THEN[second], r, d.held_wording), r)
        x, y = numbers.written(r, a, lang), numbers.written(r, b, lang)
        begin = begin.replace("{a}", x).replace("{b}", y)
        if first in "+×" and begin.find(y) < begin.find(x) and x not in y and y not in x:
            begin = expand(module.BEGIN[first][1], r).replace("{a}", x).replace("{b}", y)
        question = begin + r.choice([", ", ", ", " ", ". "]) + then.replace("{c}", numbers.written(r, c, lang)) + r.choice(module.ENDS)
        question = noise.dress(r, question, lang)
    else:
        sign1, sign2 = r.choice(module.SIGNS[first]), r.choice(module.SIGNS[second])
        tight = r.random() < 0.3 and len(sign1) == len(sign2) == 1
        x, y, z = (numbers.written(r, n, lang, 0.02) for n in (a, b, c))
        e = f"({x} {sign1} {y}) {sign2} {z}" if brackets else f"{x} {sign1} {y} {sign2} {z}"
        e = e.replace(" ", "") if tight else e
        question = expand(pick(module.CHAIN, r, d.held_wording), r, module.LISTS).replace("{e}", e)
        question = noise.dress(r, question, lang, strength=0.7)
    lang = _language(question, lang)
    lines, text, _ = working.chain(steps, shown, lang)
    return Sample("chain", lang, question, "\n".join(lines), f"{spaced} = {text}.", text)


def story_two(d):
    r, lang = d.rng, d.lang
    module = STORIES[lang]
    while True:
        composed = r.random() < 0.6
        first, second, template = pick(COMPOSED[lang].TWO if composed else module.TWO, r, d.held_wording)
        got = _chain_numbers(d, first, second, True, small=True)
        if got and got[0] < 400:
            break
    a, b, c, steps = got
    text = _composed(d, first, template) if composed else expand(template, r, module.LISTS)
    if r.random() < 0.5:
        text = noise.disturb_words(r, text, lang)
    for slot, n in (("{a}", a), ("{b}", b), ("{c}", c)):
        text = text.replace(slot, numbers.written(r, n, lang))
    brackets = first in "+-" and second in "×÷"
    shown = f"({a}{first}{b}){second}{c}" if brackets else f"{a}{first}{b}{second}{c}"
    lines, result, _ = working.chain(steps, shown, lang)
    return Sample("story", lang, noise.dress(r, fill(d, text), lang, strength=0.5), "\n".join(lines), ANSWER[lang].format(result), result)
