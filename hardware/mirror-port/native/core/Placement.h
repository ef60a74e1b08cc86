#pragma once

// Code that runs for each frame: the image puts it into the chip's instruction RAM, so that it never waits for the flash cache.
#if defined(ESP_PLATFORM)
#include <esp_attr.h>
#define MIRROR_HOT IRAM_ATTR
#else
#define MIRROR_HOT
#endif

// A piece of that code that has a file of its own: inlined whatever the compiler reckons, since a call would leave the
// instruction RAM's
// function and cost a frame a tenth.
#define MIRROR_INLINE inline __attribute__((always_inline))
