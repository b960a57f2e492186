"""Comparing and sorting."""
from . import noise, numbers
from .grammar import expand, pick
from .sample import Sample

LARGER = {
    "en": ["which is (larger|bigger|greater|higher|more)[, |: | ]{a} or {b}", "which number is (larger|bigger|greater|higher)[, |: ]{a} or {b}", "what is (larger|bigger|greater|more), {a} or {b}", "is {a} (larger|bigger|greater|more|higher) than {b}", "compare {a} and {b}", "compare {a} with {b}", "which of {a} and {b} is (larger|bigger|greater)", "{a} or {b}, which is (larger|bigger|greater|more)", "the (larger|bigger|greater) of {a} and {b}", "{a} or {b}: what is more", "what is the maximum of {a} and {b}", "tell me the (larger|bigger) number: {a} or {b}", "is {a} > {b}", "does {a} exceed {b}", "who has more: one with {a} or one with {b}", "which one is more, {a} or {b}", "what is higher, {a} or {b}", "{a} vs {b}, which is (bigger|larger|greater)", "which is worth more, {a} or {b}", "of {a} and {b} which is (the bigger|the larger|more)", "pick the (larger|bigger|greater) one: {a}, {b}", "{a} and {b}: which one is (larger|bigger|greater)", "bigger: {a} or {b}", "what's bigger, {a} or {b}", "what's (larger|greater|more), {a} or {b}", "max({a}, {b})", "would you say {a} or {b} is more", "find the (larger|greater) of {a} and {b}", "is {a} or {b} (bigger|larger|greater)", "between {a} and {b}, which is (bigger|larger|greater)", "is {b} or is {a} larger", "which has the higher value, {a} or {b}"],
    "id": ["mana yang lebih (besar|banyak|tinggi)[,|:] {a} atau {b}", "manakah yang lebih besar, {a} atau {b}", "lebih besar mana {a} atau {b}", "lebih besar {a} atau {b}", "apakah {a} lebih (besar|banyak) dari {b}", "bandingkan {a} dan {b}", "bandingkan {a} dengan {b}", "{a} atau {b}, mana yang lebih besar", "angka mana yang lebih besar, {a} atau {b}", "besar mana {a} dan {b}", "yang lebih besar dari {a} dan {b}", "bilangan terbesar dari {a} dan {b}", "{a} dan {b}, mana lebih besar", "mana yang lebih besar antara {a} dan {b}", "antara {a} dan {b}, mana yang lebih besar", "gedean mana {a} atau {b}", "{a} vs {b} besar mana", "pilih yang lebih besar: {a} atau {b}", "apakah {a} > {b}", "yang besar {a} atau {b}", "lebih banyak mana, {a} atau {b}", "mana lebih tinggi: {a} atau {b}", "{a} lebih besar dari {b}, benar tidak", "banyakan mana {a} sama {b}", "mana yang nilainya lebih besar, {a} atau {b}"],
}
SMALLER = {
    "en": ["which is (smaller|less|lower)[, |: | ]{a} or {b}", "which number is (smaller|lower|less)[, |: ]{a} or {b}", "what is (smaller|less), {a} or {b}", "is {a} (smaller|less|lower) than {b}", "which of {a} and {b} is (smaller|less|lower)", "{a} or {b}, which is (smaller|less)", "the smaller of {a} and {b}", "what is the minimum of {a} and {b}", "tell me the smaller number: {a} or {b}", "is {a} < {b}", "which one is less, {a} or {b}", "is {a} below {b}", "{a} or {b} - which one's (smaller|lower|less)", "what's (smaller|less|lower), {a} or {b}", "{a} vs {b}, which is smaller", "pick the smaller one: {a}, {b}", "smaller: {a} or {b}", "min({a}, {b})", "between {a} and {b}, which is (smaller|lower|less)", "is {a} or {b} (smaller|less)", "find the smaller of {a} and {b}", "of {a} and {b} which is (the smaller|less)", "which has the lower value, {a} or {b}", "is {a} less than {b}", "who has less: one with {a} or one with {b}"],
    "id": ["mana yang lebih (kecil|sedikit|rendah)[,|:] {a} atau {b}", "manakah yang lebih kecil, {a} atau {b}", "lebih kecil mana {a} atau {b}", "lebih kecil {a} atau {b}", "apakah {a} lebih (kecil|sedikit) dari {b}", "{a} atau {b}, mana yang lebih kecil", "angka mana yang lebih kecil, {a} atau {b}", "yang lebih kecil dari {a} dan {b}", "bilangan terkecil dari {a} dan {b}", "antara {a} dan {b}, mana yang lebih kecil", "mana yang lebih kecil antara {a} dan {b}", "kecilan mana {a} atau {b}", "pilih yang lebih kecil: {a} atau {b}", "apakah {a} < {b}", "lebih sedikit mana, {a} atau {b}", "sedikitan mana {a} sama {b}", "{a} atau {b}, lebih kecil mana", "{a} kurang dari {b}, benar tidak"],
}
W = {
    "en": {"compare": "I compare {0} and {1}.", "digits": "{0} has {1} digits, {2} has {3}.", "digit": "{0} has 1 digit, {1} has {2}.", "both": "Both have {0} digits.", "one": "Both have 1 digit.", "same": "The same.", "larger": "So {0} is larger.", "equal": "So they are equal.", "a_larger": "{0} is larger than {1}.", "a_smaller": "{0} is smaller than {1}.", "a_equal": "{0} and {1} are equal.", "list": "I sort {0}.", "down": "I sort {0} from the largest.", "min": "Smallest: {0}.", "max": "Largest: {0}.", "left": "Left: {0}.", "so": "So {0}.", "look": "I look for the largest of {0}.", "look_min": "I look for the smallest of {0}.", "a_max": "The largest is {0}.", "a_min": "The smallest is {0}.", "before": "{0} is less than {1}.", "best": "So far {0}."},
    "id": {"compare": "Saya bandingkan {0} dan {1}.", "digits": "{0} punya {1} angka, {2} punya {3}.", "digit": "{0} punya 1 angka, {1} punya {2}.", "both": "Keduanya {0} angka.", "one": "Keduanya 1 angka.", "same": "Sama.", "larger": "Jadi {0} lebih besar.", "equal": "Jadi keduanya sama.", "a_larger": "{0} lebih besar dari {1}.", "a_smaller": "{0} lebih kecil dari {1}.", "a_equal": "{0} dan {1} sama besar.", "list": "Saya urutkan {0}.", "down": "Saya urutkan {0} dari yang terbesar.", "min": "Terkecil: {0}.", "max": "Terbesar: {0}.", "left": "Sisa: {0}.", "so": "Jadi {0}.", "look": "Saya cari yang terbesar dari {0}.", "look_min": "Saya cari yang terkecil dari {0}.", "a_max": "Yang terbesar {0}.", "a_min": "Yang terkecil {0}."},
}


