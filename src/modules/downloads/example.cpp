// The example's materials: titles from the city's papers, and four guides of our own with their files.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/example/example.h"
#include "modules/downloads/pages.h"

namespace mitwirken::downloads {

namespace {

// Plain text is read aloud by every aid, so these files count as accessible.
void add_file(core::House& house, db::Tx& tx, core::TenantId tenant, Item& item, const std::string& file,
              Timestamp now) {
    const auto stored = house.files->take_bytes(std::string(core::example_bytes(file)), "files");
    if (!stored) throw std::runtime_error("the example's file is refused: " + file);
    const auto id = core::attach(tx, tenant, ref_of(item.id),
                                 {*stored, item.key + stored->extension, item.title, "", "material"}, {}, now);
    item.accessible = accessible_json({id.value});
}

}  // namespace

void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    const auto data = core::example_file("downloads.json");
    const auto topic = core::find_term(tx, tenant, "topic", "mitwirkung");
    for (const auto& e : data.at("downloads")) {
        Form form;
        form.set("title", e.at("title").get<std::string>());
        form.set("category", e.at("category").get<std::string>());
        form.set("summary", e.at("description").get<std::string>());
        form.set("source", e.value("source", ""));
        std::vector<std::map<std::string, std::string>> rows;
        for (const auto& link : e.value("links", nlohmann::json::array()))
            rows.push_back({{"title", link.at("title")}, {"url", link.at("url")}});
        core::write_rows(form, link_rows(), rows);
        const auto checked = check(form);
        if (!checked) throw std::runtime_error("downloads.json: " + e.at("key").get<std::string>());
        Item item = *checked;
        item.key = e.at("key");
        item.state = core::State::published;
        item.changed_at = now;
        item.id = add(tx, tenant, item, {}, now);
        if (e.contains("file")) add_file(house, tx, tenant, item, e.at("file"), now);
        save(tx, tenant, item, {}, now);
        std::vector<std::string> names;
        if (topic) {
            core::classify(tx, tenant, ref_of(item.id), {topic->id});
            names.push_back(topic->name);
        }
        core::add_revision(tx, tenant, ref_of(item.id),
                           snapshot(item, core::attachments(tx, tenant, ref_of(item.id)), names, ""), {}, "", now);
        index(tx, tenant, item, now);
    }
}

}  // namespace mitwirken::downloads
