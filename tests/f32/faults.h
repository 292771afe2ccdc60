#pragma once
#include <string>

/// Failures on order. The test program has its own open, read, write, fsync, rename, close and malloc (faults.cpp),
/// which do what the system's do until a fault is set. A sanitizer has its own allocator, and there `memory`
/// never fails and nothing is counted.
namespace faults {

enum class Call { open, read, write, fsync, rename, close, memory };
inline constexpr Call all[] = {Call::open,  Call::read,   Call::write, Call::fsync,
                               Call::close, Call::rename, Call::memory};
std::string name(Call call);

/// From now on the n-th `call` (from 1) fails, once: with ENOSPC, EIO or no memory.
void arm(Call call, long n);
/// Nothing fails any more. Whether something has failed since `arm`.
bool disarm();
/// From now on a write takes a byte at most, and every second one is interrupted (EINTR) first.
void trickle(bool on);
/// How often memory was requested.
long allocations();
/// Whether `memory` can fail, and is counted.
bool counts_memory();

}  // namespace faults
