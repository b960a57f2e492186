#include "app/exchange/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "app/exchange/exporter.h"
#include "app/exchange/markdown_source.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;

namespace {

Conversation wells() {
    Conversation conversation;
    conversation.id = "c";
    conversation.title = "How deep is the well?";
    conversation.created = 1795511564000;  // 2026-11-24T09:12:44Z
    Message question;
    question.id = "q";
    question.answer = "How deep?\nSecond line <b>";
    Message reply;
    reply.id = "a";
    reply.parent = "q";
    reply.role = Role::Assistant;
    reply.variant = "v";
    reply.thought.emplace();
    reply.thought->text = "Two times add up.\n\n# Sum";
    reply.thought->tokens = 1204;
    reply.thought->ms = 41000;
    reply.answer = "# The well is about 38.2 m deep\n\n\\[ t = \\frac{d}{c} \\]";
    Message other = reply;
    other.id = "b";
    other.thought.reset();
    other.state = MessageState::Stopped;
    other.answer = "About 4";
    conversation.messages = {question, other, reply};
    conversation.current = "a";
    return conversation;
}

std::vector<Variant> variants() {
    Variant variant;
    variant.id = "v";
    variant.name = "R1-0528 Qwen3 8B";
    variant.quantization = "Q4_K_M";
    return {variant};
}

std::string written(ExportOptions options, const Conversation& conversation = wells()) {
    options.time_zone = "UTC";
    return *export_text(conversation, variants(), options, 0);
}

// The kinds of blocks, with the levels of headings, as cmark-gfm sees them.
std::string structure(const std::string& text, int lower) {
    cmark_gfm_core_extensions_ensure_registered();
    auto* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const auto* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
    }
    cmark_parser_feed(parser, text.data(), text.size());
    auto* root = cmark_parser_finish(parser);
    std::string out;
    auto* walk = cmark_iter_new(root);
    for (auto event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk)) {
        auto* node = cmark_iter_get_node(walk);
        const auto type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER || (type & CMARK_NODE_TYPE_MASK) != CMARK_NODE_TYPE_BLOCK) {
            continue;
        }
        out += cmark_node_get_type_string(node);
        if (type == CMARK_NODE_HEADING) {
            out += std::to_string(std::min(6, cmark_node_get_heading_level(node) + lower));
        }
        if (type == CMARK_NODE_CODE_BLOCK) out += std::string(cmark_node_get_literal(node));
        out += '\n';
    }
    cmark_iter_free(walk);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return out;
}

}  // namespace

