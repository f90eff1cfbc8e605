// Acts on items: keeping a text with its versions, publishing it, taking it back; see work.h.
#include "core/participation/taking_part.h"
#include "modules/answers/work.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::answers {

namespace {

using core::State;
using core::Visit;
using What = core::ProcedureHappened::What;

// An answer is told to those it is about; an outcome or a measure to everybody who took part.
void tell_followers(Visit& visit, const Desk& desk, const Item& item,
                    const std::vector<ContributionId>& contributions) {
    const std::string text = first_letters(html::markdown_to_text(item.body), 600);
    if (item.kind == Kind::outcome || item.kind == Kind::measure) {
        const What what = item.kind == Kind::outcome ? What::outcome : What::measure;
        visit.publish(core::ProcedureHappened{.what = what,
                                              .procedure = desk.procedure.id,
                                              .title = item.title,
                                              .text = text,
                                              .url = public_path(desk.procedure, item),
                                              .tell_everyone = true});
        return;
    }
    if (item.kind != Kind::answer) return;
    for (const auto& c : contributions_by_id(visit.tx, visit.tenant.id, contributions))
        visit.publish(core::ProcedureHappened{.what = What::answer,
                                              .procedure = desk.procedure.id,
                                              .contribution = c.id,
                                              .title = title_of(visit, c),
                                              .text = text,
                                              .url = public_path(visit, desk, c)});
}

}  // namespace

std::string public_path(const core::ProcedureRecord& procedure, const Item& item) {
    const std::string base = "/verfahren/" + procedure.key;
    const std::string id = "/" + std::to_string(item.id.value);
    switch (item.kind) {
        case Kind::answer:
            return base + "/antworten" + id;
        case Kind::outcome:
            return base + "/ergebnis" + id;
        case Kind::measure:
            return base + "/massnahmen" + id;
        case Kind::summary:
            return base + "/ergebnis";
        case Kind::block:
            return "";
    }
    return "";
}

void index(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure, const Item& item) {
    const bool shown = item.is_public() && procedure.state != core::ProcedureState::draft && !item.title.empty() &&
                       item.kind != Kind::block;
    if (!shown) return search::remove(tx, "answers", item.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "answers",
                     .item = item.id.value,
                     .audience = "public",
                     .title = item.title,
                     .summary = procedure.title,
                     .body = html::markdown_to_text(item.body),
                     .url = public_path(procedure, item),
                     .facet = "result",
                     .at = item.published_at.value_or(item.changed_at)});
}

ItemId keep(Visit& visit, Whole whole) {
    Item& item = whole.item;
    if (item.id)
        save(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
    else
        item.id = add(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
    set_links(visit.tx, item.id, whole.contributions);
    if (item.kind == Kind::measure) {
        set_outcomes(visit.tx, item.id, whole.outcomes);
        set_milestones(visit.tx, item.id, whole.milestones);
    }
    core::add_revision(visit.tx, visit.tenant.id, ref_of(item.id), snapshot(whole), visit.actor.account, "", visit.now);
    return item.id;
}

void refresh(Visit& visit, const core::ProcedureRecord& procedure, const Item& item,
             const std::vector<ContributionId>& contributions) {
    index(visit.tx, visit.tenant.id, procedure, item);
    if (item.kind == Kind::answer && !contributions.empty())
        for (const auto& c : contributions_by_id(visit.tx, visit.tenant.id, contributions)) {
            note_reaction(visit.tx, c);
            note_desk(visit, c.id);
        }
    visit.touch(procedure.scope());
}

void move(Visit& visit, const Desk& desk, Item item, State state) {
    const bool appears = state == State::published && item.state != State::published;
    const auto whole = whole_of(visit.tx, item);
    item.state = state;
    if (appears && !item.published_at) item.published_at = visit.now;
    save(visit.tx, visit.tenant.id, item, visit.actor.account, visit.now);
    if (appears && item.kind == Kind::answer)
        for (const auto id : whole.contributions) finish_tasks(visit, id);
    refresh(visit, desk.procedure, item, whole.contributions);
    visit.record("answers." + std::string(core::to_word(state)), ref_of(item.id),
                 std::string(db::Names<Kind>::words[std::size_t(item.kind)]));
    if (appears) tell_followers(visit, desk, item, whole.contributions);
}

}  // namespace mitwirken::answers
