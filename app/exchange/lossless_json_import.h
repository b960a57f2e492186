// Reads our own exchange file (deepwell-conversations.schema.json) back, every version of it.
#pragma once

#include "app/exchange/importer.h"

namespace deepwell::app {

class LosslessJsonImporter final : public Importer {
public:
    std::string_view format() const override { return "deepwell"; }
    int sniff(std::string_view beginning) const override;
    Result<ReadSummary> read(ImportSource& source, const ImportSink& sink, const ExchangeStop* stop,
                             const ExchangeProgress& progress) const override;
};

// One conversation of such a file as a value: the header, the messages as a tree, depth first, with
// a valid `current`. None, and a problem, where nothing can be made of it.
std::optional<Conversation> conversation_from_item(const Json& item, std::int64_t number,
                                                   const ImportSink& sink);

}  // namespace deepwell::app
