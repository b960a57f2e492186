"""Several turns: a follow-up works on the last result, and other turns may stand before any question."""
from . import arithmetic, noise, numbers, working
from .grammar import expand, pick
from .sample import Sample

NEXT = {
    "en": {
        "+": ["and plus {n}", "plus {n}", "+ {n}", "+{n}", "now add {n}", "add {n}", "and {n} more", "add {n} to (that|it|the result)", "and if you add {n}", "what if i add {n}", "then add {n}", "increase (it|that) by {n}", "{n} more", "and with {n} added", "that plus {n}", "plus another {n}", "please add {n}", "what is that plus {n}", "and now plus {n}", "put {n} on top", "the result plus {n}", "and what about plus {n}"],
        "-": ["and minus {n}", "minus {n}", "- {n}", "-{n}", "now subtract {n}", "subtract {n}", "take away {n}", "take {n} (away|off|from that|from it)", "and if you subtract {n}", "what if i take away {n}", "then subtract {n}", "reduce (it|that) by {n}", "{n} less", "and without {n}", "that minus {n}", "remove {n}", "please subtract {n}", "what is that minus {n}", "and now minus {n}", "less {n}", "the result minus {n}", "and (he|she) gives away {n}", "and {n} fewer"],
        "×": ["and times {n}", "times {n}", "× {n}", "*{n}", "x {n}", "now multiply by {n}", "multiply (it|that|the result) by {n}", "multiply by {n}", "and if you multiply (it|that) by {n}", "what if i multiply by {n}", "then times {n}", "that times {n}", "and {n} times that", "{n} times that", "{n} times as much", "please multiply that by {n}", "what is that times {n}", "and now times {n}", "the result times {n}"],
        "÷": ["and divided by {n}", "divided by {n}", "÷ {n}", "/ {n}", "/{n}", "now divide by {n}", "divide (it|that|the result) by {n}", "divide by {n}", "and if you divide (it|that) by {n}", "what if i divide by {n}", "then divide by {n}", "that divided by {n}", "split (it|that) (into|by|in) {n}", "please divide that by {n}", "what is that divided by {n}", "and shared by {n}", "share (it|that) among {n}", "the result divided by {n}"],
    },
    "id": {
        "+": ["dan tambah {n}", "tambah {n}", "+ {n}", "+{n}", "sekarang tambah {n}", "tambahkan {n}", "ditambah {n}", "kalau ditambah {n}", "lalu tambah {n}", "tambah {n} lagi", "terus tambah {n}", "hasilnya ditambah {n}", "kalau tambah {n} jadi berapa", "tolong tambah {n}", "itu ditambah {n}"],
        "-": ["dan kurang {n}", "kurang {n}", "- {n}", "-{n}", "sekarang kurangi {n}", "kurangi {n}", "dikurangi {n}", "kalau dikurangi {n}", "lalu kurangi {n}", "kurangi {n} lagi", "terus kurangi {n}", "hasilnya dikurangi {n}", "kalau kurang {n} jadi berapa", "tolong kurangi {n}", "itu dikurangi {n}", "ambil {n}"],
        "×": ["dan kali {n}", "kali {n}", "× {n}", "x {n}", "sekarang kali {n}", "kalikan {n}", "dikali {n}", "kalau dikali {n}", "lalu kalikan {n}", "kalikan dengan {n}", "terus kali {n}", "hasilnya dikali {n}", "kalau dikalikan {n} jadi berapa", "tolong kalikan {n}", "itu dikali {n}", "{n} kali lipatnya"],
        "÷": ["dan bagi {n}", "bagi {n}", "÷ {n}", ": {n}", "/ {n}", "sekarang bagi {n}", "bagi dengan {n}", "dibagi {n}", "kalau dibagi {n}", "lalu bagi {n}", "terus bagi {n}", "hasilnya dibagi {n}", "kalau dibagi {n} jadi berapa", "tolong bagi {n}", "itu dibagi {n}"],
    },
}
DOUBLE = {"en": [("double it", "×", 2), ("double that", "×", 2), ("now double it", "×", 2), ("and twice that", "×", 2), ("triple it", "×", 3), ("half of that", "÷", 2), ("halve it", "÷", 2), ("and half of it", "÷", 2), ("what is half of that", "÷", 2), ("and the double", "×", 2)], "id": [("dua kali lipatnya", "×", 2), ("gandakan", "×", 2), ("setengahnya", "÷", 2), ("setengahnya berapa", "÷", 2), ("separuhnya", "÷", 2), ("tiga kali lipatnya", "×", 3)]}
SURE = {"en": ["are you sure", "really", "is that right", "check (it|that)[ again| please|]", "are you certain", "is that correct", "sure", "check again", "please check", "can you verify that", "redo it", "do it again", "once more"], "id": ["kamu yakin", "yakin", "benarkah", "apakah benar", "cek lagi", "periksa lagi", "coba hitung lagi", "masa", "serius", "hitung ulang", "sekali lagi"]}
SWAP = {"en": ["and with {n} instead of {b}", "what if it were {n} instead of {b}", "and {n} instead of {b}", "{n} instead of {b}"], "id": ["kalau {n} bukan {b}", "dan {n} sebagai ganti {b}", "bagaimana kalau {n} bukan {b}"]}


