// logits, perplexity, inspect, bench and run: the real program on the tiny model beside the tests.
#include <sys/resource.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "engine/gguf/file.h"
#include "tests/app/cli/program.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
using Json = nlohmann::ordered_json;

namespace {

QString tiny(const char* name) {
    return QString::fromStdString((data_dir() / "tiny_model" / name).string());
}

std::vector<float> floats_of(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray bytes = file.readAll();
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    return values;
}

// Squared error as a share of the spread of the expected numbers.
double nmse(const std::vector<float>& is, const std::vector<float>& expected) {
    if (is.size() != expected.size() || is.empty()) return 1;
    double mean = 0, error = 0, spread = 0;
    for (const float value : expected) mean += value / static_cast<double>(expected.size());
    for (std::size_t i = 0; i < is.size(); ++i) {
        error += std::pow(static_cast<double>(is[i]) - expected[i], 2);
        spread += std::pow(expected[i] - mean, 2);
    }
    return error / spread;
}

Json last_line(const QByteArray& out) {
    return Json::parse(out.trimmed().split('\n').last().toStdString(), nullptr, false);
}

}  // namespace

class ModelCommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString written(const char* name, const QByteArray& text) {
        QFile file(folder_.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return file.fileName();
    }

    std::vector<float> logits(const QString& model, const QString& tokens,
                              const QStringList& more = {}) {
        const QString out = folder_.filePath("l.f32");
        const Ran ran = run_cli(
            QStringList{"logits", model, "--tokens", tokens, "--out", out, "--device", "cpu"} +
            more);
        if (ran.code != 0) qWarning("%s", ran.errors.constData());
        return floats_of(out);
    }

private slots:
    // Against Python's doubles (tests/data/tiny_model/make.py).
    void logits_equal_the_reference() {
        const QString tokens = tiny("tokens.txt");
        const auto exact = floats_of(tiny("tiny.F32.logits.f32"));
        for (const QStringList& more : {QStringList{"--kv", "f32"},
                                        {"--kv", "f32", "--batch", "7"},
                                        {"--kv", "f32", "--isa", "scalar", "--threads", "1"},
                                        {"--kv", "f32", "--position", "131072"}}) {
            const double error = nmse(logits(tiny("tiny.F32.gguf"), tokens, more), exact);
            QVERIFY2(error < (more.contains("--position") ? 1e-9 : 1e-11),
                     QByteArray::number(error));
        }
        QVERIFY(nmse(logits(tiny("tiny.F32.gguf"), tokens), exact) < 1e-6);
        const auto quantized = floats_of(tiny("tiny.Q8_0.logits.f32"));
        QVERIFY(nmse(logits(tiny("tiny.Q8_0.gguf"), tokens, {"--kv", "f32"}), quantized) < 1e-3);
    }

