// What monitoring asks: /ready (database and schema) and /metrics (Prometheus text, by prometheus-cpp's serializer).
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <fstream>
#include <limits>

#include "app/operation.h"
#include "core/notify/notify.h"
#include "core/visit.h"
#include "platform/crypto/crypto.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::app {

namespace {

using core::Visit;

class Families {
public:
    void add(const std::string& name, const std::string& help, prometheus::MetricType type, double value,
             const std::string& label = "", const std::string& label_value = "") {
        if (list_.empty() || list_.back().name != name) list_.push_back({name, help, type, {}});
        prometheus::ClientMetric metric;
        if (!label.empty()) metric.label.push_back({label, label_value});
        if (type == prometheus::MetricType::Counter)
            metric.counter.value = value;
        else
            metric.gauge.value = value;
        list_.back().metric.push_back(metric);
    }
    // The counts of a histogram are cumulative in Prometheus.
    void add_latency(const std::string& method, const std::string& route, const Dispatch::Latency& latency) {
        const std::string name = "mitwirken_request_seconds";
        if (list_.empty() || list_.back().name != name)
            list_.push_back({name,
                             "Time from arrival to answer by route, without answers from the page cache",
                             prometheus::MetricType::Histogram,
                             {}});
        prometheus::ClientMetric metric;
        metric.label = {{"method", method}, {"route", route}};
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < latency.counts.size(); ++i) {
            count += latency.counts[i].load();
            const bool last = i == latency.bounds.size();
            metric.histogram.bucket.push_back(
                {count, last ? std::numeric_limits<double>::infinity() : latency.bounds[i]});
        }
        metric.histogram.sample_count = count;
        metric.histogram.sample_sum = double(latency.microseconds.load()) / 1e6;
        if (count > 0) list_.back().metric.push_back(std::move(metric));
    }
    std::string text() const { return prometheus::TextSerializer().Serialize(list_); }

private:
    std::vector<prometheus::MetricFamily> list_;
};

// RssAnon of /proc/self/status in bytes.
double anonymous_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("RssAnon:", 0) == 0) return std::stod(line.substr(8)) * 1024;
    return 0;
}

std::string figures(Program& program, db::Tx& tx) {
    using prometheus::MetricType;
    Families families;
    const auto& answers = program.dispatch().figures();
    static const char* const hundreds[] = {"", "1xx", "2xx", "3xx", "4xx", "5xx"};
    for (int i = 2; i <= 5; ++i)
        families.add("mitwirken_responses_total", "Answers by status", MetricType::Counter,
                     double(answers.answers[i].load()), "status", hundreds[i]);
    families.add("mitwirken_handler_seconds_total", "Time spent in handlers", MetricType::Counter,
                 double(answers.microseconds.load()) / 1e6);
    // Only routes that were asked for: most of five hundred are not, and each would be fourteen lines.
    families.add_latency("-", "other", program.dispatch().latency_of(nullptr));
    for (const auto& entry : program.router().entries())
        families.add_latency(std::string(http::to_string(entry.route->method)), std::string(entry.route->pattern),
                             program.dispatch().latency_of(entry.route));
    const auto cache = program.cache().figures();
    families.add("mitwirken_page_cache_hits_total", "Answers from the page cache", MetricType::Counter,
                 double(cache.hits));
    families.add("mitwirken_page_cache_misses_total", "Answers not in the page cache", MetricType::Counter,
                 double(cache.misses));
    families.add("mitwirken_page_cache_bytes", "Size of the page cache", MetricType::Gauge, double(cache.bytes));
    if (const auto* server = program.server()) {
        const auto f = server->figures();
        families.add("mitwirken_connections_open", "Open connections", MetricType::Gauge, double(f.open_connections));
        families.add("mitwirken_event_streams_open", "Open server-sent event streams", MetricType::Gauge,
                     double(f.open_streams));
        families.add("mitwirken_sent_bytes_total", "Bytes sent", MetricType::Counter, double(f.bytes_out));
        families.add("mitwirken_refused_total", "Requests refused by a limit", MetricType::Counter, double(f.refused));
    }
    const auto jobs = jobs::counts(tx);
    families.add("mitwirken_jobs", "Jobs by state", MetricType::Gauge, double(jobs.waiting), "state", "waiting");
    families.add("mitwirken_jobs", "Jobs by state", MetricType::Gauge, double(jobs.running), "state", "running");
    families.add("mitwirken_jobs", "Jobs by state", MetricType::Gauge, double(jobs.dead), "state", "dead");
    families.add("mitwirken_mails_waiting", "Mails not sent yet", MetricType::Gauge, double(core::mails_waiting(tx)));
    families.add("mitwirken_anonymous_memory_bytes", "RssAnon", MetricType::Gauge, anonymous_memory());
    return families.text();
}

}  // namespace

std::vector<core::Route> operation_routes(Program& program) {
    const auto ready = [](Visit& visit) {
        jobs::counts(visit.tx);  // reads a table of ours: the database answers and has our schema
        return http::Response::text(200, "ready\n");
    };
    const auto metrics = [&program](Visit& visit) {
        const std::string& token = program.config().server.metrics_token;
        const std::string sent(visit.request.headers["Authorization"]);
        if (!token.empty() && !crypto::equal(sent, "Bearer " + token)) throw NotAllowed();
        http::Response response = http::Response::text(200, figures(program, visit.tx));
        response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        return response;
    };
    const auto kind = core::RouteKind::data;
    return {
        {.method = http::Method::get,
         .pattern = "/ready",
         .permission = core::everyone,
         .handler = ready,
         .kind = kind,
         .cacheable = false},
        {.method = http::Method::get,
         .pattern = "/metrics",
         .permission = core::everyone,
         .handler = metrics,
         .kind = kind,
         .cacheable = false},
    };
}

}  // namespace mitwirken::app
