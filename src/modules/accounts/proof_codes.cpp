// Staff make codes on paper that show that somebody lives here: handed over in the office, or sent to an address of the
// register. They are shown once, printed, and nobody can read them again.
#include "accounts/templates.h"
#include "core/forms/forms.h"
#include "modules/accounts/accounts.h"
#include "platform/base/text.h"

namespace mitwirken::accounts {

namespace {

using core::Visit;

constexpr std::int64_t most_codes = 200;

core::PageHead head(Visit& visit) {
    return {.title = visit.tr("Proof of living here"), .kind = "admin", .admin = true};
}

html::SafeHtml content(Visit& visit, const Problems& problems) {
    namespace t = tpl::proof_codes;
    const auto count = core::count_proof_codes(visit.tx, visit.tenant.id, visit.now);
    html::Values values;
    values.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Proof of living here"),
                                                 .lead = visit.tr("Each code makes one account that of somebody who "
                                                                  "lives here. It works once, for 90 days.")}));
    values.set(t::OPEN, visit.language.plural("One code is not used yet.", "{n} codes are not used yet.", count.open));
    values.set(t::USED, visit.language.plural("One code was used.", "{n} codes were used.", count.used));
    core::FormView form(visit, visit.form, problems);
    form.number("count", tr_noop("How many codes?")).hint(tr_noop("At most 200 at once."));
    values.set(t::FORM, form.html({.action = "/verwaltung/nachweise", .submit = tr_noop("Make codes"), .once = false}));
    return html::render_part(t::file, values, visit.language);
}

}  // namespace

http::Response codes_page(Visit& visit) {
    if (visit.form.empty()) visit.form.set("count", "10");
    return visit.page(head(visit), content(visit, {}));
}

http::Response make_codes(Visit& visit) {
    namespace t = tpl::proof_codes_made;
    const auto count = to_int(trimmed(visit.form["count"]));
    if (!count || *count < 1 || *count > most_codes) {
        Problems problems;
        problems.add("count", tr_noop("Please give a number from 1 to 200."));
        return core::show_again(visit, head(visit), content(visit, problems));
    }
    const auto codes = core::add_proof_codes(visit.tx, visit.tenant.id, int(*count), visit.actor.account, visit.now);
    visit.record("account.proof_codes", {"accounts", 0}, std::to_string(codes.size()));
    html::Values values;
    values.set(t::HEAD,
               core::admin_head(visit, {.title = visit.tr("New codes"),
                                        .crumbs = {{visit.tr("Proof of living here"), "/verwaltung/nachweise"}}}));
    for (const auto& one : codes)
        values.add(t::ITEM)
            .set(t::PROOF, one)
            .set(t::SITE, visit.tenant.site_name)
            .set(t::ADDRESS, visit.absolute("/konto/nachweis"));
    values.set(t::BACK_URL, visit.url("/verwaltung/nachweise"));
    return visit.page(head(visit), t::file, values);
}

}  // namespace mitwirken::accounts
