// Tenants ("Mandanten"): a municipality with its hosts, look, languages and settings. Everything of a municipality
// carries its tenant_id; the tenant of a request is found by its host name and by nothing else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

// Four colours, each with its pair for dark pages, as "#rrggbb".
struct Theme {
    std::string primary = "#0b4a55", primary_deep = "#08363f", primary_light = "#e9f6f7", accent = "#ffc83d";
    std::string primary_dark = "#8fd3df", primary_deep_dark = "#0c1f24", primary_light_dark = "#12292f",
                accent_dark = "#ffc83d";
};

struct Tenant {
    TenantId id;
    std::string key;                     // "dortmund": for the command line
    std::string name;                    // "Stadt Dortmund"
    std::string site_name;               // "MitWIRken in Dortmund"
    std::vector<std::string> hosts;      // lower case, without port
    std::vector<std::string> languages;  // codes; the first has no path prefix
    Theme theme;
    std::map<std::string, std::string> settings;
    std::vector<std::string> embedding_sites;  // origins that may show our widgets: "https://www.dortmund.de"
    std::int64_t logo = 0;                     // attachment id, 0 = the drawn mark
    std::int64_t version = 1;                  // rises when anything above changes
};

struct NewTenant {
    std::string key, name, site_name;
    std::vector<std::string> hosts, languages;
};

TenantId add_tenant(db::Tx& tx, const NewTenant& tenant, Timestamp now);
std::vector<Tenant> all_tenants(db::Tx& tx);
std::optional<Tenant> find_tenant(db::Tx& tx, const std::string& key);
void save_tenant(db::Tx& tx, const Tenant& tenant, Timestamp now);
void set_setting(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& value);

// How much there is of each municipality, by its id; one that has nothing yet is not among them.
struct TenantFigures {
    std::int64_t accounts = 0, procedures = 0, contributions = 0, files = 0, bytes = 0;
};
std::map<std::int64_t, TenantFigures> tenant_figures(db::Tx& tx);

// WCAG contrast of two colours "#rrggbb", 1 … 21.
double contrast(const std::string& a, const std::string& b);
// Which colour of a theme must be seen on which: names of fields of the settings form, or "#rrggbb" for what is fixed.
struct ContrastPair {
    std::string_view field;
    std::string colour;
    std::string_view against_field;  // "" when the other one is fixed
    std::string against;
    double least;
};
std::vector<ContrastPair> contrast_pairs(const Theme& theme);
// "#0b4a55" and nothing else.
bool is_colour(const std::string& text);
// Text on these colours must reach 4.5, controls 3: refuses what falls below, naming the field and the ratio.
Result<Theme> check_theme(const Theme& theme);
// "Dortmund.de:8080" -> "dortmund.de"; nothing when it is not a host name.
std::optional<std::string> normal_host(const std::string& host);
// The origins in these lines ("https://www.dortmund.de"), each once; they become part of a security policy, so nothing
// else is let in.
Result<std::vector<std::string>> check_sites(const std::string& lines, const std::string& field);

}  // namespace mitwirken::core
