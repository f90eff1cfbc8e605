// Covering parts of a picture: rectangles in percent of its sides, typed or drawn, with a preview; the picture is made
// anew before the transaction. The case stays open: what becomes of the text is decided as always.
#include <fmt/format.h>

#include "core/attachments/covering.h"
#include "core/forms/forms.h"
#include "moderation/templates.h"
#include "modules/moderation/pages.h"
#include "platform/base/text.h"
#include "platform/files/picture.h"

namespace mitwirken::moderation {

namespace {

using core::Attachment;
using core::Visit;

constexpr files::PictureLimits limits{100'000'000, 3000, 3000};

core::Rows rows() {
    using Kind = core::Field::Kind;
    return {.name = "part",
            .legend = tr_noop("Parts to cover, in percent of the picture"),
            .add_label = tr_noop("One more part"),
            .columns = {{"left", tr_noop("From the left"), Kind::text},
                        {"top", tr_noop("From the top"), Kind::text},
                        {"width", tr_noop("Width"), Kind::text},
                        {"height", tr_noop("Height"), Kind::text}},
            .least = 2,
            .most = most_parts};
}

struct Found {
    core::Case which;
    core::Contribution contribution;
    Attachment picture;
};

// A picture of the contribution that the case is about; nothing else can be reached from here.
Found found(Visit& visit) {
    const auto which = core::find_case(visit.tx, visit.tenant.id, visit.id_parameter<core::CaseId>("id"));
    if (!which) throw NotFound();
    const auto c = core::find_contribution(visit.tx, visit.tenant.id, which->contribution);
    if (!c || c->state == core::ContributionState::waiting) throw NotFound();
    const auto picture =
        core::find_attachment(visit.tx, visit.tenant.id, visit.id_parameter<core::AttachmentId>("picture"));
    if (!picture || picture->width <= 0 || picture->module != c->module || picture->item != c->id.value)
        throw NotFound();
    return {*which, *c, *picture};
}

files::Cover way_of(const Form& form) { return form["way"] == "blur" ? files::Cover::blur : files::Cover::black; }

void add_parts(html::Values& page, const Form& values) {
    namespace t = tpl::picture;
    const auto parts = parts_from(core::read_rows(values, rows()));
    if (!parts) return;
    for (const auto& part : *parts)
        page.add(t::PART)
            .set(t::X, fmt::format("{:.2f}%", part.left))
            .set(t::Y, fmt::format("{:.2f}%", part.top))
            .set(t::W, fmt::format("{:.2f}%", part.width))
            .set(t::H, fmt::format("{:.2f}%", part.height));
}

html::SafeHtml form_of(Visit& visit, const std::string& path, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.rows(rows());
    form.radios("way", tr_noop("How it is covered"),
                {{"black", visit.tr("Black")}, {"blur", visit.tr("So coarse that nothing can be made out")}});
    std::vector<core::Option> rules = {{"", visit.tr("Please choose")}};
    for (const auto& rule : rules_from(visit.setting("moderation.rules"))) rules.push_back({rule.name, rule.name});
    form.select("rule", tr_noop("Published rule"), rules);
    std::vector<core::Option> blocks = {{"", visit.tr("None")}};
    for (const auto& block : blocks_from(visit.setting("moderation.text_blocks")))
        blocks.push_back({block.name, block.name});
    form.select("block", tr_noop("Text block"), blocks)
        .hint(tr_noop("Stands above your own words and brings its rule. Blocks are kept in the settings."));
    form.area("words", tr_noop("Words to the author")).limit(most_words).optional();
    core::FormOptions options{.action = path, .submit = tr_noop("Cover these parts")};
    options.buttons = {{"_preview", "1", tr_noop("Preview")}};
    return form.html(options);
}

http::Response show(Visit& visit, const Found& f, const Form& typed, const Problems& problems) {
    namespace t = tpl::picture;
    Form values = typed;
    if (values["way"].empty()) values.set("way", "black");
    const std::string path = picture_path(f.which.id, f.picture.id), title = visit.tr("Cover a part of a picture");
    const auto original = core::find_picture_original(visit.tx, visit.tenant.id, f.picture.id);
    html::Values page;
    page.set(
        t::HEAD,
        core::admin_head(
            visit, {.title = title,
                    .lead = visit.tr("The published picture is made anew. What was handed in is kept apart; only "
                                     "the desk sees it."),
                    .crumbs = {{visit.tr("Moderation"), desk_path},
                               {visit.tr(tr_noop("Case no. {number}", {{"number", std::to_string(f.which.id.value)}})),
                                case_path(f.which.id)}}}));
    page.set(t::SOURCE, path + "/datei").set(t::WIDTH, f.picture.width).set(t::HEIGHT, f.picture.height);
    page.set(t::ALT, f.picture.alt.empty() ? f.picture.name : f.picture.alt);
    add_parts(page, values);
    if (original)
        page.add(t::ORIGINAL).set(t::URL, path + "/original").set(t::WHEN, visit.language.date_time(original->at));
    if (f.which.state != core::CaseState::decided && f.contribution.state != core::ContributionState::withdrawn)
        page.add(t::CHANGE).set(t::FORM, form_of(visit, path, values, problems));
    const core::PageHead head{.title = title, .navigation = desk_path, .kind = "admin", .admin = true};
    const auto content = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

http::Response sent(Visit& visit, const std::string& key, const std::string& type) {
    if (!visit.house.files->exists(key)) throw NotFound();
    http::Response response;
    response.file = visit.house.files->path(key);
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

}  // namespace

std::string picture_path(core::CaseId id, core::AttachmentId picture) {
    return case_path(id) + "/bild/" + std::to_string(picture.value);
}

http::Response picture_page(Visit& visit) { return show(visit, found(visit), {}, {}); }

void prepare_cover(core::Preparation& p) {
    const bool only_shown = p.form.has("add") || p.form.has("remove") || p.form["_preview"] == "1";
    const auto id = to_int(p.parameters.at("picture"));
    const auto parts = parts_from(core::read_rows(p.form, rows()));
    if (only_shown || !id || !parts) return;
    std::optional<Attachment> picture;
    p.house.database->read(
        [&](db::Tx& tx) { picture = core::find_attachment(tx, p.tenant.id, core::AttachmentId{*id}); });
    if (!picture || picture->width <= 0 || !p.house.files->exists(picture->key)) return;
    const auto made =
        files::cover_parts(p.house.files->path(picture->key), picture->type, limits, *parts, way_of(p.form));
    if (made.decoding != files::Decoding::fine) return;
    auto stored = p.house.files->take_bytes(made.bytes, "part");
    if (!stored) return;
    p.stored_files.push_back(stored->key);
    p.result = Covered{picture->key, *stored};
}

http::Response cover(Visit& visit) {
    const auto f = found(visit);
    if (f.contribution.state == core::ContributionState::withdrawn)
        throw Conflict(tr_noop("Its author has withdrawn this contribution; there is nothing to decide."));
    if (f.which.state == core::CaseState::decided)
        throw Conflict(tr_noop("Somebody else has decided this case in the meantime."));
    if (core::change_rows(visit.form, rows())) return show(visit, f, visit.form, {});
    const auto parts = parts_from(core::read_rows(visit.form, rows()));
    if (!parts) return show(visit, f, visit.form, parts.problems());
    if (visit.form["_preview"] == "1") return show(visit, f, visit.form, {});
    Form form = visit.form;
    form.set("ruling", std::string(db::Names<core::RulingKind>::words[std::size_t(core::RulingKind::redact_picture)]));
    const auto decision =
        check(form, f.contribution, {core::RulingKind::redact_picture}, rules_from(visit.setting("moderation.rules")),
              blocks_from(visit.setting("moderation.text_blocks")));
    if (!decision) return show(visit, f, visit.form, decision.problems());
    const auto* covered = visit.prepared<Covered>();
    if (covered == nullptr || covered->from != f.picture.key)
        throw Conflict(tr_noop("Somebody has changed this picture in the meantime. Please look at it again."));
    core::replace_picture(visit.tx, visit.tenant.id, f.picture, covered->stored, visit.now);
    core::note_ruling(visit.tx, visit.tenant.id, f.which,
                      {visit.actor.account, decision->kind, decision->rule, decision->words, visit.now});
    visit.record("moderation.redact_picture", {"moderation", f.which.id.value},
                 "contribution " + std::to_string(f.contribution.id.value));
    show_everywhere(visit, f.contribution.id);
    tell_author(visit, f.contribution, *decision);
    return visit.go(case_path(f.which.id), tr_noop("The parts of the picture are covered; the original is kept "
                                                   "apart."));
}

http::Response picture_file(Visit& visit) {
    const auto f = found(visit);
    files::Stored stored;
    stored.key = f.picture.key;
    stored.type = f.picture.type;
    stored.width = int(f.picture.width);
    const bool small = visit.query["breite"] == "320";
    return sent(visit, small ? visit.house.files->variant(stored, 320) : f.picture.key, f.picture.type);
}

http::Response original_file(Visit& visit) {
    const auto f = found(visit);
    const auto original = core::find_picture_original(visit.tx, visit.tenant.id, f.picture.id);
    if (!original) throw NotFound();
    return sent(visit, original->key, original->type);
}

}  // namespace mitwirken::moderation
