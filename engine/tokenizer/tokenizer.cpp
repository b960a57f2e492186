#include "engine/tokenizer/tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/tokenizer/added_tokens.h"
#include "engine/tokenizer/bpe.h"
#include "engine/tokenizer/characters.h"
#include "engine/tokenizer/normalization.h"
#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/special_ids.h"

namespace deepwell::engine {
namespace {

constexpr std::size_t kMostAddedBytes = std::size_t{4} << 20;

Result<PreTokenizer> choose_pre_tokenizer(const Metadata& metadata,
                                          const TokenizerOptions& options) {
    const auto model = metadata.string_or("tokenizer.ggml.model", "");
    if (!model) return fail(model.error());
    if (*model != "gpt2") {
        return fail(
            ErrorCode::UnsupportedTokenizer,
            model->empty()
                ? "The model file has no tokenizer. Get it again, or another one."
                : fmt::format("The model's kind of tokenizer, \"{}\", is not supported.", *model),
            "tokenizer.ggml.model");
    }
    const auto said = metadata.string_or("tokenizer.ggml.pre", "");
    if (!said) return fail(said.error());
    const bool missing = said->empty() || *said == "default";
    const std::string_view name = missing ? options.pre_tokenizer_if_missing : *said;
    if (name.empty()) {
        return fail(ErrorCode::UnsupportedTokenizer,
                    "The model file does not say how its text is cut before tokenizing. Get a "
                    "newer file of this model.",
                    "tokenizer.ggml.pre is missing");
    }
    auto found = find_pre_tokenizer(name);
    if (!found) {
        return fail(ErrorCode::UnsupportedTokenizer,
                    fmt::format("The model's pre-tokenizer \"{}\" is not known to this program. "
                                "Update it, or get another model.",
                                name),
                    "tokenizer.ggml.pre");
    }
    return *found;
}

Result<Merges> read_merges(const Metadata& metadata, const PreTokenizer& pre,
                           const Vocabulary& vocabulary) {
    constexpr std::string_view kKey = "tokenizer.ggml.merges";
    if (const Value* lines = metadata.find(kKey)) return Merges::from_lines(*lines, vocabulary);
    if (pre.ranks_are_ids) return Merges::from_ids();
    return fail(ErrorCode::FileDamaged,
                "The model file's tokenizer lacks its merges. Get it again, or another one.",
                fmt::format("{} is missing", kKey));
}

Result<AddedTokens> collect_added(const Vocabulary& vocabulary, bool with_control) {
    std::vector<AddedTokens::Token> tokens;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const auto id = static_cast<TokenId>(i);
        const TokenType type = vocabulary.type(id);
        if (type != TokenType::user_defined && !(with_control && type == TokenType::control)) {
            continue;
        }
        tokens.push_back({vocabulary.bytes(id), id});
        bytes += tokens.back().text.size();
    }
    if (bytes > kMostAddedBytes) {
        return fail(ErrorCode::FileDamaged,
                    "The model file's added tokens are too long. Get it again.",
                    fmt::format("{} bytes", bytes));
    }
    return AddedTokens(tokens);
}

// What is left of a text of `size` bytes.
std::vector<ByteSpan> trusted_ranges(std::size_t size, std::span<const ByteSpan> untrusted) {
    std::vector<ByteSpan> ranges;
    std::size_t begin = 0;
    for (const ByteSpan& span : untrusted) {
        const std::size_t from = std::min(span.begin, size);
        const std::size_t to = std::min(span.end, size);
        if (from >= to) continue;
        if (begin < from) ranges.push_back({begin, from});
        begin = std::max(begin, to);
    }
    if (begin < size) ranges.push_back({begin, size});
    return ranges;
}

}  // namespace

struct Tokenizer::State {
    PreTokenizer pre;
    std::string pre_name;
    Vocabulary vocabulary;
    SpecialIds special;
    AddedTokens user_defined;
    AddedTokens all;
    std::unique_ptr<Bpe> bpe;  // refers to `vocabulary`
    std::vector<std::string> warnings;

    // The text between two added tokens.
    void encode_fragment(std::string_view fragment, std::vector<TokenId>& ids) const {
        std::string repaired;
        if (!is_valid_utf8(fragment)) fragment = repaired = repair_utf8(fragment);
        std::string normal;
        if (pre.normalize_nfc) fragment = normal = normalize_nfc(fragment);
        const Characters characters = read_characters(fragment);
        std::size_t at = 0;
        std::size_t byte = 0;
        for (const std::size_t end : cut_into_pieces(pre.style, characters)) {
            const std::size_t begin = byte;
            for (; at < end; ++at) byte += utf8_length(characters.code_points[at]);
            bpe->encode(fragment.substr(begin, byte - begin), ids);
        }
    }

