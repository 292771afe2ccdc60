#pragma once
#include <span>
#include <string>
#include <string_view>

#include <hourglass/io/reader.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// Writes a whole file or none: into a temporary file in the same folder, flushed to the disk, then renamed over the
/// old one. After a crash at any moment the path holds the old content or the new. Temporary files that an earlier
/// crash left for this path are removed. A link keeps pointing where it points, also to a file that is not there yet; a
/// device, a pipe and what this process holds open (/dev/stdout, even when it is a file) are written to, never
/// replaced. Throws, naming the path and the system's reason; the path then holds the old file (or, where only the
/// flushing of the folder failed, the new one), whole.
/// @{
void write_file(const std::string& path, std::span<const std::uint8_t> bytes);
void write_file(const std::string& path, std::string_view text);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::io
