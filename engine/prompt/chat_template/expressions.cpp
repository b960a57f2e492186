#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

template <class... Forms>
struct Overloaded : Forms... {
    using Forms::operator()...;
};
template <class... Forms>
Overloaded(Forms...) -> Overloaded<Forms...>;

}  // namespace

Value Evaluator::evaluate(const Expression& expression, const ScopePtr& scope) {
    if (const auto* constant = std::get_if<Constant>(&expression.form)) return constant->value;
    if (const auto* name = std::get_if<Name>(&expression.form)) {
        return look_up(name->symbol, *scope);
    }
    const Nesting nesting(*this);
    place_ = expression.place;
    const auto value = [&](const ExpressionPtr& part) { return evaluate(*part, scope); };
    const auto values = [&](const std::vector<ExpressionPtr>& parts) {
        step(parts.size());
        std::vector<Value> result;
        result.reserve(parts.size());
        for (const ExpressionPtr& part : parts) result.push_back(value(part));
        return result;
    };
    return std::visit(
        Overloaded{
            [&](const Constant& node) { return node.value; },
            [&](const Name& node) { return look_up(node.symbol, *scope); },
            [&](const ListDisplay& node) { return Value::list(values(node.items)); },
            [&](const TupleDisplay& node) { return Value::tuple(values(node.items)); },
            [&](const MappingDisplay& node) {
                step(node.entries.size());
                Value mapping = MappingObject::make();
                for (const auto& [key, item] : node.entries) {
                    const Value name = value(key);
                    mapping.mapping().set(name, value(item));
                }
                return mapping;
            },
            [&](const Sign& node) {
                step();
                return negated(value(node.operand), node.negative);
            },
            [&](const Not& node) {
                step();
                return Value::boolean(!value(node.operand).truth());
            },
            [&](const BinaryChain& node) {
                Value result = value(node.first);
                for (const auto& [sign, operand] : node.rest) {
                    step();
                    result = apply(*this, sign, result, value(operand));
                }
                return result;
            },
            [&](const Concatenation& node) {
                Text text;
                for (const ExpressionPtr& part : node.parts) {
                    step();
                    text.append(text_of(*this, value(part)));
                    check_size(text.size());
                }
                return string(std::move(text));
            },
            [&](const ComparisonChain& node) {
                Value left = value(node.first);
                for (const auto& [sign, operand] : node.rest) {
                    step();
                    Value right = value(operand);
                    if (!compare(*this, sign, left, right)) return Value::boolean(false);
                    left = std::move(right);
                }
                return Value::boolean(true);
            },
            [&](const Logical& node) {
                Value result;
                for (const ExpressionPtr& operand : node.operands) {
                    step();
                    result = value(operand);
                    if (result.truth() != node.is_and) break;
                }
                return result;
            },
            [&](const Conditional& node) {
                step();
                if (value(node.condition).truth()) return value(node.value);
                if (node.otherwise) return value(node.otherwise);
                return Value::undefined(
                    "the inline if-expression evaluated to false and no else section was defined.");
            },
            [&](const Postfix& node) { return evaluate_steps(node, scope, nullptr); },
        },
        expression.form);
}

// `caller`: handed to the last step, a call, by a call block.
Value Evaluator::evaluate_steps(const Postfix& postfix, const ScopePtr& scope,
                                const Value* caller) {
    Value value = evaluate(*postfix.base, scope);
    for (const Step& part : postfix.steps) {
        const bool is_last = &part == &postfix.steps.back();
        value = apply_step(part, value, scope, is_last ? caller : nullptr);
    }
    return value;
}

Value Evaluator::apply_step(const Step& part, const Value& value, const ScopePtr& scope,
                            const Value* caller) {
    step();
    const auto optional = [&](const ExpressionPtr& expression) {
        return expression ? evaluate(*expression, scope) : Value::none();
    };
    return std::visit(
        Overloaded{
            [&](const AttributeStep& node) {
                place_ = part.place;
                return get_attribute(*this, value, node.name);
            },
            [&](const ItemStep& node) {
                const Value key = evaluate(*node.key, scope);
                place_ = part.place;
                return get_item(*this, value, key);
            },
            [&](const SliceStep& node) {
                const Value from = optional(node.from);
                const Value to = optional(node.to);
                const Value by = optional(node.step);
                place_ = part.place;
                return get_slice(*this, value, from, to, by);
            },
            [&](const CallStep& node) {
                Arguments arguments = evaluate_arguments(node.arguments, scope);
                if (caller != nullptr) arguments.named.emplace_back("caller", *caller);
                place_ = part.place;
                return call(value, std::move(arguments));
            },
            [&](const FilterStep& node) {
                const Arguments arguments = evaluate_arguments(node.arguments, scope);
                place_ = part.place;
                if (node.filter == nullptr) {
                    raise(Kind::Runtime, "No filter named '" + node.name + "' found.");
                }
                return node.filter->run(*this, value, arguments);
            },
            [&](const TestStep& node) {
                const Arguments arguments = evaluate_arguments(node.arguments, scope);
                place_ = part.place;
                if (node.test == nullptr) {
                    raise(Kind::Runtime, "No test named '" + node.name + "' found.");
                }
                return Value::boolean(node.test->run(*this, value, arguments) != node.negated);
            },
        },
        part.form);
}

Arguments Evaluator::evaluate_arguments(const CallArguments& arguments, const ScopePtr& scope) {
    Arguments result;
    for (const ExpressionPtr& argument : arguments.positional) {
        result.positional.push_back(evaluate(*argument, scope));
    }
    if (arguments.more_positional) {
        for (Value& value : to_vector(*this, evaluate(*arguments.more_positional, scope))) {
            result.positional.push_back(std::move(value));
        }
    }
    for (const auto& [name, argument] : arguments.named) {
        result.named.emplace_back(name, evaluate(*argument, scope));
    }
    if (arguments.more_named) {
        const Value mapping = evaluate(*arguments.more_named, scope);
        if (!mapping.is(Type::Mapping)) {
            raise(Kind::Type,
                  "argument after ** must be a mapping, not " + std::string(type_name(mapping)));
        }
        for (const auto& [key, value] : mapping.mapping().entries) {
            if (!key.is(Type::String)) raise(Kind::Type, "keywords must be strings");
            result.named.emplace_back(key.as_bytes(), value);
        }
    }
    return result;
}

}  // namespace deepwell::engine::chat_template
