// The identifiers of the shared rooms. A Ref names one thing of any module.
#pragma once

#include <string>

#include "platform/base/id.h"

namespace mitwirken::core {

using TenantId = Id<struct TenantTag>;
using AccountId = Id<struct AccountTag>;
using OrganisationId = Id<struct OrganisationTag>;
using SessionId = Id<struct SessionTag>;
using TermId = Id<struct TermTag>;
using AttachmentId = Id<struct AttachmentTag>;
using DossierId = Id<struct DossierTag>;
using ProcedureTypeId = Id<struct ProcedureTypeTag>;
using ProcedureId = Id<struct ProcedureTag>;
using TrackId = Id<struct TrackTag>;
using StepId = Id<struct StepTag>;
using ActivityId = Id<struct ActivityTag>;
using ParticipantId = Id<struct ParticipantTag>;
using ContributionId = Id<struct ContributionTag>;
using CaseId = Id<struct CaseTag>;
using TaskId = Id<struct OfficeTaskTag>;

struct Ref {
    std::string module;
    std::int64_t item = 0;
    bool operator==(const Ref&) const = default;
};

}  // namespace mitwirken::core
