// pg_dump and pg_restore; see postgresql_copy.h.
#include "platform/db/postgresql_copy.h"

#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>

#include <filesystem>

#include <fmt/format.h>

#include "platform/db/db.h"

namespace mitwirken::db {

namespace {

// The address without its password, which would be seen in the list of processes, and the password.
std::pair<std::string, std::string> without_password(const std::string& url) {
    PQconninfoOption* options = PQconninfoParse(url.c_str(), nullptr);
    if (options == nullptr) throw Error(Fault::other, "database.url is not an address that libpq understands");
    std::pair<std::string, std::string> result;
    for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        if (std::string_view(option->keyword) == "password") {
            result.second = option->val;
            continue;
        }
        result.first += fmt::format("{}='", option->keyword);
        for (const char c : std::string_view(option->val)) {
            if (c == '\'' || c == '\\') result.first += '\\';
            result.first += c;
        }
        result.first += "' ";
    }
    PQconninfoFree(options);
    return result;
}

int run_program(const std::vector<std::string>& arguments, const std::string& password) {
    std::vector<char*> words, environment;
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
    std::string secret = "PGPASSWORD=" + password;
    if (!password.empty()) environment.push_back(secret.data());
    environment.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, words[0], nullptr, nullptr, words.data(), environment.data()) != 0) return -1;
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void run_or_throw(const std::vector<std::string>& arguments, const std::string& password) {
    const int code = run_program(arguments, password);
    if (code == 0) return;
    const std::string& name = arguments.front();
    if (code == 127 || code == -1)
        throw Error(Fault::unavailable, fmt::format("{} cannot be started: install postgresql-client", name));
    throw Error(Fault::unavailable, fmt::format("{} ended with status {}", name, code));
}

}  // namespace

void dump_postgresql(const std::string& url, const std::string& file) {
    const auto [address, password] = without_password(url);
    const std::string part = file + ".part";
    try {
        run_or_throw(
            {"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=" + part, "--dbname=" + address},
            password);
    } catch (...) {
        std::filesystem::remove(part);
        throw;
    }
    std::filesystem::rename(part, file);
}

void restore_postgresql(const std::string& url, const std::string& file) {
    if (!Database::open({.url = url, .readers = 1, .writers = 1})->schema().empty())
        throw Error(Fault::constraint, "the database has tables already; create an empty one for the copy");
    const auto [address, password] = without_password(url);
    run_or_throw({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                  "--dbname=" + address, file},
                 password);
}

}  // namespace mitwirken::db
