#include "MirrorDriver.h"

#include "../core/Placement.h"
#include "MirrorBoard.h"
#include "TransmitGuard.h"

#include <esp_eth_mac_esp.h>
#include <esp_heap_caps.h>
#include <esp_timer.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>
#include <hal/emac_ll.h>
#include <sdkconfig.h>
#include <soc/emac_dma_struct.h>
#include <soc/emac_mac_struct.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#if defined(CONFIG_ESP32_ETHERNET_SUPPORT) && !defined(CONFIG_ESP32_ETHERNET_SPI)
#error "The image gives the MAC to nanoFramework's network: it would send DHCP and ARP into the mirror. See README.md, step 3."
#endif

#if defined(CONFIG_ETH_SOFT_FLOW_CONTROL)
#error "CONFIG_ETH_SOFT_FLOW_CONTROL sends PAUSE frames into the mirror. See README.md, step 3."
#endif

// More octets in each would leave too little memory.
#if CONFIG_ETH_DMA_RX_BUFFER_NUM < 240 || CONFIG_ETH_DMA_BUFFER_SIZE > 96
#error "A burst at line rate needs 240 receive buffers of 96 octets; ESP-IDF's Kconfig allows 30 of 256 by itself. See README.md, step 3."
#endif

namespace mirror
{

namespace
{

// How often the PHY is asked for its link, as ESP-IDF's own driver does.
constexpr std::uint64_t LinkPeriodMicros = 2'000'000;

// A receiver that stalls again so soon after a restart is not helped by another one: the link is negotiated anew. The firmware
// asks again after 30 s at the earliest (HealthWatch.ResetPause), mostly a few seconds later.
constexpr std::int64_t ThoroughMicros = 120'000'000;

// Any delay does: the timer only carries the restart into the task that looks at the link.
constexpr std::uint64_t SoonMicros = 50;

// Above nanoFramework's tasks (5) and below the system's timer task (22), as ESP-IDF's default: frames are taken before they are
// judged.
constexpr std::uint32_t ReceivePriority = 15;

// ESP-IDF's default, which logging needs; the hook itself needs little.
constexpr std::uint32_t ReceiveStack = 4096;

// The name that ESP-IDF gives the receive task (esp_eth_mac_esp.c).
constexpr char ReceiveTask[] = "emac_rx";

// The LAN8720's supply and clock need up to 100 ms after its enable pin rises (LAN8720A datasheet, power-on timing).
constexpr std::int32_t PhyWakeMillis = 100;

struct FreeBuffer
{
    void operator()(std::uint8_t *buffer) const { std::free(buffer); } // NOLINT(cppcoreguidelines-no-malloc): the driver's malloc
};

MirrorDriver theDriver;

} // namespace

MirrorDriver::MirrorDriver() : _intake(esp_timer_get_time)
{
    _mediator.phy_reg_read = ReadPhy;
    _mediator.phy_reg_write = WritePhy;
    _mediator.stack_input = TakeFrame;
    _mediator.stack_input_info = TakeFrameWithInfo;
    _mediator.on_state_changed = ChangeState;
}

MirrorDriver &MirrorDriver::Instance() { return theDriver; }

// One port, one mediator.
MirrorDriver &MirrorDriver::Of(esp_eth_mediator_t * /*mediator*/) { return theDriver; }

Problem MirrorDriver::Open(std::int32_t slots)
{
    if (_state == Problem::None)
    {
        return Problem::None;
    }

    if (!SlotRing::IsSize(slots))
    {
        return Problem::Number;
    }

    // Internal memory: the receive task must not wait for the external one's cache.
    const auto count = static_cast<std::uint32_t>(slots);
    std::unique_ptr<void, decltype(&heap_caps_free)> memory(
        heap_caps_calloc(count, sizeof(Slot), MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT), heap_caps_free);
    if (memory == nullptr)
    {
        return Problem::Memory;
    }

    Problem problem = MakeMac();
    if (problem == Problem::None)
    {
        problem = MakePhy();
    }

    if (problem != Problem::None)
    {
        return problem;
    }

    _intake.Attach(static_cast<Slot *>(memory.get()), count);
    static_cast<void>(heap_caps_register_failed_alloc_callback(NoteFailedAllocation));
    problem = Start();
    if (problem == Problem::None)
    {
        // The receive task owns it from now on; the port is never closed.
        static_cast<void>(memory.release());
    }

    _state = problem;
    return problem;
}

Problem MirrorDriver::MakeMac()
{
    eth_mac_config_t general{};
    general.sw_reset_timeout_ms = 100;
    general.rx_task_stack_size = ReceiveStack;
    general.rx_task_prio = ReceivePriority;

    eth_esp32_emac_config_t esp32{};
    esp32.smi_gpio.mdc_num = MIRROR_MDC_GPIO;
    esp32.smi_gpio.mdio_num = MIRROR_MDIO_GPIO;
    esp32.interface = EMAC_DATA_INTERFACE_RMII;
#if MIRROR_CLOCK_OUT_GPIO >= 0
    esp32.clock_config.rmii.clock_mode = EMAC_CLK_OUT;
    esp32.clock_config.rmii.clock_gpio = static_cast<emac_rmii_clock_gpio_t>(MIRROR_CLOCK_OUT_GPIO);
#else
    esp32.clock_config.rmii.clock_mode = EMAC_CLK_EXT_IN;
    esp32.clock_config.rmii.clock_gpio = EMAC_CLK_IN_GPIO;
#endif
    esp32.dma_burst_len = ETH_DMA_BURST_LEN_32;

    // Latched before the constructor gives the pads to the MAC, so that this never reaches them; and once more behind it, since it has
    // set their function and matrix, which must not wait for the day on which somebody lets go of the latch.
    if (!TransmitGuard::HoldPins())
    {
        return Problem::Transmitter;
    }

    if (_mac == nullptr)
    {
        _mac = esp_eth_mac_new_esp32(&esp32, &general);
    }

    if (!TransmitGuard::HoldPins())
    {
        return Problem::Transmitter;
    }

    if (_mac == nullptr)
    {
        return Problem::Driver;
    }

    _mac->transmit = RefuseTransmit;
    _mac->transmit_ctrl_vargs = RefuseTransmitParts;
    _mac->enable_flow_ctrl = RefuseFlowControl;
    _mac->set_peer_pause_ability = IgnorePeerPause;
    return Problem::None;
}

Problem MirrorDriver::MakePhy()
{
    eth_phy_config_t config{};
    config.phy_addr = MIRROR_PHY_ADDRESS;
    config.reset_timeout_ms = 100;
    config.autonego_timeout_ms = 4000;
    config.reset_gpio_num = MIRROR_PHY_ENABLE_GPIO;
    config.post_hw_reset_delay_ms = PhyWakeMillis;
    if (_phy == nullptr)
    {
        _phy = esp_eth_phy_new_lan87xx(&config);
    }

    return _phy == nullptr ? Problem::Driver : Problem::None;
}

Problem MirrorDriver::Start()
{
    bool isNegotiating = true;
    if (_mac->set_mediator(_mac, &_mediator) != ESP_OK || _phy->set_mediator(_phy, &_mediator) != ESP_OK)
    {
        return Problem::Driver;
    }

    // The PHY first: on boards whose PHY or oscillator gives the clock, the MAC's reset waits for that clock. A board without a
    // reset pin answers that it can't be reset, which is no failure.
    static_cast<void>(_phy->reset_hw(_phy));
    if (_mac->init(_mac) != ESP_OK)
    {
        return Problem::Driver;
    }

    SetUpReceiver();
    if (_phy->init(_phy) != ESP_OK || _phy->autonego_ctrl(_phy, ESP_ETH_PHY_AUTONEGO_RESTART, &isNegotiating) != ESP_OK)
    {
        return Problem::Driver;
    }

    esp_timer_create_args_t link{};
    link.callback = LookAtLink;
    link.arg = this;
    link.name = "mirror_link";
    link.skip_unhandled_events = true;
    esp_timer_create_args_t restart{};
    restart.callback = Restart;
    restart.arg = this;
    restart.name = "mirror_restart";
    if ((_linkTimer == nullptr && esp_timer_create(&link, &_linkTimer) != ESP_OK)
        || (_restartTimer == nullptr && esp_timer_create(&restart, &_restartTimer) != ESP_OK)
        || esp_timer_start_periodic(_linkTimer, LinkPeriodMicros) != ESP_OK)
    {
        return Problem::Refused;
    }

    return Problem::None;
}

Problem MirrorDriver::ResetReceiver()
{
    if (_state != Problem::None)
    {
        return _state;
    }

    const std::int64_t now = esp_timer_get_time();
    _isThorough.store(_lastReset != 0 && now - _lastReset < ThoroughMicros, std::memory_order_relaxed);
    _lastReset = now;
    // In the timer task, so that it never meets a look at the link. Refused when one is already on its way: then that one serves.
    const esp_err_t result = esp_timer_start_once(_restartTimer, SoonMicros);
    return result == ESP_OK || result == ESP_ERR_INVALID_STATE ? Problem::None : Problem::Refused;
}

std::uint64_t MirrorDriver::Missed()
{
    ReadMissed();
    return _missed;
}

std::uint64_t MirrorDriver::Overflowed()
{
    ReadMissed();
    return _overflowed;
}

std::uint64_t MirrorDriver::Transmitted()
{
    const std::uint32_t changes = _changes.load(std::memory_order_acquire);
    if (_state == Problem::None && (changes & 1U) == 0)
    {
        const bool isQuiet = TransmitGuard::IsQuiet();
        // Read again by an operation that the look before can't be moved behind.
        if (!isQuiet && _changes.fetch_add(0, std::memory_order_acq_rel) == changes)
        {
            _findings++;
            TransmitGuard::Quiet();
        }

        if (!TransmitGuard::ArePinsHeld())
        {
            _findings++;
            if (!TransmitGuard::HoldPins())
            {
                // The one case that the box can't put right itself: then it must not see anything either.
                static_cast<void>(_mac->stop(_mac));
                _isLinkUp.store(false, std::memory_order_relaxed);
                _state = Problem::Transmitter;
            }
        }
    }

    return _findings + _attempts.load(std::memory_order_relaxed);
}

esp_err_t MirrorDriver::SetLink(eth_link_t link)
{
    _changes.fetch_add(1, std::memory_order_acq_rel);
    const esp_err_t result = _mac->set_link(_mac, link);
    TransmitGuard::Quiet();
    if (link == ETH_LINK_UP)
    {
        SetUpReceiver();
        _linkUps.store(_linkUps.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

    _isLinkUp.store(link == ETH_LINK_UP, std::memory_order_relaxed);
    _changes.fetch_add(1, std::memory_order_release);
    return result;
}

// A tap sees what the wire carries: every address, control frames too, and frames whose IP or TCP checksum is wrong, which the
// driver's defaults would drop (a scanner that forges packets gets them wrong on purpose).
void MirrorDriver::SetUpReceiver()
{
    static_cast<void>(_mac->set_promiscuous(_mac, true));
    emac_ll_set_pass_ctrl_frame_mode(&EMAC_MAC, EMAC_LL_CONTROL_FRAME_FORWARDALL);
    emac_ll_checksum_offload_mode(&EMAC_MAC, ETH_CHECKSUM_SW);
    emac_ll_drop_tcp_err_frame_enable(&EMAC_DMA, false);
    emac_ll_receive_flow_ctrl_enable(&EMAC_MAC, false);
    emac_ll_transmit_flow_ctrl_enable(&EMAC_MAC, false);
}

// Reading clears the register, so that it is read as a whole and added up.
void MirrorDriver::ReadMissed()
{
    if (_state != Problem::None)
    {
        return;
    }

    const std::uint32_t whole = EMAC_DMA.dmamissedfr.val;
    decltype(EMAC_DMA.dmamissedfr) now;
    now.val = whole;
    constexpr std::uint32_t MissedWrap = 1U << 16U;
    constexpr std::uint32_t OverflowWrap = 1U << 11U;
    _missed += now.missed_fc + (now.overflow_bmfc != 0 ? MissedWrap : 0);
    _overflowed += now.overflow_fc + (now.overflow_bfoc != 0 ? OverflowWrap : 0);
}

esp_err_t MirrorDriver::ReadPhy(esp_eth_mediator_t *eth, std::uint32_t address, std::uint32_t number, std::uint32_t *value)
{
    esp_eth_mac_t *mac = Of(eth)._mac;
    return mac->read_phy_reg(mac, address, number, value);
}

esp_err_t MirrorDriver::WritePhy(esp_eth_mediator_t *eth, std::uint32_t address, std::uint32_t number, std::uint32_t value)
{
    esp_eth_mac_t *mac = Of(eth)._mac;
    return mac->write_phy_reg(mac, address, number, value);
}

MIRROR_HOT esp_err_t MirrorDriver::TakeFrame(esp_eth_mediator_t *eth, std::uint8_t *buffer, std::uint32_t length)
{
    // The buffer is ours from here on and freed on every way out.
    const std::unique_ptr<std::uint8_t, FreeBuffer> owned(buffer);
    Of(eth)._intake.Take(buffer, length);
    return ESP_OK;
}

MIRROR_HOT esp_err_t MirrorDriver::TakeFrameWithInfo(
    esp_eth_mediator_t *eth, std::uint8_t *buffer, std::uint32_t length, void * /*info*/)
{
    return TakeFrame(eth, buffer, length);
}

esp_err_t MirrorDriver::ChangeState(esp_eth_mediator_t *eth, esp_eth_state_t state, void *argument)
{
    MirrorDriver &driver = Of(eth);
    const auto value = static_cast<int>(reinterpret_cast<std::intptr_t>(argument));
    switch (state)
    {
    case ETH_STATE_LINK:
        return driver.SetLink(static_cast<eth_link_t>(value));
    case ETH_STATE_SPEED:
        driver._intake.SetSpeed(static_cast<eth_speed_t>(value) == ETH_SPEED_10M ? 10 : 100);
        return driver._mac->set_speed(driver._mac, static_cast<eth_speed_t>(value));
    case ETH_STATE_DUPLEX:
        return driver._mac->set_duplex(driver._mac, static_cast<eth_duplex_t>(value));
    default:
        // Nothing to do at the MAC's start and end, and no flow control whatever the other side offers.
        return ESP_OK;
    }
}

esp_err_t MirrorDriver::RefuseTransmit(esp_eth_mac_t * /*mac*/, std::uint8_t * /*buffer*/, std::uint32_t /*length*/)
{
    theDriver._attempts.fetch_add(1, std::memory_order_relaxed);
    return ESP_ERR_NOT_SUPPORTED;
}

esp_err_t MirrorDriver::RefuseTransmitParts(
    esp_eth_mac_t * /*mac*/, void * /*control*/, std::uint32_t /*count*/, va_list /*parts*/)
{
    theDriver._attempts.fetch_add(1, std::memory_order_relaxed);
    return ESP_ERR_NOT_SUPPORTED;
}

esp_err_t MirrorDriver::RefuseFlowControl(esp_eth_mac_t * /*mac*/, bool enable)
{
    return enable ? ESP_ERR_NOT_SUPPORTED : ESP_OK;
}

esp_err_t MirrorDriver::IgnorePeerPause(esp_eth_mac_t * /*mac*/, std::uint32_t /*ability*/) { return ESP_OK; }

// ESP-IDF's receive task only logs a frame that it has no memory for, and this image has no log. It allocates nothing else, so
// that its name suffices; and being that task, this counts where TakeFrame does.
void MirrorDriver::NoteFailedAllocation(std::size_t /*size*/, std::uint32_t /*capabilities*/, const char * /*function*/)
{
    if (std::strcmp(pcTaskGetName(nullptr), ReceiveTask) == 0)
    {
        theDriver._intake.Lose();
    }
}

void MirrorDriver::LookAtLink(void *driver)
{
    esp_eth_phy_t *phy = static_cast<MirrorDriver *>(driver)->_phy;
    static_cast<void>(phy->get_link(phy));
}

// A receiver stalls when its ring of buffers was wholly full: nothing interrupts any more. Starting the MAC anew sets the ring up
// anew.
void MirrorDriver::Restart(void *driver)
{
    auto &self = *static_cast<MirrorDriver *>(driver);
    self._resets.store(self._resets.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    if (self._isThorough.load(std::memory_order_relaxed))
    {
        bool isNegotiating = true;
        static_cast<void>(self._phy->set_link(self._phy, ETH_LINK_DOWN));
        static_cast<void>(self._phy->autonego_ctrl(self._phy, ESP_ETH_PHY_AUTONEGO_RESTART, &isNegotiating));
        return;
    }

    if (self.IsLinkUp())
    {
        static_cast<void>(self.SetLink(ETH_LINK_DOWN));
        static_cast<void>(self.SetLink(ETH_LINK_UP));
    }
}

} // namespace mirror
