// One request as a handler sees it: who, where, in which language, at what time, and the transaction it runs in.
// Invariants: tx is read-only for GET; `now` is the same instant for the whole request; nothing here outlives it.
#pragma once

#include <any>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/access.h"
#include "core/contributions/contributions.h"
#include "core/house.h"
#include "core/participants/participants.h"
#include "core/people/people.h"
#include "core/procedures/place.h"
#include "core/tenants/tenants.h"
#include "platform/base/error.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/i18n/i18n.h"

namespace mitwirken::core {

// Answers of forms that were sent before, by the sending (core_idempotency): who sent what where, with the form's key.
std::optional<std::string> earlier_answer(db::Tx& tx, TenantId tenant, const std::string& key);
void remember_answer(db::Tx& tx, TenantId tenant, const std::string& key, const std::string& location, Timestamp now);
void forget_old_answers(db::Tx& tx, Timestamp now);
// {"error": {"status": 404, "message": "…"}}
std::string error_json(int status, const std::string& message);

struct Crumb {
    std::string label, url;
};
struct FeedLink {
    std::string title, type, url;
};

// What the layout needs to know of a page besides its content.
struct PageHead {
    std::string title;          // of this page only; the layout appends the site's name
    std::string description;    // for search engines and previews; plain text
    std::vector<Crumb> crumbs;  // without the home page and without the page itself
    std::string navigation;     // path of the navigation entry this page belongs to
    std::vector<FeedLink> feeds;
    html::SafeHtml json_ld;        // schema.org, made by html::json_script
    std::string kind = "article";  // class on <body>: "list", "form", "admin" …
    int status = 200;
    bool admin = false;       // the administration shell
    bool bare = false;        // embedded: without header and footer
    bool has_errors = false;  // title begins with "Fehler: "
    bool index = true;        // search engines may list it
};

class Visit {
public:
    const House& house;
    db::Tx& tx;
    const http::Request& request;
    const Tenant& tenant;
    const i18n::Language& language;
    const Actor actor;
    const Timestamp now;
    const std::string path;  // of the address, without the language's prefix
    const Form query;        // of the address
    Form form;               // of the body; empty for GET
    const Route& route;
    const std::map<std::string, std::string, std::less<>>& parameters;  // of the path

    // ---- parameters
    // A path parameter; NotFound when it is not one of the route.
    const std::string& parameter(std::string_view name) const;
    // A path parameter that is an id; NotFound when it is no number.
    template <class I>
    I id_parameter(std::string_view name) const {
        const auto number = to_int(parameter(name));
        if (!number || *number <= 0) throw NotFound();
        return I{*number};
    }
    // What the route's prepare function left, or nullptr.
    template <class T>
    T* prepared() {
        return std::any_cast<T>(&prepared_);
    }

    // ---- participation
    // The procedure and activity of the address; a route without them has none (assertion).
    const Place& place() const;
    const Place* place_or_none() const { return place_.get(); }
    void set_place(Place place);
    // Who this browser or account is to participation; nothing before the first contribution.
    const Participant* participant();
    // The same, made now when there was none; the answer then sets the cookie. Only in routes that write.
    const Participant& need_participant();
    // Where and when something is done here, for what is written: the activity and the step that has it open.
    Occasion occasion(std::string_view interaction) const;
    const std::string& new_cookie() const { return new_cookie_; }

    // ---- rights
    Decision may(std::string_view action, std::optional<OrganisationId> owner = {}) const;
    // Throws NotAllowed (or SignInNeeded) with the reason.
    void need(std::string_view action, std::optional<OrganisationId> owner = {}) const;
    bool signed_in() const { return actor.signed_in(); }

    // ---- words
    std::string tr(std::string_view id) const { return language.tr(id); }
    std::string tr(const Message& message) const { return language.tr(message); }

    // Is this content German on a page of another language? Then it is marked so, for who listens to the page. What
    // has an English wording says so.
    bool in_german(bool english_there = false) const {
        return language.code() != "de" && !(english_there && language.code() == "en");
    }

    // ---- addresses: paths get the language's prefix; absolute() adds scheme and host (feeds, mails, QR codes).
    std::string url(std::string_view to) const;
    std::string absolute(std::string_view to) const;
    // The same path in another language of the tenant ("en").
    std::string url_in(std::string_view code, std::string_view to) const;
    // This page with one parameter of the query replaced, removed (value "") or added.
    std::string with(std::string_view name, std::string_view value) const;

