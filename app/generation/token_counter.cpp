#include "app/generation/token_counter.h"

#include <sys/resource.h>

#include <atomic>
#include <system_error>
#include <utility>

#include "app/conversations/branches.h"
#include "app/generation/prompt_maker.h"
#include "app/generation/request_builder.h"
#include "app/storage/job_thread.h"
#include "engine/gguf/file.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr int kNice = 10;  // typing and replies go first

tl::unexpected<Error> told(const engine::Error& error) {
    const auto code = error.code == engine::ErrorCode::FileNotFound    ? ErrorCode::NotFound
                      : error.code == engine::ErrorCode::TemplateError ? ErrorCode::InvalidArgument
                                                                       : ErrorCode::Damaged;
    return fail(code, error.message, error.context);
}

// What counting needs of a file, and which state of the file it is.
struct Words {
    fs::path file;
    std::uintmax_t size = 0;
    fs::file_time_type time;
    std::shared_ptr<const engine::Tokenizer> tokenizer;
    std::shared_ptr<const engine::PromptBuilder> prompts;
};

engine::Result<Words> read_words(const fs::path& path) {
    auto file = engine::GgufFile::open(path);
    if (!file) return engine::fail(file.error());
    auto tokenizer = engine::Tokenizer::from_metadata(file->metadata());
    if (!tokenizer) return engine::fail(tokenizer.error());
    Words words;
    words.file = path;
    words.tokenizer = *tokenizer;
    words.prompts = std::make_shared<const engine::PromptBuilder>(
        engine::PromptBuilder::create(prompting_of(file->metadata(), *words.tokenizer)));
    return words;
}

int count_literal(const Words& words, std::string_view text) {
    return static_cast<int>(words.tokenizer->encode(text).size());
}

}  // namespace

Request draft_request(const MessageTree& tree, const std::optional<MessageId>& leaf,
                      Message question, const ReplySettings& settings) {
    std::vector<Message> messages;
    if (leaf) {
        for (const Message* message : tree.path_to(*leaf)) messages.push_back(*message);
    }
    question.id = "question";
    question.role = Role::User;
    question.parent = leaf;
    messages.push_back(std::move(question));
    messages.push_back(queued_reply("question", "reply", 0, {}));
    return build_request(MessageTree(std::move(messages)), "reply", settings, {}, 0);
}

class TokenCounter::Private {
public:
    // Counter's thread. Read again where the file is another one, or has changed.
    engine::Result<Words> words_of(const fs::path& path) {
        std::error_code error;
        const auto size = fs::file_size(path, error);
        const auto time = fs::last_write_time(path, error);
        if (!error && words_.file == path && words_.size == size && words_.time == time) {
            return words_;
        }
        words_ = {};
        auto read = read_words(path);
        if (!read) return engine::fail(read.error());
        words_ = std::move(*read);
        words_.size = size;
        words_.time = time;
        return words_;
    }
    Result<TokenCount> count(const Request& request) {
        const auto words = words_of(request.variant.file);
        if (!words) return told(words.error());
        const auto prompt = count_prompt(request, *words->prompts, *words->tokenizer);
        if (!prompt) return told(prompt.error());
        TokenCount count;
        count.prompt = *prompt;
        if (!request.path.empty()) {
            count.question = count_literal(*words, text_with_attachments(request.path.back()));
        }
        return count;
    }

    Words words_;  // the thread's
    std::atomic<std::uint64_t> newest{0};
    JobThread thread;  // last: it ends before what it works with
};

TokenCounter::TokenCounter() : d_(std::make_unique<Private>()) {
    d_->thread.post(Lane::Urgent, [] {
        // Of this thread alone, on Linux.
        static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNice));
    });
}

TokenCounter::~TokenCounter() = default;

void TokenCounter::count(Request request, Done<TokenCount> done) {
    const auto number = ++d_->newest;
    d_->thread.post(Lane::Ordinary, [d = d_.get(), number, done, request = std::move(request)] {
        if (number != d->newest) {
            done(fail(ErrorCode::Cancelled, "A newer text is counted instead."));
            return;
        }
        done(d->count(request));
    });
}

void TokenCounter::count_text(fs::path model, std::string text, Done<int> done) {
    d_->thread.post(Lane::Ordinary,
                    [d = d_.get(), done, model = std::move(model), text = std::move(text)] {
                        const auto words = d->words_of(model);
                        if (words) {
                            done(count_literal(*words, text));
                        } else {
                            done(told(words.error()));
                        }
                    });
}

}  // namespace deepwell::app
