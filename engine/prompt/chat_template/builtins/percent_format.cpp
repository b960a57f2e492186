// 'text %s' % values
#include <algorithm>
#include <cmath>

#include "engine/prompt/chat_template/builtins/format.h"
#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/number_format.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

class Formatter {
public:
    Formatter(Evaluator& evaluator, const Value& format, const Value& values)
        : evaluator_(evaluator),
          format_(format.as_text()),
          bytes_(format_.bytes()),
          values_(values),
          escapes_(format.is_markup()) {}

    Text run() {
        std::size_t plain = 0;
        while (place_ < bytes_.size()) {
            const std::size_t percent = bytes_.find('%', place_);
            if (percent == std::string::npos) break;
            result_.append(format_.slice(plain, percent));
            place_ = percent + 1;
            conversion();
            evaluator_.check_size(result_.size());
            plain = place_;
        }
        result_.append(format_.slice(plain, bytes_.size()));
        // What can be subscripted may be a mapping whose other entries are not asked for.
        const bool may_rest = !values_.is(Type::Tuple) && !values_.is(Type::String) &&
                              (values_.is(Type::Mapping) || values_.is(Type::List) ||
                               values_.is(Type::Range) || values_.is_undefined());
        const std::size_t given = values_.is(Type::Tuple) ? values_.items().size() : 1;
        if (used_ < given && !may_rest) {
            raise(Kind::Type, "not all arguments converted during string formatting");
        }
        return std::move(result_);
    }

private:
    char next() {
        if (place_ >= bytes_.size()) raise(Kind::Value, "incomplete format");
        return bytes_[place_++];
    }

    Value argument() {
        if (named_) return std::move(*named_);
        if (values_.is(Type::Tuple)) {
            if (used_ >= values_.items().size()) {
                raise(Kind::Type, "not enough arguments for format string");
            }
            return values_.items()[used_++];
        }
        if (used_++ > 0) raise(Kind::Type, "not enough arguments for format string");
        return values_;
    }

    // A number in the text, or '*': the next argument.
    Integer number() {
        if (place_ < bytes_.size() && bytes_[place_] == '*') {
            ++place_;
            const Value value = argument();
            if (!value.is_integral()) raise(Kind::Type, "* wants int");
            return value.as_integer();
        }
        Integer value = 0;
        while (place_ < bytes_.size() && bytes_[place_] >= '0' && bytes_[place_] <= '9') {
            value = value * 10 + (bytes_[place_++] - '0');
            if (value > 100'000'000) raise(Kind::Value, "width too big");
        }
        return value;
    }

    void read_name() {
        if (!values_.is(Type::Mapping)) raise(Kind::Type, "format requires a mapping");
        const std::size_t end = bytes_.find(')', place_);
        if (end == std::string::npos) raise(Kind::Value, "incomplete format key");
        const std::string name = bytes_.substr(place_, end - place_);
        place_ = end + 1;
        const Value* value = values_.mapping().find(name);
        if (value == nullptr) raise(Kind::Value, "missing key '" + name + "'");
        named_ = *value;
    }

    void conversion() {
        named_.reset();
        FormatSpec spec;
        bool left = false;
        bool zero = false;
        char mark = next();
        if (mark == '%') {  // with anything between, it is no conversion
            result_.append("%");
            return;
        }
        if (mark == '(') {
            read_name();
            mark = next();
        }
        for (;; mark = next()) {
            if (mark == '-') {
                left = true;
            } else if (mark == '0') {
                zero = true;
            } else if (mark == '+' || (mark == ' ' && spec.sign != '+')) {
                spec.sign = mark;
            } else if (mark == '#') {
                spec.alternative = true;
            } else if (mark != ' ') {
                break;
            }
        }
        --place_;
        spec.width = number();
        if (spec.width < 0) {
            left = true;
            spec.width = -spec.width;
        }
        mark = next();
        if (mark == '.') {
            spec.precision = std::max<Integer>(0, number());
            mark = next();
        }
        while (mark == 'l' || mark == 'h' || mark == 'L') mark = next();
        spec.align = left ? '<' : '>';
        write(mark, spec, zero && !left);
    }

    void write(char mark, FormatSpec& spec, bool zero) {
        const Value value = argument();
        switch (mark) {
            case 's':
                result_.append(formatted(evaluator_,
                                         text_value(escapes_ ? as_markup(evaluator_, value)
                                                             : text_of(evaluator_, value)),
                                         spec));
                return;
            case 'r':
            case 'a': {
                Text text = repr_of(evaluator_, value);
                if (mark == 'a') text = ascii_only(text);
                result_.append(
                    formatted(evaluator_, text_value(escapes_ ? escaped_text(text) : text), spec));
                return;
            }
            case 'c':
                if (value.is(Type::String) && code_point_count(value.as_bytes()) == 1) {
                    result_.append(formatted(evaluator_, value, spec));
                    return;
                }
                if (!value.is_integral()) raise(Kind::Type, "%c requires int or char");
                break;
            case 'd':
            case 'i':
            case 'u':
            case 'o':
            case 'x':
            case 'X':
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
                break;
            default:
                raise(Kind::Value, std::string("unsupported format character '") + mark + "'");
        }
        const bool needs_index = mark == 'o' || mark == 'x' || mark == 'X';
        if (value.is_undefined() && !needs_index) value.fail_undefined();
        if (!value.is_number()) {
            raise(Kind::Type, std::string("%") + mark + " format: a real number is required, not " +
                                  std::string(type_name(value)));
        }
        if (zero && mark != 'c') {
            spec.fill = Text("0");
            spec.align = '=';
        }
        spec.type = mark == 'i' || mark == 'u' ? 'd' : mark;
        const bool whole = mark == 'd' || mark == 'i' || mark == 'u';
        if (whole && value.is(Type::Float)) {
            const double number = value.as_double();
            if (!(std::abs(number) < 1e38))
                raise(Kind::Overflow, "cannot convert float to integer");
            result_.append(
                formatted(evaluator_, Value::integer(static_cast<Integer>(number)), spec));
            return;
        }
        if (value.is(Type::Float) && (mark == 'o' || mark == 'x' || mark == 'X')) {
            raise(Kind::Type,
                  std::string("%") + mark + " format: an integer is required, not float");
        }
        result_.append(formatted(evaluator_, value, spec));
    }

    static Value text_value(const Text& text) { return Value::string(text); }

    Evaluator& evaluator_;
    const Text& format_;
    const std::string& bytes_;
    const Value& values_;
    const bool escapes_;
    std::size_t place_ = 0;
    std::size_t used_ = 0;
    std::optional<Value> named_;
    Text result_;
};

}  // namespace

Value percent_format(Evaluator& evaluator, const Value& format, const Value& values) {
    return string_like(evaluator, format, Formatter(evaluator, format, values).run());
}

}  // namespace deepwell::engine::chat_template
