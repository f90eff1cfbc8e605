// One format: page, print view and PDF sheet.
#include <filesystem>
#include <fstream>

#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "modules/toolbox/pages.h"
#include "platform/base/embedded.h"
#include "platform/base/log.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;

// A sheet of paper of its own: few rules that WeasyPrint 57 understands, no page frame.
std::string sheet(Visit& visit, const Format& f) {
    namespace t = tpl::sheet;
    html::Values values;
    const auto parts = parts_of(visit.tx, f.id);
    values.set(t::LANG, visit.language.html_lang())
        .set(t::TITLE, f.title)
        .set(t::SITE, visit.tenant.site_name)
        .set(t::SUMMARY, f.summary);
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) values.add(t::FACT).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
    };
    fact(tr_noop("Purpose"), labels(visit, purposes(), f.purposes));
    fact(tr_noop("Form"), labels(visit, forms(), f.forms));
    fact(tr_noop("Group of participants"), labels(visit, group_sizes(), f.group_sizes));
    fact(tr_noop("Possible at a distance"), visit.tr(f.distance ? "Yes" : "No"));
    fact(tr_noop("Duration"), f.duration);
    values.set(t::DESCRIPTION, html::markdown(f.description)).set(t::TIPS, html::markdown(f.tips));
    for (const auto* links : {&parts.materials, &parts.tools})
        for (const auto& link : *links)
            values.add(t::TOOL).set(t::TEXT, link.url.empty() ? link.title : link.title + " – " + link.url);
    const std::string url = visit.absolute("/instrumente/" + f.key);
    values.set(t::URL, url).set(t::QR, html::svg_image(pdf::qr_svg(url, 120), ""));
    return html::render(t::file, values, visit.language);
}

}  // namespace

Format visible_format(Visit& visit, const std::string& key) {
    const auto format = find_format(visit.tx, visit.tenant.id, key);
    if (!format) throw NotFound();
    if (is_public(*format)) return *format;
    // Colleagues see what is released for them; drafts are for those who may write.
    const bool colleague =
        visit.signed_in() && format->state == State::published && visit.actor.role != core::Role::operator_;
    if (!colleague && !visit.may(edit_action, format->owner)) throw NotFound();
    visit.do_not_cache();
    return *format;
}

http::Response detail_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    return visit.page({.title = title_in(visit, f.title, f.title_en),
                       .description = f.summary,
                       .navigation = "/instrumente",
                       .index = is_public(f)},
                      detail_content(visit, f, false));
}

http::Response print_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    return visit.page({.title = f.title, .kind = "print", .bare = true}, detail_content(visit, f, true));
}

// Made once per version and kept in the data folder; without WeasyPrint the print view says what to do.
http::Response pdf(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    if (!pdf::available()) return http::Response::redirect(visit.url("/instrumente/" + f.key + "/drucken"));
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(visit.house.data_folder) / "sheets";
    const fs::path file =
        folder / (std::to_string(f.id.value) + "-" + std::to_string(f.version) + "-" + visit.language.code() + ".pdf");
    if (!fs::exists(file)) {
        fs::create_directories(folder);
        const std::string bytes =
            pdf::from_html(sheet(visit, f), [](const std::string&) { return std::optional<pdf::Resource>(); });
        const fs::path part = file.string() + ".part" + std::to_string(crypto::random_number() % 1000000);
        std::ofstream(part, std::ios::binary) << bytes;
        fs::rename(part, file);
    }
    http::Response response;
    response.file = file.string();
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"" + f.key + ".pdf\"");
    return response;
}

}  // namespace mitwirken::toolbox
