// See service.h. Names are compared without their prefix: services put the same elements into different namespaces.
#include "platform/geo/service.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <cmath>
#include <cstdlib>
#include <memory>

#include "platform/base/text.h"
#include "platform/geo/fetch.h"
#include "platform/geo/warp.h"

namespace mitwirken::geo {

namespace {

constexpr std::size_t most_layers = 2000;
constexpr double scale_of_whole_world = 559082264.0287178;  // denominator of zoom 0, OGC WMTS 1.0.0 annex E.4

struct Free {
    void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

std::string_view name_of(const xmlNode* node) { return reinterpret_cast<const char*>(node->name); }

template <class Act>
void each_child(const xmlNode* node, std::string_view name, Act act) {
    for (const xmlNode* child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && name_of(child) == name) act(child);
}

const xmlNode* child_of(const xmlNode* node, std::string_view name) {
    const xmlNode* found = nullptr;
    if (node) each_child(node, name, [&](const xmlNode* child) { found = found ? found : child; });
    return found;
}

std::string text_of(const xmlNode* node) {
    if (!node) return "";
    xmlChar* content = xmlNodeGetContent(node);
    std::string text = content ? trimmed(clean(reinterpret_cast<const char*>(content))) : "";
    xmlFree(content);
    return first_letters(text, 300);
}

std::string attribute(const xmlNode* node, const char* name) {
    xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    std::string text = value ? reinterpret_cast<const char*>(value) : "";
    xmlFree(value);
    return text;
}

Problems problem(std::string field, Message message) {
    Problems problems;
    problems.add(std::move(field), std::move(message));
    return problems;
}

// ---- WMS: layers in layers; a layer speaks the grids of those above it.
void add_wms(const xmlNode* node, std::vector<std::string> grids, Service& service) {
    for (const char* word : {"CRS", "SRS"})
        each_child(node, word, [&](const xmlNode* grid) {
            for (const auto& one : split(text_of(grid), ' '))
                if (!one.empty()) grids.push_back(one);
        });
    const std::string name = text_of(child_of(node, "Name"));
    if (!name.empty() && service.layers.size() < most_layers)
        service.layers.push_back({name, text_of(child_of(node, "Title")), grids, ""});
    each_child(node, "Layer", [&](const xmlNode* child) { add_wms(child, grids, service); });
}

// ---- WMTS: the grids of the service whose tiles are those of every web map, and how they name the zoom.
struct Grid {
    std::string name, prefix;  // TileMatrix = prefix + zoom
};

std::string prefix_of(const xmlNode* set) {
    std::string prefix;
    bool fits = true;
    int count = 0;
    each_child(set, "TileMatrix", [&](const xmlNode* matrix) {
        const std::string id = text_of(child_of(matrix, "Identifier"));
        const double scale = std::strtod(text_of(child_of(matrix, "ScaleDenominator")).c_str(), nullptr);
        const double zoom = scale > 0 ? std::log2(scale_of_whole_world / scale) : -1;
        const std::string number = std::to_string(std::lround(zoom));
        const bool named = std::abs(zoom - std::round(zoom)) < 0.01 && id.ends_with(number);
        const std::string before = named ? id.substr(0, id.size() - number.size()) : "";
        fits = fits && named && (count == 0 || before == prefix);
        prefix = before;
        ++count;
    });
    return fits && count > 0 ? prefix : "\n";
}

std::vector<Grid> mercator_grids(const xmlNode* contents) {
    std::vector<Grid> grids;
    each_child(contents, "TileMatrixSet", [&](const xmlNode* set) {
        const std::string crs = text_of(child_of(set, "SupportedCRS"));
        if (!crs.ends_with(":3857") && !crs.ends_with(":900913")) return;
        const std::string prefix = prefix_of(set);
        if (prefix != "\n") grids.push_back({text_of(child_of(set, "Identifier")), prefix});
    });
    return grids;
}

std::string with(std::string text, std::string_view mark, std::string_view value) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    return text;
}

std::string with_question(const std::string& address) {
    if (address.find('?') == std::string::npos) return address + "?";
    return address.ends_with("?") || address.ends_with("&") ? address : address + "&";
}

std::string wmts_address(const std::string& address, const xmlNode* layer, const std::string& name,
                         const std::vector<Grid>& grids) {
    const Grid* grid = nullptr;
    each_child(layer, "TileMatrixSetLink", [&](const xmlNode* link) {
        const std::string set = text_of(child_of(link, "TileMatrixSet"));
        for (const auto& one : grids)
            if (one.name == set && !grid) grid = &one;
    });
    if (!grid) return "";
    std::string style = text_of(child_of(child_of(layer, "Style"), "Identifier")), format = "image/png", rest;
    if (style.empty()) style = "default";
    bool png = false, jpeg = false;
    each_child(layer, "Format", [&](const xmlNode* node) {
        png = png || text_of(node) == "image/png";
        jpeg = jpeg || text_of(node) == "image/jpeg";
    });
    if (!png && jpeg) format = "image/jpeg";
    each_child(layer, "ResourceURL", [&](const xmlNode* node) {
        const std::string pattern = attribute(node, "template");
        if (attribute(node, "resourceType") == "tile" && attribute(node, "format") == format) rest = pattern;
    });
    const std::string matrix = grid->prefix + "{z}";
    if (!rest.empty()) {
        rest = with(with(with(rest, "{TileMatrixSet}", grid->name), "{TileMatrix}", matrix), "{TileRow}", "{y}");
        return with(with(with(rest, "{TileCol}", "{x}"), "{Style}", style), "{style}", style);
    }
    return fmt::format(
        "{}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={}&STYLE={}&FORMAT={}&TILEMATRIXSET={}&TILEMATRIX={}{{z}}"
        "&TILEROW={{y}}&TILECOL={{x}}",
        with_question(address), escape_url(name), escape_url(style), escape_url(format), escape_url(grid->name),
        escape_url(grid->prefix));
}

void add_wmts(const std::string& address, const xmlNode* contents, Service& service) {
    const auto grids = mercator_grids(contents);
    each_child(contents, "Layer", [&](const xmlNode* layer) {
        const std::string name = text_of(child_of(layer, "Identifier"));
        if (!name.empty() && service.layers.size() < most_layers)
            service.layers.push_back(
                {name, text_of(child_of(layer, "Title")), {}, wmts_address(address, layer, name, grids)});
    });
}

}  // namespace

const ServiceLayer* Service::layer(std::string_view name) const {
    for (const auto& one : layers)
        if (one.name == name) return &one;
    return nullptr;
}

Result<Service> read_service(ServiceKind kind, const std::string& address, std::string_view xml) {
    const auto refused = [] {
        return problem("url", tr_noop("The service does not describe itself as a WMS or WMTS does. Please check its "
                                      "address."));
    };
    // Entities stay what they are and nothing is loaded from elsewhere: no XXE, no billion laughs.
    const std::unique_ptr<xmlDoc, Free> doc(xmlReadMemory(xml.data(), int(xml.size()), nullptr, nullptr,
                                                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    const xmlNode* root = doc ? xmlDocGetRootElement(doc.get()) : nullptr;
    if (!root) return refused();
    Service service;
    if (kind == ServiceKind::wmts) {
        const xmlNode* contents = child_of(root, "Contents");
        if (!contents) return refused();
        add_wmts(address, contents, service);
    } else {
        const xmlNode* capability = child_of(root, "Capability");
        if (!capability) return refused();
        each_child(capability, "Layer", [&](const xmlNode* layer) { add_wms(layer, {}, service); });
    }
    if (service.layers.empty()) return problem("url", tr_noop("This service offers no layer."));
    return service;
}

Result<Service> ask_service(ServiceKind kind, const std::string& address, const Peers& peers, int timeout_seconds) {
    const std::string url = with_question(address) + "SERVICE=" + (kind == ServiceKind::wmts ? "WMTS" : "WMS") +
                            "&REQUEST=GetCapabilities" + (kind == ServiceKind::wmts ? "" : "&VERSION=1.3.0");
    const auto answer = fetch_text(url, "application/xml, text/xml", timeout_seconds, peers);
    if (answer.result == Fetched::image) return read_service(kind, address, answer.bytes);
    if (answer.result == Fetched::unreachable)
        return problem("url", tr_noop("The service cannot be reached. Addresses in the town’s own network are only "
                                      "asked when the operator has named their host in the settings (maps.hosts)."));
    return problem("url",
                   tr_noop("The service refuses to answer, or answers with too much. Please check its address; "
                           "it has to begin with https://. Hosts in the town’s own network have to be named by the "
                           "operator (maps.hosts)."));
}

Result<std::string> picture_address(ServiceKind kind, const std::string& address, const ServiceLayer& layer) {
    if (kind == ServiceKind::wmts) {
        if (layer.address.empty())
            return problem("layer",
                           tr_noop("This layer is not offered in Web Mercator (EPSG:3857). Please use the same "
                                   "provider’s WMS; that is also taken in EPSG:25832."));
        return layer.address;
    }
    const auto speaks = [&](std::string_view grid) {
        return std::find(layer.grids.begin(), layer.grids.end(), grid) != layer.grids.end();
    };
    const bool mercator = speaks("EPSG:3857");
    if (!mercator && !speaks("EPSG:25832"))
        return problem("layer", tr_noop("This layer speaks neither EPSG:3857 nor EPSG:25832."));
    return fmt::format(
        "{}SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS={}&STYLES=&FORMAT=image%2Fpng&TRANSPARENT=TRUE&CRS={}"
        "&WIDTH={}&HEIGHT={}&BBOX={}",
        with_question(address), escape_url(layer.name), mercator ? "EPSG:3857" : "EPSG:25832",
        mercator ? 256 : utm_picture_pixels, mercator ? 256 : utm_picture_pixels,
        mercator ? mercator_box_mark : utm_box_mark);
}

}  // namespace mitwirken::geo
