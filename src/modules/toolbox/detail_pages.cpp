// One format: its page, the print view and the PDF sheet.
// What must stay true: making a PDF takes a second; it happens after the transaction, at most two at a time, and what
// was made is kept under the hash of its content, so it is made once for every change of anything on it.
#include <atomic>
#include <filesystem>
#include <fstream>

#include "modules/toolbox/pages.h"
#include "platform/base/embedded.h"
#include "platform/crypto/crypto.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;
namespace fs = std::filesystem;

// The number of conversions under way, over all requests of this process.
std::atomic<int>& running() {
    static std::atomic<int> count{0};
    return count;
}
constexpr int most_running = 2;

struct Turn {
    Turn() {
        if (running().fetch_add(1) < most_running) return;
        running().fetch_sub(1);
        throw Busy(tr_noop("Other sheets are being made right now. Please try again in a moment."));
    }
    ~Turn() { running().fetch_sub(1); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
};

// Older sheets of the same format and language go when a new one comes.
void keep(const fs::path& file, const std::string& begin, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    for (const auto& old : fs::directory_iterator(file.parent_path()))
        if (starts_with(old.path().filename().string(), begin)) fs::remove(old.path());
    const fs::path part = file.parent_path() / ("part-" + crypto::random_token());
    std::ofstream(part, std::ios::binary) << bytes;
    fs::rename(part, file);
}

// A sheet needs nothing but our fonts: "/assets/fonts/fira-Regular-latin.woff2" is the embedded file whose name has a
// hash before its ending.
std::optional<pdf::Resource> font(const std::string& path) {
    constexpr std::string_view folder = "/assets/fonts/", ending = ".woff2";
    if (!starts_with(path, folder) || !path.ends_with(ending)) return {};
    const std::string stem = path.substr(folder.size(), path.size() - folder.size() - ending.size());
    for (const auto& file : embedded_below("web/fonts/" + stem + "."))
        if (file.path.ends_with(ending)) return pdf::Resource{"font/woff2", std::string(file.content)};
    return {};
}

}  // namespace

bool may_see(const Visit& visit, const Format& format) {
    if (is_public(format)) return true;
    const bool colleague = visit.signed_in() && visit.actor.role != core::Role::operator_;
    return (colleague && format.state == State::published) || visit.may(edit_action, format.owner);
}

Format visible_format(Visit& visit, const std::string& key) {
    const auto format = find_format(visit.tx, visit.tenant.id, key);
    if (!format || !may_see(visit, *format)) throw NotFound();
    if (!is_public(*format)) visit.do_not_cache();
    return *format;
}

http::Response detail_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    return visit.page({.title = title_in(visit, f.title, f.title_en),
                       .description = title_in(visit, f.summary, f.summary_en),
                       .navigation = "/instrumente",
                       .index = is_public(f)},
                      detail_content(visit, f, false));
}

http::Response print_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    html::Values values;
    values.set(tpl::paper::CONTENT, detail_content(visit, f, true));
    return visit.page({.title = title_in(visit, f.title, f.title_en), .kind = "print", .bare = true, .index = false},
                      tpl::paper::file, values);
}

// Without WeasyPrint the print view is the way to paper.
http::Response pdf(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    if (!pdf::available()) return http::Response::redirect(visit.url("/instrumente/" + f.key + "/drucken"));
    const std::string page = sheet(visit, f);
    const std::string begin = std::to_string(f.id.value) + "-" + visit.language.code() + "-";
    const fs::path file =
        fs::path(visit.house.data_folder) / "sheets" / (begin + crypto::sha256_hex(page).substr(0, 24) + ".pdf");
    http::Response response;
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", "inline; filename=\"" + f.key + ".pdf\"");
    if (fs::exists(file)) {
        response.file = file.string();
        return response;
    }
    response.producer = [turn = std::make_shared<Turn>(), page, file, begin](std::string& out) {
        out = pdf::from_html(page, font);
        keep(file, begin, out);
        return false;
    };
    return response;
}

}  // namespace mitwirken::toolbox
