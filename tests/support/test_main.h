// Gathers the test classes of one program: each source ends with DEEPWELL_TEST(Class), and the
// program's main (in test_main.cpp) runs them all. Arguments are QtTest's own; a first argument
// that names a class runs only that class.
#pragma once

#include <QtTest/QtTest>

namespace deepwell::tests {

using MakeTest = QObject* (*)();

// Registers `make` under `name`; called before main by DEEPWELL_TEST.
bool register_test(const char* name, MakeTest make);

}  // namespace deepwell::tests

// Runs what is registered; for programs with a main of their own (a GUI application).
int run_registered_tests(int argc, char** argv);

#define DEEPWELL_TEST(Class)                                \
    [[maybe_unused]] static const bool registered_##Class = \
        deepwell::tests::register_test(#Class, []() -> QObject* { return new Class; });
