#include "kernels/cuda/device_problem.h"

#include "tests/support/test_main.h"

using namespace deepwell::kernels::cuda;

class DeviceProblemTest : public QObject {
    Q_OBJECT

private slots:
    void no_driver_and_too_old_ones_are_told() {
        QVERIFY(driver_problem(0, 13000).find("No NVIDIA driver") == 0);
        const std::string old = driver_problem(12020, 13000);
        QVERIFY2(old.find("supports CUDA 12.2, and this build needs 13.0") != std::string::npos,
                 old.c_str());
        QVERIFY(driver_problem(11040, 11080).empty());  // the same major version is enough
        QVERIFY(driver_problem(13000, 11080).empty());
    }

    void cards_before_turing_are_too_old() {
        const std::string old = card_problem("Tesla V100", 7, 0);
        QVERIFY2(old.find("Tesla V100 is too old") != std::string::npos, old.c_str());
        QVERIFY(!card_problem("GTX 1080", 6, 1).empty());
        QVERIFY(card_problem("T4", 7, 5).empty());
        QVERIFY(card_problem("H100", 9, 0).empty());
    }
};

DEEPWELL_TEST(DeviceProblemTest)
#include "device_problem_test.moc"
