// The installation's key on disk: one line of base64url, mode 0600. Two processes that start at the same moment end up
// with the same key, and a crash leaves either no key file or a whole one.
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::crypto {

namespace {

std::optional<Key> read_key(const std::string& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        if (errno == ENOENT) return {};
        throw std::runtime_error("cannot read the key file " + file);
    }
    if ((status.st_mode & 0077) != 0) log::warning("key_file_open_to_others", {{"file", file}});
    std::string line;
    std::ifstream in(file);
    if (!in || !std::getline(in, line)) throw std::runtime_error("cannot read the key file " + file);
    line = trimmed(line);
    Key key;
    std::size_t size = 0;
    if (sodium_base642bin(key.data(), key.size(), line.data(), line.size(), "", &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        size != key.size())
        throw std::runtime_error("the key file " + file + " does not hold a key; restore it from the backup");
    return key;
}

void write_whole(int descriptor, const std::string& text, const std::string& file) {
    const bool written = ::write(descriptor, text.data(), text.size()) == ssize_t(text.size());
    const bool kept = ::fsync(descriptor) == 0;
    const bool closed = ::close(descriptor) == 0;
    if (written && kept && closed) return;
    ::unlink(file.c_str());
    throw std::runtime_error("cannot write the key file " + file);
}

void fsync_folder_of(const std::string& file) {
    const auto folder = std::filesystem::absolute(file).parent_path();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

Key load_or_create_key(const std::string& file) {
    if (const auto key = read_key(file)) return *key;
    const std::string line = random_token() + "\n";
    const std::string fresh = file + "." + random_token().substr(0, 8);
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("cannot write the key file " + file);
    write_whole(descriptor, line, fresh);
    // link() fails when another process was quicker; then its key is the one.
    const bool linked = ::link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST;
    ::unlink(fresh.c_str());
    if (!linked) throw std::runtime_error("cannot write the key file " + file);
    fsync_folder_of(file);
    return read_key(file).value();
}

}  // namespace mitwirken::crypto
