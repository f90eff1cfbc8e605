// The columns of an offer in the order of struct Offer; a macro, so that queries stay literals.
#pragma once

#define OFFERS_COLUMNS                                                                                            \
    "o.id, o.key, o.state, o.organisation_id, o.title, o.title_en, o.summary, o.summary_en, o.body, o.results, "  \
    "o.permanent, o.starts_at, o.ends_at, o.when_text, o.how, o.external_url, o.lon, o.lat, o.place, "            \
    "o.contact_office, o.contact_email, o.contact_phone, o.links, o.image, o.image_alt, o.credit, o.publish_at, " \
    "o.unpublish_at, o.changed_at, o.source_module, o.source_item"
