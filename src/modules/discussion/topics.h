// Topics to talk about: a discussion as a building block of its own. A topic is a contribution; its talk are comments.
// Invariants: who may open topics is the setting's business, when is the grid's; staff always may, and speak for their
// office; last_at never goes back.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/contributions/contributions.h"
#include "core/visit.h"

namespace mitwirken::discussion {

inline constexpr std::string_view topic_kind = "topic";
inline constexpr int topics_on_a_page = 25;
inline constexpr std::size_t title_letters = 150, text_letters = 4000;

struct Settings {
    bool everyone = false;  // people open topics, too; else only staff
};
Settings settings_of(const std::string& json);

struct NewTopic {
    std::string title, body;
};
Result<NewTopic> check_topic(const Form& form);

// ---- topics_store.cpp
void add_topic(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, core::ContributionId id, Timestamp now);
// A comment on it became public. Nothing when it is no topic.
void note_activity(db::Tx& tx, core::TenantId tenant, core::ContributionId topic, Timestamp now);
std::map<core::ContributionId, Timestamp> last_activity(db::Tx& tx, const std::vector<core::ContributionId>& topics);
// Public topics by their last activity, behind `after`.
struct ActiveKey {
    Timestamp at{};
    core::ContributionId id;
};
std::vector<ActiveKey> most_active(db::Tx& tx, core::ActivityId activity, const std::optional<ActiveKey>& after,
                                   int count);

// ---- topic_pages.cpp
http::Response topics_page(core::Visit& visit);
http::Response topic_page(core::Visit& visit);
http::Response new_topic_page(core::Visit& visit);
http::Response open_topic(core::Visit& visit);
http::Response topic_feed(core::Visit& visit);
html::SafeHtml topics_card(core::Visit& visit, const core::Place& place, const core::Activity& activity);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

}  // namespace mitwirken::discussion
