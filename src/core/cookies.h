// How every cookie of ours ends: for the whole site, not for scripts, and on a visit over https for https only.
#pragma once

#include <string>

#include "platform/http/message.h"

namespace mitwirken::core {

inline std::string cookie_end(const http::Request& request) {
    return std::string("; Path=/; HttpOnly; SameSite=Lax") + (request.scheme == "https" ? "; Secure" : "");
}

}  // namespace mitwirken::core
