// The layers of other map servers, for staff. Saving asks the service itself: a layer that is not there, speaks no grid
// of ours or lies in the town's own network is refused with what it offers instead.
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "maps/templates.h"
#include "modules/maps/pages.h"
#include "platform/base/text.h"
#include "platform/geo/tiles.h"

namespace mitwirken::maps {

namespace {

using core::LayerShown;
using core::MapLayer;
using core::Visit;
using geo::ServiceKind;
const std::string base(layers_base);

// What the service said.
struct Asked {
    std::vector<geo::ServiceLayer> offered;
    std::string pictures;
    Problems problems;
};

std::optional<ServiceKind> kind_called(const std::string& word) {
    const auto& words = db::Names<ServiceKind>::words;
    const auto at = std::find(std::begin(words), std::end(words), word);
    if (at == std::end(words)) return {};
    return ServiceKind(at - std::begin(words));
}

bool is_tile_address(const std::string& url) {
    return url.find("{z}") != std::string::npos && url.find("{x}") != std::string::npos &&
           url.find("{y}") != std::string::npos;
}

// One picture of the middle of the town shows whether anything comes from there.
void try_pictures(core::Preparation& p, Asked& asked) {
    geo::Tile tile{12, 2134, 1362};
    p.house.database->read([&](db::Tx& tx) {
        if (const auto box = core::municipal_box(core::terms(tx, p.tenant.id, "district"))) {
            const auto pixel = geo::to_pixel({(box->west + box->east) / 2, (box->south + box->north) / 2}, 12);
            tile = {12, int(pixel.x / 256), int(pixel.y / 256)};
        }
    });
    const geo::Layer probe{.key = "probe", .url = asked.pictures, .min_zoom = 0, .max_zoom = 22};
    if (!p.house.tiles->get(probe, tile))
        asked.problems.add("url",
                           tr_noop("No picture comes from there. The address has to begin with https:// and lead to "
                                   "PNG, JPEG or WebP; hosts in the town’s own network have to be named by the "
                                   "operator (maps.hosts)."));
}

core::PageHead head_of(const std::string& title) {
    return {.title = title, .navigation = base, .kind = "admin", .admin = true};
}

MapLayer stored(Visit& visit) {
    const auto layer = core::find_map_layer(visit.tx, visit.tenant.id, visit.id_parameter<core::MapLayerId>("layer"));
    if (!layer) throw NotFound();
    return *layer;
}

Form form_of(const MapLayer& layer) {
    Form form;
    form.set("title", layer.title);
    form.set("kind", std::string(db::Names<ServiceKind>::words[std::size_t(layer.kind)]));
    form.set("url", layer.url);
    form.set("layer", layer.layer);
    form.set("attribution", layer.attribution);
    form.set("attribution_url", layer.attribution_url);
    form.set("role", layer.overlay ? "overlay" : "background");
    form.set("shown", std::string(db::Names<LayerShown>::words[std::size_t(layer.shown)]));
    form.set("min_zoom", std::to_string(layer.min_zoom));
    form.set("max_zoom", std::to_string(layer.max_zoom));
    form.set("position", std::to_string(layer.position));
    return form;
}

void add_service_fields(Visit& visit, core::FormView& form, const Asked* asked) {
    form.radios("kind", tr_noop("Kind of service"),
                {{"wms", visit.tr("WMS"), visit.tr("in EPSG:3857 or EPSG:25832")},
                 {"wmts", visit.tr("WMTS"), visit.tr("in EPSG:3857")},
                 {"xyz", visit.tr("Tiles by address"), visit.tr("with {z}, {x} and {y}")}});
    form.url("url", tr_noop("Address of the service"))
        .hint(
            tr_noop("For example https://www.wms.nrw.de/geobasis/wms_nw_dop – our server asks it, never the visitor’s "
                    "browser."));
    // After the service has answered, its layers can be chosen.
    if (asked && !asked->offered.empty() && asked->problems.of("layer")) {
        std::vector<core::Option> options;
        for (const auto& one : asked->offered)
            options.push_back({one.name, one.title.empty() ? one.name : one.title + " (" + one.name + ")"});
        form.select("layer", tr_noop("Layer"), options);
    } else {
        form.text("layer", tr_noop("Layer"))
            .hint(tr_noop("Its name in the service. Leave it empty to see what there is."))
            .optional();
    }
}

html::SafeHtml fields(Visit& visit, const std::string& action, const Form& values, const Problems& problems,
                      const Asked* asked) {
    core::FormView form(visit, values, problems);
    form.text("title", tr_noop("Title")).limit(80).hint(tr_noop("As it stands in the map’s choice of layers."));
    add_service_fields(visit, form, asked);
    form.text("attribution", tr_noop("Source note"))
        .limit(200)
        .hint(tr_noop(
            "As the service’s licence wants it; it stands in the map. For example: © Land NRW (2026), dl-de/zero-2-0"));
    form.url("attribution_url", tr_noop("Link of the source note")).optional();
    form.radios("role", tr_noop("Role of the layer"),
                {{"background", visit.tr("Background"), visit.tr("one of them is shown")},
                 {"overlay", visit.tr("Overlay"), visit.tr("can be laid over the background")}});
    form.radios("shown", tr_noop("Where it is shown"),
                {{"everywhere", visit.tr("On every map")},
                 {"procedures", visit.tr("On maps of procedures")},
                 {"nowhere", visit.tr("Nowhere for now")}});
    form.number("min_zoom", tr_noop("From zoom"));
    form.number("max_zoom", tr_noop("Up to zoom")).hint(tr_noop("5 is Germany, 12 the town, 18 a house."));
    form.number("position", tr_noop("Position")).hint(tr_noop("Small numbers come first."));
    return form.html({.action = action, .cancel = base});
}

http::Response form_page(Visit& visit, const std::string& title, const std::string& action, const Form& values,
                         const Problems& problems, const Asked* asked, const MapLayer* layer) {
    namespace t = tpl::layer;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = title, .crumbs = {{visit.tr("Map layers"), base}}}));
    page.set(t::FORM, fields(visit, action, values, problems, asked));
    if (layer) {
        page.add(t::LOOK).set(t::MAP, core::map_view(visit, {.label = visit.tr("The layers on the map")}));
        page.add(t::REMOVE).set(t::ACTION, visit.url(action + "/loeschen"));
    }
    const auto content = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head_of(title), content) : visit.page(head_of(title), content);
}

