#include "app/storage/sqlite/tokenizer.h"

#include <sqlite3.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace {

constexpr UChar32 kFirstAccent = 0x0300;  // Combining Diacritical Marks
constexpr UChar32 kLastAccent = 0x036F;

bool is_accent(UChar32 letter) {
    return letter >= kFirstAccent && letter <= kLastAccent;
}

bool is_word(UChar32 letter) {
    constexpr auto kWord = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK | U_GC_CO_MASK;
    return (U_GET_GC_MASK(letter) & kWord) != 0;
}

bool stands_alone(UChar32 letter) {
    if (letter < 0x0E00) return false;  // Thai, the first of them
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(letter, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

void append(UChar32 letter, std::string& to) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, letter);
    to.append(bytes, static_cast<std::size_t>(length));
}

// Small letters, canonical parts, no accents.
void append_folded(UChar32 letter, const icu::Normalizer2* canonical, std::string& to) {
    if (letter < 0x80) {
        to += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
        return;
    }
    icu::UnicodeString parts;
    if (canonical == nullptr || !canonical->getDecomposition(letter, parts)) {
        append(u_foldCase(letter, U_FOLD_CASE_DEFAULT), to);
        return;
    }
    for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const auto part = parts.char32At(at);
        if (!is_accent(part)) append(u_foldCase(part, U_FOLD_CASE_DEFAULT), to);
    }
}

}  // namespace

void tokenize(std::string_view text, const std::function<bool(const Token&)>& take) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* canonical = icu::Normalizer2::getNFDInstance(status);
    const auto length = static_cast<std::int64_t>(text.size());
    Token token;
    const auto give = [&](std::int64_t end) {
        if (token.text.empty()) return true;
        token.end = static_cast<std::size_t>(end);
        const bool more = take(token);
        token.text.clear();
        return more;
    };
    std::int64_t at = 0;
    while (at < length) {
        const auto start = at;
        UChar32 letter = 0;
        U8_NEXT(text.data(), at, length, letter);
        if (letter < 0 || !is_word(letter)) {
            if (!give(start)) return;
            continue;
        }
        if (is_accent(letter)) continue;  // belongs to the letter before it, and is dropped
        const bool alone = stands_alone(letter);
        if (alone && !give(start)) return;
        if (token.text.empty()) token.start = static_cast<std::size_t>(start);
        append_folded(letter, canonical, token.text);
        if (alone && !give(at)) return;
    }
    give(length);
}

}  // namespace deepwell::app

// --- what SQLite calls ---

namespace {

using TokenFunction = int (*)(void*, int, const char*, int, int, int);

int create_tokenizer(void*, const char**, int, Fts5Tokenizer** out) {
    // No state: any address that is not null will do.
    static char nothing = 0;
    *out = reinterpret_cast<Fts5Tokenizer*>(&nothing);
    return SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer*) {}

int run_tokenizer(Fts5Tokenizer*, void* context, int, const char* text, int length,
                  TokenFunction take) {
    if (text == nullptr) return SQLITE_OK;
    int result = SQLITE_OK;
    deepwell::app::tokenize(
        std::string_view(text, static_cast<std::size_t>(length)),
        [&](const deepwell::app::Token& token) {
            result = take(context, 0, token.text.data(), static_cast<int>(token.text.size()),
                          static_cast<int>(token.start), static_cast<int>(token.end));
            return result == SQLITE_OK;
        });
    return result;
}

}  // namespace

namespace deepwell::app {

void register_tokenizer(sqlite3* connection) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    fts5_tokenizer functions = {create_tokenizer, delete_tokenizer, run_tokenizer};
    if (api == nullptr ||
        api->xCreateTokenizer(api, "deepwell", nullptr, &functions, nullptr) != SQLITE_OK) {
        throw Failure(ErrorCode::Internal, "This SQLite has no full-text search (FTS5).");
    }
}

}  // namespace deepwell::app
