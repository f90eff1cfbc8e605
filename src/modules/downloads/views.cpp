// Materials as visitors see them: structs into template values.
#include "core/forms/forms.h"
#include "core/people/people.h"
#include "downloads/templates.h"
#include "modules/downloads/pages.h"
#include "platform/base/text.h"

namespace mitwirken::downloads {

namespace {

using core::Visit;

std::string host_of(const std::string& url) {
    const auto begin = url.find("://");
    if (begin == std::string::npos) return "";
    const std::string host = url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
    return starts_with(host, "www.") ? host.substr(4) : host;
}

// The address of this list without one value of a filter, back on its first page.
std::string without(const Visit& visit, std::string_view name, std::string_view value) {
    Form form;
    for (const auto& [field, text] : visit.query.fields())
        if (!(field == name && text == value) && field != "nach" && field != "vor" && !text.empty())
            form.add(field, text);
    const std::string query = to_query(form);
    return visit.url("/downloads") + (query.empty() ? "" : "?" + query);
}

// Files and links of one material; the partial has the same names in list and detail.
void fill_files(Visit& visit, html::Values& box, const Item& item) {
    namespace t = tpl::list;
    const auto files = core::attachments(visit.tx, visit.tenant.id, ref_of(item.id));
    const auto links = links_of(item);
    for (const auto& file : files)
        box.add(t::FILE)
            .set(t::URL, file.url())
            .set(t::TITLE, file.title.empty() ? file.name : file.title)
            .set(t::META, file_words(visit, item, file));
    bool online = !files.empty();
    for (const auto& link : links) {
        if (link.url.empty()) {
            box.add(t::FILE_NAME).set(t::TITLE, link.title);
            continue;
        }
        online = true;
        box.add(t::FILE_LINK)
            .set(t::URL, visit.url(link.url))
            .set(t::TITLE, link.title)
            .set(t::HOST, host_of(link.url));
    }
    if (!online && links.empty()) box.show(t::NOT_ONLINE);
}

// How many there would be if this were the only choice of its group, with the choices of the others.
std::string count_words(const Visit& visit, const Filter& only) {
    const auto count = public_count(visit.tx, visit.tenant.id, only, visit.now);
    return count > 1000 ? visit.language.number(std::int64_t{1000}) + "+" : visit.language.number(count);
}

void fill_filters(Visit& visit, html::Values& page, const Asked& asked) {
    namespace t = tpl::list;
    std::int64_t active = 0;
    std::vector<std::pair<std::string, std::string>> pills;  // label, address without it
    const auto group = [&](const std::string& legend) { return page.add(t::GROUP).set(t::LEGEND, legend); };
    const auto option = [&](html::Values& box, const char* name, const std::string& value, const std::string& label,
                            const Filter& only) {
        const bool on = visit.query.has(name, value);
        auto choice = box.add(t::OPTION).set(t::NAME, name).set(t::VALUE, value).set(t::LABEL, label);
        choice.set(t::COUNT, count_words(visit, only));
        choice.show_if(on, t::CHOSEN);
        if (on) ++active, pills.emplace_back(label, without(visit, name, value));
    };
    if (!asked.groups.empty()) {
        auto box = group(visit.tr("Group"));
        for (const auto& one : asked.groups) {
            Filter only = asked.filter;
            only.groups = {one.key};
            option(box, "gruppe", one.key, one.name, only);
        }
    }
    if (!asked.topics.empty()) {
        auto box = group(visit.tr("Topic"));
        for (const auto& topic : asked.topics)
            if (!topic.retired) {
                Filter only = asked.filter;
                only.topics = {topic.id};
                option(box, "thema", topic.key, topic.name_in(visit.language.code()), only);
            }
    }
    auto kinds = group(visit.tr("Kind of file"));
    for (const auto& kind : file_kinds()) {
        Filter only = asked.filter;
        only.kinds = {std::string(kind.word)};
        option(kinds, "art", std::string(kind.word), visit.tr(kind.label), only);
    }
    auto access = group(visit.tr("Accessibility"));
    Filter accessible = asked.filter;
    accessible.accessible = true;
    option(access, "barrierefrei", "ja", visit.tr("Only with an accessible file"), accessible);
    if (!asked.text.empty())
        ++active, pills.emplace_back("„" + asked.text + "“", without(visit, "q", visit.query["q"]));
    if (active == 0) return;
    page.add(t::ACTIVE).set(t::TEXT, visit.language.plural("{n} active", "{n} active", active));
    auto chips = page.add(t::CHIPS);
    for (const auto& [label, url] : pills) chips.add(t::CHIP).set(t::URL, url).set(t::LABEL, label);
}

std::string at_key(const Visit& visit, const char* name, ItemId id) {
    Form form;
    for (const auto& [field, text] : visit.query.fields())
        if (field != "nach" && field != "vor" && !text.empty()) form.add(field, text);
    form.add(name, std::to_string(id.value));
    return visit.url("/downloads") + "?" + to_query(form);
}

}  // namespace

std::string file_words(const Visit& visit, const Item& item, const core::Attachment& file) {
    return file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)) + ", " +
           (is_accessible(item, file) ? visit.tr("accessible") : visit.tr("not accessible"));
}

