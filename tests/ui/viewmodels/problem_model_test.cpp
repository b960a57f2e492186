#include "ui/viewmodels/program/problem_model.h"

#include "tests/support/test_main.h"

using namespace deepwell;
using ui::ProblemModel;

class ProblemModelTest : public QObject {
    Q_OBJECT
private:
    static app::Problem problem(const char* code, app::Severity severity,
                                const char* text = "text") {
        app::Problem problem;
        problem.code = code;
        problem.severity = severity;
        problem.title = code;
        problem.text = text;
        problem.actions = {{app::ActionKind::TryAgain, "Try again"}};
        return problem;
    }

private slots:
    void worst_first_then_newest() {
        ProblemModel problems;
        problems.raise(problem("a", app::Severity::Warning));
        problems.raise(problem("b", app::Severity::Bad));
        problems.raise(problem("c", app::Severity::Bad));
        problems.raise(problem("d", app::Severity::Info));
        QCOMPARE(problems.title(), QString("c"));
        problems.clear("c");
        QCOMPARE(problems.title(), QString("b"));
    }
    void closed_stays_closed_until_it_changes() {
        ProblemModel problems;
        problems.raise(problem("a", app::Severity::Bad));
        problems.dismiss();
        QVERIFY(!problems.hasBanner());
        problems.raise(problem("a", app::Severity::Bad));
        QVERIFY(!problems.hasBanner());
        problems.raise(problem("a", app::Severity::Bad, "another text"));
        QVERIFY(problems.hasBanner());
    }
    void one_per_code_and_subject() {
        ProblemModel problems;
        problems.raise(problem("a", app::Severity::Bad, "one"));
        problems.raise(problem("a", app::Severity::Bad, "two"));
        QCOMPARE(problems.text(), QString("two"));
        problems.dismiss();
        QVERIFY(!problems.hasBanner());
    }
    void every_action_has_a_name() {
        QCOMPARE(ui::action_name(app::ActionKind::AnswerFromHere), QString("AnswerFromHere"));
        QCOMPARE(ui::action_name(app::ActionKind::StopAndSwitch), QString("StopAndSwitch"));
    }
};

DEEPWELL_TEST(ProblemModelTest)
#include "problem_model_test.moc"
