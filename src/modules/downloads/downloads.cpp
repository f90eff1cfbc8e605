// The rules of materials: checking what was typed, versions, kinds of files, and what the search is told.
#include "modules/downloads/downloads.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::downloads {

bool is_visible(const Item& item, Timestamp now) { return core::is_public(item.schedule(), now); }

std::string path_of(const Item& item) { return "/downloads/" + item.key; }

const core::Rows& link_rows() {
    static const core::Rows rows{
        "links", tr_noop("Links"), tr_noop("Add a link"), {{"title", tr_noop("Title")}, {"url", tr_noop("Address")}}};
    return rows;
}

namespace {

std::vector<Link> read_links(const Form& form, Problems& problems) {
    std::vector<Link> links;
    for (auto& row : core::read_rows(form, link_rows())) {
        if (row["title"].empty()) problems.add("links", tr_noop("Every row needs a title."));
        if (letters(row["title"]) > 200)
            problems.add("links", tr_noop("Please shorten this to {limit} letters.", {{"limit", "200"}}));
        if (!row["url"].empty() && !is_web_address(row["url"]) && !is_own_path(row["url"]))
            problems.add("links",
                         tr_noop("Addresses begin with https:// – please check “{text}”.", {{"text", row["url"]}}));
        links.push_back({row["title"], row["url"]});
    }
    return links;
}

}  // namespace

Result<Item> check(const Form& form) {
    Problems problems;
    Item item;
    const auto text = [&](const char* name, std::size_t limit) {
        const std::string value = trimmed(form[name]);
        if (letters(value) > limit)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
        return value;
    };
    item.title = text("title", 200), item.title_en = text("title_en", 200);
    item.category = text("category", 80), item.category_key = slug(item.category);
    item.summary = text("summary", 400), item.summary_en = text("summary_en", 400);
    item.body = text("body", 20000);
    item.source = text("source", 400);
    item.organisation = core::OrganisationId{to_int(form["organisation"]).value_or(0)};
    if (item.title.empty()) problems.add("title", tr_noop("Please give the material a title."));
    if (item.category.empty()) problems.add("category", tr_noop("Please name the group it stands in."));
    if (!item.category.empty() && item.category_key.empty())
        problems.add("category", tr_noop("The group’s name needs letters or digits."));
    if (item.summary.empty()) problems.add("summary", tr_noop("Please say in one or two sentences what it is for."));
    if (const std::string day = trimmed(form["day"]); !day.empty()) {
        item.day = parse_date(day);
        if (!item.day) problems.add("day", tr_noop("Please enter a day that exists, for example 2026-11-23."));
    }
    item.links = links_json(read_links(form, problems));
    const auto schedule = core::read_schedule(form, problems);
    item.publish_at = schedule.publish_at, item.unpublish_at = schedule.unpublish_at;
    if (problems.any()) return problems;
    return item;
}

Form to_form(const Item& item) {
    Form form;
    form.set("title", item.title), form.set("title_en", item.title_en), form.set("category", item.category);
    form.set("summary", item.summary), form.set("summary_en", item.summary_en), form.set("body", item.body);
    form.set("source", item.source), form.set("day", item.day ? to_iso(*item.day) : "");
    form.set("organisation", std::to_string(item.organisation.value));
    std::vector<std::map<std::string, std::string>> rows;
    for (const auto& link : links_of(item)) rows.push_back({{"title", link.title}, {"url", link.url}});
    core::write_rows(form, link_rows(), rows);
    for (const auto id : accessible_files(item)) form.add("accessible", std::to_string(id));
    core::write_schedule(form, item.schedule());
    return form;
}

std::vector<Link> links_of(const Item& item) {
    std::vector<Link> links;
    for (const auto& link : nlohmann::json::parse(item.links))
        links.push_back({link.at("title").get<std::string>(), link.at("url").get<std::string>()});
    return links;
}

