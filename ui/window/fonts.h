// The two families of the window and what stands in where they are missing.
#pragma once

namespace deepwell::ui {

// Once, after the application was made.
void choose_fonts();

}  // namespace deepwell::ui
