// What everything that people write and publish has in common: a state, a schedule, versions, and two editors at once.
// A module keeps these columns in its own table: state TEXT, publish_at, unpublish_at (instants, may be NULL).
// Invariant: whether something is public is computed from the clock when it is asked for; no job makes it so.
#pragma once

#include <optional>
#include <string>

#include "core/forms/forms.h"
#include "core/revisions/revisions.h"
#include "core/visit.h"
#include "platform/db/row.h"

namespace mitwirken::core {

// draft – being written; handed_in – ready for the coordinator; agreed – the department has released it; published;
// archived – taken off the site, kept.
enum class State { draft, handed_in, agreed, published, archived };
Message state_name(State state);
// The class of the pill that shows it: "draft", "review", "ok" …
std::string state_class(State state);
std::optional<State> state_from(std::string_view word);
std::string_view to_word(State state);

// The steps of most things that are published: hand_in, return, publish, archive, restore. Nothing when the step is not
// possible from here.
std::optional<State> state_after(State from, std::string_view step);
// Which steps ask for the right to publish: agree, publish, give back, and every step of what is published.
bool step_needs_release(State from, std::string_view step);

// One rule for all modules: what is published (also for a later day) is changed only by those who may publish. Others
// see this notice above the form, and a save comes back with it (422, nothing typed is lost). Empty when the change is
// allowed.
html::SafeHtml published_notice(const Visit& visit, State state, std::string_view publish_action);
// The same for changes without a form to come back to: throws NotAllowed.
void need_change(const Visit& visit, State state, std::string_view publish_action);

struct Schedule {
    State state = State::draft;
    std::optional<Timestamp> publish_at, unpublish_at;
};
bool is_public(const Schedule& schedule, Timestamp now);
// The state as the clock makes it: what is published for later, or was until a moment, says so.
std::string state_words(const Visit& visit, const Schedule& schedule);
std::string state_class(const Schedule& schedule, Timestamp now);
// The state and a button for every step that is possible; each posts step=… to `action`.
html::SafeHtml state_box(const Visit& visit, const Schedule& schedule, const std::string& action, bool may_release,
                         const std::vector<std::string_view>& without = {});
// When is_public will next change by the clock alone.
std::optional<Timestamp> next_change(const Schedule& schedule, Timestamp now);

// Rows for the instants at which publication begins and ends: the job "<module>.refresh" of the ref's module, with the
// item as its payload, then brings the search index up to date. The pages are right without it.
void plan_refresh(db::Tx& tx, TenantId tenant, const Ref& ref, const Schedule& schedule, Timestamp now);

// Fields "publish_at_day", "publish_at_time", "unpublish_at_day", "unpublish_at_time" (Europe/Berlin).
void add_schedule_fields(FormView& form);
void write_schedule(Form& form, const Schedule& schedule);
// Fills publish_at and unpublish_at; the state is the module's business.
Schedule read_schedule(const Form& form, Problems& problems);

// Fields "topics", "districts" and "organisation": where a thing belongs.
void add_subject_fields(Visit& visit, FormView& form);
void write_subjects(const Visit& visit, Form& form, const Ref& ref);
// The departments to choose from: an editor's own only.
std::vector<Option> department_options(Visit& visit);
// The department as typed, which must exist and, for an editor, be their own; an editor who chose none means their own.
OrganisationId read_department(const Visit& visit, Problems& problems);
// Classifies the item as typed; returns the names of its terms, for the version.
std::vector<std::string> read_subjects(const Visit& visit, const Ref& ref);

// Two editors at once. The form carries the version it was made from; add it with form.hidden("_version", …).
// True when somebody saved in between.
bool changed_meanwhile(const Visit& visit, const Ref& ref);
// What the other person changed since; goes above the form, which keeps the typed text. The form's hidden version must
// be the newest then, so that saving again is a decision.
html::SafeHtml meanwhile_notice(const Visit& visit, const Ref& ref);
// For the hidden field: the newest version.
std::string version_field(const Visit& visit, const Ref& ref);

// Whole page: versions of an item (who, when, comment), newest first, and with ?von=&bis= their comparison.
http::Response versions_page(Visit& visit, const Ref& ref, const std::string& title, const Crumb& back);

// What is different, word by word, as a part of a page.
html::SafeHtml comparison(const Visit& visit, const Snapshot& before, const Snapshot& after);

// "2026-11-23 09:30" in Berlin for people.
std::string when(const Visit& visit, Timestamp instant);

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::State> {
    static constexpr std::string_view words[] = {"draft", "handed_in", "agreed", "published", "archived"};
};
