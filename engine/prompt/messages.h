// What a prompt is made from: plain values that the app, the command line and tests fill in.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace deepwell::engine {

enum class Role { System, User, Assistant };

struct Message {
    Role role = Role::User;
    std::string text;  // UTF-8; of a reply the answer alone, never its thought
};

// Whether the model is to think before it answers (facts: the R1 family's templates differ).
enum class ThinkingMode {
    AsTemplate,  // what the template does by itself; its switch is left alone
    On,          // the template's switch on, where it has one
    Force,       // On, and the thought is opened at the end of the prompt if the template does not
    Off,         // the template's switch off, else an empty thought at the end of the prompt
};

// Where standing instructions go. DeepSeek asks for none in the system role with R1 and its
// distills; R1-0528 and later, Qwen3 and QwQ know the role.
enum class SystemPlacement { ByModel, SystemMessage, FirstUserMessage };

struct PromptRequest {
    std::string system_prompt;      // empty = none
    std::vector<Message> messages;  // oldest first; ends with the question
    SystemPlacement system_placement = SystemPlacement::ByModel;
    ThinkingMode thinking = ThinkingMode::On;
    bool add_generation_prompt = true;
    // The raw text, tags and all, of a reply that is to go on. Added behind the prompt of the
    // history without that reply; if both open the thought, it is opened once.
    std::optional<std::string> resume;
    // Further variables for the template (its own switches); they win over ours.
    nlohmann::ordered_json options = nlohmann::ordered_json::object();
    std::optional<std::chrono::local_seconds> now;  // empty = the machine's clock
};

}  // namespace deepwell::engine
