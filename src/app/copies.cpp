// Copies of an installation; see copies.h.
#include "app/copies.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/attachments/attachments.h"
#include "core/audit/audit.h"
#include "core/facts.h"
#include "platform/base/text.h"

namespace mitwirken::app {

namespace {

namespace fs = std::filesystem;

constexpr const char* list_name = "contents.json";

std::string hash_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    crypto::Sha256 hash;
    std::string piece(1 << 20, '\0');
    while (in.read(piece.data(), std::streamsize(piece.size())) || in.gcount() > 0)
        hash.add(std::string_view(piece.data(), std::size_t(in.gcount())));
    if (in.bad()) throw std::runtime_error("cannot read " + file.string());
    return hash.hex();
}

void sync(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) throw std::runtime_error("cannot write " + path.string() + " to the disk");
}

void sync_all(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) sync(entry.path());
    sync(folder);
}

// What every copy lists: each file with its size and hash.
nlohmann::json contents(const fs::path& folder) {
    auto list = nlohmann::json::object();
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().filename() != list_name)
            list[fs::relative(entry.path(), folder).string()] = {{"bytes", entry.file_size()},
                                                                 {"sha256", hash_of(entry.path())}};
    return list;
}

nlohmann::json read_list(const fs::path& folder) {
    if (!fs::is_directory(folder)) throw std::runtime_error(folder.string() + " is no folder");
    std::ifstream in(folder / list_name, std::ios::binary);
    if (!in) throw std::runtime_error(folder.string() + " is no copy: it has no " + list_name);
    auto list = nlohmann::json::parse(in, nullptr, false);
    if (!list.is_object() || !list.contains("files") || !list["files"].is_object() || !list.contains("engine"))
        throw std::runtime_error((folder / list_name).string() + " is damaged");
    return list;
}

void verify(const fs::path& folder, const nlohmann::json& list) {
    const auto found = contents(folder);
    for (const auto& [name, facts] : list["files"].items()) {
        if (!found.contains(name)) throw std::runtime_error("the copy lacks " + name);
        if (found[name] != facts) throw std::runtime_error(name + " in the copy is damaged");
    }
    for (const auto& [name, facts] : found.items())
        if (!list["files"].contains(name)) throw std::runtime_error(name + " does not belong to the copy");
}

// Uploads that are on their way (incoming/) belong to nothing yet; one that is given up in this moment may vanish.
void copy_files(const fs::path& from, const fs::path& to) {
    fs::create_directories(to);
    for (auto entry = fs::recursive_directory_iterator(from); entry != fs::recursive_directory_iterator(); ++entry) {
        const fs::path target = to / fs::relative(entry->path(), from);
        if (entry.depth() == 0 && entry->path().filename() == "incoming") {
            entry.disable_recursion_pending();
        } else if (entry->is_directory()) {
            fs::create_directories(target);
        } else if (entry->is_regular_file()) {
            std::error_code error;
            if (!fs::copy_file(entry->path(), target, error) && fs::exists(entry->path()))
                throw std::runtime_error("cannot copy " + entry->path().string() + ": " + error.message());
        }
    }
}

std::vector<core::Attachment> all_attachments(Program& program) {
    std::vector<core::Attachment> list;
    program.database().read(
        [&](db::Tx& tx) { core::each_attachment(tx, [&](const core::Attachment& file) { list.push_back(file); }); });
    return list;
}

// "" or what is wrong with the stored file.
std::string trouble_with(const core::Attachment& file, const fs::path& path) {
    if (!fs::exists(path)) return fmt::format("file {} ({}) is missing", file.key, file.name);
    return hash_of(path) == file.sha256 ? "" : fmt::format("file {} ({}) is damaged", file.key, file.name);
}

std::string lock_file(const Config& config) { return config.folder("copy.lock"); }

int open_lock(const Config& config) { return ::open(lock_file(config).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); }

bool holds_nothing(const fs::path& folder) { return !fs::exists(folder) || fs::is_empty(folder); }

}  // namespace

CopyLock::CopyLock(const Config& config) : descriptor_(open_lock(config)) {
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw std::runtime_error("another copy is being made (" + lock_file(config) + ")");
}

CopyLock::~CopyLock() { ::close(descriptor_); }

