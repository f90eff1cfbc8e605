// One request between its first and its last stop in dispatch.cpp.
#pragma once

#include <any>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/page_cache.h"
#include "app/router.h"
#include "app/tenant_directory.h"
#include "core/visit.h"

namespace mitwirken::app {

struct Arrival {
    std::shared_ptr<http::Request> request;
    http::Responder responder;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

    Tenants tenants;  // keeps the tenant alive
    const core::Tenant* tenant = nullptr;
    const i18n::Language* language = nullptr;
    std::string path;  // without the language's prefix
    Match match;
    std::optional<core::SignedIn> person;
    http::Posted posted;
    std::string sending;  // what is the same when a form is sent twice; "" when it carries no key
    std::any prepared;
    std::vector<std::string> stored_files;  // of the prepare step; nobody's until the form is done
    Timestamp now{};

    std::string cache_key;  // "" = not to be cached
    std::vector<const core::Versions::Counter*> made_from;
    std::uint64_t as_of = 0;  // the clock of the versions before the transaction began
    std::optional<Timestamp> right_until;
    bool cacheable = false;

    http::Response response;
    bool sent_before = false, failed = false;
    bool seen_noted = false;
};

// The key under which an anonymous answer is kept: everything it may depend on. "" when the request is one that is
// never answered from the cache (signed in, a notice waiting, not a GET).
std::string cache_key(const http::Request& request);

// The language named by the path's first segment, and the path without it. nullptr: the tenant's first language.
const i18n::Language* split_language(const core::Tenant& tenant, std::string& path);

// Addresses of the API, which every site's programs may read; `path` without the language's prefix.
bool is_api(const std::string& path);

// The form's key together with who sends what where. A key alone would also swallow what somebody changed in the form
// after going back to it.
std::string sending_of(const Arrival& arrival);

// True when a request that changes something comes from one of our own pages (Sec-Fetch-Site, Origin or Referer).
bool comes_from_here(const http::Request& request);

std::string content_security_policy(const core::Tenant& tenant, bool embeddable);

// The fields every answer has: referrer policy, content security policy unless the layout has said it.
void add_security_fields(const Arrival& arrival, http::Response& response);

// Compresses a text body as the browser wants it and marks it with its ETag.
void compress_for(const http::Request& request, http::Response& response, bool keep_for_many);

}  // namespace mitwirken::app
