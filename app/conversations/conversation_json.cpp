#include "app/conversations/conversation_json.h"

#include <QtCore/QByteArray>

#include "app/conversations/json_reader.h"

namespace deepwell::app {
namespace {

std::string text_of(std::string_view name) {
    return std::string(name);
}

Json to_json(const Thought& thought) {
    JsonWriter writer;
    writer.put("text", Json(thought.text));
    writer.put("tokens", thought.tokens);
    writer.put("ms", thought.ms);
    if (thought.opened_by) writer.put("opened_by", Json(text_of(name_of(*thought.opened_by))));
    if (thought.ended_by) writer.put("ended_by", Json(text_of(name_of(*thought.ended_by))));
    writer.put("budget_tokens", thought.budget_tokens);
    if (thought.omitted) writer.put("omitted", Json(true));
    return writer.finish();
}

std::optional<Thought> thought_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    Thought thought;
    thought.text = reader.text("text").value_or("");
    thought.tokens = reader.count("tokens");
    thought.ms = reader.number("ms");
    if (thought.ms && *thought.ms < 0) {
        thought.ms.reset();
        reader.complain("ms");
    }
    thought.opened_by = reader.word("opened_by", thought_opened_by_of);
    thought.ended_by = reader.word("ended_by", thought_ended_by_of);
    thought.budget_tokens = reader.count("budget_tokens");
    thought.omitted = reader.flag("omitted").value_or(false);
    return thought;
}

Json to_json(const Attachment& attachment) {
    JsonWriter writer;
    writer.put("id", attachment.id);
    writer.put("name", Json(attachment.name));
    writer.put("type", attachment.type);
    writer.put("size", attachment.size);
    writer.put("sha256", attachment.sha256);
    writer.put("tokens", attachment.tokens);
    if (attachment.text) {
        writer.put("text", attachment.text);
    } else if (attachment.bytes) {
        const auto& bytes = *attachment.bytes;
        writer.put("base64",
                   Json(QByteArray::fromRawData(bytes.data(), static_cast<int>(bytes.size()))
                            .toBase64()
                            .toStdString()));
    } else {
        writer.put("available", Json(false));
    }
    return writer.finish();
}

Attachment attachment_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    Attachment attachment;
    attachment.id = reader.text("id");
    attachment.name = reader.text("name").value_or("");
    attachment.type = reader.text("type");
    attachment.size = reader.count("size");
    attachment.sha256 = reader.sha256("sha256");
    attachment.tokens = reader.count("tokens");
    attachment.text = reader.text("text");
    if (attachment.text) return attachment;
    if (const auto encoded = reader.text("base64")) {
        const auto decoded = QByteArray::fromBase64Encoding(
            QByteArray::fromStdString(*encoded), QByteArray::AbortOnBase64DecodingErrors);
        if (decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok) {
            attachment.bytes = decoded.decoded.toStdString();
        } else {
            reader.complain("base64");
        }
    }
    // An entry of a ZIP that this reader was not given.
    if (reader.any("entry")) reader.complain("entry");
    return attachment;
}

std::optional<Thought> thought_of(JsonReader& reader, WrongKeys* wrong) {
    const auto json = reader.object("thought");
    return json ? thought_from_json(*json, wrong) : std::nullopt;
}

}  // namespace

Json parts_to_json(const std::vector<VariantPart>& parts) {
    Json array = Json::array();
    for (const auto& part : parts) {
        JsonWriter writer;
        writer.put("name", Json(part.name));
        writer.put("size", Json(part.size));
        writer.put_or_null("sha256", part.sha256);
        array.push_back(writer.finish());
    }
    return array;
}

std::vector<VariantPart> parts_from_json(const Json& json, WrongKeys* wrong) {
    std::vector<VariantPart> parts;
    if (!json.is_array()) return parts;
    for (const auto& item : json) {
        JsonReader reader(item, wrong);
        VariantPart part;
        part.name = reader.text("name").value_or("");
        part.size = reader.count("size").value_or(0);
        part.sha256 = reader.sha256("sha256");
        parts.push_back(std::move(part));
    }
    return parts;
}

