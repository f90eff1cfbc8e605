// Forms for everybody, without an account and without riddles: what keeps machines away. A box that people do not see
// has to stay empty, nobody fills in a form in a few seconds, and one address sends only so many.
// Invariant: nothing is dropped in silence. Whoever is held up is told so, keeps what was typed and may send again.
#pragma once

#include <chrono>
#include <optional>

#include "core/access/throttle.h"
#include "core/forms/forms.h"

namespace mitwirken::core {

struct FormGuard {
    std::chrono::seconds least{4};  // nobody is faster
    std::chrono::hours most{24};    // an older form is sent once more
};
// The hidden box and the signed time the form was shown first. The page must not be kept in the page cache.
// `since`: when the person began, for the last of several pages.
void add_guard(FormView& form, Visit& visit, std::optional<Timestamp> since = {});
// What is wrong with a form that came in. Problems of the form as a whole: field "".
Problems check_guard(const Visit& visit, const FormGuard& guard = {});
// Counts one sending from this visitor's network; a problem when there were too many.
Problems check_throttle(const Visit& visit, Throttle& throttle);

}  // namespace mitwirken::core
