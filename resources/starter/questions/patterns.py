"""Letters of a word, and what comes next in a sequence."""
import pathlib

from . import noise, numbers, stories_en, stories_id, talk, working
from .grammar import expand, is_held, pick
from .sample import Sample

COUNT = {"en": ["how many {c}{s} are in {w}", "how many {c}{s} are (there )?in[ the word] {w}".replace("(there )?", "[there ]"), "how many letters {c} (are in|does) {w}[ have|]", "how many times does[ the letter] {c} (occur|appear|come)[ up|] in[ the word] {w}", "how often (does|is) {c} (occur|appear|come|) in {w}", "count the {c}{s} in {w}", "count the letter[s] {c} in[ the word] {w}", "how many {c} in {w}", "number of {c}{s} in {w}", "the letter {c} in {w}: how many", "in {w}, how many {c}{s} are there", "how many {c}{s} can you (find|see|count) in {w}", "tell me how many {c}{s} (are in|has) {w}", "what is the number of {c}{s} in {w}", "how many times is {c} used in {w}", "how many times do you write {c} in {w}", "does {w} have {c}{s}, how many", "in the word {w}, how often is {c}", "how frequently does {c} appear in {w}", "{c} in {w}, how often", "count {c} in {w}", "find how many {c}{s} {w} has", "spell {w} and count the {c}{s}", "how many letter {c} in[ the word] {w}", "how many {c}{s} does[ the word] {w} have", "how many {c}{s} has {w}", "{w}: how many {c}{s}"],
         "id": ["berapa[ banyak] huruf {c} (di|dalam|pada|di dalam)[ kata] {w}", "ada berapa[ huruf] {c} (di|dalam|pada)[ kata] {w}", "hitung huruf {c} (di|dalam|pada)[ kata] {w}", "berapa {c} (di|dalam) {w}", "berapa kali huruf {c} (muncul|ada) (di|dalam|pada)[ kata] {w}", "jumlah huruf {c} (di|dalam|pada) {w}", "kata {w} punya berapa huruf {c}", "dalam kata {w} ada berapa huruf {c}", "huruf {c} dalam {w} ada berapa", "huruf {c} di kata {w} berapa", "berapa huruf {c} yang ada di {w}", "coba hitung berapa {c} dalam {w}", "{w} ada berapa huruf {c}", "{w} punya berapa {c}", "berapa jumlah {c} di kata {w}", "huruf {c} muncul berapa kali (di|dalam|pada) {w}"]}
LENGTH = {"en": ["how many letters (are in|does|has)[ the word] {w}[ have|]", "how many letters are there in {w}", "count the letters (in|of)[ the word] {w}", "how long is the word {w}", "number of letters in {w}", "{w} has how many letters"], "id": ["berapa[ jumlah| banyak|] huruf (di|dalam|pada)[ kata] {w}", "ada berapa huruf (di|dalam|pada) kata {w}", "hitung huruf (di|dalam|pada)[ kata] {w}", "kata {w} ada berapa huruf", "berapa panjang kata {w}"]}
BACK = {"en": ["spell {w} backwards", "write {w} backwards", "reverse the word {w}", "what is {w} backwards", "{w} backwards", "reverse {w}"], "id": ["balik kata {w}", "tulis {w} terbalik", "eja {w} dari belakang", "{w} dibalik", "kebalikan tulisan {w}"]}
SPELL = {"en": ["spell {w}", "how do you spell {w}", "spell the word {w}"], "id": ["eja {w}", "eja kata {w}", "bagaimana mengeja {w}"]}
COMMON = """strawberry banana apple mississippi hello letter committee bookkeeper computer window door garden summer winter coffee butter pepper cheese tree green queen street balloon rabbit mirror cherry carrot kitten yellow purple orange elephant giraffe crocodile butterfly dinosaur umbrella chocolate sandwich vegetable restaurant library university mountain river ocean
island forest desert valley bridge castle village country city river blueberry raspberry pineapple watermelon tomorrow yesterday birthday wonderful beautiful parallel address success possess access necessary occurrence assessment accommodate embarrass millennium keyboard settings deepwell conversation model answer question thinking starter banana ananas anna level radar racecar kayak noon
semangka rambutan mangga pepaya kelapa jambu belimbing durian nanas alpukat stroberi perpustakaan universitas sekolah matahari kupu-kupu Indonesia Jakarta Surabaya Bandung kelinci gajah jerapah harimau buaya kucing anjing burung kuda kambing ayam bebek ikan katak ular lebah semut rumah jendela pintu meja kursi lemari dapur kamar mandi halaman kebun sawah gunung sungai laut pantai hutan pulau desa kota negara terima kasih selamat pagi siang malam
internet program engine graphics memory temperature language English history science physics chemistry biology music piano guitar violin drum football tennis basketball swimming running teacher student doctor nurse engineer lawyer farmer painter writer singer dancer""".split()