class MarkdownTest : public QObject {
    Q_OBJECT
private slots:
    void one_conversation_reads_as_drawn() {
        QCOMPARE(written({}), std::string(R"(# How deep is the well?

R1-0528 Qwen3 8B · Q4_K_M · 24 November 2026

## Question

How deep?  
Second line &lt;b>

## Answer

> Thought for 41 s, 1,204 tokens (left out)

### The well is about 38.2 m deep

$$ t = \frac{d}{c} $$
)"));
    }

    void thoughts_fold_or_stand_in_line() {
        ExportOptions options;
        options.thoughts = ThoughtsOption::Fold;
        QVERIFY(written(options).find("<details><summary>Thought for 41 s · 1,204 "
                                      "tokens</summary>\n\nTwo times add up.\n\n### "
                                      "Sum\n\n</details>\n\n### The well") != std::string::npos);
        options.thoughts = ThoughtsOption::Inline;
        QVERIFY(written(options).find("### Thought for 41 s, 1,204 tokens\n\n> Two times add "
                                      "up.\n>\n> ### Sum\n\n### The well") != std::string::npos);
    }

    void other_versions_come_behind_each_once() {
        ExportOptions options;
        options.branches = BranchesOption::All;
        const auto text = written(options);
        QVERIFY(text.find("## Other versions\n\n### Answer 1, version 1 of 2\n\nAbout "
                          "4\n\n*(stopped)*\n") != std::string::npos);
        QVERIFY(written({}).find("About 4") == std::string::npos);
    }

    void front_matter_quotes_what_it_must() {
        ExportOptions options;
        options.front_matter = true;
        auto conversation = wells();
        conversation.title = "A \"deep\" \\ well";
        const auto text = written(options, conversation);
        QVERIFY(
            text.starts_with("---\ntitle: \"A \\\"deep\\\" \\\\ well\"\ncreated: "
                             "2026-11-24T09:12:44Z\nmodel: \"R1-0528 Qwen3 8B, "
                             "Q4_K_M\"\nsource: \"Deepwell "));
        QVERIFY(text.find("\n---\n# A \"deep\" \\\\ well\n") != std::string::npos);
    }

    void a_preview_stops_after_its_lines() {
        const auto text = *export_text(wells(), variants(), {}, 0, 3);
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), 3);
    }

    void answers_keep_their_blocks_two_levels_down_data() {
        QTest::addColumn<QString>("source");
        const std::vector<std::string> sources = {
            "# One\n## Two\n### Three\n#### Four\n##### Five\n###### Six",
            "Title\n===\n\ntext\n\nSub\n---\n\ntext",
            "Two lines\nof title\n===\ntext",
            "> # In a quote\n> text\n\n- # In a list\n- item\n  1. one\n  2. two",
            "```cpp\n# not a heading\nint a<b>;\n```\n\n~~~\n<html>\n~~~",
            "    # indented code\n    \\(x\\) <b>\n\ntext",
            "| a | b |\n|---|---|\n| 1 | `<b>` |\n\n- [ ] task\n- [x] done",
            "````\n```\ninner\n```\n````",
            "text `# no` and \\(a_1\\), $b$ \\[\nc\n\\] more\n\n***\n\nend",
            "# Closed #\n\n#\n\n## \n\ntext",
            "<https://example.org> and <me@example.org> a < b\n\n[link](http://x.y) ![i](http://z)",
            "1. one\n\n   # deep\n\n   para\n2. two"};
        for (std::size_t i = 0; i < sources.size(); ++i) {
            QTest::newRow(std::to_string(i).c_str()) << QString::fromStdString(sources[i]);
        }
    }
    void answers_keep_their_blocks_two_levels_down() {
        QFETCH(QString, source);
        const auto text = source.toStdString();
        QCOMPARE(structure(answer_markdown(text), 0), structure(text, 2));
    }

    void no_html_is_left_for_a_viewer_to_run() {
        const std::vector<std::string> hostile = {
            "<script>alert(1)</script>",
            "text <img src=x onerror=y> text",
            "<!-- c -->\n<div>\nx",
            "<?php x ?>",
            "<![CDATA[x]]>",
            "$<script>x$ \\(<b>\\) <a href='javascript:x'>y</a>",
            "\\\\<b>",
            "x\n<pre>\ny\n</pre>",
            "<details>",
            "</details>",
            "> <b>",
            "| <b> |\n|--|\n| <i> |"};
        for (const auto& text : hostile) {
            for (const auto& out : {answer_markdown(text), question_markdown(text)}) {
                const auto seen = structure(out, 0);
                QVERIFY2(seen.find("html") == std::string::npos, out.c_str());
                auto* root = cmark_parse_document(out.data(), out.size(), CMARK_OPT_DEFAULT);
                auto* walk = cmark_iter_new(root);
                for (auto event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
                     event = cmark_iter_next(walk)) {
                    const auto type = cmark_node_get_type(cmark_iter_get_node(walk));
                    QVERIFY2(type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_HTML_BLOCK,
                             out.c_str());
                }
                cmark_iter_free(walk);
                cmark_node_free(root);
            }
        }
        QCOMPARE(answer_markdown("see <https://x.org>, a < b"),
                 std::string("see <https://x.org>, a < b"));
        QCOMPARE(answer_markdown("`<b>` <b>"), std::string("`<b>` &lt;b>"));
    }

    void formulas_stand_between_dollars() {
        QCOMPARE(answer_markdown("so \\( a<b \\) holds"), std::string("so $a< b$ holds"));
        QCOMPARE(answer_markdown("so\n\\[\na = b\n\\]\nholds"),
                 std::string("so\n$$ a = b $$\nholds"));
        QCOMPARE(answer_markdown("so \\[x\\] holds"), std::string("so \n$$ x $$\n holds"));
        QCOMPARE(answer_markdown("it costs $5 and $6"), std::string("it costs $5 and $6"));
    }

    void questions_stay_as_typed() {
        QCOMPARE(question_markdown("a\nb\n\n```\nc\nd\n```"),
                 std::string("a  \nb\n\n```\nc\nd\n```"));
        QCOMPARE(question_markdown("\\(x\\) # y"), std::string("\\(x\\) # y"));
    }

    void fences_are_longer_than_what_they_hold() {
        QCOMPARE(fenced_markdown("a\n````\nb"), std::string("`````\na\n````\nb\n`````"));
    }
};

DEEPWELL_TEST(MarkdownTest)
#include "markdown_test.moc"
