// mitwirken: the command line. Every command has --help; the work is in commands.cpp.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/config.h"
#include "platform/base/text.h"

namespace {

using mitwirken::app::Call;

// Flags every command that opens the data has.
void add_common(CLI::App& command, Call& call) {
    command.add_option("--config", call.config_file, "TOML file with the settings")->envname("MITWIRKEN_CONFIG");
    command.add_option_function<std::string>(
        "--data", [&](const std::string& v) { call.flags.emplace_back("data", v); },
        "folder of the database, files and caches (default: data)");
    command.add_option_function<std::string>(
        "--database", [&](const std::string& v) { call.flags.emplace_back("database.url", v); },
        "database: sqlite:/path or postgresql://…");
    command
        .add_option_function<std::vector<std::string>>(
            "--set",
            [&](const std::vector<std::string>& settings) {
                for (const auto& s : settings) {
                    const auto equals = s.find('=');
                    if (equals == std::string::npos)
                        throw CLI::ValidationError("--set", "expects key=value, for example mail.from=…, not " + s);
                    call.flags.emplace_back(s.substr(0, equals), s.substr(equals + 1));
                }
            },
            "any setting: --set mail.from=…")
        ->allow_extra_args(false);
}

CLI::App* command(CLI::App& app, Call& call, const std::string& name, const std::string& words,
                  int (*work)(const Call&)) {
    auto* sub = app.add_subcommand(name, words);
    add_common(*sub, call);
    sub->callback([&call, work] { call.work = work; });
    return sub;
}

// Serving, and who is there.
void add_service_commands(CLI::App& app, Call& call) {
    using namespace mitwirken::app;
    auto* serve = command(app, call, "serve", "serve the pages", serve_command);
    serve->add_option_function<std::string>(
        "--port", [&](const std::string& v) { call.flags.emplace_back("server.port", v); },
        "port (default: 8080; 0 = any free one)");
    serve->add_option_function<std::string>(
        "--address", [&](const std::string& v) { call.flags.emplace_back("server.address", v); },
        "address (default: 127.0.0.1)");
    serve->add_option_function<std::string>(
        "--role", [&](const std::string& v) { call.flags.emplace_back("role", v); }, "all, web or worker");
    serve->add_flag("--migrate", call.migrate_first, "run missing migrations before serving");

    auto* migrate = command(app, call, "migrate", "bring the database to the newest schema", migrate_command);
    migrate->add_flag("--list", call.list_only, "only say what is missing");

    auto* example = command(app, call, "example", "load the Dortmund example into a new municipality", example_command);
    example->add_option("--host", call.hosts, "host names of the example (default: 127.0.0.1 localhost)");

    auto* tenant = command(app, call, "tenant", "add or list municipalities", tenant_command);
    tenant->add_option("--add", call.key, "short key of the new municipality, for example soest");
    tenant->add_option("--name", call.name, "its name, for example \"Stadt Soest\"");
    tenant->add_option("--site-name", call.site_name, "name of the site");
    tenant->add_option("--host", call.hosts, "host names");

    auto* user = command(app, call, "user", "add an account or list them", user_command);
    user->add_option("--tenant", call.key, "key of the municipality; left out for an operator");
    user->add_option("--add", call.email, "e-mail address of the new account");
    user->add_option("--name", call.name, "name of the person");
    user->add_option("--role", call.role, "operator, admin, coordinator, editor, moderator, analyst");
}

// Copies, checks, exchange and lists.
void add_data_commands(CLI::App& app, Call& call) {
    using namespace mitwirken::app;
    auto* backup =
        command(app, call, "backup", "write a verified copy of database and files while serving", backup_command);
    backup->add_option("--to", call.folder, "folder that is made (must not exist)")->required();
    auto* restore =
        command(app, call, "restore", "verify a copy and put it into an empty data folder", restore_command);
    restore->add_option("--from", call.folder, "folder made by backup")->required();

    auto* check = command(app, call, "check", "verify database, audit chains and files", check_command);
    check->add_flag("--reindex", call.reindex, "build the search index anew");

    auto* import = command(app, call, "import", "take over a module’s entries from a file", import_command);
    import->add_option("file", call.file, "the file")->required();
    import->add_option("--tenant", call.key, "key of the municipality")->required();
    import->add_option("--what", call.what, "module that imports (default: toolbox)");
    import->add_flag("--dry-run", call.dry_run, "only say what would change");
    import->add_flag("--publish", call.publish,
                     "publish at once what the file wants published; else new entries are handed in");
    auto* export_ = command(app, call, "export", "write everything published of a module as JSON", export_command);
    export_->add_option("--tenant", call.key, "key of the municipality")->required();
    export_->add_option("--what", call.what, "module that exports (default: toolbox)");
    export_->add_option("--out", call.file, "file (default: standard output)");

    auto* routes = command(app, call, "routes", "list every route with its permission", routes_command);
    routes->add_flag("--json", call.as_json, "as JSON");
    auto* settings = command(app, call, "settings", "list every setting with its default", settings_command);
    settings->add_flag("--markdown", call.as_markdown, "as a table for the handbook");
    command(app, call, "version", "say which version this is", version_command);
}

void add_template_commands(CLI::App& procedure, Call& call) {
    auto* out = procedure.add_subcommand("export-template", "write the newest version of a template as JSON");
    add_common(*out, call);
    out->add_option("--tenant", call.key, "key of the municipality")->required();
    out->add_option("--template", call.name, "key of the template, as in its address")->required();
    out->add_option("--out", call.out_file, "JSON file that is written")->required();
    out->callback([&call] { call.work = mitwirken::app::export_template_command; });

    auto* in = procedure.add_subcommand(
        "import-template",
        "take over a template as a new version of its key; status 2 and nothing changed when the file is refused");
    add_common(*in, call);
    in->add_option("--tenant", call.key, "key of the municipality")->required();
    in->add_option("--file", call.file, "the template, as exported")->required();
    in->callback([&call] { call.work = mitwirken::app::import_template_command; });
}

// Files of procedures; for asking nothing of the installation is needed.
void add_procedure_commands(CLI::App& app, Call& call) {
    auto* procedure = app.add_subcommand("procedure", "work with files of procedures");
    procedure->require_subcommand(1);
    auto* ask = procedure->add_subcommand("ask", "answer who may do what when; status 2 when a file is refused");
    ask->add_option("--file", call.file, "the procedure, as exported")->required();
    ask->add_option("--questions", call.questions_file, "JSON file with the questions")->required();
    ask->add_option("--out", call.out_file, "JSON file that is written with the answers")->required();
    ask->callback([&call] { call.work = mitwirken::app::ask_procedure_command; });

    auto* out = procedure->add_subcommand("export", "write a procedure with all that belongs to it as JSON");
    add_common(*out, call);
    out->add_option("--tenant", call.key, "key of the municipality")->required();
    out->add_option("--procedure", call.name, "key of the procedure, as in its address")->required();
    out->add_option("--out", call.out_file, "JSON file that is written")->required();
    out->callback([&call] { call.work = mitwirken::app::export_procedure_command; });

    auto* in = procedure->add_subcommand(
        "import", "take over a procedure as a draft; status 2 and nothing changed when the file is refused");
    add_common(*in, call);
    in->add_option("--tenant", call.key, "key of the municipality")->required();
    in->add_option("--file", call.file, "the procedure, as exported")->required();
    in->callback([&call] { call.work = mitwirken::app::import_procedure_command; });
    add_template_commands(*procedure, call);
}

// "" or " – did you mean …?" for a word of the command line that nothing is called.
std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
    const auto near = mitwirken::nearest(word, known);
    return near ? fmt::format(" – did you mean {}?", *near) : "";
}

