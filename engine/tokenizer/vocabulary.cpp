#include "engine/tokenizer/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "engine/tokenizer/byte_alphabet.h"

namespace deepwell::engine {
namespace {

constexpr TokenId kNoToken = -1;
constexpr std::uint64_t kMostTokens = std::uint64_t{1} << 24;

tl::unexpected<Error> bad(std::string message, std::string context) {
    return fail(ErrorCode::FileDamaged, std::move(message), std::move(context));
}

Result<std::vector<TokenType>> read_types(const Metadata& metadata, std::size_t count) {
    constexpr std::string_view kKey = "tokenizer.ggml.token_type";
    const Value* value = metadata.find(kKey);
    if (value == nullptr) return std::vector<TokenType>(count, TokenType::normal);
    const auto numbers = value->as_signeds();
    if (!numbers || numbers->size() != count) {
        return bad("The model file's list of token types does not fit its list of tokens.",
                   fmt::format("{} = {}, {} tokens", kKey, value->describe(60), count));
    }
    std::vector<TokenType> types;
    types.reserve(count);
    for (const std::int64_t number : *numbers) {
        if (number < 1 || number > 6) {
            return bad("The model file has a token of an unknown type.",
                       fmt::format("{}[{}] = {}", kKey, types.size(), number));
        }
        types.push_back(static_cast<TokenType>(number));
    }
    return types;
}

}  // namespace

void Vocabulary::Index::reserve(std::size_t count) {
    std::size_t size = 16;
    while (size < 2 * count) size *= 2;
    slots_.assign(size, kNoToken);
}

bool Vocabulary::Index::insert(const Texts& texts, TokenId id) {
    const std::string_view text = texts.at(static_cast<std::size_t>(id));
    std::size_t slot = std::hash<std::string_view>()(text) & (slots_.size() - 1);
    while (slots_[slot] != kNoToken) {
        if (texts.at(static_cast<std::size_t>(slots_[slot])) == text) return false;
        slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = id;
    return true;
}

std::optional<TokenId> Vocabulary::Index::find(const Texts& texts, std::string_view text) const {
    std::size_t slot = std::hash<std::string_view>()(text) & (slots_.size() - 1);
    while (slots_[slot] != kNoToken) {
        if (texts.at(static_cast<std::size_t>(slots_[slot])) == text) return slots_[slot];
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return std::nullopt;
}

Result<Vocabulary> Vocabulary::from_metadata(const Metadata& metadata) {
    constexpr std::string_view kKey = "tokenizer.ggml.tokens";
    const Value* value = metadata.find(kKey);
    if (value == nullptr || !value->is_strings() || value->size() == 0) {
        return bad("The model file has no vocabulary. Get it again, or another one.",
                   fmt::format("{} is missing, empty or no list of texts", kKey));
    }
    if (value->size() > kMostTokens || value->raw().size() > std::numeric_limits<int>::max()) {
        return bad("The model file's vocabulary is too large.",
                   fmt::format("{}: {} tokens", kKey, value->size()));
    }
    const auto count = static_cast<std::size_t>(value->size());
    auto types = read_types(metadata, count);
    if (!types) return fail(std::move(types.error()));

    Vocabulary vocabulary;
    vocabulary.types_ = std::move(*types);
    Index all;
    all.reserve(count);
    for (const std::string_view text : value->strings()) {
        const auto id = static_cast<TokenId>(vocabulary.texts_.size());
        vocabulary.texts_.add(text.empty() ? fmt::format("[EMPTY_{}]", id) : std::string(text));
        if (!all.insert(vocabulary.texts_, id)) {
            return bad("The model file's vocabulary has a token twice.",
                       fmt::format("{}[{}]", kKey, id));
        }
    }
    vocabulary.index_bytes();
    return vocabulary;
}

void Vocabulary::index_bytes() {
    std::size_t added = 0;
    for (const TokenType type : types_) {
        added += type == TokenType::control || type == TokenType::user_defined ? 1 : 0;
    }
    added_.reserve(added);
    normal_.reserve(types_.size() - added);
    for (std::size_t i = 0; i < types_.size(); ++i) {
        const auto id = static_cast<TokenId>(i);
        const std::string_view text = texts_.at(i);
        switch (types_[i]) {
            case TokenType::normal:
                // A letter outside the alphabet is seen in the wild: such a token stands for its
                // own text and is never found.
                if (auto bytes = bytes_of_letters(text)) {
                    bytes_.add(*bytes);
                    normal_.insert(bytes_, id);
                    longest_normal_ = std::max(longest_normal_, bytes->size());
                } else {
                    bytes_.add(text);
                }
                break;
            case TokenType::control:
            case TokenType::user_defined:
                bytes_.add(text);
                added_.insert(bytes_, id);
                break;
            case TokenType::unknown:
            case TokenType::byte:
                bytes_.add(text);
                break;
            case TokenType::unused:
                bytes_.add("");
                break;
        }
    }
}

std::string_view Vocabulary::bytes(TokenId id) const {
    return exists(id) ? bytes_.at(static_cast<std::size_t>(id)) : std::string_view();
}

std::string_view Vocabulary::text(TokenId id) const {
    return exists(id) ? texts_.at(static_cast<std::size_t>(id)) : std::string_view();
}

TokenType Vocabulary::type(TokenId id) const {
    return exists(id) ? types_[static_cast<std::size_t>(id)] : TokenType::unused;
}

std::optional<TokenId> Vocabulary::find_normal(std::string_view bytes) const {
    return normal_.find(bytes_, bytes);
}

std::optional<TokenId> Vocabulary::find_added(std::string_view text) const {
    return added_.find(bytes_, text);
}

}  // namespace deepwell::engine
