// Where a template's names come from, and what Jinja2 3.1.6 said of rarer constructs: each expected
// text is its output over the same context.
#include "engine/prompt/chat_template/chat_template.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;

class TemplateScopesTest : public QObject {
    Q_OBJECT
private slots:
    void is_as_in_jinja2_data() {
        QTest::addColumn<QString>("expected");  // an error's kind in angle brackets
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString(expected);
        };
        // A name that a scope sets before it reads it is its own from the start.
        row("{% set text %}{{ text }}!{% endset %}{{ text }}", "!");
        row("{{ text }}{% set text %}{{ text }}!{% endset %}{{ text }}", "tt!");
        row("{% for x in [1] %}{{ text }}{% endfor %}{% set text = 'n' %}{{ text }}", "n");
        row("{% for x in [1, 2] %}{% set text %}{{ text }}?{% endset %}{{ text }}{% endfor %}",
            "??");
        row("{% macro m() %}{{ text }}{% endmacro %}{{ m() }}{% set text = 'n' %}{{ m() }}", "n");
        row("{% macro m() %}{{ text }}{% endmacro %}{{ m() }}", "t");
        row("{% if not on %}{% set text = 'n' %}{% endif %}{{ text }}", "t");
        row("{% if not on %}{% set text = 1 %}{% elif on %}{% for x in [1] %}{{ text }}{% endfor "
            "%}{% set text = 'k' %}{% else %}{% set text = 2 %}{% endif %}{{ text }}",
            "tk");
        row("{% with text = text ~ 'w' %}{{ text }}{% endwith %}{{ text }}", "twt");
        row("{% filter upper %}{% for y in [1] %}{{ text }}{% endfor %}{% set text = 'a' %}{{ text "
            "}}{% endfilter %}",
            "A");
        row("{% macro f(text) %}{% if not on %}{% set text = 1 %}{% endif %}{{ text }}{% endmacro "
            "%}{{ f(5) }}",
            "5");
        row("{% set text = text ~ 'x' %}{{ text }}", "tx");
        // Rarer constructs.
        row("{% macro f(caller) %}{{ caller }}{% endmacro %}", "<syntax>");
        row("{% macro f(caller=none) %}{{ caller }}{% endmacro %}{{ f() }}", "None");
        row("{% for x in [1] %}{% generation %}{% break %}{% endgeneration %}{% endfor %}",
            "<syntax>");
        row("{% autoescape false %}{{ '<' }}{% endautoescape %}", "<");
        row("{{ 'a'.strip(chars='a') }}", "<type>");
        row("{{ 'a b c'.split(maxsplit=1) }}", "['a', 'b c']");
        row("{{ '{} {0}'.format(1, 2) }}", "<value>");
        row("{{ '{:+}'.format('a') }}", "<value>");
        row("{{ '{:<05}'.format(3) }}{{ '{:05}'.format('a') }}", "30000a0000");
        row("{{ '{!a}'.format('é') }}{{ '%a' % 'é😀' }}", "'\\xe9''\\xe9\\U0001f600'");
        row("{{ 'ﬁx'.capitalize() }}{{ 'ß'.title() }}{{ 'ǆ'.title() }}", "FixSsǅ");
        row("{{ none | truncate }}", "<type>");
        row("{{ range(1, 9, 2).start }}{{ range(1, 9, 2).step }}", "12");
    }
    void is_as_in_jinja2() {
        QFETCH(QString, expected);
        const auto parsed = ChatTemplate::parse(QTest::currentDataTag());
        const auto failed = [](const TemplateError& error) {
            return "<" + std::string(template_error_kind_name(error.kind)) + ">";
        };
        std::string outcome;
        if (!parsed) {
            outcome = failed(parsed.error());
        } else {
            const auto rendered = parsed->render({{"text", "t"}, {"on", true}}, {});
            outcome = rendered ? rendered->text : failed(rendered.error());
        }
        QCOMPARE(QString::fromStdString(outcome), expected);
    }
    // Prompts are not HTML: said, instead of text that nobody escaped.
    void autoescape_is_refused() {
        const auto parsed =
            ChatTemplate::parse("{% autoescape true %}{{ '<' }}{% endautoescape %}");
        QVERIFY(parsed);
        const auto rendered = parsed->render(nlohmann::ordered_json::object(), {});
        QVERIFY(!rendered);
        QCOMPARE(rendered.error().kind, TemplateError::Kind::Runtime);
    }
};

DEEPWELL_TEST(TemplateScopesTest)
#include "template_scopes_test.moc"
