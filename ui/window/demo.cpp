#include "ui/window/demo.h"

#include "app/base/ids.h"
#include "app/conversations/branches.h"
#include "ui/window/program.h"

namespace deepwell::ui {
namespace {

constexpr char kQuestion[] =
    "I drop a stone into a well and hear the splash after 2.9 s. How deep is it? Include the "
    "travel time of the sound, and give me a small C++ function.";

constexpr char kThought[] =
    R"(The person hears the splash after 2.9 s in total. That total has two parts: the stone falls, then the sound travels back up. So t = t_fall + t_sound.

Fall: d = ½·g·t_fall², so t_fall = √(2d/g). Sound: t_sound = d/c with c about 343 m/s at 20 °C.

If I ignored the sound I would get ½ · 9.81 · 2.9² = 41.25 m. Adding the sound makes the fall shorter, so the real depth must be a little less. Good sanity check for the end.

Set s = √d. Then s²/c + s·√(2/g) − t = 0 is a plain quadratic in s. Coefficients: 1/343, 0.4515, −2.9. The discriminant is 0.2039 + 0.0338 = 0.2377, its root 0.4875. So s = (0.4875 − 0.4515) · 171.5 = 6.177 and d = 38.15 m.

Check: √(2 · 38.15 / 9.81) = 2.789 s and 38.15 / 343 = 0.111 s. The sum is 2.900 s. Correct. Now the C++ function: take the positive root, guard against )";

constexpr char kThoughtEnd[] = R"(a negative time.
)";

constexpr char kAnswer[] = R"(## The well is about 38.2 m deep

The 2.9 s hold both the fall and the way back of the sound:

$$t = \sqrt{\frac{2d}{g}} + \frac{d}{c}$$

With `s = √d` this is a quadratic. Without the sound you would be 8 % off:

| Time heard | Fall only | With sound | Error |
| --- | ---: | ---: | ---: |
| 2.0 s | 19.62 m | 18.57 m | 5.6 % |
| 2.9 s | 41.25 m | 38.15 m | 8.1 % |
| 4.0 s | 78.48 m | 70.61 m | 11.1 % |

### As a function

```cpp
double well_depth(double t, double g = 9.81, double c = 343.0)
{
    // Positive root of s²/c + s·√(2/g) − t = 0, where s = √d
)";

constexpr char kAnswerEnd[] = R"(    const double b = std::sqrt(2.0 / g);
    const double s = (std::sqrt(b * b + 4.0 * t / c) - b) * c / 2.0;
    return s * s;
}
```
)";

constexpr char kBlocks[] = R"(# First rank
## Second rank
### Third rank

A paragraph with **bold**, *italic*, ~~struck~~, `code`, [a link](https://example.org), and the
formula $E = mc^2$ in the middle of a line that is long enough to be wrapped, with
`std::unordered_map<std::string, int>` near its end.

- one
- two, whose words go on until the line has to be broken, so that the second line shows the indent
  - deeper
    - and deeper
- [x] done
- [ ] open

1. first
2. second
10. tenth

> A quote of two paragraphs.
>
> > A quote within it.

```python
def reciprocal_rank_fusion(rankings, k=60):  # a line that is longer than the column, so that it has to scroll sideways
    """Fuse several rankings."""
    return sorted({d: sum(1 / (k + r[d]) for r in rankings) for r in rankings for d in r}.items())
```

| Model | Parameters | Layers | Heads | KV heads | Width | Feed forward | Context | Licence |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :---: |
| R1 Distill Qwen 1.5B | 1.8 B | 28 | 12 | 2 | 1,536 | 8,960 | 131,072 | MIT |
| R1 Distill Llama 70B | 70.6 B | 80 | 64 | 8 | 8,192 | 28,672 | 131,072 | Llama 3.3 |

---

$$\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}$$

The end.
)";

