#pragma once
#include "FakeChip.h"

// As the boards' pages list them (hardware/boards); BurstSettingsTests.cs compares.
#define CONFIG_ETH_DMA_RX_BUFFER_NUM 240
#define CONFIG_ETH_DMA_TX_BUFFER_NUM 3
#define CONFIG_ETH_DMA_BUFFER_SIZE 96