std::int64_t number(const Form& form, const char* name, std::int64_t least, std::int64_t most, Problems& problems) {
    const auto value = to_int(trimmed(form[name]));
    if (!value || *value < least || *value > most)
        problems.add(name, tr_noop("Please give a whole number from {least} to {most}.",
                                   {{"least", std::to_string(least)}, {"most", std::to_string(most)}}));
    return value.value_or(least);
}

MapLayer typed(Visit& visit, MapLayer layer, Problems& problems) {
    const Form& form = visit.form;
    layer.title = trimmed(form["title"]);
    layer.attribution = trimmed(form["attribution"]);
    layer.attribution_url = trimmed(form["attribution_url"]);
    layer.url = trimmed(form["url"]);
    layer.layer = trimmed(form["layer"]);
    layer.overlay = form["role"] == "overlay";
    if (layer.title.empty()) problems.add("title", tr_noop("Please give a title."));
    core::need_short(problems, "title", layer.title, 80);
    if (layer.attribution.empty()) problems.add("attribution", tr_noop("Please name the source."));
    core::need_short(problems, "attribution", layer.attribution, 200);
    if (!layer.attribution_url.empty() && !is_web_address(layer.attribution_url))
        problems.add("attribution_url", tr_noop("Please give an address that begins with https://."));
    const auto kind = kind_called(form["kind"]);
    if (!kind) problems.add("kind", tr_noop("Please choose one of these."));
    layer.kind = kind.value_or(ServiceKind::wms);
    if (form["role"] != "overlay" && form["role"] != "background")
        problems.add("role", tr_noop("Please choose one of these."));
    const auto& words = db::Names<LayerShown>::words;
    const auto shown = std::find(std::begin(words), std::end(words), form["shown"]);
    if (shown == std::end(words))
        problems.add("shown", tr_noop("Please choose one of these."));
    else
        layer.shown = LayerShown(shown - std::begin(words));
    layer.min_zoom = number(form, "min_zoom", 0, 22, problems);
    layer.max_zoom = number(form, "max_zoom", 0, 22, problems);
    layer.position = number(form, "position", 0, 10'000, problems);
    if (layer.min_zoom > layer.max_zoom) problems.add("max_zoom", tr_noop("This is less than the first zoom."));
    const auto* asked = visit.prepared<Asked>();
    if (asked) problems.append(asked->problems);
    if (asked) layer.pictures = asked->pictures;
    return layer;
}

std::string word_of(const Visit& visit, LayerShown shown) {
    switch (shown) {
        case LayerShown::everywhere:
            return visit.tr("On every map");
        case LayerShown::procedures:
            return visit.tr("On maps of procedures");
        case LayerShown::nowhere:
            return visit.tr("Nowhere for now");
    }
    return "";
}

void changed(Visit& visit, const std::string& what, core::MapLayerId id) {
    visit.record("maps.layer", {"maps", id.value}, what);
    visit.touch("tenant");  // maps stand on pages of every module
}

}  // namespace

