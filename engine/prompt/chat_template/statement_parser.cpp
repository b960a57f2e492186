#include <algorithm>
#include <utility>

#include "engine/prompt/chat_template/parser.h"

namespace deepwell::engine::chat_template {

namespace {

std::string listed(const std::vector<std::string_view>& names) {
    std::string result;
    for (const auto name : names) {
        if (!result.empty()) result += " or ";
        result += "'" + std::string(name) + "'";
    }
    return result;
}

}  // namespace

ParsedTemplate Parser::run() {
    result_.body = parse_body({});
    if (!unknown_.empty()) fail(unknown_.front().first, unknown_.front().second);
    return std::move(result_);
}

// Statements up to one of the names in `ends`, which stays the current token; up to the end of the
// template if there are none.
Block Parser::parse_body(const std::vector<std::string_view>& ends) {
    const Nesting nesting(*this);
    Block body;
    while (!current().is(TokenType::End)) {
        const Token token = next();
        if (token.is(TokenType::Data)) {
            body.push_back({token.place, Output{Text(token.text)}});
        } else if (token.is(TokenType::VariableBegin)) {
            Print print;
            print.values.push_back(parse_tuple(true));
            body.push_back({token.place, std::move(print)});
            expect(TokenType::VariableEnd, "'end of print statement'");
        } else {
            const bool ended = std::any_of(ends.begin(), ends.end(), [this](std::string_view end) {
                return current().is_name(end);
            });
            if (ended) return body;
            body.push_back(parse_statement());
            expect(TokenType::BlockEnd, "'end of statement block'");
        }
    }
    return body;
}

// The body of a tag, from behind its head. The end's name is left current.
Block Parser::parse_block(const std::vector<std::string_view>& ends, const char* opened) {
    skip_if(TokenType::Colon);
    expect(TokenType::BlockEnd, "'end of statement block'");
    Block body = parse_body(ends);
    if (current().is(TokenType::End)) {
        fail("Unexpected end of template. Looking for " + listed(ends) +
             ". The innermost block that needs to be closed is '" + opened + "'.");
    }
    return body;
}

// The same for a body that starts afresh: unknown filters in it are errors at once.
Block Parser::parse_inner_block(std::string_view end, const char* opened) {
    const bool outer = std::exchange(branch_, false);
    Block body = parse_block({end}, opened);
    next();
    branch_ = outer;
    return body;
}

Statement Parser::parse_statement() {
    const Token tag = next();
    if (!tag.is(TokenType::Name)) fail("tag name expected", tag.place);
    Statement statement{tag.place, Break{}};
    const std::string& name = tag.text;
    if (name == "if") {
        parse_if(statement);
    } else if (name == "for") {
        parse_for(statement);
    } else if (name == "set") {
        parse_set(statement);
    } else if (name == "macro") {
        parse_macro(statement);
    } else if (name == "call") {
        parse_call(statement);
    } else if (name == "with") {
        parse_with(statement);
    } else if (name == "filter") {
        FilterBlock block;
        block.filters = parse_filters(true);
        block.body = parse_inner_block("endfilter", "filter");
        statement.form = std::move(block);
    } else if (name == "print") {
        Print print;
        while (!current().is(TokenType::BlockEnd)) {
            if (!print.values.empty()) expect(TokenType::Comma, "','");
            print.values.push_back(parse_expression());
        }
        statement.form = std::move(print);
    } else if (name == "generation") {
        // Its body is called like a macro's, so a loop around it cannot be left from inside.
        const bool outer_loop = std::exchange(in_loop_, false);
        statement.form = ScopedBlock{parse_inner_block("endgeneration", "generation")};
        in_loop_ = outer_loop;
    } else if (name == "autoescape") {
        Autoescape node;
        node.enabled = parse_expression();
        node.body = parse_inner_block("endautoescape", "autoescape");
        statement.form = std::move(node);
    } else if (name == "block") {
        parse_named_block(statement);
    } else if (name == "break" || name == "continue") {
        if (!in_loop_) fail("'" + name + "' outside loop", tag.place);
        if (name == "continue") statement.form = Continue{};
    } else if (name == "include" || name == "import" || name == "from" || name == "extends") {
        while (!current().is(TokenType::BlockEnd) && !current().is(TokenType::End)) next();
        statement.form = Refused{Kind::Type, "no loader for this environment specified"};
    } else {
        fail("Encountered unknown tag '" + name + "'.", tag.place);
    }
    return statement;
}

// With no templates to inherit from, a block is its body where it stands, and nobody can give a
// required one.
void Parser::parse_named_block(Statement& statement) {
    const Token name = expect(TokenType::Name, "'name'");
    if (!blocks_.insert(name.text).second) {
        fail("block '" + name.text + "' defined twice", name.place);
    }
    skip_if_name("scoped");
    const bool required = skip_if_name("required");
    Block body = parse_inner_block("endblock", "block");
    skip_if_name(name.text);
    if (required) {
        statement.form = Refused{Kind::Runtime, "Required block '" + name.text + "' not found"};
    } else {
        statement.form = ScopedBlock{std::move(body)};
    }
}

void Parser::parse_if(Statement& statement) {
    const bool outer = std::exchange(branch_, true);
    If node;
    while (true) {
        ExpressionPtr condition = parse_tuple(false);
        Block body = parse_block({"elif", "else", "endif"}, "if");
        node.branches.emplace_back(std::move(condition), std::move(body));
        const Token end = next();
        if (end.text == "elif") continue;
        if (end.text == "else") {
            node.otherwise = parse_block({"endif"}, "if");
            next();
        }
        break;
    }
    branch_ = outer;
    statement.form = std::move(node);
}

void Parser::parse_for(Statement& statement) {
    For node;
    const Place target_place = current().place;
    node.target = parse_target("in");
    if (names_loop(node.target)) {
        fail("Can't assign to special loop variable in for-loop target", target_place);
    }
    expect_name("in");
    node.iterable = parse_tuple(false, "recursive");
    if (skip_if_name("if")) node.condition = parse_expression();
    node.recursive = skip_if_name("recursive");
    const bool outer_branch = std::exchange(branch_, false);
    const bool outer_loop = std::exchange(in_loop_, true);
    node.body = parse_block({"endfor", "else"}, "for");
    in_loop_ = outer_loop;
    if (next().text == "else") {
        node.otherwise = parse_block({"endfor"}, "for");
        next();
    }
    branch_ = outer_branch;
    statement.form = std::move(node);
}

void Parser::parse_set(Statement& statement) {
    Target target = parse_target({}, true);
    if (skip_if(TokenType::Assign)) {
        statement.form = Set{std::move(target), parse_tuple(true)};
        return;
    }
    SetBlock block;
    block.target = std::move(target);
    block.filters = parse_filters(false);
    block.body = parse_inner_block("endset", "set");
    statement.form = std::move(block);
}

void Parser::parse_signature(MacroCode& code) {
    expect(TokenType::LeftParenthesis, "'('");
    while (!current().is(TokenType::RightParenthesis)) {
        if (!code.parameters.empty()) expect(TokenType::Comma, "','");
        const Token name = expect(TokenType::Name, "'name'");
        code.parameters.emplace_back(assignable_name(name), name.text);
        if (skip_if(TokenType::Assign)) {
            code.defaults.push_back(parse_expression());
        } else if (!code.defaults.empty()) {
            fail("non-default argument follows default argument");
        }
    }
    expect(TokenType::RightParenthesis, "')'");
}

// A macro that uses `caller` may name it among its parameters only with a default.
void Parser::check_caller(const MacroCode& code, Place place) const {
    if (!code.uses_caller) return;
    const std::size_t required = code.parameters.size() - code.defaults.size();
    for (std::size_t i = 0; i < required; ++i) {
        if (code.parameters[i].second != "caller") continue;
        fail("the special parameter 'caller' must be left out or be given a default", place);
    }
}

void Parser::parse_macro(Statement& statement) {
    DefineMacro node;
    node.code = std::make_unique<MacroCode>();
    const Token name = expect(TokenType::Name, "'name'");
    node.symbol = assignable_name(name);
    node.code->name = name.text;
    const bool outer_loop = std::exchange(in_loop_, false);
    macros_.push_back(node.code.get());
    parse_signature(*node.code);
    node.code->body = parse_inner_block("endmacro", "macro");
    macros_.pop_back();
    check_caller(*node.code, name.place);
    in_loop_ = outer_loop;
    statement.form = std::move(node);
}

void Parser::parse_call(Statement& statement) {
    CallBlock node;
    node.caller = std::make_unique<MacroCode>();
    node.caller->name = "caller";
    if (current().is(TokenType::LeftParenthesis)) parse_signature(*node.caller);
    const Place place = current().place;
    node.callee = parse_expression();
    const auto* postfix = std::get_if<Postfix>(&node.callee->form);
    if (postfix == nullptr || !std::holds_alternative<CallStep>(postfix->steps.back().form)) {
        fail("expected call", place);
    }
    const bool outer_loop = std::exchange(in_loop_, false);
    macros_.push_back(node.caller.get());
    node.caller->body = parse_inner_block("endcall", "call");
    macros_.pop_back();
    check_caller(*node.caller, place);
    in_loop_ = outer_loop;
    statement.form = std::move(node);
}

void Parser::parse_with(Statement& statement) {
    With node;
    while (!current().is(TokenType::BlockEnd)) {
        if (!node.values.empty()) expect(TokenType::Comma, "','");
        Target target = parse_target();
        expect(TokenType::Assign, "'='");
        node.values.emplace_back(std::move(target), parse_expression());
    }
    node.body = parse_inner_block("endwith", "with");
    statement.form = std::move(node);
}

bool Parser::names_loop(const Target& target) const {
    if (target.form == Target::Form::Name) return target.symbol == result_.loop;
    return std::any_of(target.items.begin(), target.items.end(),
                       [this](const Target& item) { return names_loop(item); });
}

Target Parser::parse_target(std::string_view end, bool with_namespace) {
    const Place place = current().place;
    if (with_namespace && current().is(TokenType::Name) && look().is(TokenType::Dot)) {
        Target target{place, Target::Form::NamespaceAttribute, symbol(next().text), {}, {}};
        note_read(target.symbol);
        next();
        target.attribute = expect(TokenType::Name, "'name'").text;
        return target;
    }
    // Reading a target's names like an expression does not make them read variables.
    std::vector<bool> before = result_.is_read;
    Target target = to_target(*parse_tuple(true, end, false, true));
    before.resize(result_.is_read.size(), false);
    result_.is_read = std::move(before);
    return target;
}

Symbol Parser::assignable_name(const Token& token) {
    for (const char* constant : {"true", "false", "none", "True", "False", "None"}) {
        if (token.text == constant) fail("can't assign to 'const'", token.place);
    }
    return symbol(token.text);
}

Target Parser::to_target(const Expression& expression) {
    if (const auto* name = std::get_if<Name>(&expression.form)) {
        return {expression.place, Target::Form::Name, name->symbol, {}, {}};
    }
    if (const auto* tuple = std::get_if<TupleDisplay>(&expression.form)) {
        Target target{expression.place, Target::Form::Tuple, 0, {}, {}};
        for (const ExpressionPtr& item : tuple->items) target.items.push_back(to_target(*item));
        return target;
    }
    fail("can't assign to that", expression.place);
}

}  // namespace deepwell::engine::chat_template
