// Bodies in memory and in temporary files; see body.h.
#include "platform/http/body.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "platform/base/log.h"

namespace mitwirken::http {

namespace {
constexpr std::string_view prefix = "mitwirken-body-";
}

Temporary::~Temporary() {
    for (const auto& path : paths_) ::unlink(path.c_str());  // fails for those that were moved away: as wanted
}

Temporary::File Temporary::create() {
    if (folder_.empty()) folder_ = std::filesystem::temp_directory_path().string();
    std::string path = folder_ + "/" + std::string(prefix) + "XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "temporary file");
    paths_.push_back(path);
    return {descriptor, path};
}

void remove_old_temporary_files(const std::string& folder) {
    namespace fs = std::filesystem;
    if (folder.empty()) return;
    std::error_code error;
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24);
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        std::error_code ignored;
        const bool ours = entry.path().filename().string().starts_with(prefix);
        if (ours && entry.last_write_time(ignored) < old && !ignored) fs::remove(entry.path(), ignored);
    }
}

FileWriter::~FileWriter() { ::close(descriptor_); }

bool FileWriter::write(std::string_view piece) const {
    while (!piece.empty()) {
        const auto written = ::write(descriptor_, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            log::error("temporary_file_failed", {{"reason", std::string(std::strerror(errno))}});
            return false;
        }
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

BodySink::Outcome BodySink::append(std::string_view piece) {
    if (piece.size() > limit_ - request_.body_size) return Outcome::too_large;
    request_.body_size += piece.size();
    if (!file_ && request_.body.size() + piece.size() <= memory_) {
        request_.body.append(piece);
        return Outcome::taken;
    }
    if (!file_) {
        try {
            auto file = request_.temporary->create();
            file_.emplace(file.descriptor);
            request_.body_path = std::move(file.path);
        } catch (const std::system_error& error) {
            log::error("temporary_file_failed", {{"reason", std::string(error.what())}});
            return Outcome::no_space;
        }
        if (!file_->write(request_.body)) return Outcome::no_space;
        std::string().swap(request_.body);
    }
    return file_->write(piece) ? Outcome::taken : Outcome::no_space;
}

}  // namespace mitwirken::http
