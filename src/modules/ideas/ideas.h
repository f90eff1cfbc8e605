// Ideas: people post a short proposal, with a place and pictures if they like; others support it, once each.
// Invariants: what everybody sees is the head in core/contributions; fields that the editor adds are kept by key, so a
// field that is renamed keeps its answers and one that is removed loses none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/contributions/contributions.h"
#include "core/maps/place_field.h"
#include "platform/base/form.h"
#include "platform/base/result.h"

namespace mitwirken::ideas {

inline constexpr std::string_view kind = "idea";
inline constexpr int page_size = 24;

// A question of the editor's own, beside title and text.
struct OwnField {
    enum class Kind { text, long_text, choice } kind = Kind::text;
    std::string key, label;
    std::vector<std::string> options;
    bool required = false;
};

// Of one activity, from its settings.
struct Settings {
    std::size_t most_letters = 2000;
    int most_photos = 3;
    int edit_minutes = 60;  // how long the author may change the text
    bool topics = true;
    std::vector<OwnField> fields;
};
Settings settings_of(const std::string& json);

struct NewIdea {
    std::string title, body;
    std::vector<std::string> topics;  // keys of terms
    core::GivenPlace place;
    std::map<std::string, std::string> fields;
};
// Fields: title, body, topics, field-KEY; the place is read by core::read_place.
Result<NewIdea> check(const Form& form, const Settings& settings);
// The same the other way, for editing.
Form to_form(const core::Contribution& contribution, const std::map<std::string, std::string>& fields,
             const std::vector<std::string>& topics);
std::string original_of(const NewIdea& idea);
// May the author still change the text?
bool may_edit(const core::Contribution& contribution, const Settings& settings, Timestamp now);

// What the office does with it, in the order it usually goes; "" = nothing yet.
const std::vector<std::pair<std::string, Message>>& statuses();
Message status_name(const std::string& status);
std::string status_pill(const std::string& status);

// ---- store.cpp
using Fields = std::map<std::string, std::string>;
void save_fields(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, core::ContributionId id,
                 const Fields& fields);
Fields fields_of(db::Tx& tx, core::ContributionId id);

}  // namespace mitwirken::ideas
