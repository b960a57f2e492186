#include "app/models/library.h"

#include <QtCore/QTemporaryDir>
#include <fstream>

#include "app/models/library_rows.h"
#include "tests/app/models/made_files.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::app;
using namespace deepwell::tests;
namespace engine = deepwell::engine;
namespace fs = std::filesystem;

namespace {

std::vector<ModelFile> scan(const fs::path& folder, const std::vector<ModelFile>& known = {}) {
    const engine::StopFlag stop;
    return scan_models({folder}, {}, known, stop);
}

const ModelFile* named(const std::vector<ModelFile>& models, const std::string& file) {
    for (const ModelFile& model : models) {
        if (model.path.filename() == file) return &model;
    }
    return nullptr;
}

}  // namespace

class LibraryTest : public QObject {
    Q_OBJECT
private slots:
    void faulty_files_are_listed_with_their_reason() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        fs::create_directories(folder / "sub");
        write_text(folder / "text.gguf", "this is no model file, whatever its name says");
        write_text(folder / "notes.txt", "not looked at");
        write_model(folder / "odd.gguf", "wonder", "Odd");
        write_vocabulary(folder / "sub" / "words.gguf", "Words");
        write_text(folder / "big-00002-of-00003.gguf", "a part alone");
        const auto models = scan(folder);
        QCOMPARE(models.size(), std::size_t(4));
        QCOMPARE(named(models, "text.gguf")->problem->code, engine::ErrorCode::NotAModelFile);
        const ModelFile* odd = named(models, "odd.gguf");
        QCOMPARE(odd->problem->code, engine::ErrorCode::UnsupportedArchitecture);
        QCOMPARE(odd->architecture, std::string("wonder"));
        QCOMPARE(odd->name, std::string("Odd"));
        QCOMPARE(odd->quantization, std::string("Q8_0"));
        QCOMPARE(odd->context_trained, 4096);
        QCOMPARE(*odd->sampling.top_k, 5);
        QCOMPARE(*odd->sampling.temperature, 0.25);
        const ModelFile* words = named(models, "words.gguf");
        QVERIFY(words->only_vocabulary && !words->problem && !words->usable());
        QVERIFY(named(models, "big-00002-of-00003.gguf")->problem.has_value());
    }

    void a_file_that_did_not_change_is_not_read_again() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        write_vocabulary(folder / "a.gguf", "A");
        auto known = scan(folder);
        QCOMPARE(known.size(), std::size_t(1));
        known[0].name = "remembered";
        QCOMPARE(scan(folder, known)[0].name, std::string("remembered"));
        write_vocabulary(folder / "a.gguf", "A, longer than before");
        QCOMPARE(scan(folder, known)[0].name, std::string("A, longer than before"));
    }

    void the_starter_comes_first_and_links_twice_count_once() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        write_vocabulary(folder / "zz-starter.gguf", "Zz");
        write_vocabulary(folder / "a.gguf", "A");
        fs::create_symlink(folder / "a.gguf", folder / "b.gguf");
        const engine::StopFlag stop;
        const auto models = scan_models({folder}, folder / "zz-starter.gguf", {}, stop);
        QCOMPARE(models.size(), std::size_t(2));
        QVERIFY(models[0].starter);
        QCOMPARE(models[1].name, std::string("A"));
    }

    void a_model_is_found_by_path_and_by_name() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        write_vocabulary(folder / "tiny.Q8_0.gguf", "Tiny");
        QCOMPARE(*find_model((folder / "tiny.Q8_0.gguf").string(), {}, {}),
                 folder / "tiny.Q8_0.gguf");
        QCOMPARE(*find_model("tiny.Q8_0", {folder}, {}), folder / "tiny.Q8_0.gguf");
        QCOMPARE(*find_model("tiny.Q8_0.gguf", {"/nowhere", folder}, {}),
                 folder / "tiny.Q8_0.gguf");
        QCOMPARE(*find_model("", {folder}, folder / "starter.gguf"), folder / "starter.gguf");
        const auto missing = find_model("other", {folder}, {});
        QCOMPARE(missing.error().code, engine::ErrorCode::FileNotFound);
        QVERIFY(missing.error().message.find("tiny.Q8_0") != std::string::npos);
    }

    void a_hash_is_sha256_and_stops() {
        const QTemporaryDir dir;
        const fs::path path = fs::path(dir.path().toStdString()) / "abc";
        write_text(path, "abc");
        engine::StopFlag stop;
        // FIPS 180-2, appendix B.1
        QCOMPARE(*hash_file(path, stop),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        stop.request_stop();
        QCOMPARE(hash_file(path, stop).error().code, engine::ErrorCode::Cancelled);
    }

    void what_the_store_remembers_gives_the_same_file() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        write_vocabulary(folder / "a.gguf", "A");
        auto models = scan(folder);
        std::vector<Variant> variants;
        int saved = 0;
        link_variants(models, variants, [&](const Variant&) { ++saved; });
        QCOMPARE(saved, 1);
        QVERIFY(!models[0].variant_id.empty());
        const auto again = models_from_rows(rows_of(models), variants);
        QCOMPARE(again.size(), std::size_t(1));
        QCOMPARE(again[0].path, models[0].path);
        QCOMPARE(again[0].modified, models[0].modified);
        QCOMPARE(again[0].context_trained, models[0].context_trained);
        QCOMPARE(*again[0].sampling.top_k, 5);
        // Linking once more finds the variant that is there.
        auto same = models;
        same[0].variant_id.clear();
        link_variants(same, variants, [&](const Variant&) { ++saved; });
        QCOMPARE(saved, 1);
        QCOMPARE(same[0].variant_id, models[0].variant_id);
    }

    void real_files_are_read_whole() {
        DEEPWELL_NEEDS_SHARED();
        const ModelFile model = read_model_file(shared_dir() / "goldens" / "qwen2-tied.Q8_0.gguf");
        QVERIFY(model.usable());
        QCOMPARE(model.architecture, std::string("qwen2"));
        QVERIFY(model.parameters > 100000);
        QVERIFY(model.layers > 0);
    }
};

DEEPWELL_TEST(LibraryTest)
#include "library_test.moc"
