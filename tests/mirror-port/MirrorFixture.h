#pragma once

#include "FakeChip.h"

#include <chip/MirrorDriver.h>

#include <gtest/gtest.h>

#include <new>

/// A chip that has just got power, with a driver as static initialisation leaves it.
class MirrorFixture : public testing::Test
{
protected:
    MirrorFixture()
    {
        fake::PowerOn();
        mirror::MirrorDriver &driver = mirror::MirrorDriver::Instance();
        driver.~MirrorDriver();
        new (&driver) mirror::MirrorDriver();
    }

    ~MirrorFixture() override { fake::PowerOn(); }

    static mirror::MirrorDriver &Driver() { return mirror::MirrorDriver::Instance(); }

    /// Opens the port and waits for the link.
    static void OpenWithLink(std::int32_t slots = 64)
    {
        ASSERT_EQ(Driver().Open(slots), mirror::Problem::None);
        fake::SetCable(true);
        fake::Pass(2'000'000);
        ASSERT_TRUE(Driver().IsLinkUp());
    }
};
