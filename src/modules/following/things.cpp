// What can be followed, and how it is named: in addresses, on pages, in mails.
#include <fmt/format.h>

#include "core/people/people.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"

namespace mitwirken::following {

namespace {

using core::Visit;

constexpr std::size_t longest_words = 200, longest_label = 120;

core::ProcedureRecord public_procedure(Visit& visit, const std::string& key) {
    auto procedure = core::find_procedure(visit.tx, visit.tenant.id, key);
    if (!procedure || procedure->state == core::ProcedureState::draft) throw NotFound();
    return std::move(*procedure);
}

core::Term used_term(Visit& visit, const std::string& tree, const std::string& key) {
    auto term = core::find_term(visit.tx, visit.tenant.id, tree, key);
    if (!term || term->retired) throw NotFound();
    return std::move(*term);
}

std::optional<core::Term> term_by_id(db::Tx& tx, core::TenantId tenant, const std::string& tree, std::int64_t id) {
    for (auto& term : core::terms(tx, tenant, tree))
        if (term.id.value == id) return std::move(term);
    return {};
}

std::optional<Follow> circle_in(const Form& from) {
    if (from["lon"].empty() && from["lat"].empty()) return {};
    const auto point = geo::parse_point(from["lat"], from["lon"]);
    const auto metres = to_int(from["umkreis"]);
    if (!point || !metres || *metres < least_metres || *metres > most_metres) throw NotFound();
    Follow circle{.kind = Kind::radius};
    circle.label = one_line(from["ort"], longest_label);
    circle.lon = point->lon, circle.lat = point->lat, circle.metres = *metres;
    return circle;
}

std::optional<Follow> search_in(Visit& visit, const Form& from) {
    Follow search{.kind = Kind::search};
    search.words = one_line(first_letters(from["q"], longest_words), longest_words);
    search.facet = one_line(from["art"], 40);
    std::vector<core::TermId> terms;
    for (const auto& key : from.all("thema"))
        if (!key.empty()) terms.push_back(used_term(visit, "topic", key).id);
    if (!from["verfahren"].empty()) search.item = public_procedure(visit, from["verfahren"]).id.value;
    search.terms = term_words(terms);
    const bool narrowed = search.item && !terms.empty();
    if (search.words.empty() && !narrowed) return {};
    return search;
}

std::string distance(const i18n::Language& language, std::int64_t metres) {
    if (metres < 1000) return language.tr(tr_noop("{n} metres", {{"n", language.number(metres)}}));
    return language.tr(tr_noop("{n} km", {{"n", language.number(double(metres) / 1000, metres % 1000 ? 1 : 0)}}));
}

std::string name_of_circle(const i18n::Language& language, const Follow& circle) {
    const std::string where =
        circle.label.empty() ? fmt::format("{:.4f}, {:.4f}", circle.lat, circle.lon) : circle.label;
    return language.tr(
        tr_noop("{distance} around {place}", {{"distance", distance(language, circle.metres)}, {"place", where}}));
}

std::string name_of_search(db::Tx& tx, const i18n::Language& language, core::TenantId tenant, const Follow& search) {
    std::vector<std::string> parts;
    if (!search.words.empty()) parts.push_back(language.tr(tr_noop("“{words}”", {{"words", search.words}})));
    for (const auto id : term_ids(search.terms))
        if (const auto term = term_by_id(tx, tenant, "topic", id.value))
            parts.push_back(term->name_in(language.code()));
    if (search.item)
        if (const auto procedure = core::find_procedure(tx, tenant, core::ProcedureId{search.item}))
            parts.push_back(procedure->title);
    return join(parts, " · ");
}

}  // namespace

std::optional<Follow> thing_in(Visit& visit, const Form& from) {
    if (auto search = search_in(visit, from)) return search;
    if (auto circle = circle_in(from)) return circle;
    if (const auto& key = from["verfahren"]; !key.empty())
        return Follow{.kind = Kind::procedure, .item = public_procedure(visit, key).id.value};
    if (const auto& key = from["vorhaben"]; !key.empty()) {
        const auto dossier = core::find_dossier(visit.tx, visit.tenant.id, key);
        if (!dossier || dossier->state != core::DossierState::published) throw NotFound();
        return Follow{.kind = Kind::dossier, .item = dossier->id.value};
    }
    if (const auto& key = from["thema"]; !key.empty())
        return Follow{.kind = Kind::topic, .item = used_term(visit, "topic", key).id.value};
    if (const auto& key = from["bezirk"]; !key.empty())
        return Follow{.kind = Kind::district, .item = used_term(visit, "district", key).id.value};
    return {};
}

Form to_form(Visit& visit, const Follow& thing) {
    Form form;
    const auto add_procedure = [&] {
        if (const auto p = core::find_procedure(visit.tx, visit.tenant.id, core::ProcedureId{thing.item}))
            form.add("verfahren", p->key);
    };
    const auto add_term = [&](const char* name, const std::string& tree, std::int64_t id) {
        if (const auto term = term_by_id(visit.tx, visit.tenant.id, tree, id)) form.add(name, term->key);
    };
    switch (thing.kind) {
        case Kind::procedure:
            add_procedure();
            break;
        case Kind::dossier:
            if (const auto d = core::find_dossier(visit.tx, visit.tenant.id, core::DossierId{thing.item}))
                form.add("vorhaben", d->key);
            break;
        case Kind::topic:
            add_term("thema", "topic", thing.item);
            break;
        case Kind::district:
            add_term("bezirk", "district", thing.item);
            break;
        case Kind::radius:
            form.add("lat", fmt::format("{:.6f}", thing.lat));
            form.add("lon", fmt::format("{:.6f}", thing.lon));
            form.add("umkreis", std::to_string(thing.metres));
            if (!thing.label.empty()) form.add("ort", thing.label);
            break;
        case Kind::search:
            if (!thing.words.empty()) form.add("q", thing.words);
            if (!thing.facet.empty()) form.add("art", thing.facet);
            for (const auto id : term_ids(thing.terms)) add_term("thema", "topic", id.value);
            if (thing.item) add_procedure();
            break;
    }
    return form;
}

std::string name_of(db::Tx& tx, const i18n::Language& language, core::TenantId tenant, const Follow& thing) {
    switch (thing.kind) {
        case Kind::procedure:
            if (const auto p = core::find_procedure(tx, tenant, core::ProcedureId{thing.item})) return p->title;
            break;
        case Kind::dossier:
            if (const auto d = core::find_dossier(tx, tenant, core::DossierId{thing.item})) return d->title;
            break;
        case Kind::topic:
        case Kind::district:
            if (const auto t = term_by_id(tx, tenant, thing.kind == Kind::topic ? "topic" : "district", thing.item))
                return t->name_in(language.code());
            break;
        case Kind::radius:
            return name_of_circle(language, thing);
        case Kind::search:
            return name_of_search(tx, language, tenant, thing);
    }
    return language.tr("is not there any more");
}

Named name_of(Visit& visit, const Follow& thing) {
    static const Message kinds[] = {tr_noop("Procedure"), tr_noop("Matter"),         tr_noop("Topic"),
                                    tr_noop("District"),  tr_noop("Around a place"), tr_noop("Search")};
    Named named{visit.tr(kinds[std::size_t(thing.kind)]), name_of(visit.tx, visit.language, visit.tenant.id, thing),
                ""};
    const Form form = to_form(visit, thing);
    const auto page = [&](const char* path, const char* field) {
        if (!form[field].empty()) named.url = std::string(path) + form[field];
    };
    if (thing.kind == Kind::procedure) page("/verfahren/", "verfahren");
    if (thing.kind == Kind::dossier) page("/vorhaben/", "vorhaben");
    if (thing.kind == Kind::topic) page("/themen/", "thema");
    if (thing.kind == Kind::district) page("/bezirke/", "bezirk");
    if (thing.kind == Kind::search && !thing.item) named.url = "/suche?q=" + escape_url(thing.words);
    return named;
}

FeedAddress feeds_of(Visit& visit, const Follow& thing) {
    const Form form = to_form(visit, thing);
    const auto page = [&](const char* path, const char* field) {
        const std::string at = base + path + form[field];
        return form[field].empty() ? FeedAddress{} : FeedAddress{at + "/aktuelles", at + "/zeitplan.ics", ""};
    };
    switch (thing.kind) {
        case Kind::procedure:
            return page("/verfahren/", "verfahren");
        case Kind::dossier:
            return page("/vorhaben/", "vorhaben");
        case Kind::topic:
            return page("/themen/", "thema");
        case Kind::district:
            return page("/bezirke/", "bezirk");
        default:
            return {base + "/aktuelles", base + "/zeitplan.ics", "?" + to_query(form)};
    }
}

std::optional<Centre> look_up(Visit& visit, const std::string& typed) {
    const std::string text = one_line(typed, longest_label);
    // "51,5136 7,4653" or "51.5136, 7.4653"
    const auto blank = text.find_last_of(" ;");
    if (blank != std::string::npos) {
        std::string lat = trimmed(text.substr(0, blank));
        if (!lat.empty() && lat.back() == ',') lat.pop_back();
        if (const auto point = geo::parse_point(lat, trimmed(text.substr(blank + 1)))) return Centre{*point, ""};
    }
    for (const auto& district : core::terms(visit.tx, visit.tenant.id, "district"))
        if (!district.retired && district.lon && district.lat &&
            (slug(district.name) == slug(text) || slug(district.name_en) == slug(text)) && !slug(text).empty())
            return Centre{{*district.lon, *district.lat}, district.name_in(visit.language.code())};
    return {};
}

}  // namespace mitwirken::following
