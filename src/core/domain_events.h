// What has happened, as facts that modules tell each other through core. Handlers run in the same transaction as the
// fact; slow work becomes a job. A new kind of fact is a new struct here and a member of DomainEvent.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"

namespace mitwirken::core {

// Something people can take part in has become visible or has changed; whoever lists offers takes it over. The source
// stays the owner: later announcements of the same source replace earlier ones.
struct ParticipationAnnounced {
    Ref source;
    std::string title, summary;
    std::string url;                   // path without language prefix
    std::optional<Date> starts, ends;  // both inclusive; none = permanent
    std::vector<std::string> how;      // "online", "on-site", "paper", "phone"
    std::vector<TermId> terms;         // topics and districts
};
// It is not to be listed any more (withdrawn, not ended: what has ended stays as "past").
struct ParticipationWithdrawn {
    Ref source;
};
// An item's public page appeared, changed or vanished; feeds and followers care.
struct ItemPublished {
    Ref item;
    std::string title, url, kind;
};

// Something happened in a procedure that its followers, or those who took part, want to know. `who` is told nothing of
// their own acts.
struct ProcedureHappened {
    enum class What { contribution, comment, answer, status, outcome, measure, document, step, event, news };
    What what = What::contribution;
    ProcedureId procedure;
    ContributionId contribution;   // what it is about; 0 = the procedure as a whole
    std::string title, text, url;  // plain text; the path without language prefix
    ParticipantId who;
    bool tell_everyone = false;  // everyone who took part in the procedure, not only its followers
};
// A procedure that was made from a template or a file plans to meet people on a day; whoever keeps dates makes a draft
// of it. Times as "18:30", "" = the whole day.
struct MeetingPlanned {
    ProcedureId procedure;
    OrganisationId organisation;
    std::string title, text, place;
    Date day{};
    std::string from, until;
    bool online = false;
};
using DomainEvent =
    std::variant<ParticipationAnnounced, ParticipationWithdrawn, ItemPublished, ProcedureHappened, MeetingPlanned>;

}  // namespace mitwirken::core
