// Commands around the data: copy, restore, check, import, export.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/commands.h"
#include "app/program.h"
#include "core/attachments/attachments.h"
#include "core/audit/audit.h"
#include "platform/base/text.h"

namespace mitwirken::app {

namespace {

namespace fs = std::filesystem;

Config config_of(const Call& call) { return read_config(call.config_file, call.flags); }

std::string read_all(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string hash_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file);
    crypto::Sha256 hash;
    std::string piece(1 << 20, '\0');
    while (in.read(piece.data(), std::streamsize(piece.size())) || in.gcount() > 0)
        hash.add(std::string_view(piece.data(), std::size_t(in.gcount())));
    return hash.hex();
}

void sync(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    if (descriptor < 0 || ::fsync(descriptor) != 0) throw std::runtime_error("cannot write " + path + " to the disk");
    ::close(descriptor);
}

// What every copy lists: each file with its size and hash.
nlohmann::json contents(const fs::path& folder) {
    auto list = nlohmann::json::object();
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().filename() != "contents.json")
            list[fs::relative(entry.path(), folder).string()] = {{"bytes", entry.file_size()},
                                                                 {"sha256", hash_of(entry.path())}};
    return list;
}

void verify(const fs::path& folder) {
    const auto listed = nlohmann::json::parse(read_all(folder / "contents.json"), nullptr, false);
    if (!listed.is_object() || !listed.contains("files"))
        throw std::runtime_error((folder / "contents.json").string() + " is not readable");
    const auto found = contents(folder);
    for (const auto& [name, facts] : listed["files"].items()) {
        if (!found.contains(name)) throw std::runtime_error("the copy lacks " + name);
        if (found[name] != facts) throw std::runtime_error(name + " in the copy is damaged");
    }
    for (const auto& [name, facts] : found.items())
        if (!listed["files"].contains(name)) throw std::runtime_error(name + " does not belong to the copy");
}

// Problems as sentences; empty when all is well.
std::vector<std::string> check_all(Program& program) {
    std::vector<std::string> problems;
    if (const auto words = program.database().check(); !words.empty()) problems.push_back("database: " + words);
    program.database().read([&](db::Tx& tx) {
        std::vector<std::pair<std::string, core::TenantId>> chains{{"installation", {}}};
        for (const auto& tenant : core::all_tenants(tx)) chains.emplace_back(tenant.key, tenant.id);
        for (const auto& [name, id] : chains)
            if (const auto words = core::check_audit(tx, id); !words.empty())
                problems.push_back("audit log of " + name + ": " + words);
        core::each_attachment(tx, [&](const core::Attachment& file) {
            if (!program.house().files->exists(file.key))
                problems.push_back("file " + file.key + " (" + file.name + ") is missing");
            else if (hash_of(program.house().files->path(file.key)) != file.sha256)
                problems.push_back("file " + file.key + " is damaged");
        });
    });
    return problems;
}

}  // namespace

int backup_command(const Call& call) {
    Program program(config_of(call));
    if (fs::exists(call.folder)) throw std::runtime_error(call.folder + " exists already");
    const fs::path folder = call.folder;
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    // The database first: files it names were written before and are only removed by later jobs.
    program.database().backup((folder / "database").string());
    fs::copy(program.config().folder("files"), folder / "files", fs::copy_options::recursive);
    fs::copy_file(program.config().folder("secret.key"), folder / "secret.key");
    const nlohmann::json list = {
        {"engine", program.database().engine() == db::Engine::sqlite ? "sqlite" : "postgresql"},
        {"made_at", to_iso(program.house().clock->now())},
        {"files", contents(folder)}};
    std::ofstream(folder / "contents.json") << list.dump(1) << "\n";
    for (const auto& entry : fs::recursive_directory_iterator(folder)) sync(entry.path().string());
    sync(folder.string());
    verify(folder);
    fmt::print("{} files copied and verified\n", list["files"].size());
    return 0;
}

