// Everything published as data: JSON, CSV, RSS and the API. Only what is in the public list goes out.
#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "modules/toolbox/pages.h"
#include "platform/tables/csv.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
using nlohmann::ordered_json;
constexpr int piece = 100;
constexpr int api_page = 50;

ordered_json links_json(const std::vector<Link>& links) {
    auto list = ordered_json::array();
    for (const auto& link : links) {
        ordered_json item{{"title", link.title}};
        if (!link.url.empty()) item["url"] = link.url;
        if (!link.note.empty()) item["note"] = link.note;
        list.push_back(item);
    }
    return list;
}

// The exchange format: what is written here can be imported again.
ordered_json to_json(db::Tx& tx, core::TenantId tenant, const Format& f) {
    const auto parts = parts_of(tx, f.id);
    std::vector<std::string> related;
    for (const auto& line : listed(tx, tenant, parts.related)) related.push_back(line.key);
    ordered_json json{{"key", f.key},
                      {"title", f.title},
                      {"title_en", f.title_en},
                      {"summary", f.summary},
                      {"summary_en", f.summary_en},
                      {"purposes", words_of(purposes(), f.purposes)},
                      {"forms", words_of(forms(), f.forms)},
                      {"group_sizes", words_of(group_sizes(), f.group_sizes)},
                      {"distance", f.distance},
                      {"publish", f.publish},
                      {"description", f.description},
                      {"tips", f.tips},
                      {"tip_materials", links_json(parts.materials)},
                      {"tools", links_json(parts.tools)},
                      {"related", related},
                      {"duration", f.duration},
                      {"source", f.source}};
    auto files = ordered_json::array();
    for (const auto& file : core::attachments(tx, tenant, ref_of(f.id)))
        files.push_back({{"title", file.title},
                         {"name", file.name},
                         {"type", file.type},
                         {"bytes", file.size},
                         {"url", file.url()}});
    json["files"] = files;
    ordered_json effort;
    effort["lead_days"] = f.lead_days ? ordered_json(*f.lead_days) : ordered_json(nullptr);
    effort["staff_days"] = f.staff_days ? ordered_json(*f.staff_days) : ordered_json(nullptr);
    effort["cost"] = to_word(f.cost);
    json["effort"] = effort;
    json["changed_at"] = to_iso(f.changed_at);
    return json;
}

void each_public(db::Tx& tx, core::TenantId tenant, const std::function<void(const Format&)>& use) {
    for (FormatId after;;) {
        const auto lines = listed_after(tx, tenant, after, piece);
        if (lines.empty()) return;
        for (const auto& line : lines)
            if (const auto format = find_format(tx, tenant, line.id)) use(*format);
        after = lines.back().id;
    }
}

}  // namespace

void export_data(db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write) {
    write("{\"format\":\"mitwirken/toolbox\",\"version\":1,\"entries\":[");
    bool first = true;
    each_public(tx, tenant, [&](const Format& format) {
        write((first ? "\n" : ",\n") + to_json(tx, tenant, format).dump());
        first = false;
    });
    write("\n]}\n");
}

http::Response json_list(Visit& visit) {
    std::string text;
    export_data(visit.tx, visit.tenant.id, [&](std::string_view part) { text += part; });
    http::Response response = http::Response::json(200, std::move(text));
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

http::Response csv_list(Visit& visit) {
    tables::CsvWriter csv;
    csv.row({"key", "title", "purposes", "forms", "group_sizes", "distance", "publish", "summary", "description",
             "tips", "materials", "tools", "lead_days", "staff_days", "cost", "duration", "source", "related"});
    const auto text_of = [](const std::vector<Link>& links) {
        std::vector<std::string> lines;
        for (const auto& link : links)
            lines.push_back(link.url.empty() ? link.title : link.title + " <" + link.url + ">");
        return join(lines, "\n");
    };
    each_public(visit.tx, visit.tenant.id, [&](const Format& f) {
        const auto parts = parts_of(visit.tx, f.id);
        const auto number = [](const auto& n) { return n ? std::to_string(*n) : std::string(); };
        csv.row({f.key, f.title, join(words_of(purposes(), f.purposes), ","), join(words_of(forms(), f.forms), ","),
                 join(words_of(group_sizes(), f.group_sizes), ","), f.distance ? "yes" : "no", f.publish ? "yes" : "no",
                 f.summary, f.description, f.tips, text_of(parts.materials), text_of(parts.tools), number(f.lead_days),
                 number(f.staff_days), std::string(to_word(f.cost)), f.duration, f.source, join(parts.related, ",")});
    });
    http::Response response = http::Response::text(200, csv.take());
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"instrumente.csv\"");
    return response;
}

http::Response rss(Visit& visit) {
    namespace t = tpl::rss;
    html::Values values;
    values.set(t::TITLE, visit.tr("New formats") + " – " + visit.tenant.site_name)
        .set(t::URL, visit.absolute("/instrumente"));
    values.set(t::SELF, visit.absolute("/instrumente.rss"))
        .set(t::WORDS, visit.tr("Formats of participation with instructions and experiences."));
    for (const auto& line : newest(visit.tx, visit.tenant.id, 30)) {
        auto item =
            values.add(t::ITEM).set(t::TITLE, line.title).set(t::URL, visit.absolute("/instrumente/" + line.key));
        item.set(t::WORDS, line.summary).set(t::AT, to_mail_date(line.changed_at()));
    }
    http::Response response = http::Response::text(200, html::render(t::file, values, visit.language));
    response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
    return response;
}

http::Response api_list(Visit& visit) {
    const FormatId after{to_int(visit.query["after"]).value_or(0)};
    const auto lines = listed_after(visit.tx, visit.tenant.id, after, api_page + 1);
    auto items = ordered_json::array();
    for (std::size_t i = 0; i < lines.size() && i < api_page; ++i)
        if (const auto format = find_format(visit.tx, visit.tenant.id, lines[i].id))
            items.push_back(to_json(visit.tx, visit.tenant.id, *format));
    ordered_json answer{{"items", items}, {"next", nullptr}};
    if (lines.size() > api_page)
        answer["next"] = "/api/v1/toolbox/formats?after=" + std::to_string(lines[api_page - 1].id.value);
    http::Response response = http::Response::json(200, answer.dump());
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

http::Response api_one(Visit& visit) {
    const auto format = find_format(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!format || !is_public(*format)) throw NotFound();
    http::Response response = http::Response::json(200, to_json(visit.tx, visit.tenant.id, *format).dump());
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace mitwirken::toolbox
