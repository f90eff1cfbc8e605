// The commands of the program; each returns the exit status and throws std::exception with a sentence for the operator.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/config.h"

namespace mitwirken::app {

struct Call {
    std::string config_file, key, name, site_name, email, role = "coordinator", folder, file, what = "toolbox";
    std::string questions_file, out_file;
    std::vector<std::string> hosts;
    std::vector<std::pair<std::string, std::string>> flags;  // settings given as flags
    bool migrate_first = false, list_only = false, reindex = false, dry_run = false, publish = false, as_json = false,
         as_markdown = false;
    int (*work)(const Call&) = nullptr;
};

// The settings of a call. Commands that work on an installation refuse one that is not there instead of making it, and
// have an hour for a statement, where a page has seconds.
Config config_of(const Call& call);
Config existing(const Call& call);

int serve_command(const Call& call);
int migrate_command(const Call& call);
int example_command(const Call& call);
int tenant_command(const Call& call);
int user_command(const Call& call);
int backup_command(const Call& call);
int restore_command(const Call& call);
int check_command(const Call& call);
int import_command(const Call& call);
int export_command(const Call& call);
int ask_procedure_command(const Call& call);
int export_procedure_command(const Call& call);
int import_procedure_command(const Call& call);
int export_template_command(const Call& call);
int import_template_command(const Call& call);
int routes_command(const Call& call);
int settings_command(const Call& call);
int version_command(const Call& call);

}  // namespace mitwirken::app
