// The outbox folder: one .eml file per mail, named by the instant it was written, whole or not there.
#pragma once

#include <string>

#include "platform/base/time.h"

namespace mitwirken::mail {

void put_into_outbox(const std::string& folder, const std::string& message, Timestamp now);

}  // namespace mitwirken::mail
