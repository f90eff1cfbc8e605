// Help with choosing: formats side by side, and "Welches Format passt?".
#include "core/forms/forms.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
constexpr std::size_t most_compared = 4;
constexpr std::int64_t most_options = 200;  // beyond that the list, with its search, is the better way to choose
constexpr int suggestions = 6;

int mask_of(const Facet& facet, const Form& query) {
    int mask = 0;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (query.has(facet.parameter, facet.choices[i].parameter)) mask |= 1 << i;
    return mask;
}

std::string compare_address(const Visit& visit, const std::vector<Listed>& lines, std::size_t without) {
    Form query;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (i != without) query.add("f", lines[i].key);
    return visit.url("/instrumente/vergleich") + (query.empty() ? "" : "?" + to_query(query));
}

// One row of the comparison: the texts of all formats.
struct CompareRow {
    Message label;
    std::vector<Text> texts;
};

std::vector<CompareRow> compare_rows(const Visit& visit, const std::vector<Whole>& all,
                                     const std::vector<Listed>& lines) {
    std::vector<CompareRow> rows;
    const auto row = [&](const Message& label, auto&& text) {
        CompareRow line{label, {}};
        bool any = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            line.texts.push_back(text(all[i], lines[i]));
            any = any || !line.texts.back().text.empty();
        }
        if (any) rows.push_back(std::move(line));
    };
    using W = const Whole&;
    using L = const Listed&;
    const auto titles = [&](const std::vector<Link>& links) {
        Text all_titles;
        for (const auto& link : links) {
            const Text title = text_in(visit, link.title, link.title_en);
            all_titles.text += (all_titles.text.empty() ? "" : ", ") + title.text;
            all_titles.german = all_titles.german || title.german;
        }
        return all_titles;
    };
    const auto plain = [](std::string text) { return Text{std::move(text), false}; };
    row(tr_noop("In short"), [&](W w, L) { return text_in(visit, w.format.summary, w.format.summary_en); });
    row(tr_noop("Purpose"), [&](W w, L) { return plain(labels(visit, purposes(), w.format.purposes)); });
    row(tr_noop("Form"), [&](W w, L) { return plain(labels(visit, forms(), w.format.forms)); });
    row(tr_noop("Group of participants"),
        [&](W w, L) { return plain(labels(visit, group_sizes(), w.format.group_sizes)); });
    row(tr_noop("Possible at a distance"), [&](W w, L) { return plain(visit.tr(w.format.distance ? "Yes" : "No")); });
    row(tr_noop("Tools and online services"), [&](W w, L) { return titles(w.parts.tools); });
    row(tr_noop("Material"), [&](W w, L) { return titles(w.parts.materials); });
    row(tr_noop("Lead time"), [&](W w, L) { return plain(days_in(visit, w.format.lead_days)); });
    row(tr_noop("Work of staff"), [&](W w, L) { return plain(days_in(visit, w.format.staff_days)); });
    row(tr_noop("Cost"), [&](W w, L) { return plain(visit.tr(name_of(w.format.cost))); });
    row(tr_noop("Duration"), [&](W w, L) { return text_in(visit, w.format.duration, w.format.duration_en); });
    row(tr_noop("Experiences"), [&](W, L l) { return plain(visit.language.number(l.reports())); });
    return rows;
}

void fill_comparison(Visit& visit, const std::vector<Listed>& lines, html::Values& values) {
    namespace t = tpl::compare;
    auto table = values.add(t::TABLE);
    std::vector<Whole> all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        all.push_back(*public_format(visit.tx, visit.tenant.id, lines[i].key));
        auto column = table.add(t::COLUMN)
                          .set(t::TITLE, title_in(visit, lines[i].title, lines[i].title_en))
                          .set(t::URL, visit.url("/instrumente/" + lines[i].key));
        if (lines.size() > 2) column.add(t::REMOVE).set(t::URL, compare_address(visit, lines, i));
    }
    for (const auto& row : compare_rows(visit, all, lines)) {
        auto line = table.add(t::ROW).set(t::LABEL, visit.tr(row.label));
        for (const auto& [text, german] : row.texts)
            line.add(t::CELL).set(t::TEXT, text.empty() ? "–" : text).show_if(german, t::CELL_DE);
        const bool same = std::equal(row.texts.begin() + 1, row.texts.end(), row.texts.begin(),
                                     [](const Text& a, const Text& b) { return a.text == b.text; });
        line.show_if(!same, t::DIFFERENT);
    }
}

void fill_picker(Visit& visit, const std::vector<Listed>& lines, html::Values& values) {
    namespace t = tpl::compare;
    const auto page = list(visit.tx, visit.tenant.id, {}, int(most_options));
    if (lines.size() >= most_compared || page.total > most_options) return;
    auto picker = values.add(t::PICKER).set(t::ACTION, visit.url("/instrumente/vergleich"));
    for (const auto& line : lines) picker.add(t::KEPT).set(t::KEY, line.key);
    for (const auto& one : page.lines) {
        const bool there = std::any_of(lines.begin(), lines.end(), [&](const Listed& l) { return l.key == one.key; });
        if (!there)
            picker.add(t::OPTION).set(t::VALUE, one.key).set(t::LABEL, title_in(visit, one.title, one.title_en));
    }
}

// ---- the guided choice

