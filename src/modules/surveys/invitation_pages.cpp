// Single-use codes for printed invitations: making them, a sheet to print, a list for a mailing house. A code is kept
// sealed with the key of the installation until it is used, and stands nowhere beside the answer it was used for.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/pages.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"
#include "platform/tables/csv.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

constexpr std::size_t most_on_a_sheet = 300;

http::Response show_invitations(Visit& visit, const Desk& d, const Problems& problems) {
    namespace v = tpl::invitations;
    core::TableView view{
        .id = "batches", .caption = visit.tr("Invitations"), .empty = visit.tr("There are no codes yet.")};
    view.columns = {visit.tr("Batch"), visit.tr("Codes"), visit.tr("Used"), visit.tr("To print"),
                    visit.tr("As a list")};
    for (const auto& batch : batches(visit.tx, d.activity->id)) {
        const std::string number = std::to_string(batch.number), path = d.path + "/einladungen/" + number;
        view.rows.push_back({core::text_cell(number), core::number_cell(visit.language.number(batch.made)),
                             core::number_cell(visit.language.number(batch.spent)),
                             core::link_cell(visit.tr("Sheet"), path), core::link_cell("CSV", path + "/codes.csv")});
    }
    html::Values page;
    page.set(v::LIST, core::table(visit, view)).show_if(d.activity->who != core::Who::token, v::NOT_TOKEN);
    core::FormView form(visit, visit.form, problems);
    form.number("count", tr_noop("How many")).hint(tr_noop("Up to 5,000 at once."));
    page.set(v::FORM, form.html({.action = d.path + "/einladungen", .submit = tr_noop("Make codes")}));
    return desk_answer(visit, d, Tab::invitations, "", html::render_part(v::file, page, visit.language),
                       problems.any() ? Answered::again : Answered::page);
}

std::int64_t batch_of(Visit& visit) {
    const auto number = to_int(visit.parameter("batch"));
    if (!number) throw NotFound();
    return *number;
}

// Codes of a batch that can still be used.
std::vector<std::string> open_codes(Visit& visit, const Desk& d) {
    std::vector<std::string> codes;
    const auto list = invitations(visit.tx, d.activity->id, batch_of(visit));
    if (list.empty()) throw NotFound();
    for (const auto& one : list)
        if (!one.spent)
            if (auto code = crypto::open(visit.house.key, one.sealed)) codes.push_back(std::move(*code));
    return codes;
}

std::string address_of(const Visit& visit, const Desk& d, const std::string& code) {
    return visit.absolute("/verfahren/" + d.record.key + "/umfragen/" + d.activity->key) +
           (code.empty() ? "" : "?code=" + grouped(code));
}

}  // namespace

http::Response invitations_page(Visit& visit) { return show_invitations(visit, desk(visit, edit_action), {}); }

http::Response make_invitations(Visit& visit) {
    const auto d = desk(visit, edit_action);
    const auto count = to_int(trimmed(visit.form["count"]));
    if (!count || *count < 1 || *count > most_invitations) {
        Problems problems;
        problems.add("count",
                     tr_noop("Please give a whole number from 1 to {n}.", {{"n", std::to_string(most_invitations)}}));
        return show_invitations(visit, d, problems);
    }
    std::vector<std::pair<std::string, std::string>> codes;
    for (std::int64_t i = 0; i < *count; ++i) {
        const std::string code = new_code();
        codes.emplace_back(crypto::token_hash(code), crypto::seal(visit.house.key, code));
    }
    const auto batch = add_invitations(visit.tx, visit.tenant.id, d.activity->id, codes);
    visit.record("surveys.invited", {"procedures", d.record.id.value}, d.activity->key + " " + std::to_string(*count));
    return visit.go(d.path + "/einladungen",
                    tr_noop("{n} codes are made: batch {batch}.",
                            {{"n", std::to_string(*count)}, {"batch", std::to_string(batch)}}));
}

http::Response invitation_sheet(Visit& visit) {
    namespace v = tpl::sheet;
    const auto d = desk(visit, edit_action);
    const auto codes = open_codes(visit, d);
    html::Values page;
    page.set(v::BACK, visit.url(d.path + "/einladungen")).show_if(codes.empty(), v::NONE);
    for (std::size_t i = 0; i < codes.size() && i < most_on_a_sheet; ++i)
        page.add(v::ITEM)
            .set(v::TITLE, d.activity->title)
            .set(v::CODE, grouped(codes[i]))
            .set(v::ADDRESS, address_of(visit, d, ""))
            .set(v::QR, html::svg_image(pdf::qr_svg(address_of(visit, d, codes[i]), 160), visit.tr("QR code")));
    return desk_answer(visit, d, Tab::invitations,
                       visit.tr(tr_noop("Batch {n}", {{"n", std::to_string(batch_of(visit))}})),
                       html::render_part(v::file, page, visit.language));
}

http::Response invitation_csv(Visit& visit) {
    const auto d = desk(visit, edit_action);
    tables::CsvWriter csv;
    csv.row({visit.tr("Code"), visit.tr("Address")});
    for (const auto& code : open_codes(visit, d)) csv.row({grouped(code), address_of(visit, d, code)});
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + d.activity->key + "-codes.csv\"");
    response.body = csv.take();
    return response;
}

}  // namespace mitwirken::surveys
