// A proof of work in a form: against programs that send thousands of texts, without a service of others and without
// riddles. The server signs a challenge, a worker in the browser looks for a number whose SHA-256 with it begins with
// so many zero bits – about a second of a phone. Off unless the municipality switches it on ("moderation.proof").
// Invariants: a challenge is ours (signed), bound to its activity, at most a day old, and counts once. Who cannot
// compute (no script) is not refused: their form takes a longer least time, and somebody looks at the text first.
#pragma once

#include <chrono>

#include "core/forms/forms.h"

namespace mitwirken::core {

inline constexpr int proof_bits = 13;
inline constexpr std::chrono::seconds least_without_proof{15};

bool wants_proof(const Visit& visit);
// The challenge and the element that solves it; nothing when no proof is wanted.
void add_proof(FormView& form, Visit& visit);
// Does the form carry a solved challenge of ours? Nothing is used up.
bool has_proof(const Visit& visit);
// Uses it up: true the first time only.
bool spend_proof(Visit& visit);

// Pure: does SHA-256 of "challenge:answer" begin with so many zero bits? Exposed for tests.
bool solves(const std::string& challenge, const std::string& answer, int bits);

// In work_store.cpp: false when it was used before. Forgets those older than a day.
bool spend_challenge(db::Tx& tx, const std::string& challenge, Timestamp now);

}  // namespace mitwirken::core
