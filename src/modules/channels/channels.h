// Ways to take part beside the web, of equal rank: what came on paper, by telephone, by mail or in the hall is entered
// by staff, counts like everything else, and says how it came.
// Invariants: what is entered came in on a day on which the activity was open – the grid is asked with that day, not
// with the day of typing; an import is all or nothing; nobody is told anything about single persons by a figure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/contributions/contributions.h"
#include "core/house.h"
#include "core/maps/place_field.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "platform/base/form.h"
#include "platform/geo/geometry.h"

namespace mitwirken::channels {

inline constexpr std::string_view enter_action = "channels.enter";
inline constexpr std::string_view screen = "/eintragen";
inline constexpr std::chrono::hours undo_time{12};  // a day at the desk
inline constexpr std::size_t most_rows = 5000;

// ---- channels
Message channel_name(core::Channel channel);      // "On paper"
std::string channel_word(core::Channel channel);  // as it is stored and stands in addresses
// Those that staff enter, in the order of how often they are needed.
inline constexpr core::Channel entered_channels[] = {core::Channel::paper, core::Channel::phone, core::Channel::mail,
                                                     core::Channel::hearing};
std::optional<core::Channel> entered_channel(std::string_view word);        // "paper"
std::optional<core::Channel> entered_channel_named(std::string_view name);  // "Papier", "Telefon" …: in files

// ---- the short number of an activity, printed on its paper form: its id and a check digit (Luhn), so that a number
// with one wrong or two exchanged digits leads nowhere.
std::string short_number(core::ActivityId id);
std::optional<core::ActivityId> activity_of_number(std::string_view typed);

// ---- building blocks
// The kind of contributions of a block whose contributions are title and text; nothing when it takes none, or when it
// brings an editor and so knows best itself how its content is entered. The kind is the name of the parameter in the
// address of a contribution's own page: "/verfahren/{procedure}/ideen/{activity}/{idea}".
std::optional<std::string> kind_of_texts(const core::Manifest& block);
// The block's own screen for entering: "/verwaltung/verfahren/{key}/<path>/{part}/eingabe"; "" when it has none.
std::string own_entry_path(const core::Manifest& block, const core::ProcedureRecord& procedure,
                           const core::Activity& activity);

// ---- when it came in
// The instant of that day that counts, and the step open then. A problem of the field "day": in the future, or nothing
// could be handed in that day.
Result<core::Received> received_on(const core::Place& place, Date day, const i18n::Language& language, Timestamp now);
// "23.11.2026", "2026-11-23".
std::optional<Date> read_day(std::string_view typed);

// ---- one contribution
struct Checked {
    core::NewContribution head;
    core::Received received;
    Date day{};
    std::vector<core::TermId> topics;
    std::string own_number;
};
// What many contributions of one activity have in common, read once.
class Checker {
public:
    Checker(core::Visit& visit, const core::Place& place, std::string kind);
    // Fields: number, title, body, channel, day, name, topics (keys, several) or topic_names, place or lat + lon.
    Result<Checked> check(const Form& form) const;
    const std::vector<core::Term>& topics() const { return topics_; }
    bool with_topics() const { return with_topics_; }
    bool with_places() const { return rules_.wanted() && rules_.point; }
    std::size_t most_letters() const { return most_letters_; }

private:
    void read_topics(const Form& form, Checked& c, Problems& problems) const;
    void read_place(const Form& form, Checked& c, Problems& problems) const;
    std::optional<geo::Point> point_of(const Form& form, Problems& problems) const;
    void set_point(geo::Point point, Checked& c, Problems& problems) const;

    core::Visit& visit_;
    const core::Place& place_;
    std::string kind_;
    std::vector<core::Term> topics_;
    bool with_topics_ = true;
    std::size_t most_letters_ = 2000;
    core::PlaceRules rules_;
    std::string area_;  // "" = the municipality
    std::optional<geo::Box> town_;
};

// ---- store.cpp
struct Entry {
    core::ContributionId id;
    core::ActivityId activity;
    std::string own_number;
    Date received{};
    bool imported = false;
    core::AccountId by;
    Timestamp at{};
};
void add_entry(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, const Entry& entry);
std::optional<Entry> find_entry(db::Tx& tx, core::TenantId tenant, core::ContributionId id);
// Typed by this account since then, the last one first; withdrawn ones are left out.
std::vector<core::Contribution> entered_since(db::Tx& tx, core::TenantId tenant, core::ActivityId activity,
                                              core::AccountId by, Timestamp since, int count);
struct Numbered {
    core::ContributionId id;
    std::string own_number;
};
std::vector<Numbered> numbered(db::Tx& tx, core::ActivityId activity);
// The activity with this id, for short numbers.
struct Numbers {
    core::ProcedureId procedure;
    std::string activity;
};
std::optional<Numbers> find_activity(db::Tx& tx, core::TenantId tenant, core::ActivityId id);
// For the export of a person's data, and its removal.
std::vector<core::ContributionId> entered_by(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

}  // namespace mitwirken::channels
