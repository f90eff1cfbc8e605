// Which format fits: each answer that fits counts one point and says why; what stands against it is said as well.
#include "modules/toolbox/suggest.h"

#include <algorithm>
#include <array>
#include <map>

namespace mitwirken::toolbox {

namespace {

int mask_in(const Facet& facet, int bits) { return (bits & facet.mask()) >> facet.first_bit; }

// "Unlimited" serves every group but the smallest, where it gets lost.
int sizes_that_serve(int wanted) { return wanted & 0b1110 ? wanted | 0b1000 : wanted; }

struct Fit {
    bool purpose, size, form, distance;
};
Fit fit_of(const Wish& wish, int bits) {
    return {(mask_in(purposes(), bits) & wish.purposes) != 0,
            (mask_in(group_sizes(), bits) & sizes_that_serve(wish.group_sizes)) != 0,
            (mask_in(forms(), bits) & wish.forms) != 0, (mask_in(distance(), bits) & 1) != 0};
}

// Nothing when the format must not be suggested.
std::optional<int> score_of(const Wish& wish, int bits) {
    const Fit fit = fit_of(wish, bits);
    if (wish.purposes && !fit.purpose) return {};
    return int(wish.purposes && fit.purpose) + int(wish.group_sizes && fit.size) + int(wish.forms && fit.form) +
           int(wish.at_a_distance && fit.distance);
}

// The sentence of the first value that is in both.
const Message& sentence(const std::vector<Message>& sentences, int mask) {
    std::size_t i = 0;
    while (i + 1 < sentences.size() && !(mask & (1 << i))) ++i;
    return sentences[i];
}

const std::vector<Message>& purpose_reasons() {
    static const std::vector<Message> words{
        tr_noop("It serves to inform and present."), tr_noop("It serves exchange and discussion."),
        tr_noop("It serves to work out a solution."), tr_noop("It serves to decide together.")};
    return words;
}
const std::vector<Message>& size_reasons() {
    static const std::vector<Message> words{
        tr_noop("It suits groups of up to 10 people."), tr_noop("It suits groups of 11 to 50 people."),
        tr_noop("It suits groups of more than 50 people."), tr_noop("The number of participants is not limited.")};
    return words;
}
const std::vector<Message>& form_reasons() {
    static const std::vector<Message> words{tr_noop("It works on site."), tr_noop("It works digitally."),
                                            tr_noop("It works on site and digitally at the same time.")};
    return words;
}

void explain(const Wish& wish, const Listed& format, Suggestion& s) {
    const int bits = format.facets;
    const Fit fit = fit_of(wish, bits);
    if (wish.purposes) s.reasons.push_back(sentence(purpose_reasons(), mask_in(purposes(), bits) & wish.purposes));
    if (wish.group_sizes && fit.size) {
        const int sizes = mask_in(group_sizes(), bits);
        const int exact = sizes & wish.group_sizes;
        s.reasons.push_back(sentence(size_reasons(), exact != 0 ? exact : sizes & 0b1000));
    }
    if (wish.group_sizes && !fit.size) s.against.push_back(tr_noop("It is meant for groups of another size."));
    if (wish.forms && fit.form) s.reasons.push_back(sentence(form_reasons(), mask_in(forms(), bits) & wish.forms));
    if (wish.forms && !fit.form) s.against.push_back(tr_noop("It is usually done in another form."));
    if (wish.at_a_distance && fit.distance) s.reasons.push_back(tr_noop("It can be done at a distance."));
    if (wish.at_a_distance && !fit.distance) s.against.push_back(tr_noop("People come close to each other."));
    if (format.reports() > 0) s.reasons.push_back(tr_noop("There are experiences with it to read."));
    if (format.lead_days && *format.lead_days >= 90)
        s.against.push_back(
            tr_noop("It needs {days} days of lead time.", {{"days", std::to_string(*format.lead_days)}}));
    if (format.cost == Cost::high) s.against.push_back(tr_noop("It is comparatively expensive."));
}

}  // namespace

int Wish::questions() const {
    return int(purposes != 0) + int(group_sizes != 0) + int(forms != 0) + int(at_a_distance);
}

std::vector<Suggestion> suggest(const Wish& wish, const std::vector<Listed>& formats, std::size_t count) {
    std::vector<Suggestion> found;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const auto score = score_of(wish, formats[i].facets);
        if (!score || *score == 0) continue;
        found.push_back({i, *score, {}, {}});
        explain(wish, formats[i], found.back());
    }
    // A format for one purpose is made for it; one for everything is a compromise.
    const auto breadth = [&](const Suggestion& s) {
        return __builtin_popcount(unsigned(mask_in(purposes(), formats[s.index].facets)));
    };
    std::stable_sort(found.begin(), found.end(), [&](const Suggestion& a, const Suggestion& b) {
        return a.score != b.score ? a.score > b.score : breadth(a) < breadth(b);
    });
    if (found.size() > count) found.resize(count);
    return found;
}

std::vector<std::vector<int>> best_combinations(const Wish& wish, const Counts& counts, std::int64_t wanted) {
    // By score, then by how many purposes they serve: the order of suggest().
    std::map<std::pair<int, int>, std::pair<std::vector<int>, std::int64_t>> levels;
    for (const auto& [bits, count] : counts.list()) {
        const auto score = score_of(wish, bits);
        if (!score || *score == 0) continue;
        auto& [list, sum] = levels[{-*score, __builtin_popcount(unsigned(mask_in(purposes(), bits)))}];
        list.push_back(bits);
        sum += count;
    }
    std::vector<std::vector<int>> best;
    std::int64_t have = 0;
    for (auto& [level, found] : levels) {
        if (have >= wanted) break;
        have += found.second;
        best.push_back(std::move(found.first));
    }
    return best;
}

}  // namespace mitwirken::toolbox