bool CopyLock::is_held(const Config& config) {
    const int descriptor = open_lock(config);
    if (descriptor < 0) return false;
    const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
    ::close(descriptor);
    return held;
}

CopyReport make_copy(Program& program, const std::string& wanted) {
    const fs::path folder = fs::absolute(wanted).lexically_normal(), part = folder.string() + ".part";
    if (fs::exists(folder)) throw std::runtime_error(wanted + " exists already; a copy needs a new folder");
    if (fs::exists(part))
        throw std::runtime_error(part.string() + " is left from a copy that did not finish; remove it first");
    const CopyLock lock(program.config());
    fs::create_directories(part);
    fs::permissions(part, fs::perms::owner_all);
    CopyReport report;
    try {
        // The database first: the files it names were written before, and stay while the lock is held.
        program.database().backup((part / "database").string());
        const auto attachments = all_attachments(program);
        copy_files(program.config().folder("files"), part / "files");
        fs::copy_file(program.config().folder("secret.key"), part / "secret.key");
        for (const auto& file : attachments)
            if (auto trouble = trouble_with(file, part / "files" / file.key); !trouble.empty())
                report.problems.push_back(std::move(trouble));
        const nlohmann::json list = {
            {"engine", program.database().engine() == db::Engine::sqlite ? "sqlite" : "postgresql"},
            {"made_at", to_iso(program.house().clock->now())},
            {"files", contents(part)}};
        std::ofstream(part / list_name) << list.dump(1) << "\n";
        sync_all(part);
        verify(part, read_list(part));
        report.files = list["files"].size();
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(part, ignored);
        throw;
    }
    fs::rename(part, folder);
    sync(folder.parent_path());
    return report;
}

void note_copy(Program& program, const std::string& folder, const CopyReport& report) {
    const nlohmann::json facts = {{"at", to_iso(program.house().clock->now())},
                                  {"folder", fs::absolute(folder).lexically_normal().string()},
                                  {"files", report.files},
                                  {"problems", report.problems.size()}};
    program.database().write([&](db::Tx& tx) { core::set_fact(tx, "backup.last", facts.dump()); });
}

void restore_copy(const Config& config, const std::string& folder) {
    const fs::path from = folder, data = config.data;
    const auto list = read_list(from);
    const bool to_sqlite = starts_with(config.database_url(), "sqlite:");
    if ((list.at("engine") == "sqlite") != to_sqlite)
        throw std::runtime_error(fmt::format("this copy is of {}, but the settings name {}",
                                             list.at("engine") == "sqlite" ? "SQLite" : "PostgreSQL",
                                             to_sqlite ? "SQLite" : "PostgreSQL"));
    if (!holds_nothing(data))
        throw std::runtime_error(config.data + " is not empty; move it away or choose another --data");
    verify(from, list);
    fs::create_directories(data);
    try {
        fs::permissions(data, fs::perms::owner_all);
        fs::copy(from / "files", data / "files", fs::copy_options::recursive);
        fs::copy_file(from / "secret.key", data / "secret.key");
        sync_all(data);
        db::restore(config.database_url(), (from / "database").string());
    } catch (...) {  // the folder was empty, so everything in it is ours
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(data)) fs::remove_all(entry.path(), ignored);
        throw;
    }
}

std::vector<std::string> check_all(Program& program) {
    std::vector<std::string> problems;
    if (const auto words = program.database().check(); !words.empty()) problems.push_back("database: " + words);
    program.database().read([&](db::Tx& tx) {
        std::vector<std::pair<std::string, core::TenantId>> chains{{"installation", {}}};
        for (const auto& tenant : core::all_tenants(tx)) chains.emplace_back(tenant.key, tenant.id);
        for (const auto& [name, id] : chains)
            if (const auto words = core::check_audit(tx, id); !words.empty())
                problems.push_back("audit log of " + name + ": " + words);
    });
    for (const auto& file : all_attachments(program))
        if (auto trouble = trouble_with(file, program.house().files->path(file.key)); !trouble.empty())
            problems.push_back(std::move(trouble));
    return problems;
}

std::string lacks_data(const Config& config) {
    const std::string url = config.database_url();
    if (!starts_with(url, "sqlite:") || fs::exists(url.substr(7))) return "";
    return fmt::format("there is no database {} yet; run \"mitwirken migrate\" first, or name another --data",
                       url.substr(7));
}

}  // namespace mitwirken::app
