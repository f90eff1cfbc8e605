// Files and producers as pieces; see source.h.
#include "platform/http/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace mitwirken::http {

namespace {

constexpr std::size_t piece_size = 128 * 1024;

class ProducerSource final : public Source {
public:
    explicit ProducerSource(Producer producer) : producer_(std::move(producer)) {}

    // Many producers append a line at a time: they are called until a piece is worth sending, or time is up.
    bool next(std::string& piece) override {
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
        while (producer_(piece))
            if (piece.size() >= piece_size / 4 || (!piece.empty() && std::chrono::steady_clock::now() > until))
                return true;
        return false;
    }

private:
    Producer producer_;
};

class FileSource final : public Source {
public:
    FileSource(std::shared_ptr<OpenFile> file, std::uint64_t first, std::uint64_t length)
        : file_(std::move(file)), at_(first), left_(length) {}

    bool next(std::string& piece) override {
        const auto count = read(piece, 0);
        if (count <= 0) throw std::runtime_error("file became shorter while it was sent");
        return left_ > 0;
    }

    // What lies in the page cache is read at once; what must come from a disk is left to a worker.
    std::optional<bool> next_at_once(std::string& piece) override {
        if (read(piece, RWF_NOWAIT) <= 0) return {};
        return left_ > 0;
    }

private:
    ssize_t read(std::string& piece, int flags) {
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left_, piece_size)));
        iovec room{piece.data(), piece.size()};
        ssize_t count = 0;
        do count = ::preadv2(file_->descriptor(), &room, 1, static_cast<off_t>(at_), flags);
        while (count < 0 && errno == EINTR);
        piece.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        at_ += piece.size();
        left_ -= piece.size();
        return count;
    }

    std::shared_ptr<OpenFile> file_;
    std::uint64_t at_, left_;
};

}  // namespace

std::shared_ptr<Source> make_source(Producer producer) { return std::make_shared<ProducerSource>(std::move(producer)); }

std::shared_ptr<Source> make_source(std::shared_ptr<OpenFile> file, std::uint64_t first, std::uint64_t length) {
    return std::make_shared<FileSource>(std::move(file), first, length);
}

OpenFile::OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat info {};
    if (descriptor_ >= 0 && (::fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode))) {
        ::close(descriptor_);
        descriptor_ = -1;
    }
    size_ = static_cast<std::uint64_t>(info.st_size);
    modified_ = info.st_mtime;
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace mitwirken::http
