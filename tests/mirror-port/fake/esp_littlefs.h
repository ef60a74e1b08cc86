#pragma once
#include "FakeChip.h"