std::string links_json(const std::vector<Link>& links) {
    auto list = nlohmann::json::array();
    for (const auto& link : links) list.push_back({{"title", link.title}, {"url", link.url}});
    return list.dump();
}

std::vector<std::int64_t> accessible_files(const Item& item) {
    return nlohmann::json::parse(item.accessible).get<std::vector<std::int64_t>>();
}

std::string accessible_json(const std::vector<std::int64_t>& ids) { return nlohmann::json(ids).dump(); }

bool is_accessible(const Item& item, const core::Attachment& file) {
    const auto ids = accessible_files(item);
    return std::find(ids.begin(), ids.end(), file.id.value) != ids.end();
}

core::Snapshot snapshot(const Item& item, const std::vector<core::Attachment>& files,
                        const std::vector<std::string>& terms, const std::string& department) {
    const Form form = to_form(item);
    std::string file_lines, link_lines;
    for (const auto& file : files)
        file_lines += (file.title.empty() ? file.name : file.title + " – " + file.name) +
                      (is_accessible(item, file) ? " ♿" : "") + "\n";
    for (const auto& link : links_of(item))
        link_lines += link.title + (link.url.empty() ? "" : " – " + link.url) + "\n";
    return {{"Title", item.title},
            {"Group", item.category},
            {"Summary", item.summary},
            {"Text", item.body},
            {"As of", form["day"]},
            {"Source", item.source},
            {"Files", file_lines},
            {"Links", link_lines},
            {"Topics and districts", join(terms, ", ")},
            {"Department", department},
            {"Title in English", item.title_en},
            {"Summary in English", item.summary_en},
            {"Public from (day)", trimmed(form["publish_at_day"] + " " + form["publish_at_time"])},
            {"Public until (day)", trimmed(form["unpublish_at_day"] + " " + form["unpublish_at_time"])}};
}

const std::string& title_in(const Item& item, const std::string& language) {
    return language == "en" && !item.title_en.empty() ? item.title_en : item.title;
}

const std::string& summary_in(const Item& item, const std::string& language) {
    return language == "en" && !item.summary_en.empty() ? item.summary_en : item.summary;
}

const std::vector<FileKind>& file_kinds() {
    static const std::string office = "application/vnd.openxmlformats-officedocument.";
    static const std::string open = "application/vnd.oasis.opendocument.";
    static const std::vector<FileKind> kinds = {
        {"pdf", tr_noop("PDF"), {"application/pdf"}},
        {"text", tr_noop("Text"), {office + "wordprocessingml.document", open + "text", "text/plain", "text/markdown"}},
        {"tabelle",
         tr_noop("Table or data"),
         {office + "spreadsheetml.sheet", open + "spreadsheet", "text/csv", "application/json"}},
        {"folien", tr_noop("Slides"), {office + "presentationml.presentation", open + "presentation"}},
        {"medien",
         tr_noop("Picture, sound or film"),
         {"image/jpeg", "image/png", "image/webp", "audio/mpeg", "video/mp4"}},
        {"link", tr_noop("Link to another site"), {}}};
    return kinds;
}

void index(db::Tx& tx, core::TenantId tenant, const Item& item, Timestamp now) {
    if (!is_visible(item, now)) return search::remove(tx, "downloads", item.id.value);
    std::string words =
        item.category + "\n" + html::markdown_to_text(item.body) + "\n" + item.title_en + "\n" + item.summary_en + "\n";
    for (const auto& file : core::attachments(tx, tenant, ref_of(item.id)))
        words += file.title + " " + file.name + "\n";
    for (const auto& link : links_of(item)) words += link.title + "\n";
    search::put(tx, {.tenant = tenant.value,
                     .module = "downloads",
                     .item = item.id.value,
                     .audience = "public",
                     .title = item.title,
                     .summary = item.summary,
                     .body = words,
                     .url = path_of(item),
                     .facet = "download",
                     .at = item.day ? start_of(*item.day) : item.changed_at});
}

}  // namespace mitwirken::downloads