def _pieces():
    """The short pieces that the tokenizer joins, without the whole words: their letters are learned by heart."""
    path = pathlib.Path(__file__).parent.parent / "merges.txt"
    joined = {"".join(line.split(" ")).lstrip("Ġ") for line in path.read_text(encoding="utf-8").splitlines()[:1100]}
    return sorted(piece for piece in joined if piece.isascii() and piece.isalpha())


PIECES = _pieces()


def _word(d):
    r = d.rng
    how = r.random()
    while True:
        if how < 0.35:
            word = r.choice(COMMON)
        elif how < 0.6:
            pool = r.choice([stories_en.THINGS, stories_id.THINGS, stories_en.NAMES, stories_id.NAMES, talk.TOPICS_EN, talk.TOPICS_ID])
            word = r.choice(r.choice(pool).split(" "))
        elif how < 0.90:
            word = "".join(r.choice(PIECES) for _ in range(r.choice([1, 1, 2])))[:12]
        else:
            word = noise.made_up(r) if r.random() < 0.6 else "".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(r.randrange(2, 9)))
        word = word.strip(".,~")
        if word.isascii() and word.isalpha() and len(word) > 1 and is_held("word:" + word.lower(), 15) == d.held_numbers:
            return word
        how = r.random()


def letters(d):
    r, lang = d.rng, d.lang
    word = _word(d)
    shown = word if r.random() < 0.8 else (word.upper() if r.random() < 0.4 else word.capitalize())
    low = word.lower()
    quote = r.choice(["{0}"] * 5 + ['"{0}"', "'{0}'", "“{0}”"])
    kind = r.choice(["count"] * 6 + ["length"] * 2 + ["back", "spell"])
    text = expand(pick({"count": COUNT, "length": LENGTH, "back": BACK, "spell": SPELL}[kind][lang], r, d.held_wording), r)
    c = r.choice(low) if r.random() < 0.88 else r.choice("aeiounrstlmkpbg")
    if kind == "count" and r.random() < 0.25:
        c = max(low, key=low.count)
    letter = c if r.random() < 0.7 else (c.upper() if r.random() < 0.4 else f'"{c}"' if r.random() < 0.5 else f"'{c}'")
    question = noise.dress(r, text.replace("{w}", quote.format(shown)).replace("{c}", letter).replace("{s}", r.choice(["'s", "s", "'s", ""])), lang, strength=0.0 if kind != "count" else 0.3)
    n = low.count(c)
    en = lang == "en"
    if kind == "count":
        found, parts = 0, []
        for x in low:
            if x == c:
                found += 1
                parts.append(f"{x} {found}")
            else:
                parts.append(x)
        thought = (f"I look for {c}: " if en else f"Saya cari {c}: ") + ", ".join(parts) + "."
        answer = (f"The letter {c} occurs {n} time{'' if n == 1 else 's'}." if en else f"Huruf {c} muncul {n} kali.")
        expected = str(n)
    elif kind == "length":
        thought = ("I count: " if en else "Saya hitung: ") + ", ".join(f"{x} {k}" for k, x in enumerate(low, 1)) + "."
        answer, expected = (f"It has {len(low)} letters." if en else f"Ada {len(low)} huruf."), str(len(low))
    elif kind == "back":
        thought = ("The letters: " if en else "Hurufnya: ") + ", ".join(low) + ".\n" + ("Backwards: " if en else "Terbalik: ") + ", ".join(low[::-1]) + "."
        answer = expected = low[::-1]
    else:
        thought = ("The letters: " if en else "Hurufnya: ") + ", ".join(low) + "."
        answer = expected = "-".join(low)
    return Sample("letters", lang, question, thought, answer, expected)


