// Commands around the data: copy, restore, check, import, export.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/commands.h"
#include "app/copies.h"
#include "app/program.h"
#include "platform/base/text.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::app {

namespace {

namespace fs = std::filesystem;

// "gone; there are: a, b" – what was asked for and what could have been meant.
[[noreturn]] void refuse(const std::string& what, const std::vector<std::string>& known) {
    throw std::runtime_error(fmt::format("{}; there are: {}", what, known.empty() ? "none" : join(known, ", ")));
}

core::TenantId tenant_called(Program& program, const std::string& key) {
    std::vector<std::string> keys;
    core::TenantId id;
    program.database().read([&](db::Tx& tx) {
        for (const auto& tenant : core::all_tenants(tx)) {
            if (tenant.key == key) id = tenant.id;
            keys.push_back(tenant.key);
        }
    });
    if (!id) refuse("there is no municipality " + key, keys);
    return id;
}

const core::Manifest& module_called(Program& program, const std::string& name,
                                    const std::function<bool(const core::Manifest&)>& can) {
    std::vector<std::string> names;
    for (const auto& module : program.house().modules) {
        if (!can(module)) continue;
        if (module.name == name) return module;
        names.push_back(module.name);
    }
    refuse("no module of this kind is called " + name, names);
}

std::string read_all(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int backup_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    const auto report = make_copy(program, call.folder);
    note_copy(program, call.folder, report);
    for (const auto& problem : report.problems) fmt::print(stderr, "{}\n", problem);
    fmt::print("{} files copied and verified{}\n", report.files,
               report.problems.empty() ? "" : "; the installation itself has the problems above");
    return report.problems.empty() ? 0 : 1;
}

int restore_command(const Call& call) {
    const Config config = config_of(call);
    restore_copy(config, call.folder);
    Program program(config);
    program.migrate();
    const auto problems = check_all(program);
    for (const auto& problem : problems) fmt::print(stderr, "{}\n", problem);
    fmt::print("{}\n", problems.empty() ? "restored and verified" : "restored, but see above");
    return problems.empty() ? 0 : 1;
}

namespace {

// One transaction for each, so that a service that runs meanwhile can write in between.
void reindex(Program& program) {
    std::vector<core::Tenant> tenants;
    program.database().read([&](db::Tx& tx) { tenants = core::all_tenants(tx); });
    for (const auto& tenant : tenants)
        for (const auto& module : program.house().modules)
            if (module.reindex)
                program.database().write([&](db::Tx& tx) {
                    module.reindex(tx, tenant.id, program.house().clock->now());
                    program.house().versions.raise_at_commit(tx, tenant.id, module.name);
                });
}

// A pipe or a file; a file has its name only when it is whole.
class Output {
public:
    explicit Output(const std::string& file) : file_(file), part_(file + ".part") {
        stream_ = file.empty() ? stdout : std::fopen(part_.c_str(), "wb");
        if (!stream_) throw std::runtime_error("cannot write " + file);
    }
    ~Output() {
        if (stream_ && stream_ != stdout) std::fclose(stream_), std::remove(part_.c_str());
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view piece) {
        whole_ = std::fwrite(piece.data(), 1, piece.size(), stream_) == piece.size() && whole_;
    }
    void finish() {
        if (std::fflush(stream_) != 0 || !whole_)
            throw std::runtime_error("the export is not complete: is the disk full?");
        if (stream_ == stdout) return;
        std::fclose(std::exchange(stream_, nullptr));
        std::filesystem::rename(part_, file_);
    }

private:
    std::string file_, part_;
    std::FILE* stream_ = nullptr;
    bool whole_ = true;
};

// In the language of the municipality's site; German when the program does not know it.
const i18n::Language* language_of(Program& program, const std::string& key) {
    const i18n::Language* language = nullptr;
    program.database().read([&](db::Tx& tx) {
        const auto tenant = core::find_tenant(tx, key);
        if (tenant && !tenant->languages.empty()) language = i18n::find_language(tenant->languages.front());
    });
    return language ? language : &i18n::german();
}

// "line 17" of a table; other places ("entries[3]") are named as the file does.
std::string place_in(const i18n::Language& words, const std::string& place) {
    if (!starts_with(place, "line ")) return place;
    return words.tr(tr_noop("Line {n}", {{"n", place.substr(5)}}));
}

}  // namespace

int check_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    if (call.reindex) reindex(program);
    const auto problems = check_all(program);
    for (const auto& problem : problems) fmt::print("{}\n", problem);
    fmt::print("{}\n", problems.empty() ? "all is well" : fmt::format("{} problems", problems.size()));
    return problems.empty() ? 0 : 1;
}

int import_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    const auto tenant = tenant_called(program, call.key);
    const auto& module = module_called(program, call.what, [](const auto& m) { return bool(m.import_data); });
    const core::ImportOptions options{.dry_run = call.dry_run, .publish = call.publish};
    const auto report = module.import_data(program.house(), tenant, {}, read_all(call.file), options);
    // People of an office read this beside their table: it speaks the language the municipality's site begins in.
    const auto& words = *language_of(program, call.key);
    for (const auto& problem : report.problems)
        fmt::print(stderr, "{}: {}: {}\n", place_in(words, problem.place), problem.column, words.tr(problem.message));
    if (!report.problems.empty()) return 1;
    for (const auto& change : report.changes) {
        if (change.what == "same") continue;
        std::vector<std::string> fields;
        for (const auto& field : change.fields) fields.push_back(words.tr(field));
        const Message what = change.what == "new" ? tr_noop("new") : tr_noop("changed");
        fmt::print("{}\t{}\t{}\n", words.tr(what), change.key, join(fields, ", "));
    }
    fmt::print("{}\n", words.plural("one entry", "{n} entries", std::int64_t(report.changes.size())));
    if (call.dry_run) fmt::print("{}\n", words.tr("Nothing was changed; this was a trial."));
    if (!call.dry_run && !call.publish)
        fmt::print("{}\n", words.tr("New entries that are to be published are handed in; --publish publishes them."));
    return 0;
}

int export_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    const auto tenant = tenant_called(program, call.key);
    const auto& module = module_called(program, call.what, [](const auto& m) { return bool(m.export_data); });
    Output out(call.file);
    program.database().read(
        [&](db::Tx& tx) { module.export_data(tx, tenant, [&](std::string_view piece) { out.write(piece); }); });
    out.finish();
    return 0;
}

}  // namespace mitwirken::app
