// The columns of a Contribution, in the order of its fields; for this folder's two stores.
#pragma once

#define MITWIRKEN_CONTRIBUTION_COLUMNS                                                                              \
    "id, procedure_id, activity_id, step_id, module, kind, target_id, parent_id, participant_id, organisation_id, " \
    "author_name, channel, state, status, status_reason, title, body, language, place, lon, lat, supports, "        \
    "comments, edit_count, merged_into, created_at, published_at, changed_at "
