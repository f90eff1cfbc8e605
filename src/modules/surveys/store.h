// Rows of surveys: what staff work on, versions, answers in hand and sent, counts, free texts, invitations.
// Invariants: a version is never changed; what is counted stands in surveys_count exactly once, in the transaction that
// sends, changes or withdraws it. A state that others change (confirmed by mail, hidden by the desk) is put into the
// counts by settle(), and read_counts() is right before that, too.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/contributions/contributions.h"
#include "modules/surveys/counts.h"

namespace mitwirken::surveys {

using core::ActivityId;
using core::ContributionId;
using core::ParticipantId;
using core::TenantId;
using VersionId = Id<struct SurveyVersionTag>;
using SittingId = Id<struct SurveySittingTag>;
using InvitationId = Id<struct SurveyInvitationTag>;
using TagId = Id<struct SurveyTagTag>;

// ---- draft_store.cpp
struct Draft {
    std::string content;
    std::int64_t edits = 0;
    Timestamp changed_at{};
};
std::optional<Draft> find_draft(db::Tx& tx, ActivityId activity);
// The content before can be had back by undo(); the last thirty are kept.
void save_draft(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& content, Timestamp now);
bool can_undo(db::Tx& tx, ActivityId activity);
bool undo(db::Tx& tx, ActivityId activity, Timestamp now);

struct Version {
    VersionId id;
    std::int64_t number = 0;
    std::string content;
    Timestamp published_at{};
    std::optional<Timestamp> replaced_at;
};
std::vector<Version> versions(db::Tx& tx, ActivityId activity);  // oldest first
std::optional<Version> current_version(db::Tx& tx, ActivityId activity);
std::optional<Version> find_version(db::Tx& tx, ActivityId activity, VersionId id);
std::optional<Version> find_version_number(db::Tx& tx, ActivityId activity, std::int64_t number);
Version publish(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& content, Timestamp now);

// ---- sitting_store.cpp
struct Sitting {
    SittingId id;
    ActivityId activity;
    ParticipantId participant;
    VersionId version;
    ContributionId changes;  // the answer that is being changed
    InvitationId invitation;
    std::string answers;
    Timestamp started_at{}, changed_at{};
    Values values() const { return parse_values(answers); }
};
inline constexpr auto sitting_kept = std::chrono::hours{24 * 30};
std::optional<Sitting> find_sitting(db::Tx& tx, ActivityId activity, ParticipantId who);
std::optional<Sitting> find_sitting(db::Tx& tx, TenantId tenant, SittingId id);
SittingId add_sitting(db::Tx& tx, TenantId tenant, const Sitting& sitting);
void save_sitting(db::Tx& tx, SittingId id, VersionId version, const Values& values, Timestamp now);
void give_sitting(db::Tx& tx, SittingId id, ParticipantId who);
void drop_sitting(db::Tx& tx, SittingId id);
struct OldSitting {
    SittingId id;
    TenantId tenant;
};
// The job that forgets them, in the night; adding a sitting or an answer that waits plans it.
void plan_tidying(db::Tx& tx, Timestamp now);
bool anything_in_hand(db::Tx& tx);
std::vector<OldSitting> old_sittings(db::Tx& tx, Timestamp before, int count);
std::vector<Sitting> sittings_of(db::Tx& tx, TenantId tenant, ParticipantId who);
// Files of an answer in hand become those of the answer.
void move_files(db::Tx& tx, TenantId tenant, std::int64_t from_item, std::int64_t to_item);

// ---- answer_store.cpp
struct Sent {
    ContributionId id;
    VersionId version;
    core::Channel channel = core::Channel::online;
    std::string answers;
    bool counted = false;
    Timestamp sent_at{};
    Values values() const { return parse_values(answers); }
};
// Writes the answer, its texts and choices; counts it when `sent.counted`.
void add_answer(db::Tx& tx, TenantId tenant, ActivityId activity, const Sent& sent, const Questionnaire& asked);
// The same answer, changed by its author.
void change_answer(db::Tx& tx, TenantId tenant, ActivityId activity, const Sent& before, const Sent& after,
                   const Questionnaire& asked);
// Takes it out of the counts and removes what was said.
void drop_answer(db::Tx& tx, TenantId tenant, ActivityId activity, ContributionId id);
// Puts what others confirmed or hid since into the counts, and removes what was said in answers that were dropped.
void settle(db::Tx& tx, TenantId tenant, ActivityId activity);
struct Unsettled {
    TenantId tenant;
    ActivityId activity;
};
std::vector<Unsettled> unsettled(db::Tx& tx);  // surveys with answers that are not counted
std::optional<Sent> find_answer(db::Tx& tx, ContributionId id);
// The answer this person has sent and not withdrawn.
std::optional<Sent> answer_of(db::Tx& tx, ActivityId activity, ParticipantId who);
struct OwnAnswer {
    ActivityId activity;
    ContributionId id;
    std::string answers;
};
std::vector<OwnAnswer> answers_of(db::Tx& tx, TenantId tenant, ParticipantId who);
// Sent and counted, by id; for exports, in pieces.
struct Exported {
    ContributionId id;
    std::int64_t version_number = 0;
    core::Channel channel = core::Channel::online;
    std::string language, answers;
    Timestamp sent_at{};
};
std::vector<Exported> answers_after(db::Tx& tx, ActivityId activity, ContributionId after, int count);

// ---- count_store.cpp
struct CountFilter {
    VersionId version;                     // 0: all
    std::optional<core::Channel> channel;  // none: all
};
Counts read_counts(db::Tx& tx, ActivityId activity, const CountFilter& filter = {});
struct Total {
    VersionId version;
    core::Channel channel = core::Channel::online;
    std::int64_t n = 0;
};
std::vector<Total> totals(db::Tx& tx, ActivityId activity);
void count_cells(db::Tx& tx, TenantId tenant, ActivityId activity, VersionId version, core::Channel channel,
                 const std::vector<Cell>& cells, std::int64_t n);
// An answer whose state others have changed since it was counted: +1 or -1.
struct Difference {
    ContributionId id;
    VersionId version;
    core::Channel channel = core::Channel::online;
    std::string answers;
    std::int64_t sign = 0;
};
std::vector<Difference> differences(db::Tx& tx, ActivityId activity);
struct CrossCell {
    std::string row, column;
    std::int64_t n = 0;
};
std::vector<CrossCell> cross_cells(db::Tx& tx, ActivityId activity, const std::string& row_item,
                                   const std::string& column_item);

// ---- text_store.cpp
struct FreeText {
    ContributionId id;
    std::string text;
    bool released = false;
};
// By key, newest last; `tag` 0: all of them.
std::vector<FreeText> free_texts(db::Tx& tx, ActivityId activity, const std::string& question, TagId tag,
                                 ContributionId after, int count);
std::vector<FreeText> released_texts(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId after,
                                     int count);
void release_text(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId id, bool released);
struct Tag {
    TagId id;
    std::string name;
    std::int64_t texts = 0;
};
std::vector<Tag> tags(db::Tx& tx, ActivityId activity, const std::string& question);
TagId need_tag(db::Tx& tx, TenantId tenant, ActivityId activity, const std::string& question, const std::string& name);
void drop_tag(db::Tx& tx, ActivityId activity, TagId id);
struct Coding {
    ContributionId id;
    TagId tag;
};
std::vector<Coding> codings(db::Tx& tx, ActivityId activity, const std::string& question, ContributionId after,
                            ContributionId last);
void set_coding(db::Tx& tx, TenantId tenant, ContributionId id, TagId tag, bool on);

// ---- invitation_store.cpp
inline constexpr int most_invitations = 5000;  // at once
struct Invitation {
    InvitationId id;
    std::string sealed;
    bool spent = false;
};
struct Batch {
    std::int64_t number = 0, made = 0, spent = 0;
};
// Makes `codes` (as they are stored: hash and sealed text) the next batch and gives its number.
std::int64_t add_invitations(db::Tx& tx, TenantId tenant, ActivityId activity,
                             const std::vector<std::pair<std::string, std::string>>& codes);
std::vector<Batch> batches(db::Tx& tx, ActivityId activity);
std::vector<Invitation> invitations(db::Tx& tx, ActivityId activity, std::int64_t batch);
std::optional<InvitationId> find_invitation(db::Tx& tx, ActivityId activity, const std::string& code_hash);
// True once; afterwards it is worth nothing.
bool spend_invitation(db::Tx& tx, InvitationId id);

}  // namespace mitwirken::surveys
