// The public list with its filters, as cards and as a table, and the widget for other sites.
#include "core/forms/forms.h"
#include "core/widgets/widgets.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace t = tpl::list;
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
    int active = 0;
    if (chosen.filtered()) {
        auto chips = values.add(t::CHIPS);
        if (!chosen.text.empty()) {
            ++active;
            Selection without = chosen;
            without.text.clear();
            if (without.order == Order::relevance) without.order = Order::title;
            chips.add(t::PILL).set(t::LABEL, "„" + chosen.text + "“").set(t::URL, address(visit, to_form(without)));
        }
        for (const auto* facet : all_facets())
            for (std::size_t i = 0; i < facet->choices.size(); ++i) {
                const int bit = facet->first_bit + int(i);
                if (!(chosen.chosen & (1 << bit))) continue;
                ++active;
                chips.add(t::PILL)
                    .set(t::LABEL, visit.tr(facet->label) + ": " + visit.tr(facet->choices[i].label))
                    .set(t::URL, address(visit, toggled(chosen, bit)));
            }
    }
    for (const auto* facet : all_facets()) {
        auto group = values.add(t::FACET).set(t::LABEL, visit.tr(facet->label)).set(t::NAME, facet->parameter);
        for (std::size_t i = 0; i < facet->choices.size(); ++i) {
            const int bit = facet->first_bit + int(i);
            const auto& choice = facet->choices[i];
            auto box = group.add(t::CHOICE).set(t::VALUE, choice.parameter);
            const auto [head, rest] = breakable(visit.tr(choice.label));
            box.set(t::LABEL, head);
            if (!rest.empty()) box.add(t::REST).set(t::TEXT, rest);
            box.set(t::COUNT, visit.language.number(page.per_value[std::size_t(bit)]));
            box.show_if(chosen.chosen & (1 << bit), t::CHOSEN);
        }
    }
    if (active > 0) values.add(t::ACTIVE).set(t::NUMBER, active);
    values.set(t::TEXT, chosen.text).set(t::RESET_URL, visit.url("/instrumente"));
}

void add_order(const Visit& visit, const Selection& chosen, const OrderName& order, bool descending,
               html::Values& values) {
    namespace o = tpl::orders;
    values.add(o::ORDER)
        .set(o::VALUE, std::string(order.parameter) + (descending ? "-ab" : ""))
        .set(o::LABEL, visit.tr(descending ? order.reversed : order.label))
        .show_if(order.order == chosen.order && descending == chosen.descending, o::CHOSEN);
}

html::SafeHtml order_options(const Visit& visit, const Selection& chosen) {
    html::Values values;
    if (!chosen.text.empty()) add_order(visit, chosen, name_of(Order::relevance), false, values);
    for (const auto& order : orders())
        for (const bool descending : {false, true}) add_order(visit, chosen, order, descending, values);
    return html::render_part(tpl::orders::file, values, visit.language);
}

void fill_tools(Visit& visit, const Selection& chosen, html::Values& values) {
    // The same for every page in this order: twenty-five options, worked out once.
    const std::string name = "orders/" + visit.language.code() + '/' + std::to_string(int(chosen.order)) +
                             (chosen.descending ? "-" : "+") + (chosen.text.empty() ? "" : "q");
    values.set(t::ORDERS,
               *visit.remembered<html::SafeHtml>("toolbox", name, {}, [&] { return order_options(visit, chosen); }));
    Selection cards = chosen, table = chosen;
    cards.table = false;
    table.table = true;
    values.set(t::CARDS_URL, address(visit, to_form(cards))).set(t::TABLE_URL, address(visit, to_form(table)));
    values.show(chosen.table ? t::IS_TABLE : t::IS_CARDS);
}

