"""One example: the turns before, the question, the thought, the answer."""
from dataclasses import dataclass, field


@dataclass
class Sample:
    kind: str
    lang: str
    question: str
    thought: str
    answer: str
    expected: str = ""          # what a right answer must state
    history: list = field(default_factory=list)  # (question, answer) of the turns before
    system: str = ""
    think: bool = True          # False: the program has closed the thought at once


@dataclass
class Draw:
    """What a generator needs to know: chance, language, and which part of the split it may use."""
    rng: object
    lang: str
    held_numbers: bool = False
    held_wording: bool = False
    level: float = 0.5          # 0: short numbers, 1: the whole range
