// POSIX calls in the order that survives a power cut; see disk.h.
#include "platform/files/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "platform/crypto/crypto.h"

namespace mitwirken::files {

namespace {

[[noreturn]] void fail(const char* what, const std::string& path) {
    throw std::runtime_error(std::string("files: ") + what + " " + path + ": " + std::strerror(errno));
}

class Descriptor {
public:
    Descriptor(const std::string& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
        if (value_ < 0) fail("open", path);
    }
    ~Descriptor() { ::close(value_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int operator*() const { return value_; }

private:
    int value_;
};

void sync(const Descriptor& descriptor, const std::string& path) {
    if (::fsync(*descriptor) != 0) fail("fsync", path);
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(folder.string(), O_RDONLY | O_DIRECTORY);
    sync(descriptor, folder.string());
}

void write_all(const Descriptor& to, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(*to, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("write", path);
        bytes.remove_prefix(std::size_t(n));
    }
}

template <class Use>
void for_each_piece(const std::string& path, Use use) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail("read", path);
    std::string piece(256 * 1024, '\0');
    while (in.read(piece.data(), std::streamsize(piece.size())), in.gcount() > 0)
        use(std::string_view(piece.data(), std::size_t(in.gcount())));
    if (in.bad()) fail("read", path);
}

void copy_synced(const std::string& from, const std::string& to) {
    const Descriptor out(to, O_WRONLY | O_CREAT | O_EXCL);
    try {
        for_each_piece(from, [&](std::string_view piece) { write_all(out, to, piece); });
        sync(out, to);
    } catch (...) {
        ::unlink(to.c_str());
        throw;
    }
}

}  // namespace

void write_synced(const std::string& path, std::string_view bytes) {
    const Descriptor out(path, O_WRONLY | O_CREAT | O_EXCL);
    try {
        write_all(out, path, bytes);
        sync(out, path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
}

void rename_synced(const std::string& from, const std::string& to) {
    const auto folder = std::filesystem::path(to).parent_path();
    if (std::filesystem::create_directories(folder)) sync_folder(folder.parent_path());
    if (::rename(from.c_str(), to.c_str()) != 0) fail("rename", to);
    sync_folder(folder);
}

void move_synced(const std::string& from, const std::string& to) {
    {
        const Descriptor file(from, O_RDONLY);
        sync(file, from);
    }
    const auto folder = std::filesystem::path(to).parent_path();
    if (std::filesystem::create_directories(folder)) sync_folder(folder.parent_path());
    if (::rename(from.c_str(), to.c_str()) != 0) {
        if (errno != EXDEV) fail("rename", to);
        const std::string half = to + ".new";
        copy_synced(from, half);
        if (::rename(half.c_str(), to.c_str()) != 0) fail("rename", to);
        ::unlink(from.c_str());
    }
    if (::chmod(to.c_str(), 0640) != 0) fail("chmod", to);
    sync_folder(folder);
}

std::string sha256_of_file(const std::string& path) {
    crypto::Sha256 hash;
    for_each_piece(path, [&](std::string_view piece) { hash.add(piece); });
    return hash.hex();
}

}  // namespace mitwirken::files