// Column heads sort, one for every category of the public list; the one that is sorted by turns the order round. What
// is stored negative ("most first") falls where the stored values rise.
void fill_columns(const Visit& visit, const Selection& chosen, html::Values& table) {
    struct Column {
        Order order;
        Message label;
        bool most_first = false;
    };
    static const Column columns[] = {
        {Order::title, tr_noop("Format/method")},     {Order::purpose, tr_noop("Purpose")},
        {Order::description, tr_noop("Description")}, {Order::form, tr_noop("Form")},
        {Order::size, tr_noop("Participants")},       {Order::tips, tr_noop("Material"), true},
        {Order::tools, tr_noop("Tools"), true},       {Order::distance, tr_noop("At a distance")}};
    for (const auto& [order, label, most_first] : columns) {
        const bool current = chosen.order == order;
        Selection other = chosen;
        other.order = order;
        other.descending = current && !chosen.descending;
        auto column = table.add(t::COLUMN).set(t::LABEL, visit.tr(label)).set(t::URL, address(visit, to_form(other)));
        if (current) column.show(chosen.descending != most_first ? t::DOWN : t::UP);
    }
}

// The colour and sign of a card: the purpose that gives people the most say.
void fill_purpose(int purposes_mask, html::Values& item) {
    for (auto choice = purposes().choices.size(); choice-- > 0;)
        if (purposes_mask >> choice & 1) {
            item.set(t::PURPOSE, purposes().choices[choice].word).set(t::ICON, purposes().choices[choice].icon);
            return;
        }
}

void fill_line(const Visit& visit, const Listed& line, bool table, html::Values item) {
    const auto mask = [&](const Facet& facet) { return (line.facets & facet.mask()) >> facet.first_bit; };
    item.set(t::TITLE, title_in(visit, line.title, line.title_en));
    item.set(t::URL, visit.url("/instrumente/" + line.key)).set(t::KEY, line.key);
    item.set(t::PURPOSES, labels(visit, purposes(), mask(purposes())))
        .set(t::FORMS, labels(visit, forms(), mask(forms())));
    item.set(t::SIZES, labels(visit, group_sizes(), mask(group_sizes())))
        .set(t::DISTANCE, visit.tr(mask(distance()) & 1 ? "Yes" : "No"));
    item.set(t::SUMMARY, title_in(visit, line.summary, line.summary_en));
    if (table) {
        item.set(t::MATERIALS, visit.language.number(line.materials()));
        item.set(t::TOOLS, visit.language.number(line.tools()));
        return;
    }
    fill_purpose(mask(purposes()), item);
    if (line.reports() > 0)
        item.set(t::REPORTS, visit.language.plural("one experience", "{n} experiences", line.reports()));
}

void fill_pager(const ListPage& page, html::Values& values) {
    if (page.back.empty() && page.next.empty()) return;
    auto pager = values.add(t::PAGER);
    if (!page.back.empty()) pager.add(t::BACK).set(t::CURSOR, page.back);
    if (!page.next.empty()) pager.add(t::NEXT).set(t::CURSOR, page.next);
}

bool is_ticked(const Selection& chosen, const std::string& key) {
    return std::find(chosen.ticked.begin(), chosen.ticked.end(), key) != chosen.ticked.end();
}

// What is ticked and stands on another page is shown, so that it is counted and can be taken out.
void fill_other_ticks(Visit& visit, const Selection& chosen, const ListPage& page, html::Values& values) {
    std::vector<std::string> others;
    for (const auto& key : chosen.ticked)
        if (std::none_of(page.lines.begin(), page.lines.end(), [&](const Listed& line) { return line.key == key; }))
            others.push_back(key);
    const auto lines = listed(visit.tx, visit.tenant.id, others);
    if (lines.empty()) return;
    auto box = values.add(t::ALSO);
    for (const auto& line : lines)
        box.add(t::OTHER).set(t::KEY, line.key).set(t::TITLE, title_in(visit, line.title, line.title_en));
}

html::SafeHtml heading(Visit& visit) {
    core::Heading heading{
        .title = visit.tr("Toolbox"),
        .lead = visit.tr("Proven formats of participation – on site, digital and hybrid – with instructions, "
                         "schedules and experiences. For everyone in town and for the administration."),
        .links = {{"/instrumente/finden", visit.tr("Which format fits?"), "help", true}}};
    if (visit.setting_on(associations_setting))
        heading.links.push_back({"/instrumente/erfahrung", visit.tr("Hand in your experience"), "comment"});
    return core::page_head(visit, heading);
}

