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

// Names compare without case; order is kept. All names and values lie in one text, so that a request with twenty
// fields costs two allocations, or none when the object is used again. Views hold until the next change.
class Headers {
public:
    // "" when missing.
    std::string_view operator[](std::string_view name) const;
    bool has(std::string_view name) const;
    void set(std::string_view name, std::string_view value);
    void add(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void clear();  // keeps the memory
    std::vector<std::pair<std::string_view, std::string_view>> list() const;

private:
    struct Entry {
        std::uint32_t at, name, value;  // position in text_, length of the name, length of the value after it
    };
    std::string_view name_of(const Entry& entry) const { return {text_.data() + entry.at, entry.name}; }
    std::string_view value_of(const Entry& entry) const { return {text_.data() + entry.at + entry.name, entry.value}; }

    std::string text_;
    std::vector<Entry> entries_;
};

// A file somebody sent; it lies in the temporary folder and is removed with the request unless moved away.
struct Upload {
    std::string field, file_name, declared_type;
    std::string path;
    std::uint64_t size = 0;
};

class Temporary;  // temporary files, removed by the destructor

struct Request {
    Method method = Method::get;
    std::string target;  // as sent: "/instrumente?form=digital"
    std::string path;    // decoded, always begins with '/', no "." or ".." segments, no NUL, valid UTF-8
    std::string query;   // as sent, without '?'
    std::string host;    // without port, lower case
    std::string scheme;  // "http" or "https" (X-Forwarded-Proto is believed only from trusted proxies)
    std::string remote;  // address of the client (X-Forwarded-For only from trusted proxies)
    Headers headers;
    std::string body;       // up to Limits::memory_body; else the body is in body_path
    std::string body_path;  // "" or a temporary file, removed with the request
    std::uint64_t body_size = 0;
    std::shared_ptr<Temporary> temporary;  // keeps temporary files alive

    std::string cookie(std::string_view name) const;
};

// The fields and files of a POST: urlencoded or multipart/form-data (GMime over the body). Throws BadRequest when the
// body is neither, TooLarge when a limit is passed. Slow for big bodies: call it outside the transaction.
// Limits: 1000 fields, 50 files, 1 MB of text in a field; a file field without a file gives no upload.
struct Posted {
    Form form;
    std::vector<Upload> uploads;
};
Posted read_form(Request& request);

// A body that is made piece by piece: called until it returns false; each call appends to the buffer. It runs on a
// worker, never on the event loop, and only when what it made before has been sent.
using Producer = std::function<bool(std::string&)>;

// The server adds Content-Length, Date and Connection itself. A GET whose response has an ETag that the client already
// knows is answered with 304. Line breaks in header values are refused (the field is left out and logged).
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of body: the page cache, embedded files
    std::string_view static_body;                    // instead of body: memory that lives as long as the process
    std::string file;                                // instead of body: sent from disk, with ranges
    Producer producer;                               // instead of body: chunked
    std::string event_stream;                        // not empty: keep open as server-sent events on this channel
    bool head_only = false;                          // the length of the body is announced, the body not sent; a HEAD
                                                     // request is answered like this without being asked

    static Response text(int status, std::string body);
    static Response html(int status, std::string body);
    static Response json(int status, std::string body);
    static Response redirect(std::string location, int status = 303);
};

// Exactly one call; from any thread.
using Responder = std::function<void(Response&&)>;

}  // namespace mitwirken::http
