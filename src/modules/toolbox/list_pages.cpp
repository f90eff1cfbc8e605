// The public list, the comparison, the guided choice and the widget.
#include <fmt/format.h>

#include "core/forms/forms.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
constexpr int page_size = 24;

std::string address(const Visit& visit, const Form& query) {
    const std::string text = to_query(query);
    return visit.url("/instrumente") + (text.empty() ? "" : "?" + text);
}

std::string count_words(const Visit& visit, const ListPage& page) {
    if (page.more_than_count)
        return visit.tr(tr_noop("more than {n} formats", {{"n", visit.language.number(page.count)}}));
    return visit.language.plural("one format", "{n} formats", page.count);
}

void fill_filters(const Visit& visit, const Selection& chosen, const ListPage& page, html::Values& values) {
    namespace t = tpl::list;
    int active = 0;
    for (const auto* facet : all_facets()) {
        auto group = values.add(t::FACET).set(t::LABEL, visit.tr(facet->label)).set(t::NAME, facet->parameter);
        for (std::size_t i = 0; i < facet->choices.size(); ++i) {
            const int bit = facet->first_bit + int(i);
            const auto& choice = facet->choices[i];
            const bool on = chosen.chosen & (1 << bit);
            auto box = group.add(t::CHOICE).set(t::VALUE, choice.parameter).set(t::LABEL, visit.tr(choice.label));
            box.set(t::COUNT, visit.language.number(page.per_value[std::size_t(bit)])).show_if(on, t::CHOSEN);
            if (!on) continue;
            ++active;
            values.add(t::PILL)
                .set(t::LABEL, visit.tr(facet->label) + ": " + visit.tr(choice.label))
                .set(t::URL, address(visit, toggled(chosen, bit)));
        }
    }
    if (!chosen.text.empty()) {
        ++active;
        Selection without = chosen;
        without.text.clear();
        values.add(t::PILL).set(t::LABEL, "„" + chosen.text + "“").set(t::URL, address(visit, to_form(without)));
    }
    if (active > 0) values.add(t::ACTIVE).set(t::NUMBER, active);
    values.set(t::TEXT, chosen.text).set(t::RESET_URL, visit.url("/instrumente"));
}

void fill_tools(const Visit& visit, const Selection& chosen, html::Values& values) {
    namespace t = tpl::list;
    for (const auto& order : orders()) {
        auto option = values.add(t::ORDER).set(t::VALUE, order.parameter).set(t::LABEL, visit.tr(order.label));
        option.show_if(order.order == chosen.order && !chosen.descending, t::CHOSEN);
    }
    Selection cards = chosen, table = chosen;
    cards.table = false;
    table.table = true;
    values.set(t::CARDS_URL, address(visit, to_form(cards))).set(t::TABLE_URL, address(visit, to_form(table)));
    values.show(chosen.table ? t::IS_TABLE : t::IS_CARDS);
}

void fill_line(const Visit& visit, const Listed& line, html::Values item) {
    namespace t = tpl::list;
    const auto mask = [&](const Facet& facet) { return (line.facets & facet.mask()) >> facet.first_bit; };
    item.set(t::TITLE, title_in(visit, line.title, line.title_en))
        .set(t::SUMMARY, title_in(visit, line.summary, line.summary_en));
    item.set(t::URL, visit.url("/instrumente/" + line.key)).set(t::KEY, line.key);
    item.set(t::PURPOSES, labels(visit, purposes(), mask(purposes())))
        .set(t::FORMS, labels(visit, forms(), mask(forms())));
    item.set(t::SIZES, labels(visit, group_sizes(), mask(group_sizes())))
        .set(t::DISTANCE, visit.tr(mask(distance()) & 1 ? "Yes" : "No"));
    if (line.reports() > 0)
        item.add(t::REPORTS).set(t::TEXT, visit.language.plural("one experience", "{n} experiences", line.reports()));
}

