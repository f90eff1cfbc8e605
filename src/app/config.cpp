// Reading of the settings; see config.h. Every key stands once, in bind(): the rest follows from that table.
#include "app/config.h"

#include <toml++/toml.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>
#include <variant>

#include "platform/base/text.h"

extern char** environ;

namespace mitwirken::app {

namespace {

using Place = std::variant<std::string*, std::int64_t*, bool*, std::vector<std::string>*>;
struct Key {
    std::string name;
    Place place;
    std::string words;
};

std::vector<Key> bind(Config& c) {
    return {
        {"data", &c.data, "Ordner für Datenbank, Dateien und Zwischenspeicher"},
        {"role", &c.role, "all: Seiten und Aufträge, web: nur Seiten, worker: nur Aufträge"},
        {"log_level", &c.log_level, "debug, info, warning oder error"},
        {"server.address", &c.server.address, "Adresse, auf der der Dienst hört"},
        {"server.port", &c.server.port, "Port"},
        {"server.trusted_proxies", &c.server.trusted_proxies, "Adressen, deren X-Forwarded-* geglaubt wird"},
        {"server.workers", &c.server.workers, "Arbeiter für Seiten; 0 = doppelte Zahl der Kerne"},
        {"server.body_mb", &c.server.body_mb, "größte Anfrage in MiB"},
        {"server.connections", &c.server.connections, "höchste Zahl offener Verbindungen"},
        {"server.metrics_token", &c.server.metrics_token, "gesetzt: /metrics verlangt dieses Bearer-Token"},
        {"database.url", &c.database.url, "leer = SQLite im Datenordner, sonst postgresql://…"},
        {"database.read_url", &c.database.read_url, "Replik für Lesezugriffe (PostgreSQL)"},
        {"database.readers", &c.database.readers, "Zahl der Leseverbindungen"},
        {"database.statement_timeout_ms", &c.database.statement_timeout_ms, "längste Dauer einer Anweisung"},
        {"mail.smtp_url", &c.mail.smtp_url, "smtp://host:587 oder smtps://host:465; leer = Postausgang im Datenordner"},
        {"mail.user", &c.mail.user, "Anmeldename beim Mailserver"},
        {"mail.password", &c.mail.password, "Passwort beim Mailserver"},
        {"mail.ca_file", &c.mail.ca_file, "eigene Zertifizierungsstelle; leer = die des Systems"},
        {"mail.from", &c.mail.from, "Absender"},
        {"mail.require_tls", &c.mail.require_tls, "nur verschlüsselt senden"},
        {"files.clamd", &c.files.clamd, "Socket des Virenscanners; leer = keine Prüfung"},
        {"files.max_mb", &c.files.max_mb, "größte Datei in MiB"},
        {"cache.page_cache_mb", &c.cache.page_cache_mb, "Speicher für fertige Seiten in MiB"},
        {"cache.tile_cache_mb", &c.cache.tile_cache_mb, "Platz für Kartenkacheln in MiB"},
        {"maps.hosts", &c.maps.hosts, "Kartendienste im eigenen Netz: nur diese Rechner werden dort gefragt"},
        {"maps.geocoder", &c.maps.geocoder, "Art des Adressdienstes: photon oder nominatim"},
        {"maps.geocoder_url", &c.maps.geocoder_url,
         "Adressdienst (…/api oder …/search); leer = nur die eigene Adressliste"},
    };
}

[[noreturn]] void refuse(const std::string& where, const std::string& name, const std::string& why) {
    throw std::runtime_error(where + ": " + name + ": " + why);
}

void set_text(const Key& key, const std::string& value, const std::string& where) {
    if (auto* text = std::get_if<std::string*>(&key.place)) {
        **text = value;
    } else if (auto* number = std::get_if<std::int64_t*>(&key.place)) {
        const auto parsed = to_int(value);
        if (!parsed) refuse(where, key.name, "a whole number is expected, not \"" + value + "\"");
        **number = *parsed;
    } else if (auto* flag = std::get_if<bool*>(&key.place)) {
        if (value != "true" && value != "false") refuse(where, key.name, "true or false is expected");
        **flag = value == "true";
    } else {
        auto& list = *std::get<std::vector<std::string>*>(key.place);
        list.clear();
        for (auto& part : split(value, ','))
            if (!trimmed(part).empty()) list.push_back(trimmed(part));
    }
}

void set_toml(const Key& key, const toml::node& node, const std::string& where) {
    if (auto* list = std::get_if<std::vector<std::string>*>(&key.place); list && node.is_array()) {
        (*list)->clear();
        for (const auto& item : *node.as_array()) {
            const auto text = item.value<std::string>();
            if (!text) refuse(where, key.name, "a list of texts is expected");
            (*list)->push_back(*text);
        }
    } else if (node.is_string()) {
        set_text(key, *node.value<std::string>(), where);
    } else if (node.is_integer()) {
        set_text(key, std::to_string(*node.value<std::int64_t>()), where);
    } else if (node.is_boolean()) {
        set_text(key, *node.value<bool>() ? "true" : "false", where);
    } else {
        refuse(where, key.name, "this kind of value is not understood");
    }
}

const Key& find(const std::vector<Key>& keys, const std::string& name, const std::string& where) {
    std::vector<std::string> names;
    for (const auto& key : keys) {
        if (key.name == name) return key;
        names.push_back(key.name);
    }
    const auto near = nearest(name, names);
    refuse(where, name, "no such setting" + (near ? " – did you mean " + *near + "?" : std::string(".")));
}

void read_file(const std::vector<Key>& keys, const std::string& file) {
    toml::table table;
    try {
        table = toml::parse_file(file);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(file + ":" + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    std::vector<std::string> sections;
    for (const auto& key : keys)
        if (const auto dot = key.name.find('.'); dot != std::string::npos) sections.push_back(key.name.substr(0, dot));
    const auto place = [&](const toml::node& node) { return file + ":" + std::to_string(node.source().begin.line); };
    for (const auto& [name, node] : table) {
        if (const auto* section = node.as_table()) {
            const std::string title(name.str());
            if (std::find(sections.begin(), sections.end(), title) == sections.end()) {
                const auto near = nearest(title, sections);
                refuse(place(node), "[" + title + "]",
                       "no such section" + (near ? " – did you mean [" + *near + "]?" : std::string(".")));
            }
            for (const auto& [inner, value] : *section) {
                const auto full = title + "." + std::string(inner.str());
                set_toml(find(keys, full, place(value)), value, place(value));
            }
        } else {
            set_toml(find(keys, std::string(name.str()), place(node)), node, place(node));
        }
    }
}

// MITWIRKEN_MAIL_FROM -> mail.from; a variable that begins so and is no key is refused like any other slip.
void read_environment(const std::vector<Key>& keys) {
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (!starts_with(text, "MITWIRKEN_") || equals == std::string::npos) continue;
        const std::string variable = text.substr(0, equals);
        if (variable == "MITWIRKEN_CONFIG" || starts_with(variable, "MITWIRKEN_TEST_")) continue;
        std::string name = lower_ascii(variable.substr(10));
        for (const auto& key : keys) {
            std::string flat = key.name;
            for (char& c : flat)
                if (c == '.') c = '_';
            if (flat == name) name = key.name;
        }
        set_text(find(keys, name, variable), text.substr(equals + 1), variable);
    }
}

}  // namespace

std::string Config::database_url() const {
    return database.url.empty() ? "sqlite:" + data + "/mitwirken.db" : database.url;
}

std::string Config::folder(const std::string& name) const { return data + "/" + name; }

std::vector<ConfigKey> config_keys() {
    Config config;
    std::vector<ConfigKey> result;
    for (const auto& key : bind(config)) {
        std::string initial;
        if (auto* text = std::get_if<std::string*>(&key.place))
            initial = **text;
        else if (auto* number = std::get_if<std::int64_t*>(&key.place))
            initial = std::to_string(**number);
        else if (auto* flag = std::get_if<bool*>(&key.place))
            initial = **flag ? "true" : "false";
        else
            initial = join(*std::get<std::vector<std::string>*>(key.place), ", ");
        result.push_back({key.name, initial, key.words});
    }
    return result;
}

std::optional<log::Level> log_level(const std::string& word) {
    static const std::map<std::string, log::Level> levels = {{"debug", log::Level::debug},
                                                             {"info", log::Level::info},
                                                             {"warning", log::Level::warning},
                                                             {"error", log::Level::error}};
    const auto found = levels.find(word);
    return found == levels.end() ? std::nullopt : std::optional(found->second);
}

namespace {

// What no installation can mean, said before anything is opened.
void check_values(const Config& c) {
    if (c.role != "all" && c.role != "web" && c.role != "worker")
        refuse("settings", "role", "all, web or worker is expected, not \"" + c.role + "\"");
    if (!log_level(c.log_level))
        refuse("settings", "log_level", "debug, info, warning or error is expected, not \"" + c.log_level + "\"");
    if (c.data.empty()) refuse("settings", "data", "a folder is expected");
    const auto between = [](const char* name, std::int64_t value, std::int64_t lowest, std::int64_t highest) {
        if (value < lowest || value > highest)
            refuse("settings", name,
                   std::to_string(lowest) + " … " + std::to_string(highest) + " is expected, not " +
                       std::to_string(value));
    };
    between("server.port", c.server.port, 0, 65535);
    between("server.workers", c.server.workers, 0, 1000);
    between("server.body_mb", c.server.body_mb, 1, 100'000);
    between("server.connections", c.server.connections, 1, 1'000'000);
    between("database.readers", c.database.readers, 1, 1000);
    between("database.statement_timeout_ms", c.database.statement_timeout_ms, 100, 86'400'000);
    between("files.max_mb", c.files.max_mb, 1, 100'000);
    between("cache.page_cache_mb", c.cache.page_cache_mb, 0, 1'000'000);
    between("cache.tile_cache_mb", c.cache.tile_cache_mb, 0, 100'000'000);
}

}  // namespace

void check_environment() {
    Config unused;
    read_environment(bind(unused));
}

Config read_config(const std::string& file, const std::vector<std::pair<std::string, std::string>>& flags) {
    Config config;
    const auto keys = bind(config);
    if (!file.empty()) read_file(keys, file);
    read_environment(keys);
    for (const auto& [name, value] : flags) set_text(find(keys, name, "command line"), value, "command line");
    check_values(config);
    return config;
}

}  // namespace mitwirken::app
