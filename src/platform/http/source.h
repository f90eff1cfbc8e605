// A body that does not lie in memory: a file, or what a producer makes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "platform/http/message.h"

namespace mitwirken::http {

class Source {
public:
    virtual ~Source() = default;
    // Puts the next piece into the empty buffer; false: it was the last one. On a worker; may wait, may throw.
    virtual bool next(std::string& piece) = 0;
    // The same on the loop, when it can be done without waiting; nothing when not.
    virtual std::optional<bool> next_at_once(std::string&) { return {}; }
};

std::shared_ptr<Source> make_source(Producer producer);

// A file that is open; closed by the destructor.
class OpenFile {
public:
    explicit OpenFile(const std::string& path);  // not open when it is missing or no regular file
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    explicit operator bool() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }
    std::uint64_t size() const { return size_; }
    std::int64_t modified() const { return modified_; }  // seconds since 1970

private:
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t modified_ = 0;
};

std::shared_ptr<Source> make_source(std::shared_ptr<OpenFile> file, std::uint64_t first, std::uint64_t length);

}  // namespace mitwirken::http