def compare_lines(a, b, lang):
    w, x, y = W[lang], str(a), str(b)
    lines = [w["compare"].format(a, b)]
    if len(x) != len(y):
        lines.append(w["digits"].format(a, len(x), b, len(y)))
    else:
        lines.append(w["both"].format(len(x)) if len(x) > 1 else w["one"])
        for p, q in zip(x, y):
            if p == q:
                lines.append(f"{p}={q}.")
            else:
                lines.append(f"{p}>{q}." if p > q else f"{p}<{q}.")
                break
    lines.append(w["equal"] if a == b else w["larger"].format(max(a, b)))
    return lines


def compare(d):
    r, lang, w = d.rng, d.lang, W[d.lang]
    size = r.choice([1, 2, 2, 3, 3, 4, 5])
    a = numbers.with_digits(r, size)
    how = r.random()
    if how < 0.35:
        b = numbers.with_digits(r, r.choice([1, 2, 3, 4, 5]))
    elif how < 0.6:
        b = numbers.with_digits(r, size)
    elif how < 0.97:
        place = 10 ** r.randrange(size)
        b = max(0, a + r.choice([-1, 1]) * place * r.randrange(1, 9))
        if r.random() < 0.3:
            b = int("".join(sorted(str(a), key=lambda _: r.random())))
    else:
        b = a
    want_larger = r.random() < 0.6
    text = expand(pick((LARGER if want_larger else SMALLER)[lang], r, d.held_wording), r)
    question = text.replace("{a}", numbers.written(r, a, lang)).replace("{b}", numbers.written(r, b, lang))
    if a == b:
        answer, expected = w["a_equal"].format(a, b), str(a)
    elif want_larger:
        answer, expected = w["a_larger"].format(max(a, b), min(a, b)), str(max(a, b))
    else:
        answer, expected = w["a_smaller"].format(min(a, b), max(a, b)), str(min(a, b))
    return Sample("comparison", lang, noise.dress(r, question, lang, strength=0.7), "\n".join(compare_lines(a, b, lang)), answer, expected)


