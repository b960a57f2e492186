#include "ui/window/first_question.h"

#include <utility>

#include "ui/window/program.h"

namespace deepwell::ui {

FirstQuestion::FirstQuestion(Program& program, QString text)
    : program_(program), text_(std::move(text)) {
    connect(&program, &Program::ready, this, [this] {
        ready_ = true;
        ask();
    });
    // The models are looked for while the store opens.
    connect(&program.services().library, &app::LibraryService::scanningChanged, this,
            &FirstQuestion::ask);
}

void FirstQuestion::ask() {
    if (text_.isEmpty() || !ready_) return;
    const Services services = program_.services();
    if (services.library.scanning()) return;
    const QString text = std::exchange(text_, {});
    // The draft of the start page is not this question's: it is put back behind it.
    services.store.load_draft(
        std::nullopt,
        app::Done<std::string>(this, [this, services, text](const app::Result<std::string>& draft) {
            ConversationModel* conversation = program_.application().conversation();
            if (draft && !draft->empty()) {
                connect(
                    conversation, &ConversationModel::sent, this,
                    [services, kept = *draft] {
                        services.store.save_draft({std::nullopt, kept});
                    },
                    Qt::SingleShotConnection);
            }
            program_.application().newConversation();
            conversation->composer()->setText(text);
            conversation->send();
        }));
}

}  // namespace deepwell::ui
