// Channels and their last state; see events.h. What moves the bytes is streams.cpp.
#include "platform/http/events_hub.h"

namespace mitwirken::http {

std::shared_ptr<const std::string> make_frame(const std::string& html) {
    if (html.empty()) return nullptr;
    auto frame = std::make_shared<std::string>("event: part\ndata: ");
    frame->reserve(html.size() + 64);
    for (std::size_t at = 0;;) {
        // CR LF, LF and a lone CR all end a line of an event stream.
        const auto end = html.find_first_of("\r\n", at);
        frame->append(html, at, end - at);
        if (end == std::string::npos) break;
        *frame += "\ndata: ";
        at = end + (html.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    *frame += "\n\n";
    return frame;
}

EventHub::EventHub() : impl_(std::make_unique<Impl>()) {}
EventHub::~EventHub() = default;

void EventHub::publish(const std::string& channel, const std::string& html) {
    auto frame = make_frame(html);
    const std::lock_guard lock(impl_->mutex);
    auto& state = impl_->states[channel];
    const bool changed = state.html != html;
    if (changed) {
        state.html = html;
        state.frame = std::move(frame);
    }
    if (html.empty() && state.listeners == 0) impl_->states.erase(channel);
    if (changed && !html.empty())
        for (auto* sink : impl_->sinks) sink->changed(channel);
}

std::string EventHub::current(const std::string& channel) const {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->states.find(channel);
    return found == impl_->states.end() ? "" : found->second.html;
}

std::uint64_t EventHub::listeners(const std::string& channel) const {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->states.find(channel);
    return found == impl_->states.end() ? 0 : found->second.listeners;
}

std::shared_ptr<const std::string> EventHub::Impl::frame(const std::string& channel) const {
    const std::lock_guard lock(mutex);
    const auto found = states.find(channel);
    return found == states.end() ? nullptr : found->second.frame;
}

void EventHub::Impl::count(const std::string& channel, int change) {
    const std::lock_guard lock(mutex);
    auto& state = states[channel];
    state.listeners += static_cast<std::uint64_t>(change);
    if (state.listeners == 0 && state.html.empty()) states.erase(channel);
}

}  // namespace mitwirken::http
