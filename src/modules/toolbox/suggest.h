// "Welches Format passt?": four answers in, suggestions with reasons for and against out. Pure.
// Invariant: a format that does not serve the purpose asked for is never suggested; everything else is weighed and
// said.
#pragma once

#include <vector>

#include "modules/toolbox/listing.h"

namespace mitwirken::toolbox {

struct Wish {
    int purposes = 0, forms = 0, group_sizes = 0;  // masks of the facets, 0 = no matter
    bool at_a_distance = false;
    int questions() const;  // how many were answered
};

struct Suggestion {
    std::size_t index = 0;  // in the formats given
    int score = 0;          // answers that fit, of wish.questions()
    std::vector<Message> reasons, against;
};
// Best first, at most `count`; of equal ones the more specific first, then in the order given.
std::vector<Suggestion> suggest(const Wish& wish, const std::vector<Listed>& formats, std::size_t count);

// The combinations of facets by how well they fit, best first, until they hold `wanted` formats together. The score of
// a format depends on its facets alone, so the best formats are found without looking at all of them.
std::vector<std::vector<int>> best_combinations(const Wish& wish, const Counts& counts, std::int64_t wanted);

}  // namespace mitwirken::toolbox
