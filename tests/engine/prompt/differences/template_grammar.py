"""A grammar of small chat templates, of typed expressions, for jinja2_differences.py."""
import random


class Maker:
    """Writes templates from a grammar of typed expressions; one in about ten has a wrong type."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.depth = 0

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    # --- expressions ---
    def make(self, kind):
        if self.chance(0.01):
            kind = self.pick("number", "string", "list", "mapping", "boolean", "odd")
        self.depth += 1
        try:
            if self.depth > 3:
                return getattr(self, kind + "_leaf")()
            return getattr(self, kind)()
        finally:
            self.depth -= 1

    def number_leaf(self):
        return self.pick("0", "1", "2", "-3", "10", "count", "ratio", "minus", "1.0", "2.25", "true",
                         "numbers[0]", "rows[1].v", "0.1", "1e16", "100000", "1e-5")

    def string_leaf(self):
        return self.pick("''", "'a'", "'ab c'", '"x\\ny"', "text", "spaced", "greek", "lines", "html",
                         "messages[0].role", "messages[1]['content']", "words[1]", "'é😀'", "'A-b_c'",
                         "'1,2,,3'", "'007'", "\"it's\"", "'%s'", "'{}'", "'\\t'")

    def list_leaf(self):
        return self.pick("numbers", "words", "[]", "[1, 'a']", "(1, 2)", "rows", "messages", "empty",
                         "mixed", "range(4)", "[[1, 2], [3, 4]]", "('a',)", "table.a", "['b', 'a', 'B']")

    def mapping_leaf(self):
        return self.pick("table", "{}", "{'k': 1}", "rows[0]", "messages[2]", "{'a': {'b': [1]}, 'z': 2}",
                         "{1: 'one', none: 2}", "dict(a=1, b='x')")

    def boolean_leaf(self):
        return self.pick("true", "false", "flag", "not empty", "add_generation_prompt", "none is none")

    def odd_leaf(self):
        return self.pick("missing", "none", "nothing", "table.zz", "messages[9]")

    odd = odd_leaf

    def number(self):
        m = self.make
        return self.pick(
            lambda: self.number_leaf(),
            lambda: f"({m('number')} {self.pick('+', '-', '*', '//', '%', '/')} {m('number')})",
            lambda: f"({m('number')} ** {self.pick('2', '0', '3')})",
            lambda: f"-{m('number')}",
            lambda: f"({m('string')})|length", lambda: f"({m('list')})|length",
            lambda: f"({m('number')})|abs", lambda: f"({m('number')})|round({self.pick('', '1', '2', '0')})",
            lambda: f"({m('number')})|int", lambda: f"({m('string')})|int({self.pick('', '7')})",
            lambda: f"({m('number')})|float", lambda: f"(numbers|{self.pick('sum', 'min', 'max', 'first', 'last')})",
            lambda: f"({m('string')}).{self.pick('count', 'find', 'rfind')}({m('string')})",
            lambda: "(rows|sum(attribute='v'))", lambda: f"({m('list')}).count({m('number')})",
            lambda: f"({m('number')} if {m('boolean')} else {m('number')})",
            lambda: f"({m('string')})|wordcount", lambda: f"({m('string')}).{self.pick('index', 'rindex', 'find', 'count')}({m('string')}, {self.pick('0', '1', '-3')})",
            lambda: f"({m('list')})|{self.pick('sum', 'min', 'max', 'length')}", lambda: f"rows|sum('v', {m('number')})",
            lambda: f"({m('number')})|round({self.pick('1', '0', '-1')}, '{self.pick('ceil', 'floor', 'common')}')",
            lambda: f"({m('string')})|int({self.pick('0, 16', '7, 2', 'default=3', 'base=8')})", lambda: f"({m('odd')})|default({m('number')})")()

    def string(self):
        m = self.make
        filters = ("upper", "lower", "trim", "capitalize", "title", "string", "reverse", "escape", "e", "safe",
                   "striptags", "indent", "indent(2, true)", "indent('> ', blank=true)", "tojson", "list|join",
                   "replace('a', 'bb')", "replace(' ', '', 1)", "truncate(8)", "truncate(8, true, '~', 0)",
                   "center(20)", "urlencode", "wordwrap(6)", "default('d')", "d('x', true)", "forceescape",
                   "first", "last", "trim('T ')", "format", "wordwrap(5, false, '|')", "pprint", "sort|join('-')",
                   "unique|join", "batch(3)|list|tojson", "slice(2)|list|tojson", "map('upper')|join('.')",
                   "select('in', 'aeiou')|join", "urlize", "filesizeformat",
                   "indent(width='>', first=true)", "indent(first=true, blank=true)", "truncate(length=9, end='')", "replace('o', count)",
                   "tojson(ensure_ascii=true)", "wordwrap(7, wrapstring='/')", "center(width=9)", "default(default_value='q', boolean=true)",
                   "trim(chars=' a')", "list|tojson(indent=1)", "map('ord')|list", "attr('upper')()", "select('upper')|join", "reject('lower')|join")
        methods = ("upper()", "lower()", "strip()", "lstrip()", "rstrip()", "strip('abT ')", "title()",
                   "capitalize()", "swapcase()", "casefold()", "replace('o', '0')", "replace('', '-')", "zfill(12)",
                   "center(11, '*')", "ljust(9)", "rjust(9, '.')", "expandtabs(4)", "removeprefix('The')",
                   "removesuffix('x')", "split(sep=',')|join('/')", "rsplit(maxsplit=1)|last", "split(' ', maxsplit=2)|join('+')",
                   "replace('e', 'E', 1)", "expandtabs(tabsize=3)", "splitlines(keepends=true)|join('/')", "strip(chars='a')", "strip(none)",
                   "center(9, 'é')", "zfill(2)", "format(k=1)", "title()|lower", "partition('o')|join('_')", "split()[0]", "split(',')[-1]", "rsplit(' ', 1)[0]", "partition(' ')[2]",
                   "rpartition(',')[0]", "splitlines()|join('/')", "lstrip('<think>')", "format(1, 'b')",
                   "join(['x', 'y'])", "encode")
        return self.pick(
            lambda: self.string_leaf(), lambda: self.string_leaf(),
            lambda: f"({m('string')} + {m('string')})",
            lambda: f"({m('string')} ~ {m(self.pick('number', 'string', 'list', 'mapping', 'odd'))})",
            lambda: f"({m('string')})|{self.pick(*filters)}",
            lambda: f"({m('string')})|{self.pick(*filters)}",
            lambda: f"({m('string')}).{self.pick(*methods[:-1])}",
            lambda: f"({m('string')}).{self.pick(*methods[:-1])}",
            lambda: f"({m('string')})[{self.slice()}]",
            lambda: f"({m('string')} * {self.pick('0', '1', '2', '3')})",
            lambda: f"({m('list')})|join({m('string')})",
            lambda: f"({m(self.pick('list', 'mapping', 'number', 'string', 'boolean'))})|tojson"
                    f"{self.pick('', '(indent=2)', '(ensure_ascii=true)', '(sort_keys=true)', '(2)', '(indent=1)', '(separators=(' + repr(',') + ', ' + repr(':') + '))', '(true, 1)', '(indent=' + repr('--') + ')', '(indent=0, sort_keys=true)', '(indent=2, separators=(' + repr(';') + ', ' + repr('=') + '))')}",
            lambda: f"({m(self.pick('number', 'list', 'mapping', 'boolean'))})|string",
            lambda: f"'%s|%{self.pick('s', 'r', '5s', '-4s', '.2s')}' % ({m('string')}, {m(self.pick('string', 'number', 'list'))})",
            lambda: f"'%{self.pick('d', '5d', '05d', '+d', 'x', 'o', '.2f', 'e', 'g', '8.3f', 'i', '-6d')}|' % {m('number')}",
            lambda: f"'{{:{self.pick('>8', '<8', '^8', '*^9', '', '.3')}}}'.format({m('string')})",
            lambda: f"'{{:{self.pick('d', '5', '05', '+', ',', '.2f', 'e', '%', 'x', 'b', 'g', '>6', '_')}}}'.format({m('number')})",
            lambda: f"'%{self.pick('(a)s', '(b)r', '(a)5s|%(a)s', '(zz)s', '(n)03d')}' % {{'a': {m('string')}, 'b': {m('list')}, 'n': {m('number')}}}",
            lambda: f"'%*d|%.*f|%c|%%|%a' % (4, 2, 1, {m('number')}, 'x', {m('string')})",
            lambda: f"'{self.pick('{:>{}}|', '{1}{0}', '{}{0}', '{!r:>9}', '{0!a}', '{:+}', '{:05}', '{:<06}', '{:=^9}', '{{}}{}', '{:,}', '{:s}', '{:#x}', '{:')}'.format({m(self.pick('string', 'number', 'boolean'))}, {self.pick('9', '3', m('string'))})",
            lambda: f"({m('string')})|{self.pick('format(1)', 'format(k=2)', 'format(' + m('string') + ', ' + m('number') + ')')}",
            lambda: f"({m('list')})|map({self.pick(repr('upper'), repr('string'), repr('join') + ', ' + repr('-'), repr('default') + ', 1', repr('indent') + ', width=2')})|join(',')",
            lambda: f"({m('list')})|{self.pick('select', 'reject')}({self.pick(repr('string'), repr('in') + ', text', repr('sameas') + ', none', repr('==') + ', 1', repr('upper'))})|join(',')",
            lambda: f"({m('string')} {self.pick(repr('b'), repr('é'))} ~ 'c')",
            lambda: f"'{{0}}{{1!r}}{{k}}'.format({m('string')}, {m('string')}, k={m('number')})",
            lambda: f"({m('string')} if {m('boolean')} else {m('string')})",
            lambda: f"({m('odd')})|default({m('string')})",
            lambda: f"({m('list')})|{self.pick('first', 'last')}|string",
            lambda: f"strftime_now('{self.pick('%Y-%m-%d', '%d %b %Y', '%H:%M:%S', '%B %e, %A', '%j %U')}')")()

    def slice(self):
        part = lambda: self.pick("", "", "0", "1", "-1", "2", "-2", "99", "count")
        return self.pick(lambda: f"{part()}:{part()}", lambda: f"{part()}:{part()}:{self.pick('1', '2', '-1', '-2')}",
                         lambda: self.pick("0", "-1", "1", "50"))()

    def list(self):
        m = self.make
        filters = ("list", "reverse|list", "sort", "sort(reverse=true)", "unique|list", "batch(2)|list", "slice(2)|list",
                   "batch(3, 'f')|list", "slice(3, 'f')|list", "map('string')|list", "select('string')|list",
                   "reject('none')|list", "select|list", "map('length')|list", "map('default', 'x')|list",
                   "select('number')|list", "reject('mapping')|list", "map('tojson')|list", "sort(case_sensitive=true)", "unique(case_sensitive=true)|list",
                   "sort(false, true)", "map(attribute='v')|list", "map(attribute=0, default='-')|list", "selectattr('role', 'equalto', 'user')|list",
                   "rejectattr('content', 'string')|map(attribute='role')|list", "groupby('role')|map('first')|list", "selectattr('q', 'undefined')|list",
                   "map('items')|map('list')|list", "map(attribute='content.0.type', default='?')|list", "select('iterable')|list", "slice(4)|map('length')|list")
        return self.pick(
            lambda: self.list_leaf(), lambda: self.list_leaf(),
            lambda: f"[{m('number')}, {m('string')}, {m('odd')}]",
            lambda: f"({m('list')})|{self.pick(*filters)}", lambda: f"({m('list')})|{self.pick(*filters)}",
            lambda: f"({m('list')})[{self.slice()}]",
            lambda: f"({m('list')} + {m('list')})", lambda: f"({m('list')} * 2)",
            lambda: f"({m('mapping')})|{self.pick('list', 'dictsort', 'dictsort(true)', 'items|list', 'dictsort(by=' + repr('value') + ')')}",
            lambda: f"({m('mapping')}).{self.pick('keys', 'values', 'items')}()|list",
            lambda: f"({m('string')}).{self.pick('split()', 'splitlines()', 'splitlines(true)', 'split(' + repr(',') + ')', 'split(none, 1)', 'rsplit()', 'partition(' + repr(' ') + ')')}",
            lambda: f"rows|{self.pick('map(attribute=' + repr('v') + ')|list', 'selectattr(' + repr('v') + ', ' + repr('gt') + ', 1)|list', 'rejectattr(' + repr('n') + ', ' + repr('equalto') + ', ' + repr('x') + ')|list', 'sort(attribute=' + repr('v') + ')', 'groupby(' + repr('n') + ')', 'map(attribute=' + repr('q') + ', default=0)|list', 'unique(attribute=' + repr('n') + ')|list', 'selectattr(' + repr('q') + ')|list', 'sort(attribute=' + repr('n,v') + ')')}",
            lambda: f"numbers|{self.pick('select(' + repr('odd') + ')', 'reject(' + repr('gt') + ', 2)', 'map(' + repr('abs') + ')', 'select(' + repr('divisibleby') + ', 2)', 'select(' + repr('in') + ', [1, 2])')}|list",
            lambda: f"range({self.pick('3', '1, 4', '5, 0, -2', '0')})|list")()

    def mapping(self):
        m = self.make
        return self.pick(lambda: self.mapping_leaf(), lambda: f"{{'a': {m('string')}, 'b': {m('list')}}}",
                         lambda: f"dict({m('mapping')}, z={m('number')})", lambda: f"({m('mapping')}).copy()")()

    def boolean(self):
        m = self.make
        tests = ("defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping",
                 "sequence", "iterable", "true", "false", "callable", "escaped", "sameas none", "eq 1", "in [1, 'a']", "sameas true", "ge 1", "in text", "filter", "test", "divisibleby 2", "odd", "lower", "ne none", "equalto('a')", "sequence and true", "lt 3")
        any_kind = lambda: m(self.pick("number", "string", "list", "mapping", "odd", "boolean"))
        return self.pick(
            lambda: self.boolean_leaf(), lambda: f"{any_kind()} is {self.pick('', 'not ')}{self.pick(*tests)}",
            lambda: f"({m('number')} {self.pick('<', '>', '<=', '>=', '==', '!=')} {m('number')})",
            lambda: f"({m('string')} {self.pick('<', '==', '!=', 'in', 'not in')} {m('string')})",
            lambda: f"({any_kind()} {self.pick('==', '!=')} {any_kind()})",
            lambda: f"({any_kind()} in {m('list')})", lambda: f"({m('string')} in {m('mapping')})",
            lambda: f"({m('boolean')} {self.pick('and', 'or')} {m('boolean')})", lambda: f"not {m('boolean')}",
            lambda: f"({m('number')})|int is {self.pick('odd', 'even', 'divisibleby 3', 'divisibleby(2)')}",
            lambda: f"({m('string')}).{self.pick('startswith(', 'endswith(')}{m('string')})",
            lambda: f"({m('string')}).{self.pick('isdigit', 'isalpha', 'isalnum', 'isspace', 'isupper', 'islower', 'istitle', 'isnumeric')}()",
            lambda: f"({m('string')}) is {self.pick('lower', 'upper')}")()

    # --- statements ---
    def tag(self, body):
        return self.pick("{%", "{%-", "{%", "{%+") + f" {body} " + self.pick("%}", "-%}", "%}", "+%}")

    def print(self, expression):
        return self.pick("{{", "{{-", "{{") + f" {expression} " + self.pick("}}", "-}}", "}}")

    def text(self):
        return self.pick("", "", "x", " a ", "\n", "\n  ", "  \n", " - ", "\n\n", "\t", "é", "{ ", "}", "# ", "\r\n")

    def any_expression(self):
        return self.make(self.pick("number", "string", "string", "list", "mapping", "boolean", "odd"))

    def statement(self, nesting=0):
        m, t = self.make, self.tag
        inner = lambda: self.block(nesting + 1)
        simple = [
            lambda: self.print(self.any_expression()), lambda: self.print(self.any_expression()),
            lambda: self.print(self.pick("y", "z", "ns.a", "f(1)", "x", "f(count, k=2)", "f()")),
            lambda: t(f"set y = {self.any_expression()}"), lambda: "{#" + self.pick("-", "", "+") + " c " + self.pick("-", "", "+") + "#}",
            # Names of the context that the template sets: where a scope sees which of them.
            lambda: t(f"set {self.pick('text', 'count', 'greek')} = {self.any_expression()}"), lambda: self.print(self.pick("text", "count", "greek is defined")),
            lambda: t("set text") + self.print("text") + "+" + t("endset"), lambda: t(f"set ns.{self.pick('a', 'b')}") + self.print("x") + t("endset"),
            lambda: self.print(self.pick("x if y", "(y, z)|string", "g is defined", "f(*[1, 2])", "f(**{'k': 3})", "f(1, 2, 3)", "f(q=1)", "ns.b")),
            lambda: t(f"set ns = namespace({self.pick('a=' + m('number'), m('mapping'), m('mapping') + ', b=1')})"), lambda: t(f"set ns.a = {self.any_expression()}"),
            lambda: "{% raw %}{{ x }}{% endraw %}", lambda: t("set y, z = 1, " + m("string")),
        ]
        nested = [
            lambda: t(f"if {m('boolean')}") + inner() + t("endif"),
            lambda: t(f"if {self.any_expression()}") + inner() + t(f"elif {m('boolean')}") + inner() + t("else") + inner() + t("endif"),
            lambda: t(f"for x in {m('list')}") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"for x in {m('list')} if {self.pick('x', 'x is string', 'x is number', 'x is not none')}")
            + self.loop_body(nesting) + t("else") + inner() + t("endfor"),
            lambda: t(f"for x, z in {m('mapping')}.items()") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"for x in {m('string')}") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"macro f({self.pick('x', 'x, k=1', 'x=2', '')})") + inner() + self.pick("", "{{ varargs }}", "{{ kwargs }}", "{{ caller is defined }}")
            + t("endmacro"),
            lambda: t(f"macro g({self.pick('x', 'x, k=1', '')})") + "{{ x }}{{ caller(" + self.pick("", "1", "x") + ") }}" + t("endmacro")
            + t(f"call{self.pick('', '(y)')} g({self.pick('', '1', '1, k=3')})") + inner() + t("endcall"),
            lambda: t(f"set y{self.pick('', ' | upper', ' | trim | length')}") + inner() + t("endset"),
            lambda: t(f"filter {self.pick('upper', 'trim', 'indent(3)', 'replace(' + repr('a') + ', ' + repr('<') + ')', 'escape')}") + inner() + t("endfilter"),
            lambda: t(f"with z = {self.any_expression()}") + inner() + t("endwith"),
            lambda: t("macro text()") + "T" + t("endmacro"),
            lambda: t(f"macro h({self.pick('x', 'x, k=x', '')})") + "{{ varargs }}{{ kwargs }}{{ caller(1, 2) if caller else '-' }}{{ text }}" + inner() + t("endmacro")
            + "{{ h(1, 2, 3, q=4) }}" + t(f"call({self.pick('a, b', 'a, b=5', 'a, b, c', '')}) h(7)") + "{{ a }}{{ b }}" + inner() + t("endcall"),
            lambda: t("set ns.a") + inner() + t("endset"), lambda: t("for x, (y, z) in [[1, [2, 3]], ['a', 'bc']]") + self.loop_body(nesting) + t("endfor"),
            lambda: t(f"for x in {m('list')}") + t(f"for y in {m('list')}") + "{{ loop.index }}{{ loop.depth }}" + self.loop_body(nesting) + t("endfor") + "{{ loop.index }}" + t("endfor"),
            lambda: t("for x in rows|groupby('n')") + "{{ x.grouper }}{{ x.list|length }}{{ x[0] }}" + t("endfor"),
            lambda: t("generation") + inner() + t("endgeneration"),
            lambda: t("for x in [1, [2, [3, []]]] recursive") + self.pick("{{ x if x is number else '[' ~ loop(x) ~ ']' }}", "{{ loop.depth }}{% if x is iterable %}{{ loop(x) }}{% endif %}")
            + t("endfor"),
        ]
        return self.pick(*(simple if nesting > 2 or self.chance(0.6) else nested))()

    def loop_body(self, nesting):
        part = self.pick(
            "{{ loop.index }}/{{ loop.length }}", "{{ loop.first }}{{ loop.last }}", "{{ x }}{{ ',' if not loop.last }}",
            "{{ loop.previtem }}<{{ loop.nextitem }}", "{{ loop.cycle('a', 'b') }}", "{{ loop.changed(x) }}", "{{ loop.revindex0 }}", "",
            "{% if loop.index0 == 1 %}{% continue %}{% endif %}", "{% if loop.index > 2 %}{% break %}{% endif %}", "{% set y = x %}")
        return self.text() + part + self.block(nesting + 1)

    def block(self, nesting):
        return "".join(self.text() + self.statement(nesting) for _ in range(self.random.randint(1, 2))) + self.text()

    def template(self):
        known = "{% set ns = namespace(a=0) %}{% set x, y, z = 1, 'y', [3] %}{% macro f(x=1, k=2) %}{{ x }}{% endmacro %}\n"
        return self.pick(known, known, known, "") + self.block(0) + self.block(1)