std::vector<std::string> commands(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands({})) names.push_back(sub->get_name());
    return names;
}

int refuse_command(const std::vector<std::string>& known, const std::string& word) {
    fmt::print(stderr, "mitwirken: there is no command {}{}\nmitwirken --help lists them.\n", word,
               suggestion(word, known));
    return 2;
}

// CLI11 says that there was something it did not expect; this says what, and what comes nearest.
int refuse_rest(const CLI::App& app) {
    for (const auto* sub : app.get_subcommands()) {
        std::vector<std::string> names;
        for (const auto* option : sub->get_options())
            for (const auto& name : option->get_lnames()) names.push_back("--" + name);
        for (const auto& word : sub->remaining()) {
            const std::string name = word.substr(0, word.find('='));
            fmt::print(stderr, "mitwirken {0}: {1} is not understood{2}\nmitwirken {0} --help lists what is.\n",
                       sub->get_name(), name, mitwirken::starts_with(name, "-") ? suggestion(name, names) : "");
            return 2;
        }
    }
    fmt::print(stderr, "mitwirken: this is not understood; mitwirken --help lists what is.\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace mitwirken::app;
    CLI::App app{"Mitwirken – the participation platform for municipalities"};
    app.require_subcommand(1);
    Call call;

    add_service_commands(app, call);
    add_data_commands(app, call);
    add_procedure_commands(app, call);

    const auto known = commands(app);
    if (argc > 1 && argv[1][0] != '-' && std::find(known.begin(), known.end(), argv[1]) == known.end())
        return refuse_command(known, argv[1]);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError&) {
        return refuse_rest(app);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    try {
        check_environment();
        return call.work(call);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mitwirken: %s\n", error.what());
        return 1;
    }
}