// Titles of the list, newest last, with the days they are old.
struct Title {
    const char* text;
    int days;
    bool pinned;
};
constexpr Title kTitles[] = {{"SQL window functions", 24, false},
                             {"Chess puzzle, mate in three", 24, false},
                             {"Refactor the settings page", 23, false},
                             {"Sourdough hydration maths", 22, false},
                             {"Bayes: two positive tests", 21, false},
                             {"Unit tests for the CSV parser", 20, false},
                             {"Trip: Lisbon to Porto by train", 1, false},
                             {"Explain attention sinks", 1, false},
                             {"Regex for ISO dates", 1, false},
                             {"Schedule for the choir weekend", 1, false},
                             {"Compare three mortgage offers", 0, false},
                             {"Why does this mutex deadlock?", 0, false},
                             {"Proof that √2 + √3 is irrational", 0, false},
                             {"Thesis: chapter 3 outline", 0, true}};

// Cut at blanks, as tokens nearly are.
void add_pieces(std::vector<app::RecordedPiece>& pieces, std::string_view text, double delay) {
    std::size_t start = 0;
    while (start < text.size()) {
        std::size_t end = text.find(' ', start + 1);
        if (end == std::string_view::npos) end = text.size();
        pieces.push_back({std::string(text.substr(start, end - start)), delay});
        start = end;
    }
}

}  // namespace

app::Recording demo_recording(double thought_ms, double answer_ms, const QString& hang_in) {
    app::RecordedReply reply;
    reply.opened_by_template = true;
    add_pieces(reply.pieces, kThought, thought_ms);
    if (hang_in == QLatin1String("thought")) {
        reply.finish = app::RecordedReply::Finish::Hang;
        return {{reply}};
    }
    add_pieces(reply.pieces, kThoughtEnd, thought_ms);
    reply.pieces.push_back({"</think>", thought_ms});
    reply.pieces.push_back({"\n\n", answer_ms});
    add_pieces(reply.pieces, kAnswer, answer_ms);
    if (hang_in == QLatin1String("answer")) {
        reply.finish = app::RecordedReply::Finish::Hang;
    } else {
        add_pieces(reply.pieces, kAnswerEnd, answer_ms);
    }
    return {{reply}};
}

app::Recording demo_blocks() {
    app::RecordedReply reply;
    reply.opened_by_template = true;
    add_pieces(reply.pieces, "Everything once.\n</think>\n\n", 0);
    add_pieces(reply.pieces, kBlocks, 0);
    return {{reply}};
}

DemoScene::DemoScene(Program& program, QObject* parent) : QObject(parent), program_(program) {}

void DemoScene::begin(bool ask) {
    const app::LibraryService& library = program_.services().library;
    if (!library.scanning()) {
        fill(ask);
        return;
    }
    connect(&library, &app::LibraryService::scanningChanged, this, [this, ask, &library] {
        if (library.scanning()) return;
        disconnect(&library, nullptr, this, nullptr);
        fill(ask);
    });
}

void DemoScene::fill(bool ask) {
    const Services services = program_.services();
    constexpr app::Milliseconds kDay = 24LL * 60 * 60 * 1000;
    const app::Milliseconds now = services.clock.now_ms();
    app::Store::ImportBatch batch;
    std::int64_t order = 0;
    for (const Title& title : kTitles) {
        app::Conversation conversation;
        conversation.id = app::new_id();
        conversation.title = title.text;
        conversation.created = now - title.days * kDay;
        conversation.updated = now - title.days * kDay - 60'000 * (100 - order);
        conversation.order = ++order;
        conversation.pinned = title.pinned;
        app::Message question;
        question.id = app::new_id();
        question.created = conversation.updated;
        question.answer = std::string(title.text);
        conversation.current = question.id;
        conversation.messages.push_back(question);
        batch.conversations.push_back(std::move(conversation));
    }
    services.store.import_batch(
        std::move(batch),
        app::Done<app::ImportCounts>(this, [this, ask](app::Result<app::ImportCounts>) {
            program_.application().conversations()->reload();
            if (!ask) {
                emit asked();
                return;
            }
            ConversationModel* conversation = program_.application().conversation();
            conversation->composer()->setText(QString::fromUtf8(kQuestion));
            connect(conversation, &ConversationModel::loaded, this, [this, conversation] {
                disconnect(conversation, &ConversationModel::loaded, this, nullptr);
                conversation->rename(QStringLiteral("How deep is the well?"));
                emit asked();
            });
            conversation->send();
        }));
}

}  // namespace deepwell::ui
