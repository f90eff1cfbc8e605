// Where the body of a request goes while it arrives: into memory as long as it is small, then into a temporary file.
// Temporary files belong to one Temporary, which removes what is left of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace mitwirken::http {

class Temporary {
public:
    explicit Temporary(std::string folder) : folder_(std::move(folder)) {}
    ~Temporary();
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    struct File {
        int descriptor;
        std::string path;
    };
    // Open for reading and writing, only for us. Throws std::system_error.
    File create();

private:
    std::string folder_;
    std::vector<std::string> paths_;
};

// Writes to a descriptor and closes it at the end.
class FileWriter {
public:
    explicit FileWriter(int descriptor) : descriptor_(descriptor) {}
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;
    bool write(std::string_view piece) const;  // false: logged

private:
    int descriptor_;
};

// A crash leaves temporary files behind; they may hold what people wrote, so the next start removes old ones.
void remove_old_temporary_files(const std::string& folder);

class BodySink {
public:
    BodySink(Request& request, std::size_t memory, std::uint64_t limit)
        : request_(request), memory_(memory), limit_(limit) {}
    enum class Outcome { taken, too_large, no_space };
    Outcome append(std::string_view piece);

private:
    Request& request_;
    std::size_t memory_;
    std::uint64_t limit_;
    std::optional<FileWriter> file_;
};

}  // namespace mitwirken::http