Json to_json(const Variant& variant) {
    JsonWriter file;
    file.put("name", Json(variant.file_name));
    file.put("size", Json(variant.file_size));
    file.put_or_null("sha256", variant.sha256);
    if (!variant.parts.empty()) file.put("parts", parts_to_json(variant.parts));
    JsonWriter writer;
    writer.put("id", Json(variant.id));
    writer.put("name", Json(variant.name));
    writer.put("file", file.finish());
    writer.put("architecture", variant.architecture);
    writer.put("quantization", variant.quantization);
    writer.put("parameters", variant.parameters);
    writer.put("context_trained", variant.context_trained);
    return writer.finish();
}

std::optional<Variant> variant_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto id = reader.text("id");
    if (!id || id->empty()) return std::nullopt;
    Variant variant;
    variant.id = *id;
    variant.name = reader.text("name").value_or("");
    if (const auto file = reader.object("file")) {
        JsonReader inner(*file, wrong);
        variant.file_name = inner.text("name").value_or("");
        variant.file_size = inner.count("size").value_or(0);
        variant.sha256 = inner.sha256("sha256");
        if (const auto parts = inner.array("parts")) {
            variant.parts = parts_from_json(*parts, wrong);
        }
    }
    variant.architecture = reader.text("architecture");
    variant.quantization = reader.text("quantization");
    variant.parameters = reader.count("parameters");
    variant.context_trained = reader.count("context_trained");
    return variant;
}

Json to_json(const Folder& folder) {
    JsonWriter writer;
    writer.put("id", Json(folder.id));
    writer.put_or_null("parent", folder.parent);
    writer.put("name", Json(folder.name));
    writer.put("order", Json(folder.order));
    writer.put("created", folder.created);
    return writer.finish();
}

std::optional<Folder> folder_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto id = reader.text("id");
    if (!id || id->empty()) return std::nullopt;
    Folder folder;
    folder.id = *id;
    folder.parent = reader.text("parent");
    folder.name = reader.text("name").value_or("");
    folder.order = reader.whole("order").value_or(0);
    folder.created = reader.time("created");
    return folder;
}

Json to_json(const Origin& origin) {
    JsonWriter writer;
    writer.put("format", Json(origin.format));
    writer.put("id", origin.id);
    writer.put("file", origin.file);
    writer.put("file_sha256", origin.file_sha256);
    writer.put("imported", origin.imported);
    writer.put("fingerprint", origin.fingerprint);
    return writer.finish(origin.extra);
}

std::optional<Origin> origin_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto format = reader.text("format");
    if (!format) return std::nullopt;
    Origin origin;
    origin.format = *format;
    origin.id = reader.text("id");
    origin.file = reader.text("file");
    origin.file_sha256 = reader.sha256("file_sha256");
    origin.imported = reader.time("imported");
    origin.fingerprint = reader.sha256("fingerprint");
    origin.extra = reader.take_rest();
    return origin;
}

Json to_json(const Message& message) {
    JsonWriter writer;
    writer.put("id", Json(message.id));
    writer.put_or_null("parent", message.parent);
    writer.put("role", Json(text_of(name_of(message.role))));
    writer.put("state", Json(text_of(name_of(message.state))));
    writer.put_or_null("created", message.created);
    writer.put("finished", message.finished);
    writer.put("edited_from", message.edited_from);
    writer.put("thought", message.thought ? to_json(*message.thought) : Json());
    JsonWriter answer;
    answer.put("text", Json(message.answer));
    answer.put("tokens", message.answer_tokens);
    writer.put("answer", answer.finish());
    if (!message.attachments.empty()) {
        Json attachments = Json::array();
        for (const auto& attachment : message.attachments) {
            attachments.push_back(to_json(attachment));
        }
        writer.put("attachments", std::move(attachments));
    }
    writer.put("variant", message.variant);
    writer.put("model_name", message.model_name);
    if (message.generation) writer.put("generation", to_json(*message.generation));
    if (message.statistics) writer.put("statistics", to_json(*message.statistics));
    if (message.error) {
        writer.put("error", Json{{"code", message.error->code}, {"text", message.error->text}});
    }
    writer.put("origin_id", message.origin_id);
    return writer.finish(message.extra);
}

