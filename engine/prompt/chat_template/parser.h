// From tokens to the tree of ast.h. Recursive descent; nesting is bounded, so no template can use
// up the stack.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/prompt/chat_template/ast.h"

namespace deepwell::engine::chat_template {

constexpr int kDeepestNesting = 64;

// Expressions. operator_parser.cpp, postfix_parser.cpp, expression_parser.cpp.
class ExpressionParser {
public:
    explicit ExpressionParser(std::vector<Token> tokens);

protected:
    const Token& current() const { return tokens_[place_]; }
    const Token& look() const { return tokens_[std::min(place_ + 1, tokens_.size() - 1)]; }
    Token next();
    bool skip_if(TokenType type);
    bool skip_if_name(std::string_view name);
    Token expect(TokenType type, const char* what);
    void expect_name(std::string_view name);
    [[noreturn]] void fail(const std::string& message, Place place) const;
    [[noreturn]] void fail(const std::string& message) const { fail(message, current().place); }

    ExpressionPtr parse_expression(bool with_condition = true);
    // One expression or several with commas; stops before the name `end` too.
    ExpressionPtr parse_tuple(bool with_condition, std::string_view end = {},
                              bool in_parentheses = false, bool simple = false);
    ExpressionPtr parse_primary();
    // One or more filters; the first without its pipe if `inline_start`.
    std::vector<Step> parse_filters(bool inline_start);
    Symbol symbol(const std::string& name);
    void note_read(Symbol symbol);

    // Bounds the recursion while one of them lives.
    class Nesting {
    public:
        explicit Nesting(ExpressionParser& parser);
        ~Nesting() { --parser_.nesting_; }
        Nesting(const Nesting&) = delete;

    private:
        ExpressionParser& parser_;
    };

    ParsedTemplate result_;
    std::vector<MacroCode*> macros_;  // those that are being read, outermost first
    bool branch_ =
        false;  // in an if: unknown filters and tests are errors when reached, not before
    // Unknown filters and tests outside of branches: syntax errors once all is read.
    std::vector<std::pair<std::string, Place>> unknown_;

private:
    ExpressionPtr parse_condition();
    ExpressionPtr parse_or();
    ExpressionPtr parse_and();
    ExpressionPtr parse_not();
    ExpressionPtr parse_comparison();
    ExpressionPtr parse_sum();
    ExpressionPtr parse_concatenation();
    ExpressionPtr parse_product();
    ExpressionPtr parse_power();
    ExpressionPtr parse_unary(bool with_filters);
    ExpressionPtr parse_list();
    ExpressionPtr parse_mapping();
    ExpressionPtr parse_steps(ExpressionPtr base, bool with_filters);
    Step parse_access();
    Step parse_filter(Place place);
    Step parse_test(Place place);
    CallArguments parse_arguments();
    std::string parse_dotted_name();
    bool is_tuple_end(std::string_view end) const;

    std::vector<Token> tokens_;
    std::size_t place_ = 0;
    int nesting_ = 0;
    std::map<std::string, Symbol> symbols_;
};

// Statements. statement_parser.cpp.
class Parser : public ExpressionParser {
public:
    using ExpressionParser::ExpressionParser;
    ParsedTemplate run();

private:
    Block parse_body(const std::vector<std::string_view>& ends);
    Block parse_block(const std::vector<std::string_view>& ends, const char* opened);
    Block parse_inner_block(std::string_view end, const char* opened);
    Statement parse_statement();
    void parse_named_block(Statement& statement);
    void parse_if(Statement& statement);
    void parse_for(Statement& statement);
    void parse_set(Statement& statement);
    void parse_macro(Statement& statement);
    void parse_call(Statement& statement);
    void parse_with(Statement& statement);
    void parse_signature(MacroCode& code);
    void check_caller(const MacroCode& code, Place place) const;
    Target parse_target(std::string_view end = {}, bool with_namespace = false);
    Target to_target(const Expression& expression);
    Symbol assignable_name(const Token& token);
    bool names_loop(const Target& target) const;

    bool in_loop_ = false;
    std::set<std::string> blocks_;  // names, each once
};

}  // namespace deepwell::engine::chat_template
