// What the server itself says when it does not serve a request: short, German and English, with what to do about it.
#pragma once

#include "platform/http/server.h"

namespace mitwirken::http {

Response refusal(int status, const Limits& limits);

}  // namespace mitwirken::http
