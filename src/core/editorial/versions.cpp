// Versions on a page: the list, the comparison, and what to say when two people edit at once.
#include <fmt/format.h>

#include "core/editorial/editorial.h"
#include "core/templates.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

constexpr int per_page = 50;

std::int64_t number_from(const std::string& text) { return std::max<std::int64_t>(0, to_int(text).value_or(0)); }

}  // namespace

html::SafeHtml comparison(const Visit& visit, const Snapshot& before, const Snapshot& after) {
    namespace t = tpl::comparison;
    html::Values values;
    bool any = false;
    for (const auto& change : compare(before, after)) {
        if (!change.changed) continue;
        any = true;
        auto field = values.add(t::FIELD).set(t::NAME, visit.tr(change.field));
        for (const auto& piece : change.pieces) {
            auto part = field.add(t::PIECE);
            if (piece.kind == Piece::Kind::same) part.add(t::SAME).set(t::TEXT, piece.text);
            if (piece.kind == Piece::Kind::added) part.add(t::ADDED).set(t::TEXT, piece.text);
            if (piece.kind == Piece::Kind::removed) part.add(t::REMOVED).set(t::TEXT, piece.text);
        }
    }
    values.show_if(!any, t::NOTHING);
    return html::render_part(t::file, values, visit.language);
}

std::string version_field(const Visit& visit, const Ref& ref) {
    return std::to_string(latest_revision(visit.tx, visit.tenant.id, ref));
}

bool changed_meanwhile(const Visit& visit, const Ref& ref) {
    return latest_revision(visit.tx, visit.tenant.id, ref) != number_from(visit.form["_version"]);
}

html::SafeHtml meanwhile_notice(const Visit& visit, const Ref& ref) {
    const auto mine = find_revision(visit.tx, visit.tenant.id, ref, number_from(visit.form["_version"]));
    const auto newest = find_revision(visit.tx, visit.tenant.id, ref, latest_revision(visit.tx, visit.tenant.id, ref));
    if (!newest) return {};
    namespace t = tpl::meanwhile;
    html::Values values;
    values.set(t::NAME, newest->by_name.empty() ? visit.tr("Somebody") : newest->by_name);
    values.set(t::WHEN, when(visit, newest->at));
    values.set(t::CHANGES, comparison(visit, mine ? mine->content : Snapshot{}, newest->content));
    return html::render_part(t::file, values, visit.language);
}

http::Response versions_page(Visit& visit, const Ref& ref, const std::string& title, const Crumb& back) {
    namespace t = tpl::versions;
    html::Values values;
    const std::string heading = visit.tr("Versions") + ": " + title;
    values.set(t::HEAD, admin_head(visit, {.title = heading, .crumbs = {back}}));
    const auto from = number_from(visit.query["von"]), to = number_from(visit.query["bis"]);
    if (from > 0 && to > 0) {
        const auto before = find_revision(visit.tx, visit.tenant.id, ref, from);
        const auto after = find_revision(visit.tx, visit.tenant.id, ref, to);
        if (!before || !after) throw NotFound();
        auto box = values.add(t::COMPARISON).set(t::FROM, from).set(t::TO, to);
        box.set(t::FROM_WHEN, when(visit, before->at)).set(t::TO_WHEN, when(visit, after->at));
        box.set(t::CHANGES, comparison(visit, before->content, after->content));
    }
    auto list = revisions(visit.tx, visit.tenant.id, ref, number_from(visit.query["vor"]), per_page + 1);
    if (list.empty()) values.show(t::EMPTY);
    const bool more = list.size() > per_page;
    if (more) list.pop_back();
    for (const auto& revision : list) {
        auto row = values.add(t::ROW).set(t::NUMBER, revision.number).set(t::WHEN, when(visit, revision.at));
        row.set(t::BY, revision.by_name.empty() ? visit.tr("Automatic or erased") : revision.by_name);
        row.set(t::COMMENT, revision.comment);
        if (revision.number > 1)
            row.add(t::COMPARE)
                .set(t::URL,
                     fmt::format("{}?von={}&bis={}", visit.url(visit.path), revision.number - 1, revision.number));
    }
    const std::string next = more ? visit.with("vor", std::to_string(list.back().number)) : "";
    values.set(t::PAGER, pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    return visit.page({.title = heading, .kind = "admin", .admin = true}, t::file, values);
}

}  // namespace mitwirken::core
