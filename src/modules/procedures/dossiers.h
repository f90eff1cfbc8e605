// Matters ("Vorhaben"): words that their pages share.
#pragma once

#include <string>

#include "core/procedures/records.h"
#include "platform/base/message.h"

namespace mitwirken::procedures {

inline const std::string dossiers_base = "/verwaltung/vorhaben";

Message dossier_state_name(core::DossierState state);
std::string dossier_state_class(core::DossierState state);
// "Council paper", "Decision" …
Message entry_kind_name(const std::string& kind);
// Of the sprite.
std::string entry_icon(const std::string& kind);

}  // namespace mitwirken::procedures
