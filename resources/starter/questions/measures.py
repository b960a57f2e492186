"""Units, times of the day, days of the week."""
from . import noise, numbers, working
from .grammar import expand, pick
from .sample import Sample

# (large unit, small unit, factor): names in English and Indonesian, singular first.
UNITS = [
    (("hour", "hours"), ("minute", "minutes"), 60, "jam", "menit"), (("minute", "minutes"), ("second", "seconds"), 60, "menit", "detik"), (("day", "days"), ("hour", "hours"), 24, "hari", "jam"), (("week", "weeks"), ("day", "days"), 7, "minggu", "hari"), (("year", "years"), ("month", "months"), 12, "tahun", "bulan"),
    (("kilometre", "kilometres"), ("metre", "metres"), 1000, "kilometer", "meter"), (("km", "km"), ("m", "m"), 1000, "km", "m"), (("metre", "metres"), ("centimetre", "centimetres"), 100, "meter", "sentimeter"), (("meter", "meters"), ("centimeter", "centimeters"), 100, "meter", "cm"), (("m", "m"), ("cm", "cm"), 100, "m", "cm"), (("centimetre", "centimetres"), ("millimetre", "millimetres"), 10, "sentimeter", "milimeter"), (("cm", "cm"), ("mm", "mm"), 10, "cm", "mm"),
    (("kilogram", "kilograms"), ("gram", "grams"), 1000, "kilogram", "gram"), (("kg", "kg"), ("g", "g"), 1000, "kg", "gram"), (("ton", "tons"), ("kilogram", "kilograms"), 1000, "ton", "kg"), (("litre", "litres"), ("millilitre", "millilitres"), 1000, "liter", "mililiter"), (("liter", "liters"), ("ml", "ml"), 1000, "liter", "ml"), (("dozen", "dozen"), ("piece", "pieces"), 12, "lusin", "buah"), (("foot", "feet"), ("inch", "inches"), 12, "kaki", "inci"), (("dollar", "dollars"), ("cent", "cents"), 100, "dolar", "sen"), (("euro", "euros"), ("cent", "cents"), 100, "euro", "sen"),
    (("century", "centuries"), ("year", "years"), 100, "abad", "tahun"), (("decade", "decades"), ("year", "years"), 10, "dasawarsa", "tahun"), (("minute", "minutes"), ("second", "seconds"), 60, "menit", "detik"), (("hour", "hours"), ("minute", "minutes"), 60, "jam", "menit"), (("score", "score"), ("piece", "pieces"), 20, "kodi", "lembar"),
]
TO = {"en": ["how many {y} are (in |there in |){n} {x}", "how many {y} is {n} {x}", "how many {y} (do|does) {n} {x} have", "convert {n} {x} (to|into) {y}", "{n} {x} in {y}", "{n} {x} to {y}", "{n} {x} is how many {y}", "{n} {x} = ? {y}", "what is {n} {x} in {y}", "change {n} {x} (to|into) {y}", "how many {y} make {n} {x}", "express {n} {x} in {y}", "turn {n} {x} into {y}", "{n} {x} are how many {y}", "give {n} {x} in {y}", "how much is {n} {x} in {y}", "how many {y} (long is|are|fit in) {n} {x}", "{n} {x} equals how many {y}", "{n} {x} makes how many {y}", "{n} {x} into {y}", "if something (takes|lasts|measures|weighs|is) {n} {x}, how many {y} is that", "i have {n} {x}. how many {y} (is|are) that", "calculate {n} {x} in {y}", "write {n} {x} as {y}", "{n} {x}, in {y}", "how many {y} does {n} {x} make", "what are {n} {x} in {y}", "please convert {n} {x} (to|into) {y}", "(can|could) you convert {n} {x} (to|into) {y}", "tell me how many {y} {n} {x} (is|are)", "number of {y} in {n} {x}", "{n} {x} correspond to how many {y}", "{y} in {n} {x}", "a (trip|film|rope|bag|wall|nap) of {n} {x}: how many {y}"], "id": ["berapa {y} (dalam |ada dalam |){n} {x}", "{n} {x} (sama dengan |itu |ada |)berapa {y}", "ubah {n} {x} (ke|menjadi|ke dalam) {y}", "konversi {n} {x} ke {y}", "{n} {x} dalam {y}", "{n} {x} ke {y}", "{n} {x} = berapa {y}", "berapa {y} {n} {x}", "jadikan {n} {x} ke {y}", "nyatakan {n} {x} dalam {y}", "hitung {n} {x} dalam {y}", "{n} {x} jadi berapa {y}", "{n} {x} itu berapa {y} ya", "berapa {y} kalau {n} {x}", "tolong (ubah|konversi) {n} {x} ke {y}", "{n} {x} setara berapa {y}", "ada berapa {y} dalam {n} {x}", "kalau {n} {x} berarti berapa {y}", "{n} {x} dijadikan {y}", "{n} {x}, berapa {y}", "berapa {y} dari {n} {x}", "jumlah {y} dalam {n} {x}", "{n} {x} diubah ke {y}", "panjangnya {n} {x}, berapa {y}"]}
W = {"en": {"is": "1 {x} is {f} {y}.", "answer": "{n} {x} = {m} {y}."}, "id": {"is": "1 {x} adalah {f} {y}.", "answer": "{n} {x} = {m} {y}."}}


