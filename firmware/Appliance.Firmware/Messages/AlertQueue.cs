using System;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Messages that wait for the collector, in a fixed number of octets. When there is no room, the least severe message goes first
/// and of these the oldest: whoever floods the box with small things can't push out the large one. What goes is counted. Messages
/// that were handed over stay for a while, as room allows, since a stream that breaks loses what was on its way:
/// <see cref="Rewind"/> brings them back.
/// </summary>
/// <remarks>
/// One array holds, one behind the other, those handed over and not yet confirmed (from <see cref="_first"/>), those that wait
/// (from <see cref="_next"/>) and free room (from <see cref="_end"/>). An entry is its length in two octets, its syslog severity,
/// and the message.
/// </remarks>
public sealed class AlertQueue
{
    /// <summary>Octets of an entry before the message.</summary>
    private const int Head = 3;

    /// <summary>The part of the room that messages handed over may keep: an eighth is what a stream may have on its way to a
    /// slow collector.</summary>
    private const int KeptShift = 3;

    /// <summary>Messages that wait.</summary>
    public int Count;

    /// <summary>Messages handed over and not yet confirmed.</summary>
    public int Unconfirmed;

    /// <summary>Messages that had to go before they were handed over.</summary>
    public int Dropped;

    /// <summary>Messages that were handed over again.</summary>
    public int Repeated;

    private readonly byte[] _octets;
    private int _first;
    private int _next;
    private int _end;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="octets">Its size.</param>
    public AlertQueue(int octets)
    {
        _octets = new byte[octets];
    }

    /// <summary>Octets of its room.</summary>
    public int Size()
    {
        return _octets.Length;
    }

    /// <summary>Octets that wait, with what each entry adds.</summary>
    public int Waiting()
    {
        return _end - _next;
    }

    /// <summary>There is room for a message without dropping another that waits.</summary>
    /// <param name="length">Octets of the message.</param>
    public bool HasRoom(int length)
    {
        return _octets.Length - (_end - _next) >= length + Head;
    }

    /// <summary>Adds a message, and drops others for it when there is no room.</summary>
    /// <param name="message">The message.</param>
    /// <param name="length">Octets of it.</param>
    /// <param name="severity">Its severity, a constant of <see cref="SyslogSeverity"/>.</param>
    public void Put(byte[] message, int length, int severity)
    {
        while (_octets.Length - (_end - _next) < length + Head)
        {
            if (!DropLeast(severity))
            {
                Dropped++;
                return;
            }
        }

        while (_octets.Length - (_end - _first) < length + Head)
        {
            Confirm(1);
        }

        if (_octets.Length - _end < length + Head)
        {
            Array.Copy(_octets, _first, _octets, 0, _end - _first);
            _next -= _first;
            _end -= _first;
            _first = 0;
        }

        byte[] octets = _octets;
        octets[_end] = (byte)(length >> 8);
        octets[_end + 1] = (byte)length;
        octets[_end + 2] = (byte)severity;
        Array.Copy(message, 0, octets, _end + Head, length);
        _end += Head + length;
        Count++;
    }

    /// <summary>Takes the next message: it counts as handed over.</summary>
    /// <param name="into">Takes its octets.</param>
    /// <param name="at">Where.</param>
    /// <returns>How many octets; 0 when none waits.</returns>
    public int Take(byte[] into, int at)
    {
        if (Count == 0)
        {
            return 0;
        }

        int length = LengthAt(_next);
        Array.Copy(_octets, _next + Head, into, at, length);
        _next += Head + length;
        Count--;
        Unconfirmed++;
        while (_next - _first > _octets.Length >> KeptShift && Unconfirmed > 1)
        {
            Confirm(1);
        }

        return length;
    }

    /// <summary>Octets of the next message; 0 when none waits.</summary>
    public int NextLength()
    {
        return Count == 0 ? 0 : LengthAt(_next);
    }

    /// <summary>The oldest messages handed over have arrived.</summary>
    /// <param name="messages">How many.</param>
    public void Confirm(int messages)
    {
        for (; messages > 0 && Unconfirmed > 0; messages--)
        {
            _first += Head + LengthAt(_first);
            Unconfirmed--;
        }
    }

    /// <summary>The connection broke: what was handed over and is not confirmed waits again.</summary>
    public void Rewind()
    {
        Repeated += Unconfirmed;
        Count += Unconfirmed;
        Unconfirmed = 0;
        _next = _first;
    }

    /// <summary>Drops the oldest of the least severe messages that wait.</summary>
    /// <param name="severity">Syslog's severity of the newcomer: nothing more severe is dropped for it.</param>
    /// <returns>False when there is none.</returns>
    private bool DropLeast(int severity)
    {
        byte[] octets = _octets;
        int least = -1;
        int leastSeverity = severity - 1;
        for (int at = _next; at < _end; at += Head + LengthAt(at))
        {
            if (octets[at + 2] > leastSeverity)
            {
                least = at;
                leastSeverity = octets[at + 2];
            }
        }

        if (least < 0)
        {
            return false;
        }

        int behind = least + Head + LengthAt(least);
        Array.Copy(octets, behind, octets, least, _end - behind);
        _end -= behind - least;
        Count--;
        Dropped++;
        return true;
    }

    private int LengthAt(int at)
    {
        return (_octets[at] << 8) | _octets[at + 1];
    }
}