def _first(d):
    r = d.rng
    op = r.choice("++--×÷")
    kind = r.random()
    if kind < 0.6:
        while True:
            s = arithmetic.direct(d, op)
            if len(s.expected) < 7:
                return s
    return arithmetic.story(d, op) if kind < 0.9 else arithmetic.chain(d)


def follow_up(d):
    r = d.rng
    before = type(d)(r, d.lang, False, False, d.level * 0.5)
    while True:
        s = _first(before)
        lang = s.lang
        if s.expected.lstrip("-").isdigit() and 0 <= int(s.expected) < 10000:
            break
    last = int(s.expected)
    how = r.random()
    need = working.WORDS[lang]["need"]
    if how < 0.10:
        # The same again: what was asked last is worked out once more.
        if s.kind in ("story",) or not s.thought:
            return follow_up(d)
        text = expand(pick(SURE[lang], r, d.held_wording), r)
        answer = ("Yes: " if lang == "en" else "Ya: ") + s.answer
        return Sample("follow-up", lang, noise.dress(r, text, lang, strength=0.5), s.thought, answer, s.expected, [(s.question, s.answer)])
    for _ in range(100):
        op = r.choice("+-×÷")
        if op == "+":
            n = r.choice([r.randrange(1, 10), r.randrange(1, 100), r.randrange(1, 100), r.randrange(1, 1000)])
        elif op == "-":
            n = r.choice([r.randrange(1, 10), r.randrange(1, 100), r.randrange(1, max(2, last + 1))])
            if n > last and r.random() < 0.9:
                continue
        elif op == "×":
            n = r.choice([r.randrange(2, 10), r.randrange(2, 10), r.randrange(2, 100)])
            if last > 999 or (last > 99 and n > 9):
                continue
        else:
            n = r.randrange(2, 10) if r.random() < 0.85 else r.choice([10, 12, 15, 20, 25])
            if last < n:
                continue
            if last % n and r.random() < 0.4:
                continue
        if numbers.held_pair(op, last, n) == d.held_numbers or not d.held_numbers and last < 10 and n < 10:
            break
    else:
        return follow_up(d)
    text = expand(pick(NEXT[lang][op], r, d.held_wording), r).replace("{n}", numbers.written(r, n, lang))
    if r.random() < 0.08:
        text, op, n = r.choice(DOUBLE[lang])
        if op == "÷" and last < 2 or op == "×" and last > 4999:
            return follow_up(d)
    lines, shown, _ = working.single(op, last, n, lang)
    return Sample("follow-up", lang, noise.dress(r, text, lang, strength=0.6), "\n".join(lines), arithmetic.spoken_sum(op, last, n, shown), shown, [(s.question, s.answer)])
