// Brochures that somebody asked for: made by a job, in a process of their own, and kept for a day.
// Invariants: a brochure is made from what the public may see, whoever asks; a cancelled one never becomes done; every
// change of state names the state it comes from, so that of two who change it one wins.
#pragma once

#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

using BrochureId = Id<struct BrochureTag>;
enum class BrochureState { waiting, running, done, failed, cancelled };
enum class BrochureStep { none, collecting, setting };

inline constexpr std::chrono::hours brochure_kept{24};

struct Brochure {  // fields stand in the order of the columns in brochure_store.cpp
    BrochureId id;
    TenantId tenant;
    std::string token;
    BrochureState state = BrochureState::waiting;
    BrochureStep step = BrochureStep::none;
    std::string language, site, choice;
    std::int64_t entries = 0;
    std::string file;
    Timestamp created_at{};
    std::optional<Timestamp> started_at, finished_at;
};

// ---- store
BrochureId add_brochure(db::Tx& tx, const Brochure& brochure, Timestamp now);
std::optional<Brochure> find_brochure(db::Tx& tx, TenantId tenant, const std::string& token);
std::optional<Brochure> find_brochure(db::Tx& tx, BrochureId id);
// How many of this municipality wait or run; before this one, or all.
std::int64_t brochures_before(db::Tx& tx, TenantId tenant, BrochureId id);
// False when it is not waiting or running (any more).
bool begin_brochure(db::Tx& tx, BrochureId id, Timestamp now);
bool set_brochure_step(db::Tx& tx, BrochureId id, BrochureStep step);
bool end_brochure(db::Tx& tx, BrochureId id, BrochureState state, const std::string& file, Timestamp now);
// Those made before this instant go; the files that no other brochure needs.
std::vector<std::string> remove_brochures(db::Tx& tx, Timestamp before);

// ---- content (brochure_pages.cpp)
struct Chosen {
    std::vector<Listed> lines;
    std::int64_t count = 0;  // how many were asked for
    bool all = false;
    Selection filter;  // with all
    bool fits() const { return !lines.empty() && count <= most_in_brochure; }
};
Chosen chosen_by(core::Visit& visit, const Form& query);
// As the address of the brochure's page asks for it.
std::string query_of(const Chosen& chosen);
html::SafeHtml brochure_content(core::Visit& visit, const Chosen& chosen);
// The page with what was chosen and, when it cannot be made, why.
http::Response brochure_page_of(core::Visit& visit, const Form& query, int status);

}  // namespace mitwirken::toolbox

template <>
struct mitwirken::db::Names<mitwirken::toolbox::BrochureState> {
    static constexpr std::string_view words[] = {"waiting", "running", "done", "failed", "cancelled"};
};
template <>
struct mitwirken::db::Names<mitwirken::toolbox::BrochureStep> {
    static constexpr std::string_view words[] = {"", "collecting", "setting"};
};
