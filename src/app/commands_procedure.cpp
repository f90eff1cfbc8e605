// Commands around procedures in files; no database, no settings. The answers come from the functions that serve the
// pages.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/commands.h"
#include "core/procedures/exchange.h"
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

}  // namespace

int ask_procedure_command(const Call& call) {
    const auto procedure = core::read_procedure(read_all(call.file));
    if (!procedure) return refuse(call.file, procedure.problems());
    const auto questions = core::read_questions(read_all(call.questions_file));
    if (!questions) return refuse(call.questions_file, questions.problems());
    write_whole(call.out_file, core::write_answers(*procedure, *questions));
    return 0;
}

}  // namespace mitwirken::app
