// See photos.h.
#include "modules/ideas/photos.h"

#include <algorithm>
#include <memory>

#include "core/drafts/drafts.h"
#include "core/maps/place_field.h"
#include "ideas/templates.h"
#include "platform/base/text.h"

namespace mitwirken::ideas {

namespace {

using core::Attachment;
using core::Visit;

constexpr int most_slots = 10;

// Files that are in the store and in no committed row yet. They go with the request unless the commit has come.
class Loose {
public:
    explicit Loose(files::Store& store) : store_(store) {}
    Loose(const Loose&) = delete;
    Loose& operator=(const Loose&) = delete;
    ~Loose() {
        for (const auto& key : keys_) store_.remove(key);
    }
    void add(std::string key) { keys_.push_back(std::move(key)); }
    void keep(const std::string& key) { keys_.erase(std::remove(keys_.begin(), keys_.end(), key), keys_.end()); }

private:
    files::Store& store_;
    std::vector<std::string> keys_;
};

struct TakenPhotos {
    struct One {
        int slot;
        files::Stored stored;
    };
    std::vector<One> photos;
    Problems problems;
    std::shared_ptr<Loose> loose;
};

std::string slot_name(int slot) { return "photo-" + std::to_string(slot); }
std::string kept_name(const Attachment& photo) { return "kept-" + std::to_string(photo.id.value); }

int slot_of(const std::string& field) {
    for (int slot = 1; slot <= most_slots; ++slot)
        if (field == slot_name(slot)) return slot;
    return 0;
}

core::Ref waiting_for(core::ParticipantId who) { return {"ideas", -who.value}; }

void take_one(core::Preparation& p, const http::Upload& upload, TakenPhotos& taken) {
    const int slot = slot_of(upload.field);
    if (upload.size == 0 || slot == 0) return;
    const std::string name = first_letters(clean(upload.file_name), 80);
    if (upload.size > largest_photo) {
        taken.problems.add("photos", tr_noop("The picture “{name}” is larger than 15 MB. Please choose a smaller one; "
                                             "everything else you typed is still here.",
                                             {{"name", name}}));
        return;
    }
    auto stored = p.house.files->take(upload.path, "photos", true);
    if (!stored) {
        taken.problems.append(stored.problems());
        return;
    }
    taken.loose->add(stored->key);
    taken.photos.push_back({slot, *stored});
}

std::string alt_in(const Form& form, const std::string& field, Problems& problems) {
    const std::string alt = trimmed(form[field]);
    if (letters(alt) > alt_letters)
        problems.add("photos", tr_noop("Please describe each picture in at most {limit} letters.",
                                       {{"limit", std::to_string(alt_letters)}}));
    return first_letters(alt, alt_letters);
}

void plan_tidying(Visit& visit, core::ParticipantId who) {
    jobs::enqueue(visit.tx,
                  {.kind = "ideas.photos",
                   .payload = std::to_string(who.value),
                   .run_at = visit.now + core::draft_age,
                   .unique_key = "photos-" + std::to_string(who.value),
                   .tenant = visit.tenant.id.value},
                  visit.now);
}

}  // namespace

void prepare_form(core::Preparation& p) {
    core::prepare_place(p);
    const bool any = std::any_of(p.uploads.begin(), p.uploads.end(),
                                 [](const auto& upload) { return upload.size > 0 && slot_of(upload.field) > 0; });
    if (!any) return;
    // A service of addresses is asked again with the next press; pictures would have to be chosen again.
    TakenPhotos taken;
    taken.loose = std::make_shared<Loose>(*p.house.files);
    for (const auto& upload : p.uploads) take_one(p, upload, taken);
    p.result = std::move(taken);
}

std::string waiting_role(const Visit& visit, const core::Contribution* idea) {
    return idea ? "edit-" + std::to_string(idea->id.value) : "new-" + std::to_string(visit.place().activity->id.value);
}

std::vector<Attachment> waiting_photos(Visit& visit, const std::string& role) {
    const auto* who = visit.participant();
    if (!who) return {};
    auto photos = core::attachments(visit.tx, visit.tenant.id, waiting_for(who->id));
    photos.erase(std::remove_if(photos.begin(), photos.end(), [&](const auto& photo) { return photo.role != role; }),
                 photos.end());
    return photos;
}

void change_photos(Visit& visit, const std::vector<Attachment>& photos) {
    Problems too_long;  // said by receive_photos
    for (const auto& photo : photos) {
        if (visit.form[kept_name(photo) + "-remove"] == "on")
            core::detach(visit.tx, visit.tenant.id, photo.id, visit.now);
        else if (visit.form.has(kept_name(photo) + "-alt"))
            core::rename_attachment(visit.tx, visit.tenant.id, photo.id, photo.title,
                                    alt_in(visit.form, kept_name(photo) + "-alt", too_long));
    }
}

int staying(const Form& form, const std::vector<Attachment>& photos) {
    return int(std::count_if(photos.begin(), photos.end(),
                             [&](const auto& photo) { return form[kept_name(photo) + "-remove"] != "on"; }));
}

Problems receive_photos(Visit& visit, const Settings& settings, const std::string& role, int there) {
    Problems problems;
    for (const auto& [name, value] : visit.form.fields())
        if (starts_with(name, "kept-") && name.ends_with("-alt")) alt_in(visit.form, name, problems);
    change_photos(visit, waiting_photos(visit, role));
    const auto* taken = visit.prepared<TakenPhotos>();
    if (!taken) return problems;
    problems.append(taken->problems);
    int count = there + int(waiting_photos(visit, role).size());
    for (const auto& photo : taken->photos) {
        if (++count > settings.most_photos) {
            problems.add("photos", tr_noop("Too many pictures (at most {n}). Take one away before you choose another.",
                                           {{"n", std::to_string(settings.most_photos)}}));
            break;
        }
        const auto who = visit.need_participant().id;
        const std::string field = slot_name(photo.slot) + "-alt";
        core::NewAttachment file{photo.stored, "bild" + photo.stored.extension, "", "", role};
        file.alt = alt_in(visit.form, field, problems);
        core::attach(visit.tx, visit.tenant.id, waiting_for(who), file, {}, visit.now);
        visit.form.remove(field);  // it stands with the picture now
        visit.tx.after_commit([loose = taken->loose, key = photo.stored.key] { loose->keep(key); });
        plan_tidying(visit, who);
    }
    return problems;
}

void hand_over(Visit& visit, const std::string& role, core::ContributionId idea) {
    if (const auto* who = visit.participant()) move_photos(visit.tx, visit.tenant.id, who->id, role, idea);
}

std::vector<Attachment> photos_of(Visit& visit, core::ContributionId idea) {
    return core::attachments(visit.tx, visit.tenant.id, {"ideas", idea.value});
}

std::string alt_of(const Visit& visit, const Attachment& photo, const std::string& title) {
    return photo.alt.empty() ? visit.tr(tr_noop("Picture with “{title}”, not described", {{"title", title}}))
                             : photo.alt;
}

void add_photo_fields(Visit& visit, core::FormView& form, const Form& values, const Problems& problems,
                      const Settings& settings, std::vector<Attachment> photos) {
    if (settings.most_photos == 0 && photos.empty()) return;
    namespace t = tpl::photo_fields;
    html::Values part;
    part.set(t::MOST, visit.language.plural("One picture at most.", "At most {n} pictures.",
                                            std::int64_t(settings.most_photos)));
    if (problems.of("photos")) part.show(t::HAS_ERROR);
    for (const auto& problem : problems.list())
        if (problem.field == "photos") part.add(t::ERROR).set(t::TEXT, visit.tr(problem.message));
    for (const auto& photo : photos) {
        const std::string name = kept_name(photo);
        auto box = part.add(t::KEPT);
        box.set(t::NAME, name).set(t::URL, photo.url() + "?breite=320");
        box.set(t::WIDTH, photo.width).set(t::HEIGHT, photo.height);
        box.set(t::ALT, values.has(name + "-alt") ? values[name + "-alt"] : photo.alt);
        box.show_if(values[name + "-remove"] == "on", t::REMOVED);
    }
    const int free = std::max(0, settings.most_photos - int(photos.size()));
    for (int slot = 1; slot <= free; ++slot)
        part.add(t::SLOT)
            .set(t::NAME, slot_name(slot))
            .set(t::NUMBER, int(photos.size()) + slot)
            .set(t::ALT, values[slot_name(slot) + "-alt"]);
    form.part(html::render_part(t::file, part, visit.language));
}

html::SafeHtml photo_figures(const Visit& visit, const std::vector<Attachment>& photos, const std::string& title,
                             const std::string& remove) {
    if (photos.empty()) return {};
    namespace t = tpl::photos;
    html::Values page;
    for (const auto& photo : photos) {
        auto one = page.add(t::PHOTO);
        one.set(t::URL, photo.url()).set(t::SMALL_URL, photo.url() + "?breite=1280");
        one.set(t::WIDTH, photo.width).set(t::HEIGHT, photo.height).set(t::ALT, alt_of(visit, photo, title));
        if (!photo.alt.empty()) one.add(t::CAPTION).set(t::TEXT, photo.alt);
        if (!remove.empty()) one.add(t::REMOVE).set(t::ACTION, visit.url(remove + std::to_string(photo.id.value)));
    }
    return html::render_part(t::file, page, visit.language);
}

void drop_waiting(db::Tx& tx, core::TenantId tenant, core::ParticipantId who, Timestamp now) {
    for (const auto& photo : core::attachments(tx, tenant, waiting_for(who))) core::detach(tx, tenant, photo.id, now);
}

void tidy_photos(core::House& house, const jobs::Job& job) {
    const auto number = to_int(job.payload);
    if (!number) return;
    house.database->write([&](db::Tx& tx) {
        const core::ParticipantId who{*number};
        const core::TenantId tenant{job.tenant};
        const auto now = house.clock->now();
        for (const auto& draft : core::drafts_of(tx, who)) {
            if (draft.changed_at <= now - core::draft_age) continue;
            // Still being written: looked at again when this draft would end.
            jobs::enqueue(tx,
                          {.kind = "ideas.photos",
                           .payload = job.payload,
                           .run_at = draft.changed_at + core::draft_age,
                           .tenant = job.tenant},
                          now);
            return;
        }
        drop_waiting(tx, tenant, who, now);
    });
}

}  // namespace mitwirken::ideas
