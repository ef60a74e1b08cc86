using System;
using System.Net;
using System.Net.Sockets;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Appliance.Firmware.Device;

/// <summary>
/// The clock of the chip: its microseconds are those of the frames' stamps. The time of day is kept beside it, and in the chip's
/// own clock, which goes on through a restart. A time server is best given by its address: while a name is asked for, which may
/// take seconds, the loop waits.
/// </summary>
public sealed class DeviceClock : IClock
{
    private const int SntpPort = 123;

    /// <summary>Milliseconds that an answer is waited for that has just been announced.</summary>
    private const int AnnouncedMilliseconds = 100;

    /// <summary>A chip's clock that shows less was never set: microseconds of 2024-01-01.</summary>
    private const long Plausible = 1704067200L * 1000000;

    private const long UnixEpochTicks = 621355968000000000;
    private const long TicksPerMicrosecond = 10;

    private readonly HostAddress _address = new HostAddress();
    private readonly Random _random = new Random();
    private Socket? _socket;
    private long _offset = ClockOffset.Unknown;
    private long _askedAt;
    private long _answeredAt;

    /// <summary>Makes the clock; the time of day is known when the chip's clock ran on.</summary>
    public DeviceClock()
    {
        long unix = (DateTime.UtcNow.Ticks - UnixEpochTicks) / TicksPerMicrosecond;
        if (unix > Plausible)
        {
            _offset = unix - Now();
        }
    }

    /// <inheritdoc/>
    public long Now()
    {
        return (long)HighResTimer.GetCurrent();
    }

    /// <inheritdoc/>
    public long Offset()
    {
        return _offset;
    }

    /// <inheritdoc/>
    public void SetOffset(long offset)
    {
        _offset = offset;
        Rtc.SetSystemTime(new DateTime(UnixEpochTicks + ((Now() + offset) * TicksPerMicrosecond)));
    }

    /// <inheritdoc/>
    public bool Ask(byte[] server, byte[] request)
    {
        Forget();
        try
        {
            IPAddress address = _address.Of(server);
            _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            // A datagram that is announced and then not there, such as one whose checksum is wrong, must not hold the loop.
            _socket.ReceiveTimeout = AnnouncedMilliseconds;
            _socket.Connect(new IPEndPoint(address, SntpPort));
            // Behind the lookup of the name, which may have taken seconds.
            _askedAt = Now();
            _socket.Send(request, 0, request.Length, SocketFlags.None);
            return true;
        }
        catch (Exception)
        {
            Forget();
            return false;
        }
    }

    /// <inheritdoc/>
    public int Answer(byte[] answer)
    {
        if (_socket == null)
        {
            return 0;
        }

        try
        {
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return 0;
            }

            int length = _socket.Receive(answer, 0, answer.Length, SocketFlags.None);
            _answeredAt = Now();
            return length;
        }
        catch (Exception)
        {
            // Nobody listens there; no answer will come.
            Forget();
            return 0;
        }
    }

    /// <inheritdoc/>
    public long AskedAt()
    {
        return _askedAt;
    }

    /// <inheritdoc/>
    public long AnsweredAt()
    {
        return _answeredAt;
    }

    /// <inheritdoc/>
    public int Random()
    {
        return _random.Next() ^ (int)Now();
    }

    private void Forget()
    {
        try
        {
            if (_socket != null)
            {
                _socket.Close();
            }
        }
        catch (Exception)
        {
            // It was broken already.
        }

        _socket = null;
    }
}
