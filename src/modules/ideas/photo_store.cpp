// Rows of pictures that move from a pseudonym to an idea; the files themselves: core/attachments.
#include "modules/ideas/ideas.h"

namespace mitwirken::ideas {

namespace {

const db::Query move{"ideas.photos_move", R"(
    UPDATE core_attachment SET item = :idea, role = 'photo'
    WHERE tenant_id = :tenant AND module = 'ideas' AND item = :item AND role = :role)"};

}  // namespace

void move_photos(db::Tx& tx, core::TenantId tenant, core::ParticipantId from, const std::string& role,
                 core::ContributionId to) {
    tx.exec(move, to, tenant, -from.value, role);
}

std::map<std::int64_t, core::Attachment> first_photos(db::Tx& tx, core::TenantId tenant,
                                                      const std::vector<core::Contribution>& ideas) {
    std::map<std::int64_t, core::Attachment> first;
    if (ideas.empty()) return first;
    std::vector<db::Parameter> values{tenant.value};
    std::string list;
    for (const auto& idea : ideas) {
        values.push_back(idea.id.value);
        list += (list.empty() ? ":p" : ", :p") + std::to_string(values.size());
    }
    const std::string sql =
        "SELECT id, module, item, role, key, name, title, alt, type, extension, sha256, size, width, height, position "
        "FROM core_attachment WHERE tenant_id = :p1 AND module = 'ideas' AND role = 'photo' AND item IN (" +
        list + ") ORDER BY item, position, id";
    for (auto& photo : tx.all_built_with<core::Attachment>(sql, values)) first.emplace(photo.item, std::move(photo));
    return first;
}

}  // namespace mitwirken::ideas
