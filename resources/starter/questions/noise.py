"""How people really type: capitals, missing marks, typos, fillers, words that the model has never seen."""
import re

OPENERS = {
    "en": ["Hi, ", "Hello, ", "Hey, ", "Hi! ", "Hello! ", "Please, ", "please ", "ok ", "Ok, ", "Okay, ", "So, ", "so ", "now ", "Now, ", "Quick question: ", "Question: ", "Hmm, ", "well, ", "Well, ", "good morning, ", "Excuse me, ",
           "Deepwell, ", "hey deepwell, ", "sorry, ", "just ", "I wonder, ", "Tell me: ", "Next: ", "one more: ", "dear computer, ", "My homework: ", "quick: ", "Maths: ", "math: ", "Could you help? ", "Please help me: ", "and now ", "Let's see. ", "I need help. ", "Here is a problem. ", "Solve this: "],
    "id": ["Hai, ", "Halo, ", "Hei, ", "Halo! ", "Hai! ", "Tolong, ", "tolong ", "ok ", "Oke, ", "Nah, ", "nah ", "sekarang ", "Sekarang, ", "Pertanyaan: ", "Mau tanya, ", "mau tanya ", "Selamat pagi, ", "Permisi, ", "Deepwell, ", "Maaf, ", "coba ", "Coba ",
           "Soal: ", "soal: ", "Bantu saya: ", "Kak, ", "kak ", "Min, ", "bro, ", "eh ", "Begini, ", "PR saya: ", "Lanjut: ", "Jawab: ", "Numpang tanya, ", "Ada soal. ", "Tolong bantu. ", "Selesaikan soal ini: "],
}
CLOSERS = {
    "en": [" please", ", please", " thanks", ", thanks", " thank you", " for me", " exactly", " now", " quickly", ", I need it", " in your head", " step by step", ", show the steps", " pls", " thx", ", please think", " right away", ", my friend", " ok"],
    "id": [" ya", " dong", " tolong", ", tolong", " terima kasih", ", makasih", " sih", " kak", " nih", " sekarang", " deh", " langkah demi langkah", ", tolong jawab", " dengan caranya", " min", " bang", ", saya butuh", " yah"],
}
FILLERS = {
    "en": ["really", "just", "also", "exactly", "then", "quickly", "very", "big", "small", "new", "old", "nice", "today", "yesterday", "please", "maybe", "only", "first", "again", "later", "still", "happily", "sadly", "little", "lovely", "suddenly", "of course", "kindly", "already"],
    "id": ["juga", "lalu", "lagi", "baru", "besar", "kecil", "sekali", "kemarin", "tadi", "hari ini", "sangat", "bagus", "saja", "dulu", "itu", "ini", "kira-kira", "tiba-tiba", "sebenarnya", "kebetulan", "dengan senang", "cepat", "cuma", "nanti", "sudah"],
}

_ONSETS = "b c d f g h j k l m n p r s t v w y z br ch dr fl gr kl pr sh st tr th ng ny".split()
_VOWELS = "a e i o u a e i o ai ea ou".split()
_CODAS = ["", "", "", "n", "r", "s", "l", "t", "k", "m", "ng", "x", "p"]


def made_up(rng):
    """A word that no language has, so that unknown words are nothing special."""
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice([1, 2, 2, 2, 3])))


def _typo(rng, word):
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1:]
    if kind == 1:
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    if kind == 2:
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice("abcdefghijklmnoprstuvwy") + word[i + 1:]


_KEEP = set("""plus minus times time divided divide multiply multiplied add added subtract sum total difference product quotient more less each left remain together altogether than
tambah kurang kali bagi dibagi dikali ditambah dikurangi jumlah selisih hasil sisa semua semuanya setiap masing lebih sedikit banyak double half twice of from and dan dari by into per
tiap hold fewer remains share split shares years old tahun umur lalu yang lagi younger older muda tua ago costs harga remainder total""".split())


def disturb_words(rng, text, lang, strength=1.0):
    """Replace, drop or insert one word of a longer question; numbers and signs are left alone."""
    words = text.split(" ")
    loose = [i for i, w in enumerate(words) if re.fullmatch(r"[A-Za-z]{3,}[.,]?", w) and w.lower().strip(".,") not in _KEEP]
    if len(loose) < 4:
        return text
    if rng.random() < 0.30 * strength:
        i = rng.choice(loose)
        end = words[i][-1] if words[i][-1] in ".," else ""
        words[i] = made_up(rng) + end
    if rng.random() < 0.18 * strength:
        i = rng.choice(loose)
        if words[i] and words[i][-1] not in ".,":
            words[i] = ""
    if rng.random() < 0.28 * strength:
        i = rng.choice(loose)
        words.insert(i, rng.choice(FILLERS[lang]) if rng.random() < 0.6 else made_up(rng))
    return " ".join(w for w in words if w)


def dress(rng, text, lang, question=True, strength=1.0):
    """Opener, closing words, capitals, marks, a typo."""
    if not text:
        return text
    mark = "?" if question else rng.choice([".", ""])
    bare = text.rstrip("?.! ")
    had = text[len(bare):].strip()
    if rng.random() < 0.10 * strength:
        bare += rng.choice(CLOSERS[lang])
    first = rng.random()
    if first < 0.5 and bare[0].isalpha():
        bare = bare[0].upper() + bare[1:]
    if rng.random() < 0.16 * strength:
        opener = rng.choice(OPENERS[lang])
        if rng.random() < 0.6 and bare[0].isalpha() and not bare[1:2].isupper():
            bare = bare[0].lower() + bare[1:]
        bare = opener + bare
    end = rng.random()
    if end < 0.5:
        out = bare + (had or mark)
    elif end < 0.8:
        out = bare
    elif end < 0.9:
        out = bare + rng.choice([".", "!", "??", " ?", "...", "?!", " =", "!"][:6])
    else:
        out = bare + mark
    case = rng.random()
    if case < 0.10 * strength:
        out = out.lower()
    elif case < 0.12 * strength:
        out = out.upper()
    elif case < 0.13 * strength:
        out = out.title()
    if rng.random() < 0.07 * strength:
        words = out.split(" ")
        long = [i for i, w in enumerate(words) if len(w) >= 4 and w.isalpha()]
        if long:
            i = rng.choice(long)
            words[i] = _typo(rng, words[i])
            out = " ".join(words)
    if rng.random() < 0.02 * strength:
        out = out.replace(" ", "  ", 1)
    return out
