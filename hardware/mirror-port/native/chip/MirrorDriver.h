#pragma once

#include "../core/FrameIntake.h"
#include "Problem.h"

#include <esp_eth_com.h>
#include <esp_eth_mac.h>
#include <esp_eth_phy.h>
#include <esp_timer.h>

#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdint>

namespace mirror
{

/// The driver of the mirror port: ESP-IDF's MAC and PHY objects under a mediator of our own. ESP-IDF's esp_eth driver is not
/// installed, so there is no handle that a network interface or esp_eth_transmit could use, and no event that nanoFramework would
/// take for its uplink's. There is one such port: the chip has one MAC.
class MirrorDriver
{
public:
    MirrorDriver();
    MirrorDriver(const MirrorDriver &) = delete;
    MirrorDriver &operator=(const MirrorDriver &) = delete;

    static MirrorDriver &Instance();

    /// HookFace: see MirrorHook.cs for these.
    Problem Open(std::int32_t slots);
    bool IsLinkUp() const { return _isLinkUp.load(std::memory_order_relaxed); }
    Problem ResetReceiver();

    FrameIntake &Intake() { return _intake; }

    /// Frames that the MAC had no buffer for, and that overran its FIFO: its own counters, read and added up.
    std::uint64_t Missed();
    std::uint64_t Overflowed();

    /// Attempts to transmit and findings of a transmitter that was on; looks at it now.
    std::uint64_t Transmitted();

    std::uint32_t Resets() const { return _resets.load(std::memory_order_relaxed); }
    std::uint32_t LinkUps() const { return _linkUps.load(std::memory_order_relaxed); }

private:
    static MirrorDriver &Of(esp_eth_mediator_t *mediator);

    // The mediator's functions, called by the MAC and PHY objects.
    static esp_err_t ReadPhy(esp_eth_mediator_t *eth, std::uint32_t address, std::uint32_t number, std::uint32_t *value);
    static esp_err_t WritePhy(esp_eth_mediator_t *eth, std::uint32_t address, std::uint32_t number, std::uint32_t value);
    static esp_err_t TakeFrame(esp_eth_mediator_t *eth, std::uint8_t *buffer, std::uint32_t length);
    static esp_err_t TakeFrameWithInfo(esp_eth_mediator_t *eth, std::uint8_t *buffer, std::uint32_t length, void *info);
    static esp_err_t ChangeState(esp_eth_mediator_t *eth, esp_eth_state_t state, void *argument);

    // What the MAC object offers for transmitting, replaced.
    static esp_err_t RefuseTransmit(esp_eth_mac_t *mac, std::uint8_t *buffer, std::uint32_t length);
    static esp_err_t RefuseTransmitParts(esp_eth_mac_t *mac, void *control, std::uint32_t count, va_list parts);
    static esp_err_t RefuseFlowControl(esp_eth_mac_t *mac, bool enable);
    static esp_err_t IgnorePeerPause(esp_eth_mac_t *mac, std::uint32_t ability);

    // Called by the heap, in the task whose allocation failed.
    static void NoteFailedAllocation(std::size_t size, std::uint32_t capabilities, const char *function);

    // Both run in the system's timer task, one after the other.
    static void LookAtLink(void *driver);
    static void Restart(void *driver);

    Problem MakeMac();
    Problem MakePhy();
    Problem Start();
    esp_err_t SetLink(eth_link_t link);
    void SetUpReceiver();
    void ReadMissed();

    esp_eth_mediator_t _mediator{};
    esp_eth_mac_t *_mac = nullptr;
    esp_eth_phy_t *_phy = nullptr;
    esp_timer_handle_t _linkTimer = nullptr;
    esp_timer_handle_t _restartTimer = nullptr;
    Problem _state = Problem::Closed;

    FrameIntake _intake;
    std::uint64_t _missed = 0;
    std::uint64_t _overflowed = 0;
    std::uint64_t _findings = 0;
    std::int64_t _lastReset = 0;

    std::atomic<std::uint32_t> _attempts{0};
    std::atomic<std::uint32_t> _resets{0};
    std::atomic<std::uint32_t> _linkUps{0};
    std::atomic<bool> _isLinkUp{false};

    // Odd while the link changes, when ESP-IDF's MAC object switches the transmitter on for some microseconds: a look during
    // which this number is odd or changes proves nothing.
    std::atomic<std::uint32_t> _changes{0};

    // The next restart renegotiates the link.
    std::atomic<bool> _isThorough{false};
};

} // namespace mirror
