// THE contract of a module: everything the house needs to know of a building block, in one value. app reads it; nothing
// else of a module is reachable from outside. Modules are listed in src/modules/CMakeLists.txt, one word each.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/access/access.h"
#include "core/domain_events.h"
#include "core/ids.h"
#include "core/keep.h"
#include "platform/base/result.h"
#include "platform/html/html.h"
#include "platform/http/message.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::core {

class Visit;
class Preparation;
struct Activity;
struct Contribution;
struct House;
struct Place;

enum class RouteKind {
    page,        // HTML for people
    data,        // JSON, CSV, RSS, iCal, PDF, files: no layout
    api,         // /api/v1/…: JSON with CORS for GET, described in OpenAPI
    callback,    // a GET that writes (answer of a sign-in service, with state and nonce)
    token_post,  // a POST without cookie, authorised by a signed token; the cross-site check lets it pass
};

// A parameter of an API route: for its description, and to refuse what does not fit (core/api).
struct ApiParameter {
    std::string_view name, type;  // type: "string", "integer", "boolean", "date"
    Message words;
    std::vector<std::string_view> values = {};  // the allowed ones, if fixed
    bool many = false;                          // may stand several times
    std::int64_t least = 0, most = 0;           // of an integer
    bool required = false;
    std::string_view example = {};  // shown on the page of the API
};
// A JSON Schema with a name, for "#/components/schemas/<name>".
struct ApiSchema {
    std::string_view name;
    nlohmann::ordered_json (*schema)();
};
struct ApiDescription {
    Message summary;
    std::vector<ApiParameter> query = {};
    nlohmann::ordered_json (*schema)() = nullptr;  // of the answer
};

struct Route {
    http::Method method = http::Method::get;
    std::string_view pattern;     // "/instrumente/{key}"; paths are German words without umlauts
    std::string_view permission;  // everyone, signed_in or the name of an action
    std::function<http::Response(Visit&)> handler;
    // Slow work before the transaction: hashing, pictures, calls to others. Its results wait in visit.prepared().
    std::function<void(Preparation&)> prepare = {};
    RouteKind kind = RouteKind::page;
    bool embeddable = false;  // may stand in an iframe on the tenant's listed sites; sets no cookie
    bool cacheable = true;    // anonymous GETs may be kept in the page cache
    // What somebody does here in the activity named by {procedure} and {activity} ("contribute", "support" …). The
    // house has asked the grid before the handler runs; "" = reading, which needs the activity to be visible.
    std::string_view interaction = {};
    bool of_any_block = false;  // the activity may be another module's (comments on everything)
    ApiDescription api = {};
};

struct Navigation {
    enum class Place { main, footer, help, admin };
    Place place = Place::main;
    std::string_view path;
    Message label;
    int position = 100;
    std::string_view permission;  // admin entries are shown to those who may
    std::string_view icon = {};
    std::string_view group = {};  // admin: heading the entry stands under
};

// A link that people have put into a menu (standing pages); it stands among the fixed entries by its position.
struct MenuLink {
    Navigation::Place place = Navigation::Place::footer;
    std::string path, label;
    int position = 100;
    std::string group = {};
};

// A column that holds personal data: it is exported with the person's data and emptied when the person is erased.
struct PersonalColumn {
    std::string_view table, column;
    std::string_view why;   // purpose, for the register of processing activities
    std::string_view keep;  // how long
};

// What the home page, the district pages and "related" lists show of a module.
struct Teaser {
    std::string kind;  // "offer", "event", "news", "result", "format", "download"
    std::string title, summary, url, state;
    std::optional<Date> day;
    std::string when;  // "noch 12 Tage", already in the visitor's language
    std::vector<TermId> terms;
    std::string image, image_alt;
    bool external = false;
    bool has_english = false;  // title and summary are there in English, too
};
struct TeaserQuery {
    std::string section;        // "running", "coming", "decided", "news", "formats"
    std::vector<TermId> terms;  // all of them, when not empty
    int count = 6;
};

// A tile, number or warning on the administration's first page.
struct Task {
    Message label;
    std::int64_t count = 0;
    std::string url;
};

struct Setting {
    enum class Kind { text, long_text, choice, number, on_off, colour, list, email, url };
    std::string_view key;  // "toolbox.associations_may_report"
    Kind kind = Kind::text;
    Message label, hint;
    std::string_view initial;
    std::vector<std::string_view> choices = {};
};

// What people can do in an activity; the words stand in the grid and in the exchange format.
struct Interaction {
    std::string_view word;  // "contribute"
    Message label;          // "Hand in ideas", for the editor
};

// A building block that stands in procedures: what the house must know to place it, show it, copy it and print it.
struct ActivityKind {
    Message title, summary;  // for the editor's list of building blocks
    std::string_view icon = "file";
    // Its pages stand under /verfahren/{procedure}/<path>/{activity}, those of staff under
    // /verwaltung/verfahren/{procedure}/<path>/{activity}.
    std::string_view path;
    std::vector<Interaction> interactions;
    std::vector<Setting> settings;  // of one activity; the procedure's editor shows them
    bool has_editor = false;  // staff edit its content (a questionnaire) under its own path, ending in /bearbeiten
    // The card on the procedure's page, for whom it is visible: what it is, figures, the way in.
    std::function<html::SafeHtml(Visit&, const Place&, const Activity&)> card = {};
    // What belongs to it beside its settings (questions), for export, copies and templates; JSON.
    std::function<nlohmann::json(db::Tx&, ActivityId)> content = {};
    std::function<Problems(const nlohmann::json&)> check_content = {};
    std::function<void(db::Tx&, TenantId, ActivityId, const nlohmann::json&, Timestamp)> set_content = {};
    // What is missing before it may be published.
    std::function<std::vector<Message>(db::Tx&, const Activity&)> missing = {};
    // The paper form, without head and foot: those are the same for all (QR code, number, where to send it).
    std::function<html::SafeHtml(Visit&, const Place&, const Activity&)> paper_form = {};
};