std::optional<Message> message_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto id = reader.text("id");
    const auto role = reader.word("role", role_of);
    if (!id || id->empty() || !role) return std::nullopt;
    Message message;
    message.id = *id;
    message.parent = reader.text("parent");
    message.role = *role;
    message.state = reader.word("state", message_state_of).value_or(MessageState::Complete);
    message.created = reader.time("created");
    message.finished = reader.time("finished");
    message.edited_from = reader.text("edited_from");
    message.thought = thought_of(reader, wrong);
    if (const auto answer = reader.object("answer")) {
        JsonReader inner(*answer, wrong);
        message.answer = inner.text("text").value_or("");
        message.answer_tokens = inner.count("tokens");
    }
    if (const auto attachments = reader.array("attachments")) {
        for (const auto& attachment : *attachments) {
            message.attachments.push_back(attachment_from_json(attachment, wrong));
        }
    }
    message.variant = reader.text("variant");
    message.model_name = reader.text("model_name");
    if (const auto generation = reader.object("generation")) {
        message.generation = generation_from_json(*generation, wrong);
    }
    if (const auto statistics = reader.object("statistics")) {
        message.statistics = statistics_from_json(*statistics, wrong);
    }
    if (const auto error = reader.object("error")) {
        JsonReader inner(*error, wrong);
        message.error =
            MessageError{inner.text("code").value_or(""), inner.text("text").value_or("")};
    }
    message.origin_id = reader.text("origin_id");
    message.extra = reader.take_rest();
    return message;
}

Json header_to_json(const Conversation& conversation) {
    JsonWriter writer;
    writer.put("id", Json(conversation.id));
    writer.put("title", Json(conversation.title));
    if (conversation.title_source) {
        writer.put("title_source", Json(text_of(name_of(*conversation.title_source))));
    }
    writer.put_or_null("created", conversation.created);
    writer.put_or_null("updated", conversation.updated);
    writer.put("order", Json(conversation.order));
    writer.put("pinned", Json(conversation.pinned));
    writer.put("pinned_order", conversation.pinned_order);
    writer.put("archived", Json(conversation.archived));
    writer.put("deleted", conversation.deleted);
    writer.put_or_null("folder", conversation.folder);
    writer.put_or_null("system_prompt", conversation.system_prompt);
    if (conversation.settings) writer.put("settings", to_json(*conversation.settings));
    writer.put("draft", conversation.draft);
    writer.put_or_null("current", conversation.current);
    if (conversation.origin) writer.put("origin", to_json(*conversation.origin));
    if (!conversation.left_out.empty()) writer.put("left_out", Json(conversation.left_out));
    return writer.finish(conversation.extra);
}

std::optional<Conversation> header_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto id = reader.text("id");
    if (!id || id->empty()) return std::nullopt;
    Conversation conversation;
    conversation.id = *id;
    conversation.title = reader.text("title").value_or("");
    conversation.title_source = reader.word("title_source", title_source_of);
    conversation.created = reader.time("created");
    conversation.updated = reader.time("updated");
    conversation.order = reader.whole("order").value_or(0);
    conversation.pinned = reader.flag("pinned").value_or(false);
    conversation.pinned_order = reader.whole("pinned_order");
    conversation.archived = reader.flag("archived").value_or(false);
    conversation.deleted = reader.time("deleted");
    conversation.folder = reader.text("folder");
    conversation.system_prompt = reader.text("system_prompt");
    if (const auto settings = reader.object("settings")) {
        conversation.settings = settings_from_json_object(*settings, wrong);
    }
    conversation.draft = reader.text("draft");
    conversation.current = reader.text("current");
    if (const auto origin = reader.object("origin")) {
        conversation.origin = origin_from_json(*origin, wrong);
    }
    if (const auto left_out = reader.object("left_out")) {
        for (const auto& [kind, count] : left_out->items()) {
            if (const auto number = JsonReader::whole_of(count); number && *number >= 0) {
                conversation.left_out[kind] = *number;
            } else {
                reader.complain("left_out");
            }
        }
    }
    static_cast<void>(reader.any("messages"));
    conversation.extra = reader.take_rest();
    return conversation;
}

}  // namespace deepwell::app
