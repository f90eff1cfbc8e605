// Taking part: what every building block does the same way when somebody hands something in – who may, what is asked of
// the person, protection against abuse without third parties, what happens to it then, and what the person is told.
//
//   if (auto later = core::keep_for_later(visit, title)) return *later;  // a draft, or something is missing
//   core::add_person_fields(visit, form);                       // on the form, last
//   if (auto problems = core::check_person(visit); …)           // with the module's own checks
//   const auto taken = core::take(visit, contribution);         // published, held for the desk, or waiting for a mail
//   return core::thank(visit, taken, "/verfahren/…");
//
// Invariants: what is needed is said before the first field (needs_of); a contribution is stored before its author is
// asked to confirm, so nothing is lost; the confirmation needs a button press.
#pragma once

#include <string>

#include "core/contributions/contributions.h"
#include "core/forms/forms.h"
#include "core/visit.h"

namespace mitwirken::core {

// What stands above the form: "You need no account …", "We send you a mail …", or why it is not possible now (then with
// the way to what is missing: sign in, register). `open` is false when no form is to be shown.
// `later`: only the person lacks something; a form whose draft is kept (keep_for_later) may be shown all the same.
struct Needs {
    bool open = true;
    bool later = false;
    html::SafeHtml notice;
};
Needs needs_of(Visit& visit, std::string_view interaction);

// What this person lacks for the activity of the address. What it takes to have a token is its module's business.
enum class Missing { nothing, account, verified, invited };
Missing missing_of(Visit& visit);
// Throws SignInNeeded or NotAllowed with the reason: for everything that is done with one press (support, votes).
void need_person(Visit& visit);
// First of all in the handler of a form that shows drafts (core/drafts): keeps what was typed when "Save as a draft"
// was pressed, or when something is missing, and answers with the way to it; afterwards the form is shown filled.
std::optional<http::Response> keep_for_later(Visit& visit, const std::string& title);

// Name (optional, shown as typed), e-mail where the activity wants it, consent, and the hidden traps: a field people do
// not see and the moment the form was made, signed.
void add_person_fields(Visit& visit, FormView& form);
// Name and address are well formed, the address is there where it is needed, the traps are empty, not too many from one
// address or person. Throws TooManyRequests.
Problems check_person(Visit& visit);

struct Taken {
    ContributionId id;
    ContributionState state = ContributionState::published;
};
// Fills in participant, channel, state and occasion; writes it, opens a case where somebody has to look first, sends
// the mail that asks for confirmation, indexes what is public, tells followers.
Taken take(Visit& visit, NewContribution contribution, std::string_view interaction);
// The same for what staff enter for others: channel and name as they say, no confirmation. `received`: when it came,
// and the step that was open then; without it, now.
struct Received {
    Timestamp at{};
    StepId step;
};
Taken take_for(Visit& visit, NewContribution contribution, const std::optional<Received>& received = {});

// After the author's button: public now, or held for the desk. What happens next, in words.
Message confirmed(Visit& visit, const Contribution& contribution);

// Tells followers of a contribution that everybody can read now, once in its life. What has no title and is no comment
// (an answer to a questionnaire) is told to nobody.
void tell_followers(Visit& visit, const Contribution& contribution);

// 303 to `path` with what happens next, in the words of the state.
http::Response thank(Visit& visit, const Taken& taken, const std::string& path);

// What the modules put under a contribution on its own page (official answers …); every block's detail page shows it.
std::vector<html::SafeHtml> contribution_sections(Visit& visit, const Contribution& contribution);

// A contribution's own page: "/verfahren/{key}/{path of the module}/{activity}/{id}".
std::string path_of(const Visit& visit, const Contribution& contribution);
// The same from outside the procedure's own pages; "" when its activity is gone.
std::string path_of(const Visit& visit, const ProcedureRecord& procedure, const Procedure& plan,
                    const Contribution& contribution);
// Puts it into the search index or takes it out, by its state. Comments have no page of their own and stay out.
void index_contribution(Visit& visit, const Contribution& contribution, const std::string& path);
// The way into an activity: "/verfahren/{key}/{path of the module}/{activity}".
std::string path_of(const Visit& visit, const ProcedureRecord& procedure, const Activity& activity);

}  // namespace mitwirken::core
