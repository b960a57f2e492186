"""Whether a reply is right: what the answer must state, and whether the thought's own steps hold."""
import re

_EQUATION = re.compile(r"(?<![\d÷×+\-(])(\d+(?:[+\-×]\d+)+)=(-?\d+)(?!\d)")
_COMPARISON = re.compile(r"(?<!\d)(\d+)([<>])(\d+)(?!\d)")
_NUMBERS = re.compile(r"-?\d+")


def steps_hold(thought):
    """Every equation and comparison of digits that the thought writes down is true."""
    for left, sign, right in _COMPARISON.findall(thought):
        if int(left) == int(right) or (int(left) < int(right)) != (sign == "<"):
            return False
    for left, right in _EQUATION.findall(thought):
        total = 0
        for sign, product in re.findall(r"([+\-]?)(\d+(?:×\d+)*)", left):
            value = 1
            for factor in product.split("×"):
                value *= int(factor)
            total += -value if sign == "-" else value
        if total != int(right):
            return False
    return True


def answer_states(answer, expected):
    """The answer is the expected text, or its first or last numbers are the expected ones."""
    if answer.strip() == expected.strip():
        return True
    wanted = _NUMBERS.findall(expected.replace("−", "-"))
    if not wanted or any(c.isalpha() for c in re.sub(r"remainder|sisa", "", expected)):
        return expected.lower().strip(" .") in answer.lower()
    found = _NUMBERS.findall(re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", answer))
    return wanted in (found[-len(wanted):], found[:len(wanted)])
