// One conversation as Markdown of the GitHub dialect (exchange.md 3).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/exchange_values.h"

namespace deepwell::app {

// Takes the next piece of text.
using TextSink = std::function<Result<void>(std::string_view)>;

Result<void> write_markdown(const Conversation& conversation, const std::vector<Variant>& variants,
                            const std::vector<Folder>& folders, const ExportOptions& options,
                            bool front_matter, const TextSink& sink);

}  // namespace deepwell::app
