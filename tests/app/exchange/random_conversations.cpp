#include "tests/app/exchange/random_conversations.h"

#include "app/base/ids.h"
#include "app/conversations/message_tree.h"

namespace deepwell::tests {

std::string RandomConversations::text(int longest) {
    static const std::vector<std::string> kPieces = {"word ",
                                                     "Über",
                                                     "水井",
                                                     "\n",
                                                     "\n\n",
                                                     "# head",
                                                     "```\ncode\n```\n",
                                                     "$x<y$",
                                                     "<b>",
                                                     "\\(a\\)",
                                                     "\"",
                                                     "\\",
                                                     "\t",
                                                     "👨‍👩‍👧",
                                                     "\u202E",
                                                     "e\u0301",
                                                     std::string(1, '\0'),
                                                     "\x01",
                                                     "\x7F",
                                                     "</think>",
                                                     "\r\n",
                                                     "&lt;",
                                                     "  ",
                                                     "\u2028",
                                                     "-1",
                                                     "null"};
    std::string out;
    const auto count = number(0, longest);
    for (std::int64_t i = 0; i < count; ++i) out += one_of(kPieces);
    return out;
}

std::string RandomConversations::sha256() {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    for (int i = 0; i < 64; ++i) out += kHex[static_cast<std::size_t>(number(0, 15))];
    return out;
}

std::vector<Variant> RandomConversations::variants(int count) {
    std::vector<Variant> variants;
    for (int i = 0; i < count; ++i) {
        Variant variant;
        variant.id = new_id();
        variant.name = text(3);
        variant.file_name = "model.gguf";
        variant.file_size = number(0, INT64_MAX);
        if (chance(70)) variant.sha256 = sha256();
        if (chance(30)) variant.parts = {{"a", 1, sha256()}, {"b", 2, std::nullopt}};
        if (chance(50)) variant.architecture = "qwen2";
        if (chance(50)) variant.quantization = "Q4_K_M";
        if (chance(50)) variant.parameters = number(0, INT64_MAX);
        if (chance(50)) variant.context_trained = 131072;
        variant_ids_.push_back(variant.id);
        variants.push_back(std::move(variant));
    }
    return variants;
}

std::vector<Folder> RandomConversations::folders(int count) {
    std::vector<Folder> folders;
    for (int i = 0; i < count; ++i) {
        Folder folder;
        folder.id = chance(50) ? new_id() : "f-" + std::to_string(i);
        folder.name = i % 3 == 0 ? "Same" : text(2);
        folder.order = number(-5, 5);
        if (chance(50)) folder.created = number(0, 253402300799999);
        folder_ids_.push_back(folder.id);
        folders.push_back(std::move(folder));
    }
    // Some stand before their parents.
    for (std::size_t i = 0; i + 1 < folders.size(); ++i) {
        if (chance(50)) folders[i].parent = folders[i + 1].id;
    }
    return folders;
}

SamplerValues RandomConversations::sampler() {
    SamplerValues sampler;
    if (chance(50)) sampler.temperature = static_cast<double>(number(0, 200)) / 100;
    if (chance(50)) sampler.top_k = number(-1, 100);
    if (chance(50)) sampler.top_p = 0.1 + 0.2;
    if (chance(50)) sampler.min_p = 1e-300;
    if (chance(30)) sampler.repeat_penalty = 1.0;
    if (chance(30)) sampler.repeat_last_n = -1;
    if (chance(30)) sampler.dry = Json{{"multiplier", 0.8}, {"deep", {{"x", Json::array({1, 2})}}}};
    if (chance(30)) sampler.order = std::vector<std::string>{"top_k", "temperature"};
    if (chance(30)) sampler.max_tokens = number(0, 1 << 20);
    if (chance(30)) sampler.stop = std::vector<std::string>{text(2), ""};
    if (chance(20)) sampler.extra["mirostat"] = 2;
    return sampler;
}

ThinkingValues RandomConversations::thinking() {
    ThinkingValues thinking;
    thinking.effort = static_cast<Effort>(number(0, 4));
    if (chance(50)) thinking.budget_tokens = number(0, 65536);
    if (chance(50)) thinking.reserve_tokens = 4096;
    return thinking;
}

Generation RandomConversations::generation() {
    Generation generation;
    generation.seed = chance(20) ? UINT64_MAX : random_();
    generation.sampler = sampler();
    if (chance(50)) generation.thinking = thinking();
    if (chance(50)) generation.context = 16384;
    if (chance(50)) {
        PromptRecord prompt;
        prompt.tokens = number(0, 100000);
        prompt.sha256 = sha256();
        if (chance(30)) prompt.text = text(5);
        if (chance(30)) prompt.dropped_messages = {"m1", "m2"};
        generation.prompt = prompt;
    }
    if (chance(50)) generation.template_sha256 = sha256();
    if (chance(50)) generation.engine_version = "1.0.0";
    if (chance(50)) generation.backend = "mixed";
    if (chance(50)) generation.device = text(2);
    if (chance(50)) generation.gpu_layers = number(0, 61);
    return generation;
}

Statistics RandomConversations::statistics() {
    Statistics statistics;
    if (chance(70)) statistics.first_token_ms = 180.5;
    if (chance(70)) statistics.total_ms = static_cast<double>(number(0, 1'000'000));
    if (chance(70)) statistics.prompt_tokens_new = number(0, 1000);
    if (chance(70)) statistics.answer_tokens = number(0, 1000);
    if (chance(70)) statistics.answer_tokens_per_s = 29.2;
    if (chance(70)) statistics.stop_reason = static_cast<StopReason>(number(0, 6));
    return statistics;
}

Message RandomConversations::message(const std::vector<Message>& others) {
    Message message;
    message.id = chance(50) ? new_id() : "m" + std::to_string(others.size());
    if (!others.empty() && chance(95)) {
        // Deep as often as bushy.
        message.parent = chance(60) ? others.back().id : one_of(others).id;
    }
    message.role = static_cast<Role>(number(0, 2));
    message.state = static_cast<MessageState>(number(0, 4));
    if (chance(80)) message.created = number(0, 253402300799999);
    if (chance(50)) message.finished = number(0, 253402300799999);
    if (!others.empty() && chance(20)) message.edited_from = one_of(others).id;
    message.answer = text(20);
    if (chance(50)) message.answer_tokens = number(0, 100000);
    for (auto count = number(-6, 3); count > 0; --count) {
        Attachment attachment;
        if (chance(70)) attachment.id = new_id();
        attachment.name = text(2);
        if (chance(50)) attachment.type = "text/plain";
        if (chance(50)) attachment.size = number(0, 100);
        if (chance(50)) attachment.sha256 = sha256();
        const auto kind = number(0, 2);
        if (kind == 0) attachment.text = text(10);
        if (kind == 1)
            attachment.bytes = std::string("\0\xFF\x80", static_cast<std::size_t>(number(0, 3)));
        message.attachments.push_back(std::move(attachment));
    }
    if (message.role == Role::Assistant) {
        if (chance(70)) {
            Thought thought;
            thought.text = text(20);  // an empty thought is a thought
            if (chance(50)) thought.tokens = number(0, 100000);
            if (chance(50)) thought.ms = static_cast<double>(number(0, 1'000'000)) / 8;
            if (chance(50)) thought.opened_by = static_cast<ThoughtOpenedBy>(number(0, 2));
            if (chance(50)) thought.ended_by = static_cast<ThoughtEndedBy>(number(0, 7));
            if (chance(50)) thought.budget_tokens = number(0, 65536);
            thought.omitted = thought.text.empty() && chance(50);
            message.thought = std::move(thought);
        }
        if (!variant_ids_.empty() && chance(60)) message.variant = one_of(variant_ids_);
        if (chance(60)) message.generation = generation();
        if (chance(60)) message.statistics = statistics();
    }
    if (chance(20)) message.model_name = text(2);
    if (chance(10)) message.error = MessageError{"gpu-lost", text(3)};
    if (chance(20)) message.origin_id = text(2);
    if (chance(10)) message.extra["x_future"] = Json{{"a", Json::array({1, "b", nullptr})}};
    return message;
}

Conversation RandomConversations::conversation(int messages) {
    Conversation conversation;
    conversation.id = new_id();
    conversation.title = text(4);
    if (chance(80)) conversation.title_source = static_cast<TitleSource>(number(0, 3));
    if (chance(80)) conversation.created = number(0, 253402300799999);
    if (chance(80)) conversation.updated = number(0, 253402300799999);
    conversation.order = order_ += number(1, 5);
    conversation.pinned = chance(20);
    if (chance(20)) conversation.pinned_order = number(-3, 3);
    conversation.archived = chance(20);
    if (chance(10)) conversation.deleted = number(0, 253402300799999);
    if (!folder_ids_.empty() && chance(50)) conversation.folder = one_of(folder_ids_);
    if (chance(30)) conversation.system_prompt = text(5);
    if (chance(50)) {
        ConversationSettings settings;
        if (!variant_ids_.empty() && chance(50)) settings.variant = one_of(variant_ids_);
        if (chance(50)) settings.sampler = sampler();
        if (chance(50)) settings.thinking = thinking();
        if (chance(50)) settings.context = 8192;
        conversation.settings = settings;
    }
    if (chance(30)) conversation.draft = text(5);
    if (chance(30)) {
        Origin origin;
        origin.format = "openwebui";
        if (chance(50)) origin.id = "ow-1";
        if (chance(50)) origin.file = text(2);
        if (chance(50)) origin.file_sha256 = sha256();
        if (chance(50)) origin.imported = number(0, 253402300799999);
        if (chance(50)) origin.fingerprint = sha256();
        conversation.origin = origin;
    }
    if (chance(20)) conversation.left_out = {{"hidden", 2}, {"tool", 1}};
    if (chance(20)) conversation.extra["x_note"] = text(3);
    std::vector<Message> made;
    for (int i = 0; i < messages; ++i) made.push_back(message(made));
    MessageTree tree(std::move(made));
    if (!tree.empty()) conversation.current = one_of(tree.leaves());
    conversation.messages = std::move(tree).take_depth_first();
    return conversation;
}

}  // namespace deepwell::tests
