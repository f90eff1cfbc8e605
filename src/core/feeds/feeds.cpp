// RSS and Atom; see feeds.h.
#include "core/feeds/feeds.h"

#include <algorithm>

#include "core/templates.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

http::Response rss(const Visit& visit, const Feed& feed, html::Values& values) {
    namespace t = tpl::rss;
    for (const auto& item : feed.items) {
        auto entry = values.add(t::ITEM).set(t::NAME, item.title).set(t::URL, visit.absolute(item.url));
        entry.set(t::AT, to_mail_date(item.at)).set(t::TEXT, item.words);
        for (const auto& category : item.categories) entry.add(t::CATEGORY).set(t::LABEL, category);
    }
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
}

http::Response atom(const Visit& visit, const Feed& feed, html::Values& values) {
    namespace t = tpl::atom;
    Timestamp newest{};
    for (const auto& item : feed.items) {
        newest = std::max(newest, item.at);
        auto entry = values.add(t::ITEM).set(t::NAME, item.title).set(t::URL, visit.absolute(item.url));
        entry.set(t::AT, to_iso(item.at)).set(t::TEXT, item.words);
        for (const auto& category : item.categories) entry.add(t::CATEGORY).set(t::LABEL, category);
    }
    values.set(t::UPDATED, to_iso(newest)).set(t::AUTHOR, visit.tenant.name);
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/atom+xml; charset=utf-8");
    return response;
}

}  // namespace

http::Response feed_answer(const Visit& visit, const Feed& feed) {
    namespace t = tpl::rss;  // the heads of both have the same names
    const std::string query = visit.request.query.empty() ? "" : "?" + visit.request.query;
    html::Values values;
    values.set(t::TITLE, feed.title + " – " + visit.tenant.site_name).set(t::WORDS, feed.words);
    values.set(t::PAGE, visit.absolute(feed.page) + query).set(t::SELF, visit.absolute(visit.path) + query);
    values.set(t::LANG, visit.language.html_lang());
    http::Response response = visit.path.ends_with(".atom") ? atom(visit, feed, values) : rss(visit, feed, values);
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace mitwirken::core
