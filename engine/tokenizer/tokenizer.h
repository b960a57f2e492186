// Text to token ids and back, for the byte-level BPE vocabularies of GGUF files
// (tokenizer.ggml.model = "gpt2"). Immutable: one object serves any number of threads.
//
//   auto tokenizer = Tokenizer::from_metadata(file->metadata());
//   std::vector<TokenId> ids = (*tokenizer)->encode("Hello", Match::literal);
//   std::string text = (*tokenizer)->decode(ids);
//
// Text goes: added tokens are cut out → ill-formed UTF-8 is repaired → normalized (NFC, Qwen
// vocabularies) → cut into pieces (pre_tokenizer.h) → merged piece by piece (bpe.h).
// Everything is about linear in the length of the text, whatever the text.
// No BOS or EOS is ever added here: the templates write BOS, and others see add_bos().
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/byte_span.h"
#include "engine/base/result.h"
#include "engine/base/token_id.h"
#include "engine/gguf/metadata.h"
#include "engine/tokenizer/vocabulary.h"

namespace deepwell::engine {

// Which added tokens are recognised in a text.
enum class Match {
    literal,       // none: text of users and files
    user_defined,  // <think> and its like, no control token
    all,           // text of templates
};

struct TokenizerOptions {
    // The pre-tokenizer of a file that names none (or "default"); empty: such a file is refused.
    std::string pre_tokenizer_if_missing;
};

class Tokenizer {
public:
    // Errors: UnsupportedTokenizer (model or pre-tokenizer not known: the message names it),
    // FileDamaged (tokens, types or merges missing or contradictory).
    static Result<std::shared_ptr<const Tokenizer>> from_metadata(
        const Metadata& metadata, const TokenizerOptions& options = {});
    ~Tokenizer();

    std::vector<TokenId> encode(std::string_view text, Match match = Match::literal) const;

    // The ids of a rendered prompt in which the `untrusted` ranges came from users or files. Added
    // tokens are found only where all their bytes are trusted; everything between two such tokens,
    // trusted or not, is one text and is read as letters. Ranges ascend, do not overlap, and may
    // be empty.
    std::vector<TokenId> encode_prompt(std::string_view text,
                                       std::span<const ByteSpan> untrusted) const;

    // The bytes of all tokens, control tokens as their text; not always whole UTF-8
    // (utf8_stream.h).
    std::string decode(std::span<const TokenId> ids) const;

    const Vocabulary& vocabulary() const;
    std::size_t vocabulary_size() const { return vocabulary().size(); }
    std::string_view token_bytes(TokenId id) const { return vocabulary().bytes(id); }
    TokenType token_type(TokenId id) const { return vocabulary().type(id); }

    // The added token (control or user-defined) with exactly this text: find_added("<think>").
    std::optional<TokenId> find_added(std::string_view text) const {
        return vocabulary().find_added(text);
    }

    std::optional<TokenId> bos() const;
    std::optional<TokenId> eos() const;
    std::optional<TokenId> eot() const;
    std::optional<TokenId> padding() const;

    // Whether the file asks for BOS in front of a text (a prompt whose template wrote BOS already
    // must not get a second one) and for EOS behind it.
    bool add_bos() const;
    bool add_eos() const;

    // A reply ends when the model gives one of these: EOS, EOT, EOM and, as a safety net, control
    // tokens that are known ends of turns. Ascending, without doubles.
    std::span<const TokenId> end_of_reply_ids() const;
    bool ends_reply(TokenId id) const;

    // "deepseek-r1-qwen", as the file says.
    const std::string& pre_tokenizer_name() const;

    // What was odd about the file's tokenizer and has been put right (one sentence each).
    std::span<const std::string> warnings() const;

private:
    struct State;
    explicit Tokenizer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::engine