    std::vector<TokenId> encode_around(std::string_view text,
                                       std::span<const AddedTokens::Hit> hits) const {
        std::vector<TokenId> ids;
        std::size_t begin = 0;
        for (const AddedTokens::Hit& hit : hits) {
            encode_fragment(text.substr(begin, hit.begin - begin), ids);
            ids.push_back(hit.id);
            begin = hit.end;
        }
        encode_fragment(text.substr(begin), ids);
        return ids;
    }
};

Result<std::shared_ptr<const Tokenizer>> Tokenizer::from_metadata(const Metadata& metadata,
                                                                  const TokenizerOptions& options) {
    const auto pre = choose_pre_tokenizer(metadata, options);
    if (!pre) return fail(pre.error());
    auto vocabulary = Vocabulary::from_metadata(metadata);
    if (!vocabulary) return fail(std::move(vocabulary.error()));

    auto state = std::make_unique<State>();
    state->pre = *pre;
    state->pre_name = pre->name;
    state->vocabulary = std::move(*vocabulary);
    auto special =
        read_special_ids(metadata, state->vocabulary, pre->add_bos_default, state->warnings);
    if (!special) return fail(std::move(special.error()));
    state->special = std::move(*special);
    auto merges = read_merges(metadata, *pre, state->vocabulary);
    if (!merges) return fail(std::move(merges.error()));
    auto user_defined = collect_added(state->vocabulary, false);
    if (!user_defined) return fail(std::move(user_defined.error()));
    auto all = collect_added(state->vocabulary, true);
    if (!all) return fail(std::move(all.error()));
    state->user_defined = std::move(*user_defined);
    state->all = std::move(*all);
    state->bpe = std::make_unique<Bpe>(state->vocabulary, std::move(*merges),
                                       state->special.unknown.value_or(-1), pre->ignore_merges);
    return std::shared_ptr<const Tokenizer>(new Tokenizer(std::move(state)));
}

Tokenizer::Tokenizer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tokenizer::~Tokenizer() = default;

std::vector<TokenId> Tokenizer::encode(std::string_view text, Match match) const {
    switch (match) {
        case Match::literal:
            return state_->encode_around(text, {});
        case Match::user_defined:
            return state_->encode_around(text, state_->user_defined.find(text));
        case Match::all:
            return state_->encode_around(text, state_->all.find(text));
    }
    return {};
}

std::vector<TokenId> Tokenizer::encode_prompt(std::string_view text,
                                              std::span<const ByteSpan> untrusted) const {
    std::vector<AddedTokens::Hit> hits;
    for (const ByteSpan& range : trusted_ranges(text.size(), untrusted)) {
        for (AddedTokens::Hit hit :
             state_->all.find(text.substr(range.begin, range.end - range.begin))) {
            hit.begin += range.begin;
            hit.end += range.begin;
            hits.push_back(hit);
        }
    }
    return state_->encode_around(text, hits);
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    std::string bytes;
    for (const TokenId id : ids) bytes += token_bytes(id);
    return bytes;
}

const Vocabulary& Tokenizer::vocabulary() const {
    return state_->vocabulary;
}
std::optional<TokenId> Tokenizer::bos() const {
    return state_->special.bos;
}
std::optional<TokenId> Tokenizer::eos() const {
    return state_->special.eos;
}
std::optional<TokenId> Tokenizer::eot() const {
    return state_->special.eot;
}
std::optional<TokenId> Tokenizer::padding() const {
    return state_->special.padding;
}
bool Tokenizer::add_bos() const {
    return state_->special.add_bos;
}
bool Tokenizer::add_eos() const {
    return state_->special.add_eos;
}

std::span<const TokenId> Tokenizer::end_of_reply_ids() const {
    return state_->special.ends_of_reply;
}

bool Tokenizer::ends_reply(TokenId id) const {
    const auto& ends = state_->special.ends_of_reply;
    return std::binary_search(ends.begin(), ends.end(), id);
}

const std::string& Tokenizer::pre_tokenizer_name() const {
    return state_->pre_name;
}
std::span<const std::string> Tokenizer::warnings() const {
    return state_->warnings;
}

}  // namespace deepwell::engine
