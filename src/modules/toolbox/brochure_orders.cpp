// Making a brochure: asked for by a button, made by a job in a process of its own, with a page that says how far it is
// and a button that stops it. Nobody waits on a thread of the server.
#include <filesystem>
#include <limits>

#include "core/forms/forms.h"
#include "core/forms/guard.h"
#include "core/paper/paper.h"
#include "modules/toolbox/brochure.h"
#include "platform/crypto/crypto.h"
#include "platform/jobs/jobs.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace fs = std::filesystem;
const std::string base = "/instrumente/broschuere";
constexpr std::int64_t most_waiting = 20;
constexpr std::string_view document_begin = "broschuere-";

core::Throttle& orders_of_one() {
    static core::Throttle throttle(10, std::chrono::minutes{1});
    return throttle;
}

std::string path_of(const Brochure& b) { return base + "/auftrag/" + b.token; }

Brochure asked(Visit& visit) {
    const auto brochure = find_brochure(visit.tx, visit.tenant.id, visit.parameter("token"));
    if (!brochure) throw NotFound();
    return *brochure;
}

// About an eighth of a second for each entry, after two seconds for the start.
std::int64_t seconds_for(std::int64_t entries) { return 2 + (entries + 7) / 8; }

// What the page says of a brochure that is not there yet.
void fill_progress(Visit& visit, const Brochure& b, html::Values& page) {
    namespace t = tpl::brochure_order;
    const auto ahead = brochures_before(visit.tx, visit.tenant.id, b.id);
    const std::int64_t passed =
        b.started_at ? std::chrono::duration_cast<std::chrono::seconds>(visit.now - *b.started_at).count() : 0;
    const std::int64_t expected = seconds_for(b.entries);
    auto box = page.add(t::UNDER_WAY).set(t::ACTION, visit.url(path_of(b))).set(t::URL, visit.url(path_of(b)));
    const std::int64_t value = b.step == BrochureStep::setting ? 20 + std::min<std::int64_t>(75, passed * 75 / expected)
                               : b.state == BrochureState::running ? 10
                                                                   : 0;
    box.set(t::VALUE, value);
    std::string words;
    if (b.state == BrochureState::waiting)
        words = ahead == 0 ? visit.tr("It is next.")
                           : visit.language.plural("One brochure is being made before it.",
                                                   "{n} brochures are being made before it.", ahead);
    else if (b.step == BrochureStep::collecting)
        words = visit.tr("The formats are being collected.");
    else
        words = visit.language.plural("The pages are being set; that takes about one second.",
                                      "The pages are being set; that takes about {n} seconds.", expected);
    box.set(t::WORDS, words);
}

core::Tenant tenant_called(db::Tx& tx, TenantId id) {
    for (auto& tenant : core::all_tenants(tx))
        if (tenant.id == id) return std::move(tenant);
    throw std::runtime_error("brochure: its municipality is gone");
}

// The whole document, seen as anybody sees it: a visit without a person.
std::string document_of(const core::House& house, db::Tx& tx, const Brochure& b) {
    const core::Tenant tenant = tenant_called(tx, b.tenant);
    const auto* language = i18n::find_language(b.language);
    http::Request request;
    const auto colon = b.site.find("://");
    request.scheme = b.site.substr(0, colon);
    request.headers.set("Host", b.site.substr(colon + 3));
    const core::Route route{};
    const std::map<std::string, std::string, std::less<>> parameters;
    Visit visit(house, tx, request, tenant, language ? *language : i18n::german(), core::Actor{}, house.clock->now(),
                base, {}, {}, route, parameters);
    const Chosen chosen = chosen_by(visit, parse_query(b.choice));
    if (!chosen.fits()) throw std::runtime_error("brochure: nothing to make, or too much");
    namespace p = tpl::brochure_paper;
    html::Values values;
    values.set(p::LANG, visit.language.html_lang())
        .set(p::TITLE, visit.tr("Toolbox") + " – " + tenant.site_name)
        .set(p::CONTENT, brochure_content(visit, chosen));
    return html::render(p::file, values, visit.language);
}

// Made once for the same content; a brochure that was stopped meanwhile stops its process, too.
std::string make(core::House& house, const Brochure& b, const std::string& document) {
    const std::string name = std::string(document_begin) + std::to_string(b.tenant.value) + "-" +
                             crypto::sha256_hex(document).substr(0, 24) + ".pdf";
    const fs::path file = fs::path(core::paper_folder(house.data_folder)) / name;
    if (fs::exists(file)) return name;
    const auto stopped = [&] {
        bool running = false;
        house.database->read([&](db::Tx& tx) {
            const auto now = find_brochure(tx, b.id);
            running = now && now->state == BrochureState::running;
        });
        return !running;
    };
    core::write_paper(file.string(), pdf::from_html(document, core::paper_font, 60, stopped));
    return name;
}

}  // namespace

