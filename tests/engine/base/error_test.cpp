#include <set>

#include "engine/base/result.h"
#include "engine/base/stop_flag.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;

class ErrorTest : public QObject {
    Q_OBJECT
private slots:
    void every_code_has_a_name_of_its_own() {
        std::set<std::string_view> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            names.insert(error_code_name(static_cast<ErrorCode>(code)));
        }
        QCOMPARE(names.size(), std::size_t(ErrorCode::Internal) + 1);
    }

    void a_failure_is_a_value() {
        const Result<int> result = fail(ErrorCode::FileDamaged, "It ends too early.", "offset 24");
        QVERIFY(!result);
        QCOMPARE(describe(result.error()), std::string("It ends too early. [offset 24]"));
    }

    void stop_and_answer_now_are_apart() {
        StopFlag flag;
        flag.request_answer_now();
        QVERIFY(flag.answer_now_requested());
        QVERIFY(!flag.stop_requested());
        flag.request_stop();
        QVERIFY(flag.stop_requested());
        flag.reset();
        QVERIFY(!flag.answer_now_requested());
    }
};

DEEPWELL_TEST(ErrorTest)
#include "error_test.moc"
