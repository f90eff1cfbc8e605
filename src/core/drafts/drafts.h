// Drafts: what somebody has typed into a form and not handed in yet, kept for the pseudonym of the browser or of the
// account until it is handed in, deleted, or thirty days old. It survives signing in, a confirmation and a closed
// browser. A form joins in four lines; its address is the same for showing and for sending:
//
//   const Form values = core::draft_of(visit);                         // GET: what was kept, else the query
//   form.html({…, .buttons = {core::draft_button()}});
//   if (auto later = core::keep_for_later(visit, title)) return *later;  // POST, first (core/participation)
//   core::drop_draft(visit);                                           // once it is handed in
//
// Invariants: passwords, keys and the guard's fields are never kept; nobody sees a draft but the pseudonym it belongs
// to.
#pragma once

#include <string>
#include <vector>

#include "core/forms/forms.h"
#include "core/visit.h"

namespace mitwirken::core {

inline constexpr auto draft_age = std::chrono::hours{24 * 30};
inline constexpr int most_drafts = 40;                 // of one person
inline constexpr std::size_t longest_draft = 200'000;  // bytes

struct Draft {
    std::int64_t id = 0;
    std::string path, title;
    Form values;
    Timestamp changed_at{};
};
// Of this address; else the query, so that a form can be filled from a link.
Form draft_of(Visit& visit);
bool has_draft(Visit& visit);
// Keeps what was sent to this address; `title` is what the person's list calls it. Throws TooManyRequests when somebody
// keeps more than people do.
void save_draft(Visit& visit, const std::string& title);
void drop_draft(Visit& visit);
FormOptions::Button draft_button();

// ---- of one person, newest first
std::vector<Draft> drafts_of(db::Tx& tx, ParticipantId who);
bool delete_draft(db::Tx& tx, ParticipantId who, std::int64_t id);
void expire_drafts(db::Tx& tx, Timestamp now);

}  // namespace mitwirken::core