html::SafeHtml list_content(Visit& visit, const Selection& chosen, const ListPage& page) {
    html::Values values;
    values.set(t::HEAD, heading(visit));
    values.set(t::ACTION, visit.url("/instrumente")).set(t::COUNT_WORDS, count_words(visit, page));
    if (chosen.filtered())
        values.set(t::OF_ALL, visit.tr(tr_noop("of {n}", {{"n", visit.language.number(page.total)}})));
    values.set(t::COMPARE_URL, visit.url("/instrumente/vergleich")).set(t::MOST, most_in_brochure);
    values.set(t::BROCHURE_URL, visit.url("/instrumente/broschuere"));
    if (page.count > 0) {
        Selection whole = chosen;
        whole.ticked.clear();
        Form all = to_form(whole);
        all.add("alle", "1");
        values.add(t::BROCHURE_OF_ALL)
            .set(t::URL, visit.url("/instrumente/broschuere") + "?" + to_query(all))
            .set(t::TEXT, page.count == 1 ? visit.tr("This format as a brochure")
                                          : visit.tr(tr_noop("These {n} formats as a brochure",
                                                             {{"n", visit.language.number(page.count)}})));
    }
    Selection same = chosen;
    same.ticked.clear(), same.table = false;
    const std::string filters = to_query(to_form(same));
    const auto data = [&](const std::string& path) { return filters.empty() ? path : path + "?" + filters; };
    values.set(t::CSV_URL, data("/instrumente.csv")).set(t::JSON_URL, data("/instrumente.json"));
    values.set(t::RSS_URL, data(visit.url("/instrumente.rss")));
    fill_filters(visit, chosen, page, values);
    fill_tools(visit, chosen, values);
    if (page.lines.empty()) {
        values.show(page.total == 0 ? t::NOTHING_YET : t::EMPTY);
    } else {
        auto box = values.add(chosen.table ? t::TABLE : t::CARDS);
        if (chosen.table) fill_columns(visit, chosen, box);
        for (const auto& line : page.lines) {
            auto item = box.add(t::ITEM);
            fill_line(visit, line, chosen.table, item);
            item.show_if(is_ticked(chosen, line.key), t::TICKED);
        }
    }
    fill_pager(page, values);
    if (!chosen.ticked.empty()) fill_other_ticks(visit, chosen, page, values);
    return html::render_part(t::file, values, visit.language);
}

}  // namespace

http::Response list_page(Visit& visit) {
    const Selection chosen = selection_from(visit.query);
    const auto counts =
        visit.remembered<Counts>("toolbox", "counts", {}, [&] { return counts_of(visit.tx, visit.tenant.id); });
    const ListPage page = list(visit.tx, visit.tenant.id, chosen, page_size, *counts);
    // Search engines list the whole, not each of its thousand filtered views.
    return visit.page({.title = visit.tr("Toolbox"),
                       .description = visit.tr("Formats of participation with instructions and experiences."),
                       .navigation = "/instrumente",
                       .feeds = {{visit.tr("New formats"), "application/rss+xml", "/instrumente.rss"},
                                 {visit.tr("New formats"), "application/atom+xml", "/instrumente.atom"}},
                       .kind = "list",
                       .index = !chosen.filtered() && chosen.order == Order::title && !chosen.table},
                      list_content(visit, chosen, page));
}

http::Response widget_page(Visit& visit) {
    core::Widget widget{
        .title = visit.tr("New formats"), .all_url = "/instrumente", .all_label = visit.tr("All formats")};
    for (const auto& line : newest(visit.tx, visit.tenant.id, core::widget_count(visit)))
        widget.items.push_back({.url = "/instrumente/" + line.key,
                                .title = title_in(visit, line.title, line.title_en),
                                .meta = title_in(visit, line.summary, line.summary_en)});
    return core::widget_list(visit, widget);
}

http::Response widget_card(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    if (!is_public(f)) throw NotFound();
    return core::widget_card(visit, {.url = "/instrumente/" + f.key,
                                     .title = title_in(visit, f.title, f.title_en),
                                     .meta = labels(visit, purposes(), f.purposes),
                                     .text = title_in(visit, f.summary, f.summary_en)});
}

}  // namespace mitwirken::toolbox
