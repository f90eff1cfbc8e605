// Pages for frames of other sites; see widgets.h.
#include "core/widgets/widgets.h"

#include <algorithm>

#include "core/templates.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

namespace t = tpl::widget;
constexpr std::int64_t most = 20;
constexpr std::int64_t usual = 5;

void fill(const Visit& visit, html::Values box, const WidgetItem& item) {
    box.set(t::URL, visit.absolute(item.url)).set(t::TITLE, item.title);
    if (!item.meta.empty()) box.add(t::META).set(t::TEXT, item.meta);
    if (!item.text.empty()) box.add(t::WORDS).set(t::TEXT, item.text);
    if (!item.state.empty()) box.add(t::STATE).set(t::TEXT, item.state).set(t::PILL, item.pill);
    if (item.day)
        box.add(t::TILE)
            .set(t::NUMBER, int(unsigned(item.day->day())))
            .set(t::LABEL, visit.language.month_short(*item.day));
}

http::Response show(Visit& visit, const std::string& title, html::Values& values) {
    values.set(t::HOME_URL, visit.absolute("/")).set(t::SITE_NAME, visit.tenant.site_name);
    return visit.page({.title = title, .kind = "embed", .bare = true}, t::file, values);
}

}  // namespace

int widget_count(const Visit& visit) {
    return int(std::clamp<std::int64_t>(to_int(visit.query["anzahl"]).value_or(usual), 1, most));
}

std::string embedding_address(const std::string& widget) {
    return "/offene-daten?inhalt=" + escape_url(widget) + "#h-embed";
}

http::Response widget_list(Visit& visit, const Widget& widget) {
    html::Values values;
    auto list = values.add(t::LIST)
                    .set(t::TITLE, widget.title)
                    .set(t::URL, visit.absolute(widget.all_url))
                    .set(t::LABEL, widget.all_label);
    list.show_if(widget.items.empty(), t::NONE);
    for (const auto& item : widget.items) fill(visit, list.add(t::ITEM), item);
    return show(visit, widget.title, values);
}

http::Response widget_card(Visit& visit, const WidgetItem& item) {
    html::Values values;
    fill(visit, values.add(t::CARD), item);
    return show(visit, item.title, values);
}

}  // namespace mitwirken::core
