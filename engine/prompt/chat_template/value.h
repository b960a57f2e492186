// The values of a running template: Python's, as far as templates can see them.
//
// A Value is a small handle; what does not fit into it is a shared object. Lists that the template
// made are the only objects that change after they are made (and only by append and pop), and
// namespaces. Every object knows how deep it nests, which bounds every recursion over values and
// the destruction of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/prompt/chat_template/failure.h"
#include "engine/prompt/chat_template/text.h"

namespace deepwell::engine::chat_template {

class Evaluator;
struct MacroCode;
struct Scope;

// Python's integers have no bound; 127 bits hold every number that a template can sensibly print.
__extension__ typedef __int128 Integer;

constexpr std::uint32_t kDeepestValue = 100;

enum class Type {
    Undefined,
    None,
    Boolean,
    Integer,
    Float,
    String,
    List,
    Tuple,
    Mapping,
    Range,
    View,      // of a mapping: items(), keys(), values()
    Iterator,  // once only: the result of map, select, reverse …
    Namespace,
    Macro,
    Function,  // built in, or a method bound to its value
    Loop,
    Cycle,  // cycler() and joiner()
};

struct Object {
    virtual ~Object() = default;
    std::uint32_t depth = 1;
};

class Value;
struct StringObject;
struct SequenceObject;
struct MappingObject;

class Value {
public:
    Value() = default;  // undefined without a name
    static Value none() { return Value(Type::None); }
    static Value boolean(bool value);
    static Value integer(Integer value);
    static Value real(double value);
    static Value string(Text text);
    static Value string(std::string_view text) { return string(Text(std::string(text))); }
    // A string that counts as HTML already: what is joined to it is escaped (builtins/markup.h).
    static Value markup(Text text);
    static Value list(std::vector<Value> items, bool made_by_template = true);
    static Value tuple(std::vector<Value> items);
    static Value undefined(std::string message, Kind kind = Kind::Undefined);
    static Value object(Type type, std::shared_ptr<Object> object);

    Type type() const { return type_; }
    bool is(Type type) const { return type_ == type; }
    bool is_undefined() const { return type_ == Type::Undefined; }
    bool is_number() const {
        return type_ == Type::Integer || type_ == Type::Boolean || type_ == Type::Float;
    }
    bool is_integral() const { return type_ == Type::Integer || type_ == Type::Boolean; }

    // Of the right type only.
    bool as_boolean() const { return integer_ != 0; }
    Integer as_integer() const { return integer_; }  // booleans too
    double as_double() const {                       // any number
        return type_ == Type::Float ? real_ : static_cast<double>(integer_);
    }
    const Text& as_text() const;
    const std::string& as_bytes() const { return as_text().bytes(); }
    bool is_markup() const;                   // of any value
    const std::vector<Value>& items() const;  // list, tuple
    SequenceObject& sequence() const;
    MappingObject& mapping() const;
    template <class T>
    T& as() const {
        return static_cast<T&>(*object_);
    }
    const std::shared_ptr<Object>& shared() const { return object_; }
    const Object* address() const { return object_.get(); }

    std::uint32_t depth() const { return object_ ? object_->depth : 0; }
    bool truth() const;
    // Of an undefined value: fails with its message.
    [[noreturn]] void fail_undefined() const;

private:
    explicit Value(Type type) : type_(type) {}

    Type type_ = Type::Undefined;
    Integer integer_ = 0;
    double real_ = 0;
    std::shared_ptr<Object> object_;
};

// "str", "int", "dict", "list" …: the names that people know from Python's messages.
std::string_view type_name(const Value& value);

struct UndefinedObject : Object {
    std::string message;
    Kind kind = Kind::Undefined;
};

struct StringObject : Object {
    Text text;
    bool is_markup = false;
};

struct SequenceObject : Object {
    std::vector<Value> items;
    bool made_by_template = true;         // may be changed, if the options allow it
    std::vector<std::string> attributes;  // of a named tuple
    void set_depth();                     // fails with Limit
};

// In order of insertion.
struct MappingObject : Object {
    std::vector<std::pair<Value, Value>> entries;

    const Value* find(const Value& key) const;  // null: no such key; unhashable: Type error
    const Value* find(std::string_view key) const;
    void set(const Value& key, Value value);  // fails with Type or Limit
    static Value make();

private:
    std::size_t index_of(const Value& key) const;  // entries.size(): none

    std::unordered_map<std::string, std::size_t> by_name_;
};

struct RangeObject : Object {
    std::int64_t start = 0, stop = 0, step = 1;
    std::int64_t size() const;
    std::int64_t at(std::int64_t index) const { return start + index * step; }
};

struct ViewObject : Object {
    enum class Part { Items, Keys, Values };
    Value mapping;
    Part part = Part::Items;
};

// Something that gives values one after the other, once.
struct IteratorObject : Object {
    virtual std::optional<Value> next(Evaluator& evaluator) = 0;
    std::string_view name = "generator";
};

struct NamespaceObject : Object {
    std::vector<std::pair<std::string, Value>> attributes;
    const Value* find(std::string_view name) const;
    void set(std::string_view name, Value value);
};

struct MacroObject : Object {
    const MacroCode* code = nullptr;
    Scope* closure = nullptr;  // kept alive by the evaluator
};

struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
    bool empty() const { return positional.empty() && named.empty(); }
};

using Callable = Value (*)(Evaluator& evaluator, const Value& self, const Arguments& arguments);

struct FunctionObject : Object {
    std::string_view name;
    Callable callable = nullptr;
    Value self;                 // what a method is bound to
    bool keeps_markup = false;  // of a markup's methods that make strings
    bool takes_names = true;    // keyword arguments
};

// For globals that keep a state of their own: cycler, joiner.
struct CycleObject : Object {
    std::vector<Value> items;
    std::size_t place = 0;
    bool is_joiner = false;
};

// A method, to be called with `self`.
Value bound_method(std::string_view name, Callable callable, const Value& self);
// The depth of something that holds a value of this depth; fails with Limit.
std::uint32_t deeper(std::uint32_t depth);

bool is_hashable(const Value& value);
// Python's ==, without the containers' recursion being counted: for keys.
bool equal_keys(const Value& a, const Value& b);

}  // namespace deepwell::engine::chat_template