    void greedy_ids_are_the_likeliest_each_time() {
        const Ran ran = run_cli({"logits", tiny("tiny.F32.gguf"), "--tokens", tiny("tokens.txt"),
                                 "--greedy", "3", "--kv", "f32", "--device", "cpu"});
        QByteArray ids;
        QFile file(tiny("tokens.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        ids = file.readAll().trimmed();
        QByteArrayList greedy;
        for (int i = 0; i < 3; ++i) {
            const auto all =
                logits(tiny("tiny.F32.gguf"), written("ids.txt", ids), {"--kv", "f32"});
            const auto last = all.end() - 267;
            const auto best = std::max_element(last, all.end()) - last;
            greedy << QByteArray::number(static_cast<int>(best));
            ids += " " + greedy.last();
        }
        QCOMPARE(ran.out.trimmed(), greedy.join(' '));
    }

    void bad_ids_are_errors() {
        for (const char* ids : {"", "5 x", "9999", "-1"}) {
            const Ran ran =
                run_cli({"logits", tiny("tiny.F32.gguf"), "--tokens", written("bad.txt", ids)});
            QCOMPARE(ran.code, 1);
            QVERIFY(!ran.errors.isEmpty());
        }
    }

    // The mean over the second half of each window, from the logits and in double precision.
    void perplexity_equals_what_the_logits_say() {
        QByteArray text;
        for (int i = 0; i < 70; ++i) text += "the " + QByteArray::number(i * i) + " in a ";
        const QString file = written("text.txt", text);
        constexpr int kWindow = 64;
        const Json ids =
            Json::parse(run_cli({"tokenize", tiny("tiny.F32.gguf"), text}).out.toStdString());
        double sum = 0;
        int scored = 0;
        for (std::size_t first = 0; first + kWindow <= ids.size(); first += kWindow) {
            std::vector<int> window(ids.begin() + static_cast<std::ptrdiff_t>(first),
                                    ids.begin() + static_cast<std::ptrdiff_t>(first + kWindow));
            window[0] = 261;  // BOS
            QByteArray line;
            for (const int id : window) line += QByteArray::number(id) + " ";
            const auto all = logits(tiny("tiny.F32.gguf"), written("w.txt", line), {"--kv", "f32"});
            QCOMPARE(all.size(), std::size_t(kWindow * 267));
            for (int at = kWindow / 2; at + 1 < kWindow; ++at) {
                double total = 0;
                for (int i = 0; i < 267; ++i)
                    total +=
                        std::exp(static_cast<double>(all[static_cast<std::size_t>(at * 267 + i)]));
                sum += std::log(total) - all[static_cast<std::size_t>(
                                             at * 267 + window[static_cast<std::size_t>(at) + 1])];
                ++scored;
            }
        }
        QVERIFY(scored > 100);
        const Ran ran = run_cli({"perplexity", tiny("tiny.F32.gguf"), "--file", file, "--context",
                                 QString::number(kWindow), "--kv", "f32", "--device", "cpu"});
        QCOMPARE(ran.code, 0);
        const double told = ran.out.split(' ')[1].toDouble();
        const double expected = std::exp(sum / scored);
        QVERIFY2(std::abs(told / expected - 1) < 1e-4, ran.out + QByteArray::number(expected));
        QVERIFY(ran.out.contains(QByteArray::number(scored) + " tokens scored"));
        const Ran few =
            run_cli({"perplexity", tiny("tiny.F32.gguf"), "--file", written("s.txt", "the")});
        QCOMPARE(few.code, 1);
        QVERIFY(few.errors.contains("a window takes 512"));
    }

    void inspect_tells_what_is_in_the_file() {
        const Ran ran = run_cli({"inspect", tiny("tiny.Q8_0.gguf"), "--json"});
        QCOMPARE(ran.code, 0);
        const Json about = Json::parse(ran.out.toStdString());
        QCOMPARE(about["architecture"].get<std::string>(), std::string("qwen2"));
        QCOMPARE(about["parameters"].get<int>(), 33536);
        QCOMPARE(about["mix"].dump(), std::string(R"({"F32":11,"Q8_0":15})"));
        QCOMPARE(about["context_length"].get<int>(), 256);
        QCOMPARE(about["layers"].get<int>(), 2);
        QCOMPARE(about["tokens"]["bos"]["id"].get<int>(), 261);
        QCOMPARE(about["tokens"]["end_think"]["text"].get<std::string>(), std::string("</think>"));
        QVERIFY(about["template"].get<std::string>().starts_with("{{ bos_token }}"));
        QVERIFY(about["memory"][0]["total"].get<double>() > 0);
        QCOMPARE(about["tensors"].size(), std::size_t(26));
        QVERIFY(run_cli({"inspect", tiny("tiny.Q8_0.gguf")}).out.contains("F32"));
    }

    void a_file_that_is_cut_off_is_an_error_with_its_bytes() {
        QFile whole(tiny("tiny.F32.gguf"));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QString cut = written("cut.gguf", whole.read(100000));
        for (const char* command : {"inspect", "logits", "run"}) {
            QStringList arguments{command, cut};
            if (QString(command) == "logits") arguments += {"--tokens", tiny("tokens.txt")};
            if (QString(command) == "run") arguments += "Hello";
            const Ran ran = run_cli(arguments);
            QCOMPARE(ran.code, 1);
            QVERIFY2(ran.errors.contains("cut.gguf") || ran.errors.contains("bytes"), ran.errors);
        }
    }

    void bench_tells_its_figures_and_compares_them() {
        const QStringList arguments{"bench",    tiny("tiny.F32.gguf"),
                                    "-p",       "16",
                                    "-n",       "4",
                                    "-r",       "1",
                                    "-t",       "1",
                                    "--device", "cpu",
                                    "--json"};
        const Ran ran = run_cli(arguments);
        QCOMPARE(ran.code, 0);
        const Json line = last_line(ran.out);
        for (const char* key :
             {"shape", "mix", "device", "threads", "bandwidth_gbs", "prefill_tokens_per_second",
              "decode_tokens_per_second", "decode_bytes_per_token", "decode_bandwidth_percent",
              "load_seconds", "peak_memory_bytes"}) {
            QVERIFY2(line.contains(key), key);
        }
        QVERIFY(line["decode_tokens_per_second"].get<double>() > 0);
        const QString stored = written("stored.json", ran.out);
        const Ran again = run_cli(arguments + QStringList{"--compare", stored});
        QVERIFY(again.out.contains("ratio"));
        QVERIFY(again.out.contains("prefill_tokens_per_second"));
    }

    void a_written_model_is_read_by_the_reader_and_by_inspect() {
        const QString path = folder_.filePath("made.gguf");
        const Ran ran = run_cli({"bench", "--shape", "R1-Distill-Qwen-1.5B", "--quant", "IQ2_XXS",
                                 "--layers", "1", "--write-gguf", path});
        QVERIFY2(ran.code == 0, ran.errors);
        const auto file = deepwell::engine::GgufFile::open(path.toStdString());
        QVERIFY(file);
        QCOMPARE(std::string(file->architecture()), std::string("qwen2"));
        const Ran told = run_cli({"inspect", path, "--json"});
        QCOMPARE(told.code, 0);
        const Json about = Json::parse(told.out.toStdString());
        QCOMPARE(about["layers"].get<int>(), 1);
        QCOMPARE(about["tensors"].size(), file->tensors().size());
        QFile::remove(path);
    }

    // A cache of 256 GB at least: said before anything is read, with both figures.
    void a_model_that_does_not_fit_is_refused_with_its_need() {
        const Ran ran = run_cli(
            {"run", tiny("tiny.F32.gguf"), "Hello", "--device", "cpu", "--context", "2000000000"});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errors.contains("of main memory") && ran.errors.contains("are free"),
                 ran.errors);
    }

    // The system gives less than it showed: an error, too.
    void memory_that_the_system_refuses_is_an_error() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer takes more addresses than the limit");
#endif
        QProcess process;
        process.setChildProcessModifier([] {
            const rlimit limit = {1ull << 30, 1ull << 30};
            ::setrlimit(RLIMIT_AS, &limit);
        });
        process.start(QString::fromStdString(cli_program().string()),
                      {"--data", folder_.path(), "logits", tiny("tiny.F32.gguf"), "--tokens",
                       tiny("tokens.txt"), "--device", "cpu", "--context", "20000000"});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.contains("not enough memory"), errors);
    }

    // Temperature 0 is greedy whatever the seed; the model's own advice is not.
    void run_obeys_its_options() {
        const auto answer = [&](const QStringList& more) {
            const Ran ran = run_cli(QStringList{"run", tiny("tiny.F32.gguf"), "Hello", "--json",
                                                "--max-tokens", "12", "--device", "cpu"} +
                                    more);
            const Json line = last_line(ran.out);
            return ran.code == 0 && line.is_object() ? line["thinking"].get<std::string>() + "|" +
                                                           line["answer"].get<std::string>()
                                                     : "error: " + ran.errors.toStdString();
        };
        QCOMPARE(answer({"--temp", "0", "--seed", "1"}), answer({"--temp", "0", "--seed", "2"}));
        QVERIFY(answer({"--temp", "5", "--seed", "1"}) != answer({"--temp", "5", "--seed", "2"}));
        QCOMPARE(answer({"--temp", "5", "--top-p", "0", "--seed", "3"}), answer({"--temp", "0"}));
        QVERIFY(!answer({"--temp", "0"}).starts_with("error"));
    }
};

DEEPWELL_TEST(ModelCommandsTest)
#include "model_commands_test.moc"
