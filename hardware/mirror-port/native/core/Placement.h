#pragma once

// Code that runs for each frame: the image puts it into the chip's instruction RAM, so that it never waits for the flash cache.
#if defined(ESP_PLATFORM)
#include <esp_attr.h>
#define MIRROR_HOT IRAM_ATTR
#else
#define MIRROR_HOT
#endif
