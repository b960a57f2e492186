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
MORE = {
    "en": {
        "+": ["and then {n} more", "plus {n} then", "give (it|me) {n} more", "add another {n}", "with {n} more", "and {n} on top", "raise (it|that) by {n}", "if {n} (more |)(come|are added|join)", "now {n} more (come|arrive|are added)", "what about adding {n}", "how about plus {n}", "now plus {n}", "ok, plus {n}", "and add {n} to it", "tack on {n}", "then (he|she|I) (get|gets|buys|buy|finds) {n} more", "what if there were {n} more", "go up by {n}", "now make it {n} more", "sum that with {n}", "that and {n}", "{n} added to that"],
        "-": ["now take {n} off (that|it)", "take off {n}", "and take {n} (off|away)", "drop {n}", "lose {n}", "minus {n} then", "and then minus {n}", "now {n} (leave|are gone|are lost|go away)", "if {n} (leave|are taken|get lost|are sold)", "then (he|she|I) (lose|loses|eats|sells|gives away) {n}", "what about subtracting {n}", "how about minus {n}", "now minus {n}", "ok, minus {n}", "deduct {n}", "lower (it|that) by {n}", "cut (it|that) by {n}", "go down by {n}", "what is left if i take {n}", "{n} less than that", "{n} off that", "decrease it by {n}", "now remove {n} of them"],
        "×": ["and times {n} then", "times that by {n}", "then multiply by {n}", "multiplied by {n}", "what about times {n}", "how about times {n}", "ok, times {n}", "now times {n}", "and {n} of those", "and for {n} of them", "what if it was {n} times as (much|many)", "make it {n} times as (big|large|much)", "take that {n} times", "and {n} such", "repeat that {n} times and sum", "{n} times the result", "and that {n} times", "{n} × that", "now what's that × {n}", "multiply the answer by {n}"],
        "÷": ["and over {n}", "over {n}", "shared by {n}", "shared among {n}", "split among {n}", "split {n} ways", "then split it by {n}", "what about dividing by {n}", "how about divided by {n}", "ok, divided by {n}", "now divided by {n}", "and for each of {n}", "how much for each of {n} people", "distribute it to {n}", "cut it into {n} parts", "a {n}th of that", "divide the answer by {n}", "the answer divided by {n}", "how often does {n} fit into that", "put that in groups of {n}", "now share it between {n}"],
    },
    "id": {
        "+": ["tambah lagi {n}", "lalu tambah {n} lagi", "terus ditambah {n}", "kemudian tambah {n}", "ditambah lagi {n} jadi berapa", "tambahi {n}", "tambahin {n}", "plus {n}", "kalau datang {n} lagi", "kalau dapat {n} lagi", "lalu dapat {n}", "naikkan {n}", "hasil tadi ditambah {n}", "yang tadi tambah {n}", "nah sekarang tambah {n}", "jumlahkan dengan {n}", "oke, tambah {n}", "{n} lagi"],
        "-": ["kurangi lagi {n}", "lalu dikurangi {n}", "kemudian kurangi {n}", "dikurangi lagi {n} jadi berapa", "kurangin {n}", "minus {n}", "potong {n}", "kalau hilang {n}", "kalau diambil {n}", "lalu hilang {n}", "turunkan {n}", "hasil tadi dikurangi {n}", "yang tadi kurang {n}", "nah sekarang kurangi {n}", "buang {n}", "oke, kurang {n}", "{n} dijual", "kalau {n} pergi", "dikurang {n}", "min {n}"],
        "×": ["kali {n} berapa", "lalu dikali {n}", "lalu dikali {n} (jadi berapa|berapa)", "kemudian kalikan {n}", "terus dikalikan {n}", "kaliin {n}", "hasil tadi dikali {n}", "yang tadi kali {n}", "nah sekarang kali {n}", "oke, kali {n}", "kalau ada {n} kali lipat", "lipatkan {n} kali", "kalikan hasilnya dengan {n}", "{n} kalinya", "jadikan {n} kali lipat", "kali lagi {n}"],
        "÷": ["dibagi {n} berapa", "lalu dibagi {n}", "lalu dibagi {n} (jadi berapa|berapa)", "kemudian bagi {n}", "terus dibagi {n}", "bagiin {n}", "hasil tadi dibagi {n}", "yang tadi bagi {n}", "nah sekarang bagi {n}", "oke, bagi {n}", "dibagi rata ke {n}", "kalau dibagi {n} orang", "bagi hasilnya dengan {n}", "bagi jadi {n}", "dibagi lagi {n}", "pecah jadi {n}"],
    },
}
for _lang, _lists in MORE.items():
    for _op, _list in _lists.items():
        NEXT[_lang][_op] += _list
DOUBLE = {"en": [("double it", "×", 2), ("double that", "×", 2), ("now double it", "×", 2), ("and twice that", "×", 2), ("triple it", "×", 3), ("half of that", "÷", 2), ("halve it", "÷", 2), ("and half of it", "÷", 2), ("what is half of that", "÷", 2), ("and the double", "×", 2), ("half of it", "÷", 2), ("and half", "÷", 2), ("twice that", "×", 2), ("now halve that", "÷", 2), ("a third of that", "÷", 3), ("a quarter of it", "÷", 4), ("three times that", "×", 3), ("and doubled", "×", 2), ("what's twice that", "×", 2)], "id": [("dua kali lipatnya", "×", 2), ("gandakan", "×", 2), ("setengahnya", "÷", 2), ("setengahnya berapa", "÷", 2), ("separuhnya", "÷", 2), ("tiga kali lipatnya", "×", 3), ("dua kalinya", "×", 2), ("separuhnya berapa", "÷", 2), ("sepertiganya", "÷", 3), ("seperempatnya", "÷", 4), ("digandakan", "×", 2), ("dibagi dua", "÷", 2), ("setengah dari itu", "÷", 2)]}
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
    turns = [*s.history, (s.question, s.answer)]
    if r.random() < 0.25 and not d.held_wording and not d.held_numbers:
        # A follow-up of a follow-up: the last answer counts.
        before = follow_up(d)
        if before.lang == lang and len(before.history) < 4 and before.expected.isdigit() and int(before.expected) < 10000:
            s, turns = before, [*before.history, (before.question, before.answer)]
    last = int(s.expected)
    how = r.random()
    need = working.WORDS[lang]["need"]
    if how < 0.10:
        # The same again: what was asked last is worked out once more.
        if s.kind in ("story", "follow-up") or not s.thought:
            return follow_up(d)
        text = expand(pick(SURE[lang], r, d.held_wording), r)
        answer = ("Yes: " if lang == "en" else "Ya: ") + s.answer
        return Sample("follow-up", lang, noise.dress(r, text, lang, strength=0.5), s.thought, answer, s.expected, turns)
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
        if op == "÷" and last < 2 or op == "×" and last > 4999 or numbers.held_pair(op, last, n) != d.held_numbers:
            return follow_up(d)
    lines, shown, _ = working.single(op, last, n, lang)
    return Sample("follow-up", lang, noise.dress(r, text, lang, strength=0.6), "\n".join(lines), arithmetic.spoken_sum(op, last, n, shown), shown, turns)
