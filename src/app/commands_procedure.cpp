// Commands around procedures in files. Asking needs no database and no settings; its answers come from the functions
// that serve the pages. Import and export go the way of the pages, too.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/commands.h"
#include "app/program.h"
#include "core/audit/audit.h"
#include "core/procedures/exchange.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "core/procedures/words.h"
#include "platform/crypto/crypto.h"
#include "platform/files/disk.h"

namespace mitwirken::app {

namespace {

namespace fs = std::filesystem;

// The status of a file that is refused, apart from 1 for everything that goes wrong on the way.
constexpr int refused = 2;

std::string read_all(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || fs::is_directory(file)) throw std::runtime_error("cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whole or not there: under another name beside it, then renamed.
void write_whole(const std::string& file, std::string_view bytes) {
    if (fs::exists(file) && !fs::is_regular_file(file)) throw std::runtime_error(file + " is not a file");
    const std::string path = fs::absolute(file).string();
    const std::string half = path + ".new-" + crypto::random_token().substr(0, 12);
    files::write_synced(half, bytes);
    try {
        files::rename_synced(half, path);
    } catch (...) {
        fs::remove(half);
        throw;
    }
}

int refuse(const std::string& file, const Problems& problems) {
    fmt::print(stderr, "mitwirken: {} is refused:\n{}", file, core::problems_in_words(i18n::english(), problems));
    return refused;
}

core::TenantId tenant_called(db::Tx& tx, const std::string& key) {
    const auto tenant = core::find_tenant(tx, key);
    if (!tenant) throw std::runtime_error("there is no municipality " + key);
    return tenant->id;
}

// The database is left as it was when the file is refused: the problems end the transaction.
struct Refused {
    Problems problems;
};

}  // namespace

int export_procedure_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    std::string json;
    program.database().read([&](db::Tx& tx) {
        const auto tenant = tenant_called(tx, call.key);
        const auto record = core::find_procedure(tx, tenant, call.name);
        if (!record) throw std::runtime_error("there is no procedure " + call.name);
        json = core::write_whole(core::load_whole(program.house(), tx, tenant, *record));
    });
    write_whole(call.out_file, json);
    return 0;
}

// A draft, whatever the file says: publishing is a decision of people who look at it.
int import_procedure_command(const Call& call) {
    auto whole = core::read_whole(read_all(call.file));
    if (!whole) return refuse(call.file, whole.problems());
    (*whole).record.state = (*whole).plan.state = core::ProcedureState::draft;
    Program program(existing(call));
    program.need_current_schema();
    std::string key;
    try {
        program.database().write([&](db::Tx& tx) {
            const auto tenant = tenant_called(tx, call.key);
            const auto now = program.house().clock->now();
            const auto id = core::add_whole(program.house(), tx, tenant, *whole, now);
            if (!id) throw Refused{id.problems()};
            key = core::find_procedure(tx, tenant, *id)->key;
            core::audit(tx, tenant, {}, "procedures.imported", {"procedures", id->value}, key, now);
            program.house().versions.raise_at_commit(tx, tenant, "procedures");
        });
    } catch (const Refused& refused_file) {
        return refuse(call.file, refused_file.problems);
    }
    fmt::print("{}\n", key);
    return 0;
}

int export_template_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    std::string json;
    program.database().read([&](db::Tx& tx) {
        const auto type = core::newest_procedure_type(tx, tenant_called(tx, call.key), call.name);
        if (!type) throw std::runtime_error("there is no template " + call.name);
        json = core::write_type(*type);
    });
    write_whole(call.out_file, json);
    return 0;
}

int import_template_command(const Call& call) {
    const auto type = core::read_type(read_all(call.file));
    if (!type) return refuse(call.file, type.problems());
    // Tried with a first day: what is wrong inside shows only then.
    const auto file = core::with_real_days(type->content, Date{std::chrono::year{2027} / 1 / 4});
    if (!file) return refuse(call.file, file.problems());
    auto whole = core::read_whole(*file);
    if (!whole) return refuse(call.file, whole.problems());
    Program program(existing(call));
    program.need_current_schema();
    core::leave_out_unknown(program.house(), *whole);
    if (const auto problems = core::check_whole(program.house(), *whole); problems.any())
        return refuse(call.file, problems);
    std::string key;
    program.database().write([&](db::Tx& tx) {
        const auto tenant = tenant_called(tx, call.key);
        const auto now = program.house().clock->now();
        const auto id = core::add_procedure_type(tx, tenant, *type, {}, now);
        key = core::find_procedure_type(tx, tenant, id)->key;
        core::audit(tx, tenant, {}, "procedures.template_imported", {"procedures", 0}, key, now);
        for (const char* scope : {"procedures", "toolbox"}) program.house().versions.raise_at_commit(tx, tenant, scope);
    });
    fmt::print("{}\n", key);
    return 0;
}

int ask_procedure_command(const Call& call) {
    const auto procedure = core::read_procedure(read_all(call.file));
    if (!procedure) return refuse(call.file, procedure.problems());
    const auto questions = core::read_questions(read_all(call.questions_file));
    if (!questions) return refuse(call.questions_file, questions.problems());
    write_whole(call.out_file, core::write_answers(*procedure, *questions));
    return 0;
}

}  // namespace mitwirken::app
