// Values as the lossless exchange file writes them: the schema's key order, optional keys only
// where there is a value. Reading is tolerant: wrong types count as missing and are named in
// `wrong`.
#pragma once

#include <optional>

#include "app/conversations/conversation.h"

namespace deepwell::app {

Json to_json(const Variant& variant);
Json to_json(const Folder& folder);
Json to_json(const Origin& origin);
Json to_json(const Message& message);
// Without `messages`, which a file of any size writes one by one after it.
Json header_to_json(const Conversation& conversation);
Json parts_to_json(const std::vector<VariantPart>& parts);

// None where what identifies it is missing.
std::optional<Variant> variant_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::optional<Folder> folder_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::optional<Origin> origin_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::optional<Message> message_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::optional<Conversation> header_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::vector<VariantPart> parts_from_json(const Json& json, WrongKeys* wrong = nullptr);

}  // namespace deepwell::app
