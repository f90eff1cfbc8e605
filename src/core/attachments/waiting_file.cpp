// See waiting_file.h. Invariant: a token names a file only by what a token looks like, never a path.
#include "core/attachments/waiting_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "platform/crypto/crypto.h"

namespace mitwirken::core {

namespace {

namespace fs = std::filesystem;
constexpr std::chrono::hours kept{1};

bool is_token(const std::string& text) {
    return text.size() == 43 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

fs::path place_of(const House& house, AccountId account, const std::string& token) {
    return fs::path(house.data_folder) / "waiting" / (std::to_string(account.value) + "-" + token);
}

}  // namespace

std::string let_wait(const House& house, AccountId account, const std::string& bytes) {
    const std::string token = crypto::random_token();
    const fs::path file = place_of(house, account, token);
    fs::create_directories(file.parent_path());
    std::error_code gone;  // another request tidies up, too
    for (const auto& old : fs::directory_iterator(file.parent_path()))
        if (fs::file_time_type::clock::now() - old.last_write_time(gone) > kept) fs::remove(old.path(), gone);
    std::ofstream out(file, std::ios::binary);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("a file cannot be kept");
    return token;
}

std::optional<std::string> waiting_bytes(const House& house, AccountId account, const std::string& token) {
    if (!is_token(token)) return {};
    std::ifstream in(place_of(house, account, token), std::ios::binary);
    if (!in) return {};
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

void stop_waiting(const House& house, AccountId account, const std::string& token) {
    std::error_code gone;
    if (is_token(token)) fs::remove(place_of(house, account, token), gone);
}

}  // namespace mitwirken::core