html::SafeHtml list_content(Visit& visit, const Selection& chosen, const ListPage& page) {
    namespace t = tpl::list;
    html::Values values;
    values.set(t::HEAD,
               core::page_head(
                   visit, {.title = visit.tr("Toolbox"),
                           .lead = visit.tr(
                               "Proven formats of participation – on site, digital and hybrid – with instructions, "
                               "schedules and experiences. For everyone in town and for the administration."),
                           .links = {{"/instrumente/finden", visit.tr("Which format fits?"), "help", true},
                                     {"/instrumente.csv", "CSV", "download"},
                                     {"/instrumente.json", "JSON", "download"}}}));
    values.set(t::ACTION, visit.url("/instrumente")).set(t::COUNT_WORDS, count_words(visit, page));
    values.set(t::OF_ALL, visit.tr(tr_noop("of {n}", {{"n", visit.language.number(page.total)}})));
    values.set(t::COMPARE_URL, visit.url("/instrumente/vergleich"));
    fill_filters(visit, chosen, page, values);
    fill_tools(visit, chosen, values);
    if (page.lines.empty())
        values.show(t::EMPTY);
    else {
        auto box = values.add(chosen.table ? t::TABLE : t::CARDS);
        for (const auto& line : page.lines) fill_line(visit, line, box.add(t::ITEM));
    }
    Selection other = chosen;
    other.before = page.back, other.after.clear();
    const std::string back = page.back.empty() ? "" : address(visit, to_form(other, true));
    other.after = page.next, other.before.clear();
    const std::string next = page.next.empty() ? "" : address(visit, to_form(other, true));
    values.set(t::PAGER, core::pager(visit, back, next, ""));
    return html::render_part(t::file, values, visit.language);
}

std::vector<Listed> everything(Visit& visit) {
    std::vector<Listed> all;
    FormatId after;
    while (all.size() < 2000) {
        auto some = listed_after(visit.tx, visit.tenant.id, after, 500);
        if (some.empty()) break;
        after = some.back().id;
        all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
}

int mask_of(const Facet& facet, const Form& query) {
    int mask = 0;
    for (std::size_t i = 0; i < facet.choices.size(); ++i)
        if (query.has(facet.parameter, facet.choices[i].parameter)) mask |= 1 << i;
    return mask;
}

}  // namespace

http::Response list_page(Visit& visit) {
    const Selection chosen = selection_from(visit.query);
    const ListPage page = list(visit.tx, visit.tenant.id, chosen, page_size);
    return visit.page({.title = visit.tr("Toolbox"),
                       .description = visit.tr("Formats of participation with instructions and experiences."),
                       .navigation = "/instrumente",
                       .feeds = {{visit.tr("New formats"), "application/rss+xml", "/instrumente.rss"}},
                       .kind = "list"},
                      list_content(visit, chosen, page));
}

http::Response widget_page(Visit& visit) {
    namespace t = tpl::widget;
    html::Values values;
    values.set(t::TITLE, visit.tr("Toolbox")).set(t::URL, visit.absolute("/instrumente"));
    for (const auto& line : newest(visit.tx, visit.tenant.id, 6))
        values.add(t::ITEM)
            .set(t::URL, visit.absolute("/instrumente/" + line.key))
            .set(t::TITLE, title_in(visit, line.title, line.title_en))
            .set(t::SUMMARY, title_in(visit, line.summary, line.summary_en));
    return visit.page({.title = visit.tr("Toolbox"), .kind = "embed", .bare = true}, t::file, values);
}

