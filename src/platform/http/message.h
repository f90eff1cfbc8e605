// Request and Response as the rest of the program sees them; nothing of the HTTP library is in here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/form.h"

namespace mitwirken::http {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view to_string(Method method);

// Names compare without case; order is kept.
class Headers {
public:
    // "" when missing.
    std::string_view operator[](std::string_view name) const;
    bool has(std::string_view name) const;
    void set(std::string name, std::string value);
    void add(std::string name, std::string value);
    void remove(std::string_view name);
    const std::vector<std::pair<std::string, std::string>>& list() const { return list_; }

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

// A file somebody sent; it lies in the temporary folder and is removed with the request unless moved away.
struct Upload {
    std::string field, file_name, declared_type;
    std::string path;
    std::uint64_t size = 0;
};

struct Request {
    Method method = Method::get;
    std::string target;    // as sent: "/instrumente?form=digital"
    std::string path;      // decoded, always begins with '/', no "." or ".." segments, no NUL, valid UTF-8
    std::string query;     // as sent, without '?'
    std::string host;      // without port, lower case
    std::string scheme;    // "http" or "https" (X-Forwarded-Proto is believed only from trusted proxies)
    std::string remote;    // address of the client (X-Forwarded-For only from trusted proxies)
    Headers headers;
    std::string body;            // up to Limits::memory_body; else the body is in body_path
    std::string body_path;       // "" or a temporary file, removed with the request
    std::uint64_t body_size = 0;
    std::shared_ptr<void> temporary;  // keeps temporary files alive

    std::string cookie(std::string_view name) const;
};

// The fields and files of a POST: urlencoded or multipart/form-data (GMime over the body). Throws BadRequest when the
// body is neither, TooLarge when a limit is passed. Slow for big bodies: call it outside the transaction.
struct Posted {
    Form form;
    std::vector<Upload> uploads;
};
Posted read_form(Request& request);

// A body that is made piece by piece: called until it returns false; each call appends to the buffer.
using Producer = std::function<bool(std::string&)>;

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of body: the page cache, embedded files
    std::string_view static_body;                    // instead of body: memory that lives as long as the process
    std::string file;                                // instead of body: sent from disk, with ranges
    Producer producer;                               // instead of body: chunked
    std::string event_stream;                        // not empty: keep open as server-sent events on this channel
    bool head_only = false;                          // the length of the body is announced, the body not sent

    static Response text(int status, std::string body);
    static Response html(int status, std::string body);
    static Response json(int status, std::string body);
    static Response redirect(std::string location, int status = 303);
};

// Exactly one call; from any thread.
using Responder = std::function<void(Response&&)>;

}  // namespace mitwirken::http