int restore_command(const Call& call) {
    const Config config = config_of(call);
    const fs::path from = call.folder, data = config.data;
    verify(from);
    const auto facts = nlohmann::json::parse(read_all(from / "contents.json"));
    if (facts.at("engine") != "sqlite")
        throw std::runtime_error("this copy is of PostgreSQL: create an empty database, run pg_restore --dbname=… " +
                                 (from / "database").string() + ", and copy files/ and secret.key to the data folder");
    if (!config.database.url.empty())
        throw std::runtime_error("this copy is of SQLite, but the settings name another database");
    if (fs::exists(data / "mitwirken.db"))
        throw std::runtime_error(config.data + " is not empty; choose another --data");
    fs::create_directories(data);
    fs::permissions(data, fs::perms::owner_all);
    fs::copy(from / "files", data / "files", fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    fs::copy_file(from / "secret.key", data / "secret.key", fs::copy_options::overwrite_existing);
    fs::copy_file(from / "database", data / "mitwirken.db");
    for (const auto& entry : fs::recursive_directory_iterator(data)) sync(entry.path().string());
    Program program(config);
    program.migrate();
    const auto problems = check_all(program);
    for (const auto& problem : problems) fmt::print(stderr, "{}\n", problem);
    fmt::print("{}\n", problems.empty() ? "restored and verified" : "restored, but see above");
    return problems.empty() ? 0 : 1;
}

int check_command(const Call& call) {
    Program program(config_of(call));
    program.need_current_schema();
    if (call.reindex)
        program.database().write([&](db::Tx& tx) {
            for (const auto& tenant : core::all_tenants(tx))
                for (const auto& module : program.house().modules)
                    if (module.reindex) {
                        module.reindex(tx, tenant.id, program.house().clock->now());
                        program.house().versions.raise_at_commit(tx, tenant.id, module.name);
                    }
        });
    const auto problems = check_all(program);
    for (const auto& problem : problems) fmt::print("{}\n", problem);
    fmt::print("{}\n", problems.empty() ? "all is well" : fmt::format("{} problems", problems.size()));
    return problems.empty() ? 0 : 1;
}

int import_command(const Call& call) {
    Program program(config_of(call));
    program.need_current_schema();
    core::TenantId tenant;
    program.database().read([&](db::Tx& tx) {
        if (const auto found = core::find_tenant(tx, call.key)) tenant = found->id;
    });
    if (!tenant) throw std::runtime_error("there is no municipality " + call.key);
    const auto& module = program.house().module(call.what);
    if (!module.import_data) throw std::runtime_error(call.what + " does not import");
    const auto report = module.import_data(program.house(), tenant, {}, read_all(call.file), call.dry_run);
    for (const auto& problem : report.problems)
        fmt::print(stderr, "{}: {}: {}\n", problem.place, problem.column, i18n::english().tr(problem.message));
    if (!report.problems.empty()) return 1;
    for (const auto& change : report.changes)
        if (change.what != "same") fmt::print("{}\t{}\t{}\n", change.what, change.key, join(change.fields, ", "));
    fmt::print("{} entries{}\n", report.changes.size(), call.dry_run ? " (nothing was changed)" : "");
    return 0;
}

int export_command(const Call& call) {
    Program program(config_of(call));
    program.need_current_schema();
    const auto& module = program.house().module(call.what);
    if (!module.export_data) throw std::runtime_error(call.what + " does not export");
    std::FILE* out = call.file.empty() ? stdout : std::fopen(call.file.c_str(), "wb");
    if (!out) throw std::runtime_error("cannot write " + call.file);
    bool written = true;
    program.database().read([&](db::Tx& tx) {
        const auto tenant = core::find_tenant(tx, call.key);
        if (!tenant) throw std::runtime_error("there is no municipality " + call.key);
        module.export_data(tx, tenant->id, [&](std::string_view piece) {
            written = std::fwrite(piece.data(), 1, piece.size(), out) == piece.size() && written;
        });
    });
    if (std::fflush(out) != 0 || !written) throw std::runtime_error("the export is not complete: the disk is full?");
    if (out != stdout) std::fclose(out);
    return 0;
}

}  // namespace mitwirken::app
