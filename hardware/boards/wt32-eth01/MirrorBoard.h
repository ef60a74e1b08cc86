#pragma once

// WT32-ETH01. Made from board.toml by tools/BoardPictures; don't edit.
#define MIRROR_PHY_ADDRESS 1
#define MIRROR_PHY_ENABLE_GPIO (16)
#define MIRROR_MDC_GPIO 23
#define MIRROR_MDIO_GPIO 18

// The GPIO that puts the RMII clock out; -1: it comes in by GPIO 0.
#define MIRROR_CLOCK_OUT_GPIO (-1)
