// Ideas: people post a short proposal, with a place and pictures if they like; others support it, once each.
// Invariants: what everybody sees is the head in core/contributions; fields that the editor adds are kept by key, so a
// field that is renamed keeps its answers and one that is removed loses none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "core/contributions/contributions.h"
#include "core/maps/place_field.h"
#include "platform/base/form.h"
#include "platform/base/result.h"

namespace mitwirken::ideas {

inline constexpr std::string_view kind = "idea";
inline constexpr int page_size = 24;

// A question of the editor's own, beside title and text.
struct OwnField {
    enum class Kind { text, long_text, choice, number, yes_no } kind = Kind::text;
    std::string key, label;
    std::vector<std::string> options;
    bool required = false;
    bool is_public = true;  // else only the office and the author see the answers
    std::string name() const { return "field-" + key; }
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
inline constexpr int most_own_fields = 20;
inline constexpr std::string_view own_field_kinds[] = {"text", "long_text", "choice", "number", "yes_no"};
// As they stand in the settings.
nlohmann::json fields_to_json(const std::vector<OwnField>& fields);
std::vector<OwnField> fields_from_json(const nlohmann::json& list);

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

// The words of a text that a search for similar ones is worth: at least `least` letters, each once, at most `most`.
std::vector<std::string> telling_words(const std::string& text, std::size_t least, std::size_t most);

// ---- store.cpp
using Fields = std::map<std::string, std::string>;
void save_fields(db::Tx& tx, core::TenantId tenant, core::ActivityId activity, core::ContributionId id,
                 const Fields& fields);
Fields fields_of(db::Tx& tx, core::ContributionId id);
std::string settings_of_activity(db::Tx& tx, core::ActivityId activity);

// Public ideas that came by this channel and (or) have a place, the newest first, at most `most`.
struct Narrow {
    core::ActivityId activity;
    std::optional<core::Channel> channel;
    bool with_place = false;
};
std::vector<core::ContributionId> narrowed(db::Tx& tx, const Narrow& narrow, int most);

// A line of an export; `fields` is the JSON of the editor's own fields.
struct Line {
    core::ContributionId id;
    std::string activity_key, title, body, author_name;
    core::Channel channel = core::Channel::online;
    core::ContributionState state = core::ContributionState::published;
    std::string status, status_reason, place;
    std::optional<double> lon, lat;
    std::int64_t supports = 0, comments = 0;
    Timestamp created_at{};
    std::optional<Timestamp> published_at;
    std::string fields;
};
struct LineKey {
    std::size_t state = 0;  // of the states an export goes through
    std::int64_t value = 0;
    core::ContributionId id;
};
// The public ones in the order of their publication; the others, state by state, by their number.
std::vector<Line> lines_after(db::Tx& tx, core::ActivityId activity, bool every_state, LineKey& key, int count);
// Public ones of a procedure, of these activities, the newest first.
std::vector<Line> newest_lines(db::Tx& tx, core::ProcedureId procedure, const std::vector<core::ActivityId>& activities,
                               const std::optional<core::Contribution>& before, int count);

// ---- photo_store.cpp
// What somebody has chosen and not handed in yet stays under the pseudonym; then it goes to the idea.
void move_photos(db::Tx& tx, core::TenantId tenant, core::ParticipantId from, const std::string& role,
                 core::ContributionId to);
// The first picture of each idea that has one.
std::map<std::int64_t, core::Attachment> first_photos(db::Tx& tx, core::TenantId tenant,
                                                      const std::vector<core::Contribution>& ideas);

}  // namespace mitwirken::ideas