void ask_service(core::Preparation& p) {
    Asked asked;
    const auto kind = kind_called(p.form["kind"]);
    const std::string url = trimmed(p.form["url"]), wanted = trimmed(p.form["layer"]);
    if (!is_web_address(url)) {
        asked.problems.add("url", tr_noop("Please give an address that begins with https://."));
    } else if (kind == ServiceKind::xyz) {
        asked.pictures = url;
        if (!is_tile_address(url))
            asked.problems.add("url", tr_noop("The address of tiles needs {z}, {x} and {y} in curly brackets."));
        else
            try_pictures(p, asked);
    } else if (kind) {
        const auto service = geo::ask_service(*kind, url, p.house.tiles->peers());
        if (!service) {
            asked.problems.append(service.problems());
        } else if (const auto* layer = service->layer(wanted)) {
            const auto pictures = geo::picture_address(*kind, url, *layer);
            if (pictures) asked.pictures = *pictures;
            if (!pictures) asked.problems.append(pictures.problems());
        } else {
            asked.offered = service->layers;
            asked.problems.add("layer", tr_noop("Please choose one of the layers this service offers."));
        }
    }
    p.result = std::move(asked);
}

http::Response layers_page(Visit& visit) {
    namespace t = tpl::layers;
    html::Values page;
    page.set(t::HEAD, core::admin_head(
                          visit, {.title = visit.tr("Map layers"),
                                  .lead = visit.tr("Pictures of other map servers on your maps. Our server fetches and "
                                                   "keeps them, so no visitor’s address leaves this site."),
                                  .links = {{base + "-neu", visit.tr("New layer"), "plus", true}}}));
    core::TableView view{.caption = visit.tr("Map layers")};
    view.columns = {visit.tr("Title"), visit.tr("Kind of service"), visit.tr("Role of the layer"),
                    visit.tr("Where it is shown")};
    view.empty =
        visit.tr("There is none yet. The plan drawn here and, where it is switched on, basemap.de are always there.");
    for (const auto& layer : core::map_layers(visit.tx, visit.tenant.id))
        view.rows.push_back({core::link_cell(layer.title, base + "/" + std::to_string(layer.id.value)),
                             core::text_cell(layer.kind == ServiceKind::wms    ? "WMS"
                                             : layer.kind == ServiceKind::wmts ? "WMTS"
                                                                               : visit.tr("Tiles by address")),
                             core::text_cell(visit.tr(layer.overlay ? "Overlay" : "Background")),
                             core::text_cell(word_of(visit, layer.shown))});
    page.set(t::TABLE, core::table(visit, view));
    return visit.page(head_of(visit.tr("Map layers")), t::file, page);
}

http::Response new_layer_page(Visit& visit) {
    MapLayer layer;
    layer.overlay = true;
    return form_page(visit, visit.tr("New layer"), base + "-neu", form_of(layer), {}, nullptr, nullptr);
}

http::Response add_layer(Visit& visit) {
    Problems problems;
    const auto layer = typed(visit, {}, problems);
    if (problems.any())
        return form_page(visit, visit.tr("New layer"), base + "-neu", visit.form, problems, visit.prepared<Asked>(),
                         nullptr);
    const auto id = core::add_map_layer(visit.tx, visit.tenant.id, layer);
    changed(visit, "added", id);
    return visit.go(base + "/" + std::to_string(id.value), tr_noop("The layer is saved. Below you see it on the map."));
}

http::Response layer_page(Visit& visit) {
    const auto layer = stored(visit);
    return form_page(visit, layer.title, visit.path, form_of(layer), {}, nullptr, &layer);
}

http::Response save_layer(Visit& visit) {
    const auto before = stored(visit);
    Problems problems;
    const auto layer = typed(visit, before, problems);
    if (problems.any())
        return form_page(visit, before.title, visit.path, visit.form, problems, visit.prepared<Asked>(), &before);
    core::save_map_layer(visit.tx, visit.tenant.id, layer);
    changed(visit, "saved", layer.id);
    return visit.go(visit.path, tr_noop("The layer is saved. Below you see it on the map."));
}

http::Response remove_layer(Visit& visit) {
    const auto layer = stored(visit);
    core::remove_map_layer(visit.tx, visit.tenant.id, layer.id);
    changed(visit, "removed", layer.id);
    return visit.go(base, tr_noop("The layer is removed."));
}

}  // namespace mitwirken::maps