def convert(d):
    r, lang = d.rng, d.lang
    big, small, f, big_id, small_id = r.choice(UNITS)
    one = big[0] if lang == "en" else big_id
    many = (lambda n: big[0] if n == 1 else big[1]) if lang == "en" else (lambda n: big_id)
    low = (lambda n: small[0] if n == 1 else small[1]) if lang == "en" else (lambda n: small_id)
    lows = small[1] if lang == "en" else small_id
    text = expand(pick(TO[lang], r, d.held_wording), r)
    up = r.random() < 0.3
    n = r.choice([r.randrange(1, 10), r.randrange(1, 13), r.randrange(2, 100 if f != 24 else 30)])
    need = working.WORDS[lang]["need"]
    first = W[lang]["is"].format(x=one, f=f, y=lows)
    if up:
        n = min(n, 30)
        a = n * f
        if numbers.held_pair("÷", a, f) != d.held_numbers and a > 99:
            return convert(d)
        lines, _ = working.divide(a, f, lang)
        question = text.replace("{n}", numbers.written(r, a, lang)).replace("{x}", low(a)).replace("{y}", big[1] if lang == "en" else big_id)
        answer, expected = W[lang]["answer"].format(n=a, x=low(a), m=n, y=many(n)), str(n)
        expression = f"{a}÷{f}"
    else:
        if n > 9 and numbers.held_pair("×", n, f) != d.held_numbers:
            return convert(d)
        lines, m = working.multiply(n, f, lang)
        question = text.replace("{n}", numbers.written(r, n, lang)).replace("{x}", many(n)).replace("{y}", lows)
        answer, expected = W[lang]["answer"].format(n=n, x=many(n), m=m, y=low(m)), str(m)
        expression = f"{n}×{f}"
    return Sample("unit", lang, noise.dress(r, question, lang, strength=0.7), "\n".join([first, need.format(expression)] + lines), answer, expected)