http::Response order_brochure(Visit& visit) {
    const Form choice = parse_query(visit.form["choice"].substr(0, 8000));
    const Chosen chosen = chosen_by(visit, choice);
    if (!chosen.fits() || !pdf::available()) return brochure_page_of(visit, choice, 422);
    const auto held_up = core::check_throttle(visit, orders_of_one());
    if (held_up.any()) throw Busy(held_up.list().front().message);
    if (brochures_before(visit.tx, visit.tenant.id, BrochureId{std::numeric_limits<std::int64_t>::max()}) >=
        most_waiting)
        throw Busy(tr_noop("Many brochures are being made right now. Please try again in a few minutes."));
    Brochure b;
    b.tenant = visit.tenant.id;
    b.token = crypto::random_token();
    b.language = visit.language.code();
    b.site = visit.request.scheme + "://" + std::string(visit.request.headers["Host"]);
    b.choice = query_of(chosen);
    b.entries = std::int64_t(chosen.lines.size());
    b.id = add_brochure(visit.tx, b, visit.now);
    const std::string id = std::to_string(b.id.value);
    jobs::enqueue(visit.tx,
                  {.kind = "toolbox.brochure",
                   .payload = id,
                   .run_at = visit.now,
                   .unique_key = id,
                   .tenant = visit.tenant.id.value},
                  visit.now);
    jobs::enqueue(visit.tx,
                  {.kind = "toolbox.forget_brochures",
                   .payload = "",
                   .run_at = visit.now + brochure_kept,
                   .tenant = visit.tenant.id.value},
                  visit.now);
    return http::Response::redirect(visit.url(path_of(b)));
}

http::Response brochure_order_page(Visit& visit) {
    namespace t = tpl::brochure_order;
    const Brochure b = asked(visit);
    visit.do_not_cache();
    html::Values page;
    const std::string title =
        b.state == BrochureState::done ? visit.tr("Your brochure is ready") : visit.tr("Your brochure is being made");
    const bool ended = b.state == BrochureState::failed || b.state == BrochureState::cancelled;
    const std::string heading = ended ? visit.tr("Brochure") : title;
    page.set(t::HEAD, core::page_head(visit, {.title = heading,
                                              .lead = visit.language.plural("one format", "{n} formats", b.entries),
                                              .crumbs = {{visit.tr("Toolbox"), "/instrumente"}}}));
    page.set(t::BACK_URL, visit.url(base) + "?" + b.choice);
    const bool under_way = b.state == BrochureState::waiting || b.state == BrochureState::running;
    if (under_way) fill_progress(visit, b, page);
    if (b.state == BrochureState::done)
        page.add(t::DONE)
            .set(t::URL, visit.url(path_of(b) + "/pdf"))
            .set(t::UNTIL, visit.language.date_time(b.created_at + brochure_kept));
    if (b.state == BrochureState::failed) page.add(t::FAILED).set(t::ACTION, visit.url(base)).set(t::CHOICE, b.choice);
    if (b.state == BrochureState::cancelled)
        page.add(t::CANCELLED).set(t::ACTION, visit.url(base)).set(t::CHOICE, b.choice);
    auto response =
        visit.page({.title = heading, .navigation = "/instrumente", .kind = "form", .index = false}, t::file, page);
    if (under_way) response.headers.set("Refresh", "2");
    return response;
}

http::Response stop_brochure(Visit& visit) {
    const Brochure b = asked(visit);
    if (!end_brochure(visit.tx, b.id, BrochureState::cancelled, "", visit.now) && b.state != BrochureState::cancelled)
        return visit.go(path_of(b), tr_noop("It was finished already."));
    return visit.go(path_of(b), tr_noop("Stopped. Nothing was made."));
}

http::Response brochure_pdf(Visit& visit) {
    const Brochure b = asked(visit);
    visit.do_not_cache();
    const fs::path file = fs::path(core::paper_folder(visit.house.data_folder)) / b.file;
    if (b.state != BrochureState::done || !fs::exists(file)) throw NotFound();
    http::Response response;
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"instrumentenkoffer.pdf\"");
    response.file = file.string();
    return response;
}

void make_brochure_job(core::House& house, const jobs::Job& job) {
    const BrochureId id{to_int(job.payload).value_or(0)};
    const auto write = [&](const auto& work) {
        house.database->write([&](db::Tx& tx) { work(tx, house.clock->now()); });
    };
    bool begun = false;
    write([&](db::Tx& tx, Timestamp now) { begun = begin_brochure(tx, id, now); });
    if (!begun) return;  // stopped before it began
    try {
        Brochure b;
        std::string document;
        house.database->read([&](db::Tx& tx) {
            b = *find_brochure(tx, id);
            document = document_of(house, tx, b);
        });
        write([&](db::Tx& tx, Timestamp) { set_brochure_step(tx, id, BrochureStep::setting); });
        const std::string file = make(house, b, document);
        write([&](db::Tx& tx, Timestamp now) { end_brochure(tx, id, BrochureState::done, file, now); });
    } catch (const std::runtime_error&) {
        // Tried once: a person is looking at the page, and can press the button again.
        write([&](db::Tx& tx, Timestamp now) { end_brochure(tx, id, BrochureState::failed, "", now); });
    }
}

void forget_brochures_job(core::House& house, const jobs::Job&) {
    std::vector<std::string> files;
    house.database->write([&](db::Tx& tx) {
        files = remove_brochures(tx, house.clock->now() - brochure_kept + std::chrono::minutes{1});
    });
    std::error_code gone;
    for (const auto& file : files) fs::remove(fs::path(core::paper_folder(house.data_folder)) / file, gone);
}

}  // namespace mitwirken::toolbox