// A part of a procedure's public page that a module brings: a whole <section> with its h2 (main), a box (aside).
struct ProcedureSection {
    enum class Where { main, aside };
    Where where = Where::main;
    int position = 100;
    html::SafeHtml content;
};
// A screen of a procedure's administration, under /verwaltung/verfahren/{key}<below>; see core/desk/desk.h.
struct ProcedureScreen {
    std::string_view below;  // "/raster"; "" = the first one
    Message label;
    int position = 100;
    std::string_view permission;
};
// How an import is to be done.
struct ImportOptions {
    bool dry_run = false;  // nothing is changed
    bool publish = false;  // what the file wants published is public at once; else it is handed in
};
// What an import did or would do. All or nothing: with problems nothing was changed.
struct ImportReport {
    struct Line {
        std::string place;  // "line 17" or "entries[3]"
        std::string column;
        Message message;
    };
    std::vector<Line> problems;
    struct Change {
        std::string key, title, what;     // what: "new", "changed", "same"
        std::vector<std::string> fields;  // changed ones
        // Their texts by field, for those that are shown field by field; may be left empty.
        std::vector<std::pair<std::string, std::string>> before = {}, after = {};
    };
    std::vector<Change> changes;
};

// An action as the audit log records it ("news.changed"), in words: "changed a piece of news".
struct RecordedAction {
    std::string_view action;
    Message words;
};
// What a thing is called, and where staff find it; "" when it is shown nowhere.
struct NamedItem {
    std::string title, url;
};

struct Manifest {
    std::string name;                           // the folder; prefix of its tables and actions
    std::optional<ActivityKind> activity = {};  // what stands in procedures says how; everything else is standing
    Message title;
    std::vector<Action> actions;
    // Every action this module records, in words, and what the recorded things are called now (those that still exist).
    std::vector<RecordedAction> recorded;
    std::function<std::map<std::int64_t, NamedItem>(Visit&, const std::vector<std::int64_t>& items)> name_items;
    std::vector<Setting> settings;
    std::vector<Route> routes;
    std::vector<ApiSchema> api_schemas;  // what the answers of its API routes are made of
    std::vector<Navigation> navigation;
    std::function<std::vector<MenuLink>(Visit&)> menu;
    std::vector<PersonalColumn> personal;
    // Everything this module keeps of a person, as JSON; and its removal.
    std::function<nlohmann::json(db::Tx&, AccountId)> export_person;
    std::function<void(db::Tx&, AccountId, Timestamp)> erase_person;
    // The same for somebody who takes part under a pseudonym; an account's participant is covered by this too.
    std::function<nlohmann::json(db::Tx&, TenantId, ParticipantId)> export_participant;
    std::function<void(db::Tx&, TenantId, ParticipantId, Keep, Timestamp)> erase_participant;
    // Parts of every procedure's public page, and screens of its administration.
    std::function<std::vector<ProcedureSection>(Visit&, const Place&)> procedure_sections;
    std::vector<ProcedureScreen> procedure_screens;
    // What stands under a contribution of any kind on its own page, before the comments; empty = nothing.
    std::function<html::SafeHtml(Visit&, const Contribution&)> contribution_section;
    // Is this item visible to this visitor? Decides over attached files.
    std::function<bool(Visit&, std::int64_t item)> visible;
    std::function<std::vector<Teaser>(Visit&, const TeaserQuery&)> teasers;
    std::function<std::vector<Task>(Visit&)> tasks;
    // What is public now, in numbers: for the start page of those who evaluate. Nobody's contents, only counts.
    std::function<std::vector<Task>(Visit&)> figures;
    // Public addresses for the site map.
    std::function<std::vector<std::string>(Visit&)> public_paths;
    std::function<void(db::Tx&, TenantId, const DomainEvent&, Timestamp)> on_event;
    std::map<std::string, std::function<void(House&, const jobs::Job&)>> jobs;
    // Example content of a new tenant ("mitwirken example"); run once, in one transaction, after `example_after`.
    std::function<void(House&, db::Tx&, TenantId, Timestamp)> example;
    // "mitwirken import" and the import page; CSV or JSON by content.
    std::function<ImportReport(const House&, TenantId, AccountId by, const std::string& bytes, const ImportOptions&)>
        import_data;
    // "mitwirken export": everything published, as JSON, piece by piece.
    std::function<void(db::Tx&, TenantId, const std::function<void(std::string_view)>&)> export_data;
    // Builds its part of the search index anew ("mitwirken check --reindex").
    std::function<void(db::Tx&, TenantId, Timestamp)> reindex;
};

// Generated from src/modules/CMakeLists.txt.
std::vector<Manifest> all_manifests();

}  // namespace mitwirken::core
