#pragma once

// A board of the tests: external clock, PHY 1, enable pin 16.
#define MIRROR_PHY_ADDRESS 1
#define MIRROR_PHY_ENABLE_GPIO 16
#define MIRROR_MDC_GPIO 23
#define MIRROR_MDIO_GPIO 18
#define MIRROR_CLOCK_OUT_GPIO (-1)