NEXT = {"en": ["what (comes|is) next[:|] {l}", "what comes next in[ the sequence] {l}", "what is the next number[:| in] {l}", "continue[ the sequence|][:|] {l}", "which number (comes|follows)[ next| after|][:|] {l}", "next number: {l}", "complete the (sequence|pattern|series): {l}", "find the next (number|term|item)[:| in| of] {l}", "{l}, what is next", "{l}, ...", "{l}, ?", "{l}. what comes next", "the sequence goes {l}. what is the next one", "how does {l} (go on|continue)", "{l} and then", "guess the next number: {l}"],
        "id": ["(angka|bilangan) (berikutnya|selanjutnya)[:| dari] {l}", "berapa (angka|bilangan) (berikutnya|selanjutnya)[:| dari| setelah] {l}", "lanjutkan[ barisan| pola| urutan|][:|] {l}", "apa (selanjutnya|berikutnya)[:|] {l}", "{l}, berapa (berikutnya|selanjutnya)", "{l}, ...", "barisan {l}. (berapa|apa) (berikutnya|suku berikutnya)", "suku berikutnya dari {l}", "teruskan[ barisan|] {l}", "setelah {l} berapa", "lengkapi (barisan|pola) {l}"]}


def sequence(d):
    r, lang = d.rng, d.lang
    en, w = lang == "en", working.WORDS[lang]
    count = r.choice([3, 4, 4, 5])
    kind = r.choice(["up"] * 5 + ["down"] * 3 + ["times"] * 2)
    while True:
        if kind == "times":
            f = r.choice([2, 2, 2, 3, 3, 4, 5, 10])
            values = [r.randrange(1, 10 if f < 4 else 4)]
            count = min(count, 4)
            while len(values) < count:
                values.append(values[-1] * f)
        else:
            step = r.choice([r.randrange(1, 10), r.randrange(1, 13), r.choice([10, 15, 20, 25, 50, 100])])
            values = [r.randrange(0, r.choice([10, 30, 100]))]
            while len(values) < count:
                values.append(values[-1] + step)
            if kind == "down":
                values.reverse()
                if values[-1] < step:
                    continue
        if is_held(f"sequence:{values}", 20) == d.held_numbers:
            break
    joint = r.choice([", ", ", ", ", ", " ", ","])
    text = expand(pick(NEXT[lang], r, d.held_wording), r).replace("{l}", joint.join(map(str, values)))
    last = values[-1]
    pairs = list(zip(values, values[1:]))
    if kind == "times":
        lines = [" ".join(f"{x}×{f}={y}." for x, y in pairs)]
        inner, result = working.multiply(last, f, lang)
    elif kind == "up":
        lines = [" ".join(f"{y}-{x}={step}." for x, y in pairs)]
        inner, result = working.add(last, step, lang)
    else:
        lines = [" ".join(f"{x}-{y}={step}." for x, y in pairs)]
        inner, result = working.subtract(last, step, lang)
    sign = {"up": "+", "down": "-", "times": "×"}[kind]
    lines.append(w["need"].format(f"{last}{sign}{f if kind == 'times' else step}"))
    return Sample("sequence", lang, noise.dress(r, text, lang, strength=0.6), "\n".join(lines + inner), (f"The next number is {result}." if en else f"Angka berikutnya {result}."), str(result))
