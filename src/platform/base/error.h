// What ends a request is an exception named by meaning; app/dispatch.cpp turns it into a page, and only that file
// catches. `reason` is for the person, what() is for the log.
#pragma once

#include <stdexcept>
#include <string>

#include "platform/base/message.h"

namespace mitwirken {

class RequestError : public std::runtime_error {
public:
    RequestError(const char* name, Message reason) : std::runtime_error(name), reason_(std::move(reason)) {}
    const Message& reason() const { return reason_; }

private:
    Message reason_;
};

struct BadRequest : RequestError {  // 400
    explicit BadRequest(Message reason = {}) : RequestError("bad request", std::move(reason)) {}
};
struct SignInNeeded : RequestError {  // 303 to the sign-in page, which leads back
    explicit SignInNeeded(Message reason = {}) : RequestError("sign-in needed", std::move(reason)) {}
};
struct NotAllowed : RequestError {  // 403
    explicit NotAllowed(Message reason = {}) : RequestError("not allowed", std::move(reason)) {}
};
struct NotFound : RequestError {  // 404
    explicit NotFound(Message reason = {}) : RequestError("not found", std::move(reason)) {}
};
struct Conflict : RequestError {  // 409
    explicit Conflict(Message reason = {}) : RequestError("conflict", std::move(reason)) {}
};
struct TooLarge : RequestError {  // 413
    explicit TooLarge(Message reason = {}) : RequestError("too large", std::move(reason)) {}
};
struct TooManyRequests : RequestError {  // 429
    explicit TooManyRequests(Message reason = {}) : RequestError("too many requests", std::move(reason)) {}
};
struct Busy : RequestError {  // 503
    explicit Busy(Message reason = {}) : RequestError("busy", std::move(reason)) {}
};

}  // namespace mitwirken
