// The program's settings: one struct, read once at start from the TOML file, then the environment (MITWIRKEN_MAIL_FROM
// for mail.from), then flags; later ones win. An unknown key stops the start and names the nearest known one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/log.h"
#include "platform/http/server.h"

namespace mitwirken::app {

struct Config {
    std::string data = "data";       // data: folder of the database, files and caches
    std::string role = "all";        // role: all, web or worker
    std::string log_level = "info";  // log_level: debug, info, warning, error

    struct {
        std::string address = "127.0.0.1";
        std::int64_t port = 8080;
        std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
        std::int64_t workers = 0;  // 0: twice the number of cores
        std::int64_t body_mb = 64;
        std::int64_t connections = 20000;
        std::string metrics_token;  // not empty: /metrics asks for it (Bearer)
    } server;
    struct {
        std::string url;  // "" = sqlite in the data folder
        std::string read_url;
        std::int64_t readers = 4;
        std::int64_t statement_timeout_ms = 5000;
    } database;
    struct {
        std::string smtp_url, user, password, ca_file;
        std::string from = "Mitwirken <mitwirken@example.org>";
        bool require_tls = true;
    } mail;
    struct {
        std::string clamd;
        std::int64_t max_mb = 25;
    } files;
    struct {
        std::int64_t page_cache_mb = 16;
        std::int64_t tile_cache_mb = 500;
    } cache;
    struct {
        std::vector<std::string> hosts;  // map services in the own network: these hosts may be asked
        std::string geocoder = "photon";
        std::string geocoder_url;  // "" = only the municipality's own list of addresses
    } maps;

    std::string database_url() const;
    std::string folder(const std::string& name) const;  // below data
};

// One line per key: name, value as text, what it is for (for the handbook and --help).
struct ConfigKey {
    std::string name, initial, words;
};
std::vector<ConfigKey> config_keys();

// debug, info, warning, error.
std::optional<log::Level> log_level(const std::string& word);

// Throws like read_config when a variable MITWIRKEN_… is no setting: also for commands that need none.
void check_environment();
// Throws std::runtime_error with a sentence that names the key, the place and what to do.
Config read_config(const std::string& file, const std::vector<std::pair<std::string, std::string>>& flags);

}  // namespace mitwirken::app
