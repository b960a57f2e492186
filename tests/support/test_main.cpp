#include "tests/support/test_main.h"

#include <QtCore/QCoreApplication>
#include <cstring>
#include <memory>
#include <vector>

namespace deepwell::tests {
namespace {

struct Entry {
    const char* name;
    MakeTest make;
};

std::vector<Entry>& entries() {
    static std::vector<Entry> all;
    return all;
}

}  // namespace

bool register_test(const char* name, MakeTest make) {
    entries().push_back({name, make});
    return true;
}

}  // namespace deepwell::tests

// Programs that need a GUI application define their own main and call run_registered_tests.
int run_registered_tests(int argc, char** argv) {
    const char* only = nullptr;
    std::vector<char*> arguments(argv, argv + argc);
    for (const auto& entry : deepwell::tests::entries()) {
        if (argc > 1 && std::strcmp(argv[1], entry.name) == 0) {
            only = entry.name;
            arguments.erase(arguments.begin() + 1);
            break;
        }
    }
    int failures = 0;
    for (const auto& entry : deepwell::tests::entries()) {
        if (only != nullptr && entry.name != only) continue;
        const std::unique_ptr<QObject> test(entry.make());
        failures += QTest::qExec(test.get(), static_cast<int>(arguments.size()), arguments.data());
    }
    return failures == 0 ? 0 : 1;
}

__attribute__((weak)) int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    return run_registered_tests(argc, argv);
}
