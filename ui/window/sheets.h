// What the pages for the eye show: every kind of problem with the words of the program itself.
#pragma once

#include <QtCore/QVariant>

namespace deepwell::ui {

class ProblemModel;

// The ladder of a card that ran out of memory, as the banner above the composer.
void raise_ladder(ProblemModel& problems);

QVariantList problem_samples();  // [{caption, problem}], as ProblemsSheet takes them

}  // namespace deepwell::ui
