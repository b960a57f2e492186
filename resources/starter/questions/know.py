"""Questions on Deepwell, talk, and what the starter refuses."""
from . import facts_more, facts_nouns, facts_program, facts_wider, facts_window, labels, noise, stories_en, stories_id, synonyms, talk, talk_more, talk_wider
from .grammar import expand, is_held, pick
from .sample import Sample



def _widened(row):
    """A fact with the further phrasings of facts_wider.py."""
    more = facts_wider.MORE.get(row[0][0], ([], [], [], []))
    return tuple((about, does + more[2 * i], asks + more[2 * i + 1], answer) for i, (about, does, asks, answer) in enumerate(row))


FACTS = [_widened(row) for row in facts_window.FACTS + facts_program.FACTS] + facts_more.FACTS
HOW = {
    "en": ["how do i {v}", "how do i {v}", "how can i {v}", "how can i {v}", "how to {v}", "how does one {v}", "how do you {v}", "how would i {v}", "what is the way to {v}", "i want to {v}", "i would like to {v}", "i need to {v}", "can i {v}", "can you {v}", "is it possible to {v}", "is there a way to {v}", "where can i {v}", "where do i {v}", "tell me how to {v}", "show me how to {v}", "explain how to {v}", "how could i {v}", "i don't know how to {v}", "how should i {v}", "{v}: how", "what must i do to {v}", "please tell me how i can {v}", "{v}", "help me {v}", "what do i press to {v}", "which key do i use to {v}", "steps to {v}", "i can't {v}", "how do we {v}", "can deepwell {v}", "what's the easiest way to {v}", "i'm trying to {v}", "is there a button to {v}", "may i {v}"],
    "id": ["bagaimana cara {v}", "bagaimana cara {v}", "gimana cara {v}", "cara {v}", "bagaimana saya bisa {v}", "apakah saya bisa {v}", "bisakah saya {v}", "saya mau {v}", "saya ingin {v}", "aku mau {v}", "di mana saya bisa {v}", "tolong jelaskan cara {v}", "apa caranya untuk {v}", "bagaimana caranya {v}", "apakah bisa {v}", "beri tahu cara {v}", "saya perlu {v}", "tombol apa untuk {v}", "bisa {v} tidak", "gmn cara {v}", "kasih tahu cara {v}", "saya tidak tahu cara {v}", "langkah untuk {v}", "harus bagaimana untuk {v}", "{v} bagaimana", "{v}", "ada cara untuk {v}", "saya tidak bisa {v}", "tolong bantu {v}", "apakah ada tombol untuk {v}"],
}
THOUGHT = {"en": "The question is about Deepwell: {0}.", "id": "Pertanyaannya tentang Deepwell: {0}."}
IN = {"en": [" in deepwell", " in Deepwell", " here", " in this program", " with deepwell", " with this app"], "id": [" di deepwell", " di Deepwell", " di sini", " di program ini", " dengan deepwell"]}


def fact(d, number=None):
    r, lang = d.rng, d.lang
    row = FACTS[number] if number is not None else r.choice(FACTS)
    _, does, asks, answer = row[0 if lang == "en" else 1]
    about = labels.LABELS[row[0][0]][0 if lang == "en" else 1]
    nouns = facts_nouns.NOUNS[row[0][0]][0 if lang == "en" else 1].split("|")
    for _ in range(200):
        if r.random() < 0.25:
            frame = "{x}" if r.random() < 0.25 else r.choice(facts_nouns.FRAMES[lang])
            text = expand(frame, r).replace("{x}", r.choice(nouns))
        elif does and (not asks or r.random() < len(does) * 3 / (len(does) * 3 + len(asks) * 2)):
            text = r.choice(HOW[lang]).replace("{v}", expand(r.choice(does), r))
        else:
            text = expand(r.choice(asks), r)
        if is_held(text, 12) == d.held_wording:
            break
    else:
        text = expand(r.choice(asks or does), r)
    if r.random() < 0.5:
        text = synonyms.exchange(r, text, lang)
    if r.random() < 0.12:
        text += r.choice(IN[lang])
    if r.random() < 0.35:
        text = noise.disturb_words(r, text, lang, 0.6)
    return Sample("deepwell", lang, noise.dress(r, text, lang, strength=0.8), THOUGHT[lang].format(about), answer, answer)


def small_talk(d):
    r, lang = d.rng, d.lang
    kinds, more = (talk.EN, talk_wider.TALK_EN) if lang == "en" else (talk.ID, talk_wider.TALK_ID)
    name = r.choice(list(kinds))
    templates, thought, answer = kinds[name]
    templates = (talk_more.EN if lang == "en" else talk_more.ID)[name] if r.random() < 0.5 else templates + more[name]
    for _ in range(200):
        text = expand(r.choice(templates), r)
        if "{n}" in text:
            text = text.replace("{n}", r.choice((stories_en if lang == "en" else stories_id).NAMES).replace("~", " ") if r.random() < 0.6 else noise.made_up(r).capitalize())
        if is_held(text, 12) == d.held_wording:
            break
    return Sample("talk", lang, noise.dress(r, text, lang, question="?" in text or r.random() < 0.3, strength=0.6), thought, answer, answer)


def beyond(d):
    """Numbers of a kind that was not taught: percents, roots, powers, fractions."""
    r, lang = d.rng, d.lang
    text = expand(pick(talk_wider.BEYOND_EN if lang == "en" else talk_wider.BEYOND_ID, r, d.held_wording), r)
    for slot, value in (("{p}", r.choice([5, 10, 15, 20, 25, 30, 50, 75, r.randrange(1, 100)])), ("{n}", r.randrange(2, r.choice([100, 1000, 5000]))), ("{s}", r.randrange(2, 100)), ("{d}", r.randrange(2, 10)), ("{e}", r.randrange(2, 10)), ("{x}", r.choice(["book", "shirt", "phone"]))):
        text = text.replace(slot, str(value))
    thought, answer = talk.REFUSAL[lang]
    return Sample("refusal", lang, noise.dress(r, text, lang, strength=0.6), thought, answer, answer)


def other(d):
    r, lang = d.rng, d.lang
    if r.random() < 0.12:
        return beyond(d)
    templates, lists = (talk.OTHER_EN, talk.LISTS_EN) if lang == "en" else (talk.OTHER_ID, talk.LISTS_ID)
    if r.random() < 0.55:
        templates, lists = (talk_wider.OTHER_EN, talk_wider.LISTS_EN) if lang == "en" else (talk_wider.OTHER_ID, talk_wider.LISTS_ID)
    for _ in range(200):
        text = expand(r.choice(templates), r, lists)
        if is_held(text, 12) == d.held_wording:
            break
    if r.random() < 0.35:
        # A topic that nobody knows: a word or two of no language.
        words = text.split(" ")
        i = r.randrange(len(words))
        if len(words) > 3 and i > 1:
            words[i] = noise.made_up(r)
            if r.random() < 0.4:
                words.insert(i, noise.made_up(r))
        text = " ".join(words)
    thought, answer = talk.REFUSAL[lang]
    return Sample("refusal", lang, noise.dress(r, text, lang, strength=0.8), thought, answer, answer)