DAYS = {"en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]}
MONTHS = {"en": "January February March April May June July August September October November December".split(), "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()}
LATER = {"en": ["what day is it {n} days after {d}", "today is {d}. what day is it in {n} days", "if today is {d}, (what|which) day (is it|will it be) in {n} days", "which day comes {n} days after {d}", "{n} days after {d} is (what|which) day", "it is {d}; what day will it be {n} days (from now|later)", "{d} plus {n} days", "today is {d}. {n} days later it is", "what weekday is {n} days after {d}", "(what|which) day of the week comes {n} days after {d}", "we have {d} today. and in {n} days", "my trip starts on {d} and lasts {n} days. which day then", "{d} and {n} days later", "count {n} days on from {d}", "in {n} days from {d} it will be", "starting on {d}, what day is it after {n} days", "if it is {d} now, what day comes {n} days later", "what day (is|comes) {n} days (from|after) {d}", "{n} days from {d}"], "id": ["hari apa {n} hari setelah {d}", "sekarang hari {d}. {n} hari lagi hari apa", "jika (hari ini|sekarang) (hari |){d}, {n} hari lagi hari apa", "{n} hari sesudah {d} hari apa", "hari ini {d}, hari apa {n} hari lagi", "{d} ditambah {n} hari", "hari ini {d}. {n} hari lagi", "kalau hari ini {d}, {n} hari kemudian hari apa", "{n} hari dari {d} hari apa", "mulai {d}, setelah {n} hari jadi hari apa", "sekarang {d}, {n} hari ke depan hari apa", "{d} tambah {n} hari jadi hari apa", "hari apa {n} hari dari {d}", "{n} hari (setelah|sesudah) hari {d}"]}
EARLIER = {"en": ["what day was it {n} days before {d}", "today is {d}. what day was it {n} days ago", "if today is {d}, which day was {n} days ago", "{n} days before {d} is (what|which) day", "which day comes {n} days before {d}"], "id": ["hari apa {n} hari sebelum {d}", "sekarang hari {d}. {n} hari yang lalu hari apa", "jika hari ini {d}, {n} hari lalu hari apa", "{n} hari sebelum {d}"]}
NEXT = {"en": [("(what|which) day (comes|is) after {d}", 1), ("(what|which) day follows {d}", 1), ("today is {d}, what is tomorrow", 1), ("if today is {d}, what day is tomorrow", 1), ("the day after {d}", 1), ("(what|which) day (comes|is) before {d}", -1), ("today is {d}, what was yesterday", -1), ("if today is {d}, what day was yesterday", -1), ("the day before {d}", -1), ("today is {d}. what is the day after tomorrow", 2), ("yesterday was {d}, what is today", 1), ("tomorrow is {d}. what day is today", -1), ("what day is tomorrow if today is {d}", 1), ("what day was yesterday if today is {d}", -1), ("after {d} comes", 1), ("before {d} comes", -1), ("which day is next after {d}", 1), ("what is the day after {d}", 1), ("what is the day before {d}", -1), ("it is {d}. tomorrow is", 1), ("name the day after {d}", 1), ("what weekday comes right before {d}", -1), ("{d} is today, so tomorrow is", 1), ("the day after tomorrow if today is {d}", 2), ("two days after {d}", 2), ("what day precedes {d}", -1)], "id": [("hari apa (setelah|sesudah) {d}", 1), ("setelah (hari |){d} hari apa", 1), ("hari ini {d}, besok hari apa", 1), ("jika hari ini {d}, besok hari apa", 1), ("hari apa sebelum {d}", -1), ("sebelum (hari |){d} hari apa", -1), ("hari ini {d}, kemarin hari apa", -1), ("hari ini {d}, lusa hari apa", 2), ("kemarin {d}, hari ini hari apa", 1), ("besok {d}, hari ini hari apa", -1), ("kalau hari ini {d}, besok", 1), ("besok hari apa kalau sekarang {d}", 1), ("kemarin hari apa kalau sekarang {d}", -1), ("sesudah {d} adalah hari", 1), ("sebelum {d} adalah hari", -1), ("sehari setelah {d}", 1), ("sehari sebelum {d}", -1), ("lusa hari apa kalau hari ini {d}", 2), ("dua hari setelah {d}", 2), ("hari apa yang datang setelah {d}", 1), ("sekarang {d}, dua hari lagi hari apa", 2)]}


def days(d):
    """Whole weeks change nothing; the rest is counted day by day."""
    r, lang = d.rng, d.lang
    names = DAYS[lang]
    i = r.randrange(7)
    if r.random() < 0.4:
        months = r.random() < 0.25
        names = MONTHS[lang] if months else names
        i = r.randrange(len(names))
        text, n = pick(NEXT[lang], r, d.held_wording)
        if months:
            text, n = r.choice([("(what|which) month (comes|is) after {d}", 1), ("(what|which) month (comes|is) before {d}", -1), ("the month after {d}", 1), ("which month follows {d}", 1)] if lang == "en" else [("bulan apa (setelah|sesudah) {d}", 1), ("bulan apa sebelum {d}", -1), ("setelah {d} bulan apa", 1)])
    else:
        n = r.choice([r.randrange(2, 8), r.randrange(3, 15), r.randrange(7, 40), r.randrange(10, 100)])
        n = n if r.random() < 0.75 else -n
        text = pick((LATER if n > 0 else EARLIER)[lang], r, d.held_wording)
    text = expand(text, r)
    size, back = len(names), n < 0
    lines, count = [], abs(n)
    if count >= 7 and size == 7:
        weeks, rest = divmod(count, 7)
        lines.append(f"{count}={weeks}×7+{rest}.")
        count = rest
    walk = [f"{k} {names[(i + (-k if back else k)) % size]}" for k in range(1, count + 1)]
    word = ("back from" if back else "from") if lang == "en" else ("mundur dari" if back else "dari")
    lines.append((f"{word} {names[i]}" + (": " + ", ".join(walk) if walk else "")).capitalize() + ".")
    result = names[(i + n) % size]
    lines.append(("So " if lang == "en" else "Jadi ") + result + ".")
    lines[-2] = lines[-2][0].upper() + lines[-2][1:]
    for name in names:
        lines[-2] = lines[-2].replace(name.lower(), name)
    question = text.replace("{d}", names[i]).replace("{n}", numbers.written(r, abs(n), lang))
    return Sample("days", lang, noise.dress(r, question, lang, strength=0.6), "\n".join(lines), ("It is " if lang == "en" else "Hari ") * (size == 7) + ("It is " if lang == "en" and size == 12 else "") + ("Bulan " if lang == "id" and size == 12 else "") + result + ".", result)


CLOCK = {"en": ["it is {h}. what time is it in {n} minutes", "what time is it {n} minutes after {h}", "{n} minutes after {h}", "a (film|lesson|meeting|game|show) starts at {h} and lasts {n} minutes. when does it end", "the train leaves at {h} and takes {n} minutes. when does it arrive", "if it is {h} now, what time will it be in {n} minutes", "what is {h} plus {n} minutes"], "id": ["sekarang jam {h}. {n} menit lagi jam berapa", "jam berapa {n} menit setelah {h}", "{n} menit setelah jam {h}", "(film|pelajaran|rapat|pertandingan) mulai jam {h} dan berlangsung {n} menit. selesai jam berapa", "kereta berangkat jam {h} dan perjalanannya {n} menit. tiba jam berapa", "jam {h} ditambah {n} menit"]}


def clock(d):
    r, lang = d.rng, d.lang
    h, m, n = r.randrange(0, 23), r.randrange(0, 12) * 5 if r.random() < 0.7 else r.randrange(60), r.choice([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, r.randrange(1, 60)])
    mark = ":" if lang == "en" else r.choice([":", "."])
    text = expand(pick(CLOCK[lang], r, d.held_wording), r).replace("{h}", f"{h}{mark}{m:02}").replace("{n}", str(n))
    lines = [f"{m}+{n}={m + n}."]
    hour, minute = h, m + n
    if minute >= 60:
        minute -= 60
        hour = (h + 1) % 24
        lines.append((f"{m + n}-60={minute}, " + ("one hour more: " if lang == "en" else "satu jam lagi: ")) + f"{h}+1={h + 1}.")
        if h == 23:
            lines.append("24 = 0.")
    shown = f"{hour}:{minute:02}"
    lines.append(("So " if lang == "en" else "Jadi ") + shown + ".")
    return Sample("clock", lang, noise.dress(r, text, lang, strength=0.6), "\n".join(lines), ("It is " if lang == "en" else "Jam ") + shown + ".", shown)