http::Response compare_page(Visit& visit) {
    namespace t = tpl::compare;
    auto keys = visit.query.all("f");
    if (keys.size() > 4) keys.resize(4);
    const auto lines = listed(visit.tx, visit.tenant.id, keys);
    html::Values values;
    values.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Compare formats"),
                                                .lead = visit.tr("Two to four formats side by side."),
                                                .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    auto picker = values.add(t::PICKER).set(t::ACTION, visit.url("/instrumente/vergleich"));
    const auto all = everything(visit);
    for (std::size_t slot = 0; slot < 4; ++slot) {
        auto select = picker.add(t::SLOT).set(t::NUMBER, std::int64_t(slot + 1));
        for (const auto& one : all)
            select.add(t::OPTION)
                .set(t::VALUE, one.key)
                .set(t::LABEL, one.title)
                .show_if(slot < lines.size() && lines[slot].key == one.key, t::CHOSEN);
    }
    if (lines.size() < 2) values.show(t::TOO_FEW);
    if (lines.size() >= 2) {
        std::vector<Format> formats;
        for (const auto& line : lines) formats.push_back(*find_format(visit.tx, visit.tenant.id, line.id));
        auto table = values.add(t::TABLE);
        for (const auto& f : formats)
            table.add(t::COLUMN)
                .set(t::TITLE, title_in(visit, f.title, f.title_en))
                .set(t::URL, visit.url("/instrumente/" + f.key));
        const auto row = [&](const Message& label, auto&& text) {
            auto line = table.add(t::ROW).set(t::LABEL, visit.tr(label));
            const std::string first = text(formats.front());
            bool different = false;
            for (const auto& f : formats) {
                line.add(t::CELL).set(t::TEXT, text(f));
                different = different || text(f) != first;
            }
            line.show_if(different, t::DIFFERENT);
        };
        const auto days = [&](const std::optional<std::int64_t>& n) {
            return n ? visit.language.plural("one day", "{n} days", *n) : std::string("–");
        };
        row(tr_noop("In short"), [&](const Format& f) { return title_in(visit, f.summary, f.summary_en); });
        row(tr_noop("Purpose"), [&](const Format& f) { return labels(visit, purposes(), f.purposes); });
        row(tr_noop("Form"), [&](const Format& f) { return labels(visit, forms(), f.forms); });
        row(tr_noop("Group of participants"),
            [&](const Format& f) { return labels(visit, group_sizes(), f.group_sizes); });
        row(tr_noop("Possible at a distance"), [&](const Format& f) { return visit.tr(f.distance ? "Yes" : "No"); });
        row(tr_noop("Lead time"), [&](const Format& f) { return days(f.lead_days); });
        row(tr_noop("Work of staff"), [&](const Format& f) { return days(f.staff_days); });
        row(tr_noop("Cost"), [&](const Format& f) { return visit.tr(name_of(f.cost)); });
        row(tr_noop("Duration"), [](const Format& f) { return f.duration; });
    }
    return visit.page({.title = visit.tr("Compare formats"), .navigation = "/instrumente", .kind = "compare"}, t::file,
                      values);
}

http::Response finder_page(Visit& visit) {
    namespace t = tpl::finder;
    const Wish wish{mask_of(purposes(), visit.query), mask_of(forms(), visit.query),
                    mask_of(group_sizes(), visit.query), visit.query.has("abstand", "ja")};
    html::Values values;
    values.set(
        t::HEAD,
        core::page_head(
            visit, {.title = visit.tr("Which format fits?"),
                    .lead = visit.tr("Four questions, then suggestions with reasons. You may leave any of them out."),
                    .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    values.set(t::ACTION, visit.url("/instrumente/finden"));
    static const Message questions[] = {tr_noop("What is it for?"), tr_noop("How do people meet?"),
                                        tr_noop("How many people take part?")};
    int number = 0;
    for (const auto* facet : {&purposes(), &forms(), &group_sizes()}) {
        auto group = values.add(t::QUESTION)
                         .set(t::LABEL, visit.tr(questions[number]))
                         .set(t::NUMBER, number + 1)
                         .set(t::NAME, facet->parameter);
        ++number;
        for (std::size_t i = 0; i < facet->choices.size(); ++i) {
            const auto& choice = facet->choices[i];
            auto tile = group.add(t::CHOICE)
                            .set(t::VALUE, choice.parameter)
                            .set(t::LABEL, visit.tr(choice.label))
                            .set(t::ICON, choice.icon);
            if (!choice.hint.empty()) tile.add(t::HINT).set(t::TEXT, visit.tr(choice.hint));
            tile.show_if(visit.query.has(facet->parameter, choice.parameter), t::CHOSEN);
        }
    }
    values.show_if(wish.at_a_distance, t::DISTANCE_CHOSEN);
    if (!visit.query.empty()) {
        const auto all = everything(visit);
        const auto found = suggest(wish, all, 6);
        auto box = values.add(t::RESULTS);
        box.show_if(found.empty(), t::NOTHING);
        for (const auto& s : found) {
            const auto& line = all[s.index];
            auto item = box.add(t::SUGGESTION)
                            .set(t::URL, visit.url("/instrumente/" + line.key))
                            .set(t::TITLE, title_in(visit, line.title, line.title_en));
            item.set(t::SUMMARY, title_in(visit, line.summary, line.summary_en))
                .set(t::SCORE, visit.tr(tr_noop("{n} of {all} points",
                                                {{"n", std::to_string(s.score)}, {"all", std::to_string(s.best)}})));
            for (const auto& reason : s.reasons) item.add(t::REASON).set(t::TEXT, visit.tr(reason));
            for (const auto& reason : s.against) item.add(t::AGAINST).set(t::TEXT, visit.tr(reason));
        }
    }
    return visit.page({.title = visit.tr("Which format fits?"), .navigation = "/instrumente", .kind = "form"}, t::file,
                      values);
}

}  // namespace mitwirken::toolbox