    // ---- settings of the tenant ("" when unknown)
    std::string setting(std::string_view key) const;
    bool setting_on(std::string_view key) const { return setting(key) == "on"; }

    // ---- answers
    // A whole page in the layout.
    http::Response page(const PageHead& head, const html::SafeHtml& content);
    template <class V>
    http::Response page(const PageHead& head, html::Template file, const V& values) {
        return page(head, html::render_part(file, values, language));
    }
    // 303 to a path of ours, with a notice for the next page (kept in the session, or as a short cookie).
    http::Response go(std::string_view to, const Message& notice = {});

    // ---- cache: this page is right until then at the latest; the earliest call wins.
    void right_until(Timestamp instant);
    std::optional<Timestamp> right_until() const { return right_until_; }
    // What is read of other modules, so that their writes make the page stale. A page says so for each module whose
    // teasers, search entries or routes it shows; its own module and the tenant are always among them.
    void reads_everything() {
        for (const auto& module : house.modules) reads_.push_back(module.name);
    }
    void reads(std::string_view module) { reads_.emplace_back(module); }
    const std::vector<std::string>& scopes_read() const { return reads_; }
    // What costs more than it is worth to work out for every page, kept until a write raises this scope's version (a
    // module, or "tenant") or the instant comes that is named. Inside a write it is worked out each time.
    template <class T, class F>
    std::shared_ptr<const T> remembered(std::string_view scope, std::string_view name,
                                        std::optional<Timestamp> right_until, F&& make) {
        if (as_of_ == 0 || tx.writes()) return std::make_shared<const T>(make());
        const std::string key = std::to_string(tenant.id.value) + '/' + std::string(scope) + '/' + std::string(name);
        const auto* written = house.versions.of(tenant.id, scope);
        if (auto known = house.memory.find(key, *written, now)) return std::static_pointer_cast<const T>(known);
        auto made = std::make_shared<const T>(make());
        house.memory.put(key, made, as_of_, now, right_until);
        return made;
    }
    void do_not_cache() { cacheable_ = false; }
    bool cacheable() const { return cacheable_; }

    // ---- writes
    // Makes cached pages of this module (besides the route's own) stale once this transaction is committed.
    void touch(std::string_view module);
    void publish(const DomainEvent& event) { house.publish(tx, tenant.id, event, now); }
    // Adds a line to the audit log: what was done to which thing; `details` are words without personal data.
    void record(std::string_view action, const Ref& ref, const std::string& details = "");

    Visit(const House& house, db::Tx& tx, const http::Request& request, const Tenant& tenant,
          const i18n::Language& language, const Actor& actor, Timestamp now, std::string path, Form query, Form form,
          const Route& route, const std::map<std::string, std::string, std::less<>>& parameters);
    void set_prepared(std::any value) { prepared_ = std::move(value); }
    // The clock of the versions before the transaction began; 0: nothing may be remembered.
    void set_as_of(std::uint64_t instant) { as_of_ = instant; }
    Session* session = nullptr;        // of somebody who is signed in
    const Account* account = nullptr;  // of the actor

private:
    std::any prepared_;
    std::shared_ptr<Place> place_;
    std::optional<Participant> participant_;
    bool participant_sought_ = false;
    std::string new_cookie_;
    std::uint64_t as_of_ = 0;
    std::optional<Timestamp> right_until_;
    std::vector<std::string> reads_;
    bool cacheable_ = true;
};

// What a route's prepare function sees: no transaction; slow work is welcome. It may throw like a handler.
class Preparation {
public:
    const House& house;
    const http::Request& request;
    const Tenant& tenant;
    const i18n::Language& language;
    const Actor& actor;
    const Timestamp now;
    Form& form;
    std::vector<http::Upload>& uploads;
    const std::map<std::string, std::string, std::less<>>& parameters;
    std::any result;                        // becomes visit.prepared<T>()
    std::vector<std::string> stored_files;  // keys; removed again unless the form is done (303)

    // Takes an upload into the store, for the time being.
    Result<files::Stored> take(const http::Upload& upload, const std::string& field, bool pictures_only = false) {
        auto stored = house.files->take(upload.path, field, pictures_only);
        if (stored) stored_files.push_back(stored->key);
        return stored;
    }
};

}  // namespace mitwirken::core