SORT = {
    "en": ["sort {l}", "sort[ these| the] numbers: {l}", "sort these[ numbers] <up>: {l}", "sort {l} <up>", "put {l} in order", "put these[ numbers] in order: {l}", "put the numbers {l} in (ascending |rising |)order", "order {l} <up>", "order these numbers: {l}", "arrange {l}[ <up>]", "arrange the numbers {l} in order", "what is the order of {l}", "rank {l} <up>", "list {l} <up>", "bring {l} into order", "{l} sorted", "{l}: sort them[ please|]", "from smallest to largest: {l}", "which order do {l} have, smallest first", "please (sort|order|arrange) {l}[ <up>]", "(can|could) you (sort|order|arrange) {l}[ <up>]", "i need {l} sorted[ <up>]", "put {l} <up>", "sort: {l}", "order: {l}", "arrange these <up>: {l}", "line up {l} <up>", "what is {l} in (order|ascending order)", "give me {l} in (order|ascending order|rising order)", "sort this list: {l}", "sort the following: {l}", "sort the list {l} <up>", "here are numbers: {l}. sort them", "numbers {l} in order", "{l}. sort[ <up>]", "{l} <up>", "sort(<up>): {l}", "organise {l} <up>", "write {l} <up>"],
    "id": ["urutkan {l}", "urutkan (angka|bilangan|angka-angka) (ini|berikut): {l}", "urutkan {l} <up>", "urutkan (angka|bilangan) {l}[ <up>]", "tolong urutkan {l}", "susun {l} <up>", "susunlah {l}", "urutan {l}", "{l} diurutkan", "bagaimana urutan {l}", "{l} urutkan <up>", "atur {l} <up>", "urutkan dari (kecil ke besar|terkecil): {l}", "urutkan: {l}", "bisa urutkan {l}", "coba urutkan {l}[ <up>]", "{l}. urutkan[ <up>]", "{l} tolong diurutkan[ <up>]", "sortir {l}", "urutkan daftar ini: {l}", "tuliskan {l} <up>", "susun angka {l} <up>", "jejerkan {l} <up>", "mengurutkan {l} <up>", "{l} <up>", "urutkan yang berikut: {l}", "ini angkanya: {l}. urutkan"],
}
UP = {"en": ["from smallest to largest", "from small to large", "in ascending order", "ascending", "smallest first", "from low to high", "upwards", "in increasing order", "from the smallest", "from least to greatest"], "id": ["dari kecil ke besar", "dari yang terkecil", "dari terkecil ke terbesar", "naik", "menaik", "dari rendah ke tinggi"]}
DOWN = {"en": ["sort {l} <down>", "sort these[ numbers] <down>: {l}", "put {l} in order <down>", "order {l} <down>", "arrange {l} <down>", "put these in (descending|falling) order: {l}", "list {l} <down>", "from largest to smallest: {l}", "rank {l} <down>", "sort {l} in reverse order", "please (sort|order|arrange) {l} <down>", "sort: {l} <down>", "put {l} <down>", "{l} <down>", "write {l} <down>", "give me {l} <down>", "sort the list {l} <down>", "organise {l} <down>", "{l}. sort <down>", "line up {l} <down>", "sort backwards: {l}"], "id": ["urutkan {l} <down>", "urutkan (angka|bilangan) (ini|berikut) <down>: {l}", "susun {l} <down>", "tolong urutkan {l} <down>", "urutkan dari (besar ke kecil|terbesar): {l}", "{l} <down>", "{l} urutkan <down>", "coba urutkan {l} <down>", "sortir {l} <down>", "tuliskan {l} <down>", "atur {l} <down>", "urutkan terbalik: {l}"]}
DOWNS = {"en": ["from largest to smallest", "from large to small", "in descending order", "descending", "largest first", "biggest first", "from high to low", "downwards", "from the largest", "from greatest to least"], "id": ["dari besar ke kecil", "dari yang terbesar", "dari terbesar ke terkecil", "turun", "menurun", "dari tinggi ke rendah"]}
MOST = {"en": ["what is the (largest|biggest|greatest|highest|maximum) of {l}", "which is the (largest|biggest|greatest|highest)[ number|]: {l}", "find the (largest|biggest|maximum|greatest)[ number|]: {l}", "the largest of {l}", "which of {l} is the (largest|biggest|highest)", "max of {l}", "biggest number in {l}", "max: {l}", "pick the (largest|biggest|highest): {l}", "which number is the (largest|biggest|highest|greatest): {l}", "{l}: which is the (largest|biggest|highest)", "the maximum of {l}", "what's the (biggest|largest|highest) of {l}", "who is highest: {l}"], "id": ["(berapa|mana|apa) (yang terbesar|yang paling besar|bilangan terbesar|angka terbesar) dari {l}", "cari (yang terbesar|nilai terbesar|maksimum) dari {l}", "terbesar dari {l}", "yang mana paling besar: {l}", "angka terbesar {l}"]}
LEAST = {"en": ["what is the (smallest|lowest|least|minimum) of {l}", "which is the (smallest|lowest|least)[ number|]: {l}", "find the (smallest|lowest|minimum)[ number|]: {l}", "the smallest of {l}", "which of {l} is the (smallest|lowest)", "min of {l}", "smallest number in {l}", "min: {l}", "pick the (smallest|lowest): {l}", "which number is the (smallest|lowest): {l}", "{l}: which is the (smallest|lowest)", "the minimum of {l}", "what's the (smallest|lowest) of {l}"], "id": ["(berapa|mana|apa) (yang terkecil|yang paling kecil|bilangan terkecil|angka terkecil) dari {l}", "cari (yang terkecil|nilai terkecil|minimum) dari {l}", "terkecil dari {l}", "yang mana paling kecil: {l}", "angka terkecil {l}"]}


