// Which format fits: pure. Each wish counts one point, the purpose two; every point says why.
#include <algorithm>

#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

namespace {

void judge(Suggestion& s, int weight, bool wanted, bool fits, const Message& reason, const Message& against) {
    if (!wanted) return;
    s.best += weight;
    if (fits) s.score += weight;
    (fits ? s.reasons : s.against).push_back(fits ? reason : against);
}

}  // namespace

std::vector<Suggestion> suggest(const Wish& wish, const std::vector<Listed>& formats, std::size_t count) {
    std::vector<Suggestion> found;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const int bits = formats[i].facets;
        const auto mask = [&](const Facet& facet) { return (bits & facet.mask()) >> facet.first_bit; };
        Suggestion s;
        s.index = i;
        if (wish.purposes && !(mask(purposes()) & wish.purposes)) continue;
        judge(s, 2, wish.purposes != 0, true, tr_noop("It serves the purpose you named."), {});
        // "Unlimited" serves every larger group.
        const int sizes = mask(group_sizes()), wide = wish.group_sizes & 0b1110 ? 0b1000 : 0;
        judge(s, 1, wish.group_sizes != 0, (sizes & (wish.group_sizes | wide)) != 0,
              tr_noop("It works with a group of this size."), tr_noop("It is meant for groups of another size."));
        judge(s, 1, wish.forms != 0, (mask(forms()) & wish.forms) != 0, tr_noop("It can be done in the form you want."),
              tr_noop("It is usually done in another form."));
        judge(s, 1, wish.at_a_distance, (mask(distance()) & 1) != 0, tr_noop("It can be done at a distance."),
              tr_noop("People need to come close to each other."));
        found.push_back(std::move(s));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    if (found.size() > count) found.resize(count);
    return found;
}

}  // namespace mitwirken::toolbox
