#pragma once

#include "Frames.h"

#include <string>
#include <vector>

namespace frames
{

/// The frames of a pcap file (little-endian, Ethernet), as tests/captures holds them.
std::vector<Octets> ReadCapture(const std::string &path);

/// The frames of all ten detects.
std::vector<Octets> AllDetects();

} // namespace frames