def _best(values, least):
    """The smallest or largest, and the walk to it: each number is compared with the best so far."""
    best, walk = values[0], []
    for value in values[1:]:
        walk.append(f"{value}{'<' if value < best else '>' if value > best else '='}{best}")
        if value < best if least else value > best:
            best = value
    return best, ", ".join(walk) + ". "


def sort(d):
    r, lang, w = d.rng, d.lang, W[d.lang]
    count = r.choice([3, 3, 4, 4, 5, 5, 6, 6])
    sizes = r.choice([[1, 2], [2], [2], [1, 2, 3], [3], [2, 3], [2, 3, 4]])
    values = [numbers.with_digits(r, r.choice(sizes)) for _ in range(count)]
    if r.random() < 0.15:
        values[r.randrange(count)] = values[r.randrange(count)]
    what = r.choice(["up", "up", "up", "down", "down", "most", "least"])
    lists = {"up": UP[lang], "down": DOWNS[lang]}
    text = expand(pick({"up": SORT, "down": DOWN, "most": MOST, "least": LEAST}[what][lang], r, d.held_wording), r, lists)
    joint = r.choice([", ", ", ", ", ", " ", "; ", ","])
    listed = joint.join(map(str, values))
    if joint == ", " and r.random() < 0.3:
        listed = ", ".join(map(str, values[:-1])) + (" and " if lang == "en" else " dan ") + str(values[-1])
    question = noise.dress(r, text.replace("{l}", listed), lang, strength=0.6)
    plain = ", ".join(map(str, values))
    if what in ("most", "least"):
        best = max(values) if what == "most" else min(values)
        lines = [w["look" if what == "most" else "look_min"].format(plain), _best(values, what == "least")[1] + w["max" if what == "most" else "min"].format(best)]
        return Sample("sorting", lang, question, "\n".join(lines), w["a_max" if what == "most" else "a_min"].format(best), str(best))
    lines, left = [w["list" if what == "up" else "down"].format(plain)], list(values)
    while len(left) > 1:
        best, walk = _best(left, what == "up")
        left.remove(best)
        lines.append(walk + w["min" if what == "up" else "max"].format(best) + " " + w["left"].format(", ".join(map(str, left))))
    result = ", ".join(map(str, sorted(values, reverse=what == "down")))
    lines.append(w["so"].format(result))
    return Sample("sorting", lang, question, "\n".join(lines), result + ".", result)