void add_question(const Visit& visit, const Facet& facet, const Message& label, int number, html::Values& values) {
    namespace t = tpl::finder;
    auto group = values.add(t::QUESTION).set(t::LABEL, visit.tr(label)).set(t::NUMBER, number);
    group.set(t::NAME, facet.parameter);
    bool any = true;
    for (const auto& choice : facet.choices) {
        if (&facet == &distance() && choice.parameter != "ja") continue;  // "no" excludes nothing
        const bool chosen = visit.query.has(facet.parameter, choice.parameter);
        auto tile = group.add(t::CHOICE).set(t::VALUE, choice.parameter);
        const auto [head, rest] = breakable(visit.tr(choice.label));
        tile.set(t::LABEL, head);
        if (!rest.empty()) tile.add(t::REST).set(t::TEXT, rest);
        tile.set(t::NAME, facet.parameter).set(t::ICON, choice.icon).show_if(chosen, t::CHOSEN);
        if (!choice.hint.empty()) tile.add(t::HINT).set(t::TEXT, visit.tr(choice.hint));
        any = any && !chosen;
    }
    group.show_if(any, t::ANY_CHOSEN);
}

void fill_suggestions(Visit& visit, const Wish& wish, html::Values& values) {
    namespace t = tpl::finder;
    std::vector<Listed> formats;
    for (const auto& level : best_combinations(wish, counts_of(visit.tx, visit.tenant.id), suggestions)) {
        const int missing = suggestions - int(formats.size());
        if (missing <= 0) break;
        auto some = listed_with(visit.tx, visit.tenant.id, level, missing);
        std::move(some.begin(), some.end(), std::back_inserter(formats));
    }
    const auto found = suggest(wish, formats, suggestions);
    auto box = values.add(t::RESULTS).set(t::LIST_URL, visit.url("/instrumente"));
    const std::string words = found.empty() ? visit.tr("No suggestion")
                                            : visit.language.plural("one suggestion for you", "{n} suggestions for you",
                                                                    std::int64_t(found.size()));
    values.set(t::WORDS, words);
    box.set(t::WORDS, words).show_if(found.empty(), t::NOTHING);
    std::vector<Listed> best;
    for (const auto& s : found) {
        const auto& line = formats[s.index];
        if (best.size() < 3) best.push_back(line);
        auto item = box.add(t::SUGGESTION)
                        .set(t::URL, visit.url("/instrumente/" + line.key))
                        .set(t::TITLE, title_in(visit, line.title, line.title_en))
                        .set(t::SUMMARY, title_in(visit, line.summary, line.summary_en));
        item.set(t::SCORE, s.score)
            .set(t::OF, visit.language.plural("of one answer fits", "of {n} answers fit", wish.questions()));
        for (const auto& reason : s.reasons) item.add(t::REASON).set(t::TEXT, visit.tr(reason));
        for (const auto& reason : s.against) item.add(t::AGAINST).set(t::TEXT, visit.tr(reason));
    }
    if (best.size() > 1) box.add(t::COMPARE).set(t::URL, compare_address(visit, best, best.size()));
}

}  // namespace

http::Response compare_page(Visit& visit) {
    namespace t = tpl::compare;
    std::vector<std::string> keys;
    for (const auto& key : visit.query.all("f"))
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    const bool too_many = keys.size() > most_compared;
    if (too_many) keys.resize(most_compared);
    const auto lines = listed(visit.tx, visit.tenant.id, keys);
    html::Values values;
    values.set(t::HEAD,
               core::page_head(visit, {.title = visit.tr("Compare formats"),
                                       .lead = visit.tr("Two to four formats side by side. Rows in which they differ "
                                                        "are marked with “≠”."),
                                       .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.set(t::LIST_URL, visit.url("/instrumente"));
    values.show_if(too_many, t::TOO_MANY);
    if (lines.size() < 2) values.show(t::TOO_FEW);
    if (lines.size() >= 2) fill_comparison(visit, lines, values);
    fill_picker(visit, lines, values);
    return visit.page(
        {.title = visit.tr("Compare formats"), .navigation = "/instrumente", .kind = "compare", .index = false},
        t::file, values);
}

http::Response finder_page(Visit& visit) {
    namespace t = tpl::finder;
    const Wish wish{mask_of(purposes(), visit.query), mask_of(forms(), visit.query),
                    mask_of(group_sizes(), visit.query), visit.query.has("abstand", "ja")};
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Which format fits?"),
                                                .lead = visit.tr("Four questions, then suggestions with reasons. You "
                                                                 "may leave any of them out."),
                                                .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.set(t::ACTION, visit.url("/instrumente/finden"));
    add_question(visit, purposes(), tr_noop("What do you want to achieve?"), 1, values);
    add_question(visit, group_sizes(), tr_noop("How many people are to take part?"), 2, values);
    add_question(visit, forms(), tr_noop("How is it to take place?"), 3, values);
    add_question(visit, distance(), tr_noop("Must it work at a distance?"), 4, values);
    if (wish.questions() > 0) fill_suggestions(visit, wish, values);
    return visit.page({.title = visit.tr("Which format fits?"),
                       .description = visit.tr("Four questions, then suggestions with reasons."),
                       .navigation = "/instrumente",
                       .kind = "form",
                       .index = visit.query.empty()},
                      t::file, values);
}

}  // namespace mitwirken::toolbox
