// The public pages of materials: read the filter, ask the store, show. No SQL and no HTML.
#include "modules/downloads/pages.h"

#include <algorithm>

#include "core/forms/forms.h"
#include "core/widgets/widgets.h"
#include "downloads/templates.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::downloads {

namespace {

using core::Visit;

// The values of a filter that exist, each once.
template <class List, class Key>
std::vector<std::string> known(const Form& query, const char* name, const List& all, Key key) {
    std::vector<std::string> found;
    for (const auto& one : all)
        if (query.has(name, std::string(key(one)))) found.emplace_back(key(one));
    return found;
}

}  // namespace

std::vector<Item> listed(Visit& visit, const Filter& filter, int count) {
    if (const auto at = next_list_change(visit.tx, visit.tenant.id, visit.now)) visit.right_until(*at);
    return public_list(visit.tx, visit.tenant.id, filter, visit.now, count);
}

Asked asked(Visit& visit) {
    Asked asked;
    asked.groups = groups(visit.tx, visit.tenant.id, visit.now);
    asked.topics = core::terms(visit.tx, visit.tenant.id, "topic");
    asked.filter.groups = known(visit.query, "gruppe", asked.groups, [](const Group& g) { return g.key; });
    asked.filter.kinds = known(visit.query, "art", file_kinds(), [](const FileKind& k) { return k.word; });
    for (const auto& topic : asked.topics)
        if (visit.query.has("thema", topic.key)) asked.filter.topics.push_back(topic.id);
    asked.filter.accessible = visit.query["barrierefrei"] == "ja";
    asked.text = first_letters(trimmed(visit.query["q"]), 200);
    if (!asked.text.empty())
        asked.filter.ids = search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                         .audiences = {"public"},
                                                         .text = asked.text,
                                                         .module = "downloads",
                                                         .limit = 256});
    asked.filter.after = ItemId{to_int(visit.query["nach"]).value_or(0)};
    if (!asked.filter.after) asked.filter.before = ItemId{to_int(visit.query["vor"]).value_or(0)};
    return asked;
}

http::Response list_page(Visit& visit) {
    const Asked what = asked(visit);
    auto items = listed(visit, what.filter, page_size + 1);
    const bool more = items.size() > page_size;
    if (more) items.erase(what.filter.before ? items.begin() : items.end() - 1);
    const auto found = public_count(visit.tx, visit.tenant.id, what.filter, visit.now);
    return visit.page({.title = visit.tr("Downloads"),
                       .description = visit.tr("How-tos, check lists and reports to use yourself."),
                       .navigation = "/downloads",
                       .feeds = {{visit.tr("Downloads"), "application/rss+xml", "/downloads.rss"}},
                       .kind = "list",
                       .index = visit.request.query.empty()},
                      list_view(visit, what, items, found, more));
}

http::Response detail_page(Visit& visit) {
    const auto item = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!item) throw NotFound();
    const bool open = is_visible(*item, visit.now), editor = bool(visit.may(edit_action, item->organisation));
    if (!open && !editor) throw NotFound();
    if (const auto at = core::next_change(item->schedule(), visit.now)) visit.right_until(*at);
    return visit.page({.title = title_in(*item, visit.language.code()),
                       .description = summary_in(*item, visit.language.code()),
                       .navigation = "/downloads",
                       .index = open},
                      detail_view(visit, *item, open, editor));
}

namespace {

core::WidgetItem widget_item(const Visit& visit, const Item& item) {
    const auto& language = visit.language.code();
    return {.url = path_of(item),
            .title = title_in(item, language),
            .meta = item.category,
            .text = summary_in(item, language)};
}

}  // namespace

http::Response widget_page(Visit& visit) {
    core::Widget widget{
        .title = visit.tr("Downloads"), .all_url = "/downloads", .all_label = visit.tr("All downloads")};
    Filter newest;
    newest.sort = Sort::newest;
    newest.all_terms = core::terms_in_address(visit);
    for (const auto& item : listed(visit, newest, core::widget_count(visit)))
        widget.items.push_back(widget_item(visit, item));
    return core::widget_list(visit, widget);
}

http::Response widget_card(Visit& visit) {
    const auto item = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!item || !is_visible(*item, visit.now)) throw NotFound();
    if (const auto at = core::next_change(item->schedule(), visit.now)) visit.right_until(*at);
    return core::widget_card(visit, widget_item(visit, *item));
}

std::vector<core::Teaser> teasers(Visit& visit, const core::TeaserQuery& query) {
    if (query.section != "downloads") return {};
    Filter filter;
    filter.all_terms = query.terms;
    filter.sort = Sort::newest;
    std::vector<core::Teaser> list;
    for (const auto& item : listed(visit, filter, query.count)) {
        core::Teaser teaser{.kind = "download",
                            .title = title_in(item, visit.language.code()),
                            .summary = summary_in(item, visit.language.code()),
                            .url = path_of(item),
                            .state = item.category,
                            .day = item.day,
                            .has_english = !item.title_en.empty()};
        if (const auto files = core::attachments(visit.tx, visit.tenant.id, ref_of(item.id)); !files.empty())
            teaser.when = file_words(visit, item, files.front());
        for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(item.id)))
            teaser.terms.push_back(term.id);
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::downloads
