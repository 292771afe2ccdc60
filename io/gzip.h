#pragma once
#include <hourglass/io/reader.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// What a gzip file holds, by zlib; a file that is not gzip is returned as it is. Throws, naming the file, when it is
/// truncated, damaged (its check sum differs), followed by anything but more gzip, or would unpack to more than `limit`
/// bytes.
Bytes read_gzip(const std::string& path, std::size_t limit);

}  // namespace hourglass::HOURGLASS_BUILD::io
