#include "app/conversations/message_tree.h"

#include "app/conversations/branches.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;

namespace {

Message make(const char* id, const char* parent, Role role = Role::User) {
    Message message;
    message.id = id;
    if (*parent != 0) message.parent = parent;
    message.role = role;
    message.answer = id;
    return message;
}

// q1 ─ a1 ─ q2 ─ a3
//    └ a2 ─ q3
std::vector<Message> small_tree() {
    return {make("q1", ""),
            make("a1", "q1", Role::Assistant),
            make("q2", "a1"),
            make("a3", "q2", Role::Assistant),
            make("a2", "q1", Role::Assistant),
            make("q3", "a2")};
}

std::string ids(const std::vector<const Message*>& messages) {
    std::string text;
    for (const auto* message : messages) text += message->id + " ";
    return text;
}

}  // namespace

class MessageTreeTest : public QObject {
    Q_OBJECT
private slots:
    void a_branch_is_the_path_to_a_leaf() {
        const MessageTree tree(small_tree());
        QCOMPARE(ids(tree.path_to("a3")), std::string("q1 a1 q2 a3 "));
        QCOMPARE(ids(tree.path_to("q3")), std::string("q1 a2 q3 "));
        QVERIFY(tree.path_to("nobody").empty());
    }

    void a_version_is_a_sibling() {
        const MessageTree tree(small_tree());
        QCOMPARE(tree.version_of("a2").index, std::size_t(1));
        QCOMPARE(tree.version_of("a2").count, std::size_t(2));
        QCOMPARE(tree.version_of("q1").count, std::size_t(1));
    }

    void choosing_a_version_goes_down_along_its_last_children() {
        const MessageTree tree(small_tree());
        QCOMPARE(tree.leaf_below("a1").value(), std::string("a3"));
        QCOMPARE(tree.leaf_below("q1").value(), std::string("q3"));
        QCOMPARE(tree.leaf_below("a3").value(), std::string("a3"));
    }

    void a_stale_pointer_is_a_hint() {
        const MessageTree tree(small_tree());
        QCOMPARE(tree.current_leaf("a1").value(), std::string("a3"));
        QCOMPARE(tree.current_leaf("gone").value(), std::string("q3"));
        QCOMPARE(tree.current_leaf(std::nullopt).value(), std::string("q3"));
        QVERIFY(!MessageTree().current_leaf("x"));
    }

    void what_is_left_after_a_removal() {
        const MessageTree tree(small_tree());
        QCOMPARE(tree.leaf_without("a1").value(), std::string("q3"));  // the next version
        QCOMPARE(tree.leaf_without("a2").value(), std::string("a3"));  // the one before
        QCOMPARE(tree.leaf_without("q2").value(), std::string("a1"));  // the parent itself
        QVERIFY(!tree.leaf_without("q1"));
    }

    void depth_first_whatever_the_order_in_which_they_came() {
        auto messages = small_tree();
        std::reverse(messages.begin(), messages.end());
        const MessageTree tree(std::move(messages));
        QCOMPARE(ids(tree.depth_first()), std::string("q1 a2 q3 a1 q2 a3 "));
    }

    void rings_are_cut_at_the_first_and_unknown_parents_make_roots() {
        const MessageTree tree(
            {make("a", "c"), make("b", "a"), make("c", "b"), make("d", "gone"), make("e", "e")});
        QCOMPARE(ids(tree.depth_first()), std::string("a b c d e "));
        QVERIFY(!tree.find("a")->parent);
        QVERIFY(!tree.find("e")->parent);
    }

    void a_hundred_thousand_levels_are_walked() {
        std::vector<Message> messages;
        for (int i = 0; i < 100'000; ++i) {
            Message message;
            message.id = std::to_string(i);
            if (i > 0) message.parent = std::to_string(i - 1);
            messages.push_back(std::move(message));
        }
        const MessageTree tree(std::move(messages));
        QCOMPARE(tree.leaf_below("0").value(), std::string("99999"));
        QCOMPARE(tree.path_to("99999").size(), std::size_t(100'000));
        QCOMPARE(tree.depth_first().size(), std::size_t(100'000));
    }

    void adding_refuses_what_cannot_be() {
        MessageTree tree(small_tree());
        QVERIFY(!tree.add(make("q1", "")));
        QVERIFY(!tree.add(make("x", "gone")));
        QVERIFY(tree.add(make("a4", "q2", Role::Assistant)));
        QCOMPARE(tree.leaf_below("a1").value(), std::string("a4"));
    }

    void an_edit_is_a_sibling_that_remembers() {
        const MessageTree tree(small_tree());
        const auto edited = edited_question(*tree.find("q2"), "better", "q9", 7);
        QCOMPARE(edited.parent.value(), std::string("a1"));
        QCOMPARE(edited.edited_from.value(), std::string("q2"));
        QCOMPARE(edited.answer, std::string("better"));
    }

    void branch_here_copies_the_path_and_nothing_else() {
        Conversation conversation;
        conversation.id = "c";
        conversation.title = "Wells";
        conversation.messages = small_tree();
        conversation.messages[3].state = MessageState::Queued;
        conversation.messages[3].answer = "so far";
        const auto branch = branch_here(conversation, "a3", 5);
        QVERIFY(branch.has_value());
        QCOMPARE(branch->messages.size(), std::size_t(4));
        QVERIFY(branch->id != "c");
        QCOMPARE(branch->current.value(), branch->messages.back().id);
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(branch->messages[i].id != conversation.messages[i].id);
            if (i > 0) QCOMPARE(branch->messages[i].parent.value(), branch->messages[i - 1].id);
        }
        QCOMPARE(branch->messages[3].state, MessageState::Interrupted);
        QCOMPARE(branch->messages[3].answer, std::string("so far"));
        QVERIFY(!branch_here(conversation, "gone", 5));
    }
};

DEEPWELL_TEST(MessageTreeTest)
#include "message_tree_test.moc"
