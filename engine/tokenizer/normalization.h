// Unicode normalization form C.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::engine {

// The text in NFC. `text` must be valid UTF-8. O(n log n) whatever the text: a million combining
// marks behind one letter are sorted, not bubbled.
std::string normalize_nfc(std::string_view text);

}  // namespace deepwell::engine
