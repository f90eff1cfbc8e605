// What an office says in return: statuses, answers, outcomes and measures for contributions of every kind, by their
// head; and the promise to answer, measured in public.
// Invariants: what is public can be traced – every status has its history, every text its versions; an answer counts
// for the promise when it is public, or when a status settles the matter ("being examined" does not); days are days of
// Berlin; ids of items are one row of numbers for all kinds, so files, search and versions need only the id.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/contributions/contributions.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/procedures/records.h"
#include "core/revisions/revisions.h"
#include "platform/base/form.h"

namespace mitwirken::answers {

using ItemId = Id<struct AnswersItemTag>;
using BatchId = Id<struct AnswersBatchTag>;
using core::ContributionId;

enum class Kind { answer, outcome, measure, summary, block };

}  // namespace mitwirken::answers

template <>
struct mitwirken::db::Names<mitwirken::answers::Kind> {
    static constexpr std::string_view words[] = {"answer", "outcome", "measure", "summary", "block"};
};

namespace mitwirken::answers {

inline constexpr std::string_view write_action = "answers.write";
inline constexpr std::string_view publish_action = "answers.publish";
inline constexpr std::string_view editors_publish_setting = "answers.editors_publish";
inline constexpr std::size_t most_letters = 20'000;
inline constexpr std::size_t most_title = 200;
inline constexpr std::size_t most_reason = 1'000;
inline constexpr std::size_t most_at_once = 1'000;

// ---- items. The fields stand in the order of the SELECT in store.cpp.
struct Item {
    ItemId id;
    core::ProcedureId procedure;
    Kind kind = Kind::answer;
    core::State state = core::State::draft;
    core::OrganisationId organisation;
    std::string title, body;
    std::string word;  // verdict of an outcome, state of a measure
    std::string budget;
    std::string links;  // JSON array of [title, address]
    std::optional<Timestamp> published_at;
    Timestamp changed_at{};

    bool is_public() const { return state == core::State::published; }
};
struct Milestone {
    std::string title;
    std::optional<Date> day, done_on;
    bool operator==(const Milestone&) const = default;
};
// An item with what belongs to it.
struct Whole {
    Item item;
    std::vector<ContributionId> contributions;
    std::vector<ItemId> outcomes;  // of a measure
    std::vector<Milestone> milestones;
};
inline core::Ref ref_of(ItemId id) { return {"answers", id.value}; }
// The desk's view of a contribution has versions of its own.
inline core::Ref desk_ref(ContributionId id) { return {"answers.contribution", id.value}; }

// ---- rules: answers.cpp
struct Word {
    std::string_view word;
    Message name, meaning;
    std::string_view pill;  // class of the pill
    std::string_view icon;
};
// In the order it usually goes; "" = nothing yet.
const std::vector<Word>& statuses();
const std::vector<Word>& verdicts();
const std::vector<Word>& measure_states();
const Word* find_word(const std::vector<Word>& list, std::string_view word);
const Word& status_of(std::string_view word);  // an unknown one is shown as open
// Statuses that staff choose: all but "joined", which comes from joining.
bool can_choose(std::string_view status);
// Does this status answer the contribution?
bool settles(std::string_view status);

// The last day on which an answer is in time; nothing without a promise or before it is public.
std::optional<Date> due_day(const core::ProcedureRecord& procedure, const core::Contribution& contribution);
// What was published before this instant, and is unanswered, is late.
Timestamp late_before(std::int64_t promise_days, Timestamp now);
int days_taken(Timestamp published, Timestamp answered);

// Text blocks: {titel}, {nummer}, {verfahren}, {fachbereich}, {datum}.
std::string fill_block(const std::string& text, const std::map<std::string, std::string>& values);
// What is left of the placeholders that stand for one contribution only.
bool names_one_contribution(const std::string& text);

// Numbers as typed: "12, #14 15"; problems name the word that is none.
Result<std::vector<ContributionId>> read_numbers(const std::string& text, const std::string& field);

// Fields: title, body, word, budget, links rows, milestones rows. Department, contributions and outcomes are looked up
// by the page.
Result<Whole> check(const Form& form, Kind kind);
Form to_form(const Whole& whole);
core::Rows link_rows();
core::Rows milestone_rows();
std::vector<std::pair<std::string, std::string>> links_of(const Item& item);
core::Snapshot snapshot(const Whole& whole);

// ---- store.cpp: items
std::optional<Item> find(db::Tx& tx, core::TenantId tenant, ItemId id);
Whole whole_of(db::Tx& tx, const Item& item);
ItemId add(db::Tx& tx, core::TenantId tenant, const Item& item, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Item& item, core::AccountId by, Timestamp now);
void set_links(db::Tx& tx, ItemId item, const std::vector<ContributionId>& contributions);
void set_outcomes(db::Tx& tx, ItemId measure, const std::vector<ItemId>& outcomes);
void set_milestones(db::Tx& tx, ItemId item, const std::vector<Milestone>& milestones);
struct ItemFilter {
    core::ProcedureId procedure;  // none = of the whole municipality
    Kind kind = Kind::answer;
    bool published_only = true;
    ItemId after;  // the page begins behind this one
};
std::vector<Item> items(db::Tx& tx, core::TenantId tenant, const ItemFilter& filter, int count);  // newest first
std::optional<Item> summary_of(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure);
// Text blocks that somebody of this department may use: its own and those of all.
std::vector<Item> blocks(db::Tx& tx, core::TenantId tenant, core::OrganisationId organisation, bool all);
std::vector<Item> items_about(db::Tx& tx, ContributionId contribution);  // of every kind and state, oldest first
// Published measures that carry out this outcome.
std::vector<Item> measures_of(db::Tx& tx, ItemId outcome);
std::int64_t count_links(db::Tx& tx, ItemId item);
std::map<ItemId, std::int64_t> link_counts(db::Tx& tx, core::ProcedureId procedure);  // of all items that have one
struct Linked {
    ContributionId id;
    core::ActivityId activity;
    std::string title, status;
};
// Public ones by number, `after` = the last one shown.
std::vector<Linked> linked(db::Tx& tx, ItemId item, ContributionId after, int count);
std::vector<Item> handed_in(db::Tx& tx, core::TenantId tenant, int count);
void each_published(db::Tx& tx, core::TenantId tenant, const std::function<bool(Item&&)>& use);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

}  // namespace mitwirken::answers
