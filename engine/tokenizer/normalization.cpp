#include "engine/tokenizer/normalization.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/utf8.h"

namespace deepwell::engine {
namespace {

// A character with its canonical combining class (0: a starter).
struct Unit {
    char32_t code_point;
    std::uint8_t combining_class;
};

// The tables of ICU; the algorithm is ours, since ICU's reorders by insertion, which is quadratic.
class Nfc {
public:
    Nfc() {
        UErrorCode status = U_ZERO_ERROR;
        tables_ = unorm2_getNFCInstance(&status);
    }

    // Whether the text is surely in NFC already: no character that may change or combine backwards,
    // and marks in order.
    bool surely_normal(std::string_view text) const {
        std::uint8_t last = 0;
        while (!text.empty()) {
            const Utf8Unit unit = read_utf8(text);
            text.remove_prefix(unit.length);
            if (unit.code_point < kFirstChanging) {
                last = 0;
                continue;
            }
            const auto c = static_cast<UChar32>(unit.code_point);
            if (u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) return false;
            const std::uint8_t combining_class = unorm2_getCombiningClass(tables_, c);
            if (combining_class != 0 && combining_class < last) return false;
            last = combining_class;
        }
        return true;
    }

    std::vector<Unit> decompose(std::string_view text) const {
        std::vector<Unit> units;
        units.reserve(text.size());
        while (!text.empty()) {
            const Utf8Unit unit = read_utf8(text);
            text.remove_prefix(unit.length);
            append_decomposed(units, unit.code_point);
        }
        return units;
    }

    // Composes in place; the units are decomposed and in canonical order (UAX #15, section 3.11 of
    // the standard): each is joined with the last starter unless one of its class or higher stands
    // between.
    void compose(std::vector<Unit>& units) const {
        std::size_t out = 0;
        std::size_t starter = kNone;
        for (const Unit unit : units) {
            const bool adjacent = starter != kNone && out == starter + 1;
            const bool open = starter != kNone &&
                              (adjacent || units[out - 1].combining_class < unit.combining_class);
            if (open) {
                const UChar32 joined =
                    unorm2_composePair(tables_, static_cast<UChar32>(units[starter].code_point),
                                       static_cast<UChar32>(unit.code_point));
                if (joined >= 0) {
                    units[starter].code_point = static_cast<char32_t>(joined);
                    continue;
                }
            }
            if (unit.combining_class == 0) starter = out;
            units[out++] = unit;
        }
        units.resize(out);
    }

private:
    static constexpr char32_t kFirstChanging = 0x300;
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    void append_decomposed(std::vector<Unit>& units, char32_t code_point) const {
        const auto c = static_cast<UChar32>(code_point);
        std::array<UChar, 32> buffer{};
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t length = unorm2_getDecomposition(
            tables_, c, buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
        if (length < 0 || U_FAILURE(status)) {
            units.push_back({code_point, unorm2_getCombiningClass(tables_, c)});
            return;
        }
        std::int32_t at = 0;
        while (at < length) {
            UChar32 part = 0;
            U16_NEXT(buffer.data(), at, length, part);
            units.push_back({static_cast<char32_t>(part), unorm2_getCombiningClass(tables_, part)});
        }
    }

    const UNormalizer2* tables_ = nullptr;  // owned by ICU
};

// Canonical order: each run of non-starters sorted by class, stably.
void reorder(std::vector<Unit>& units) {
    const auto by_class = [](const Unit& a, const Unit& b) {
        return a.combining_class < b.combining_class;
    };
    for (auto at = units.begin(); at != units.end();) {
        if (at->combining_class == 0) {
            ++at;
            continue;
        }
        const auto end = std::find_if(at, units.end(),
                                      [](const Unit& unit) { return unit.combining_class == 0; });
        if (!std::is_sorted(at, end, by_class)) std::stable_sort(at, end, by_class);
        at = end;
    }
}

}  // namespace

std::string normalize_nfc(std::string_view text) {
    const Nfc nfc;
    if (nfc.surely_normal(text)) return std::string(text);
    std::vector<Unit> units = nfc.decompose(text);
    reorder(units);
    nfc.compose(units);
    std::string normal;
    normal.reserve(text.size());
    for (const Unit& unit : units) append_utf8(normal, unit.code_point);
    return normal;
}

}  // namespace deepwell::engine
