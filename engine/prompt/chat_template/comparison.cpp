#include <algorithm>

#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

bool equal_mappings(Evaluator& evaluator, const MappingObject& a, const MappingObject& b) {
    if (a.entries.size() != b.entries.size()) return false;
    for (const auto& [key, value] : a.entries) {
        const Value* other = b.find(key);
        if (other == nullptr || !equal(evaluator, value, *other)) return false;
    }
    return true;
}

bool is_sequence(const Value& value) {
    return value.is(Type::List) || value.is(Type::Tuple);
}

}  // namespace

bool equal(Evaluator& evaluator, const Value& a, const Value& b) {
    const Evaluator::Nesting nesting(evaluator);
    evaluator.step();
    if (a.is_number() && b.is_number()) return equal_keys(a, b);
    if (a.type() != b.type()) return false;
    switch (a.type()) {
        case Type::String:
            evaluator.work(std::min(a.as_text().size(), b.as_text().size()));
            return a.as_bytes() == b.as_bytes();
        case Type::List:
        case Type::Tuple: {
            const auto& left = a.items();
            const auto& right = b.items();
            if (left.size() != right.size()) return false;
            for (std::size_t i = 0; i < left.size(); ++i) {
                if (!equal(evaluator, left[i], right[i])) return false;
            }
            return true;
        }
        case Type::Mapping:
            return equal_mappings(evaluator, a.mapping(), b.mapping());
        case Type::Range: {
            const auto& left = a.as<RangeObject>();
            const auto& right = b.as<RangeObject>();
            if (left.size() != right.size()) return false;
            return left.size() == 0 ||
                   (left.start == right.start && (left.size() == 1 || left.step == right.step));
        }
        default:
            return equal_keys(a, b);
    }
}

bool less(Evaluator& evaluator, const Value& a, const Value& b, std::string_view sign) {
    const Evaluator::Nesting nesting(evaluator);
    evaluator.step();
    if (a.is_undefined()) a.fail_undefined();
    if (b.is_undefined()) b.fail_undefined();
    if (a.is_number() && b.is_number()) {
        if (a.is_integral() && b.is_integral()) return a.as_integer() < b.as_integer();
        return a.as_double() < b.as_double();
    }
    if (a.is(Type::String) && b.is(Type::String)) {
        evaluator.work(std::min(a.as_text().size(), b.as_text().size()));
        return a.as_bytes() < b.as_bytes();  // UTF-8 keeps the order of code points
    }
    if (is_sequence(a) && a.type() == b.type()) {
        const auto& left = a.items();
        const auto& right = b.items();
        for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
            if (!equal(evaluator, left[i], right[i])) {
                return less(evaluator, left[i], right[i], sign);
            }
        }
        return left.size() < right.size();
    }
    raise(Kind::Type, "'" + std::string(sign) + "' not supported between instances of '" +
                          std::string(type_name(a)) + "' and '" + std::string(type_name(b)) + "'");
}

bool contains(Evaluator& evaluator, const Value& container, const Value& item) {
    switch (container.type()) {
        case Type::String:
            if (!item.is(Type::String)) {
                raise(Kind::Type, "'in <string>' requires string as left operand, not " +
                                      std::string(type_name(item)));
            }
            evaluator.work(container.as_text().size());
            return find_text(container.as_bytes(), item.as_bytes()) != std::string::npos;
        case Type::Mapping:
            return container.mapping().find(item) != nullptr;
        case Type::Undefined:
            return false;
        default:
            break;
    }
    if (!is_iterable(container)) {
        raise(Kind::Type,
              "argument of type '" + std::string(type_name(container)) + "' is not iterable");
    }
    const IteratorPtr iterator = iterate(evaluator, container);
    while (auto candidate = iterator->next(evaluator)) {
        if (equal(evaluator, *candidate, item)) return true;
    }
    return false;
}

bool compare(Evaluator& evaluator, ComparisonOperator sign, const Value& a, const Value& b) {
    switch (sign) {
        case ComparisonOperator::Equal:
            return equal(evaluator, a, b);
        case ComparisonOperator::NotEqual:
            return !equal(evaluator, a, b);
        case ComparisonOperator::Less:
            return less(evaluator, a, b, "<");
        case ComparisonOperator::Greater:
            return less(evaluator, b, a, ">");
        case ComparisonOperator::LessEqual:
            return less(evaluator, a, b, "<=") || equal(evaluator, a, b);
        case ComparisonOperator::GreaterEqual:
            return less(evaluator, b, a, ">=") || equal(evaluator, a, b);
        case ComparisonOperator::In:
            return contains(evaluator, b, a);
        case ComparisonOperator::NotIn:
            return !contains(evaluator, b, a);
    }
    return false;
}

}  // namespace deepwell::engine::chat_template