html::SafeHtml list_view(Visit& visit, const Asked& asked, const std::vector<Item>& items, std::int64_t found,
                         bool more) {
    namespace t = tpl::list;
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr("Downloads"),
                                              .lead = visit.tr("How-tos, check lists and reports to use yourself.")}));
    page.set(t::ACTION, visit.url("/downloads")).set(t::RESET_URL, visit.url("/downloads")).set(t::Q, asked.text);
    page.set(t::FOUND, found > 1000 ? visit.tr("more than 1,000 materials")
                                    : visit.language.plural("{n} material", "{n} materials", found));
    page.set(t::RSS_URL, visit.url("/downloads.rss")).set(t::JSON_URL, visit.url("/downloads.json"));
    fill_filters(visit, page, asked);
    page.show_if(items.empty(), t::NONE);
    std::optional<html::Values> section;
    std::string last;
    for (const auto& item : items) {
        if (!section || item.category != last)
            section = page.add(t::SECTION).set(t::ID, "h-" + std::to_string(item.id.value)).set(t::NAME, item.category);
        last = item.category;
        auto box = section->add(t::ITEM)
                       .set(t::ITEM_URL, visit.url(path_of(item)))
                       .set(t::ITEM_TITLE, title_in(item, visit.language.code()))
                       .set(t::SUMMARY, summary_in(item, visit.language.code()));
        fill_files(visit, box, item);
    }
    const bool backwards = bool(asked.filter.before);
    const bool has_back = asked.filter.after || (backwards && more), has_next = backwards || more;
    page.set(t::PAGER, core::pager(visit, has_back && !items.empty() ? at_key(visit, "vor", items.front().id) : "",
                                   has_next && !items.empty() ? at_key(visit, "nach", items.back().id) : "", ""));
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml detail_view(Visit& visit, const Item& item, bool open, bool editor) {
    namespace t = tpl::detail;
    html::Values page;
    core::Heading heading{.title = title_in(item, visit.language.code()),
                          .lead = summary_in(item, visit.language.code()),
                          .eyebrow = item.category,
                          .crumbs = {{visit.tr("Downloads"), "/downloads"}}};
    if (editor) heading.links = {{"/verwaltung/downloads/" + std::to_string(item.id.value), visit.tr("Edit"), "edit"}};
    page.set(t::HEAD, core::page_head(visit, heading)).show_if(!open, t::NOT_PUBLIC);
    if (!item.body.empty()) page.add(t::BODY).set(t::TEXT_HTML, html::markdown(item.body, {.first_heading = 2}));
    fill_files(visit, page, item);
    page.set(t::GROUP_URL, visit.url("/downloads") + "?gruppe=" + item.category_key).set(t::CATEGORY, item.category);
    if (item.day) page.add(t::AS_OF).set(t::TEXT, visit.language.date(*item.day)).set(t::ISO, to_iso(*item.day));
    if (const auto department =
            item.organisation ? core::find_organisation(visit.tx, visit.tenant.id, item.organisation) : std::nullopt)
        page.add(t::DEPARTMENT).set(t::TEXT, department->name);
    if (!item.source.empty()) page.add(t::SOURCE).set(t::TEXT, item.source);
    std::optional<html::Values> box;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(item.id))) {
        if (!box) box = page.add(t::TERMS);
        const bool district = term.tree == "district";
        box->add(t::TERM)
            .set(t::URL, visit.url((district ? "/bezirke/" : "/themen/") + term.key))
            .set(t::NAME, term.name_in(visit.language.code()));
    }
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::downloads
