"""How much of each kind an example stream holds, and the turns and system messages around an example."""
from . import arithmetic, follow_ups, know, measures, order, patterns
from .sample import Draw

# kind: (weight, maker)
KINDS = {
    "addition": (13, lambda d: arithmetic.direct(d, "+")),
    "subtraction": (16, lambda d: arithmetic.direct(d, "-")),
    "multiplication": (9, lambda d: arithmetic.direct(d, "×")),
    "division": (12, lambda d: arithmetic.direct(d, "÷")),
    "chain": (3, arithmetic.chain),
    "story": (18, lambda d: arithmetic.story(d, d.rng.choice("+--×÷"))),
    "story of two steps": (2.5, arithmetic.story_two),
    "follow-up": (7, follow_ups.follow_up),
    "deepwell": (11, know.fact),
    "talk": (3, know.small_talk),
    "refusal": (4, know.other),
    "comparison": (2, order.compare),
    "sorting": (2.5, order.sort),
    "unit": (3, measures.convert),
    "days": (1.5, measures.days),
    "clock": (1, measures.clock),
    "letters": (4.5, patterns.letters),
    "sequence": (2, patterns.sequence),
}
_names = list(KINDS)
_weights = [KINDS[name][0] for name in _names]
SYSTEMS = ["You are a helpful assistant.", "Be brief.", "Answer in English.", "Jawab dalam bahasa Indonesia.", "You are Deepwell.", "Please think carefully.", "Jawab dengan singkat.", "You are a maths teacher.", "Be polite and show your work."]


def of_kind(rng, name, lang=None, level=0.5, held_numbers=False, held_wording=False):
    d = Draw(rng, lang or ("en" if rng.random() < 0.55 else "id"), held_numbers, held_wording, level)
    return KINDS[name][1](d)


def draw(rng, level=0.5, around=True, weights=None):
    """The next example of the training stream; weights, if given, replace those of KINDS."""
    chosen = [weights.get(name, KINDS[name][0]) for name in _names] if weights else _weights
    s = of_kind(rng, rng.choices(_names, chosen)[0], level=level)
    if not around:
        return s
    if rng.random() < 0.11:
        # Other questions before this one; mostly in the same language.
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 6])):
            t = of_kind(rng, rng.choices(_names, chosen)[0], s.lang if rng.random() < 0.9 else None, level)
            s.history.insert(0, (t.question, t.answer))
    if rng.random() < 0.03:
        s.system = rng.choice(SYSTEMS)
    if rng.random() < 0.015 and s.kind in ("talk", "deepwell", "refusal"):
        s.think = False
    return s
