#pragma once

namespace mirror
{

/// What keeps the MAC from transmitting, in the order of its strength. Each can be put in place and looked at:
/// the pads of TX_EN, TXD0 and TXD1 are plain outputs, low and latched by the chip's pad hold, so that no later setting of the
/// pin matrix reaches the PHY; the MAC's transmit state machine and transmit DMA are off.
class TransmitGuard
{
public:
    /// Takes the three pads from the MAC, drives them low and latches them.
    /// @return what `ArePinsHeld` then finds.
    static bool HoldPins();

    /// Whether the pad of TX_EN is a plain output that no peripheral drives, and reads low at the pad itself.
    static bool ArePinsHeld();

    /// Switches the MAC's transmitter and its DMA off. The driver switches them on whenever the link comes up.
    static void Quiet();

    /// Whether both are off.
    static bool IsQuiet();
};

} // namespace mirror
