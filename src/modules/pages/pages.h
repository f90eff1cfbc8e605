// A standing page in German and English; its words are Markdown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/editorial/editorial.h"
#include "core/manifest.h"

namespace mitwirken::pages {

using PageId = Id<struct PageTag>;

struct Page {  // fields stand in the order of the SELECT in store.cpp
    std::int64_t id = 0;
    std::string key;
    core::State state = core::State::draft;
    std::string title, title_en, body, body_en;
    std::optional<Timestamp> publish_at, unpublish_at;
    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};

std::optional<Page> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
std::vector<Page> all(db::Tx& tx, core::TenantId tenant);
// As published; returns the new id.
std::int64_t add(db::Tx& tx, core::TenantId tenant, const Page& page, Timestamp now);

// "/impressum" or "/seiten/KEY".
std::string path_of(const std::string& key);
// ---- api.cpp
void add_api(core::Manifest& manifest);

}  // namespace mitwirken::pages
