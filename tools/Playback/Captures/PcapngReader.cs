using System;
using System.Collections.Generic;

namespace Appliance.Playback.Captures;

/// <summary>
/// The newer capture format (draft-ietf-opsawg-pcapng): sections of either byte order one behind the other, each with its
/// interfaces; enhanced, simple and obsolete packet blocks. Blocks of other types are passed over.
/// </summary>
internal sealed class PcapngReader : CaptureReader
{
    /// <summary>Block type of a section header: the same octets in either byte order.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;

    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;

    private const uint ByteOrderMagic = 0x1a2b3c4d;

    private const int EndOfOptions = 0;
    private const int TimestampResolution = 9;
    private const int CheckSequenceLength = 13;
    private const int TimestampOffset = 14;

    /// <summary>Type, length and the length again behind the body.</summary>
    private const int ShortestBlock = 12;

    /// <summary>Longest block that is looked into: the longest packet and generous options. Others may be longer.</summary>
    private const int LongestBlock = 16 * 1024 * 1024;

    private readonly List<Interface> _interfaces = [];
    private bool _bigEndian;
    private bool _isForeign;
    private bool _sawOwn;
    private bool _sawEthernet;
    private int _firstOtherLinkType = -1;

    /// <summary>A simple packet block has no time; its packet is given that of the one before.</summary>
    private long _lastTime;

    public PcapngReader(CaptureInput input)
        : base(input)
    {
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        CaptureInput input = Input;
        while (true)
        {
            if (!input.Has(8))
            {
                if (input.End > input.At)
                {
                    EndsWithin("within a block header");
                }

                return Ended();
            }

            uint type = input.Number(0, _bigEndian);
            if (type == SectionHeader)
            {
                if (!ReadSectionHeader())
                {
                    return Ended();
                }

                continue;
            }

            uint length = input.Number(4, _bigEndian);
            CheckLength(length);
            if (_isForeign || type is not (InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket))
            {
                long start = input.Position;
                if (!input.Skip(length - 4L) || !input.Has(4))
                {
                    Truncation = $"{Name}: ends in the middle of the block at offset {start}, behind packet {Number}; "
                        + "replayed up to there";
                    return Ended();
                }

                CheckTrailer(length, input.Number(0, _bigEndian), start);
                input.At += 4;
                continue;
            }

            if (length > LongestBlock)
            {
                throw Damaged($"a block of type {type} claims {length} octets");
            }

            if (!input.Has((int)length))
            {
                EndsWithin(type == InterfaceDescription ? "within an interface description" : $"in the middle of packet {Number + 1}");
                return Ended();
            }

            CheckTrailer(length, input.Number((int)length - 4, _bigEndian), input.Position);
            if (type == InterfaceDescription)
            {
                ReadInterface((int)length);
                input.At += (int)length;
                continue;
            }

            Interface? from = type switch
            {
                EnhancedPacket => ReadEnhanced((int)length),
                ObsoletePacket => ReadObsolete((int)length),
                _ => ReadSimple((int)length),
            };
            Number++;
            input.At += (int)length;
            if (from is null)
            {
                Skipped++;
                continue;
            }

            return true;
        }
    }

    private bool Ended()
    {
        if (!_sawOwn && Note is not null)
        {
            throw new CaptureException(Note);
        }

        if (_firstOtherLinkType >= 0 && !_sawEthernet)
        {
            throw new CaptureException(LinkType.Refusal(Name, _firstOtherLinkType));
        }

        return false;
    }

    private bool ReadSectionHeader()
    {
        CaptureInput input = Input;
        if (!input.Has(28))
        {
            EndsWithin("within a section header");
            return false;
        }

        // The byte order is known only from the number behind the length.
        if (input.Number(8, bigEndian: true) == ByteOrderMagic)
        {
            _bigEndian = true;
        }
        else if (input.Number(8, bigEndian: false) == ByteOrderMagic)
        {
            _bigEndian = false;
        }
        else
        {
            throw Damaged($"a section header has no byte-order magic (octets {input.Number(8, bigEndian: true):x8})");
        }

        uint length = input.Number(4, _bigEndian);
        CheckLength(length);
        if (length < 28 || length > LongestBlock)
        {
            throw Damaged($"a section header claims {length} octets");
        }

        if (!input.Has((int)length))
        {
            EndsWithin("within a section header");
            return false;
        }

        CheckTrailer(length, input.Number((int)length - 4, _bigEndian), input.Position);

        // The draft lets a reader pass over what a section of another version holds; the length of blocks is no part of that.
        int version = input.Short(12, _bigEndian);
        _isForeign = version != 1;
        _sawOwn |= !_isForeign;
        if (_isForeign)
        {
            Note ??= $"{Name}: the section at offset {input.Position} has version {version}, 1 was expected; it is left out";
        }

        input.At += (int)length;
        _interfaces.Clear();
        return true;
    }

    private void ReadInterface(int length)
    {
        CaptureInput input = Input;
        if (length < 20)
        {
            throw Damaged($"an interface description of {length} octets");
        }

        int linkType = input.Short(8, _bigEndian);
        var description = new Interface
        {
            IsEthernet = linkType == LinkType.Ethernet,
            SnapLength = input.Number(12, _bigEndian),
        };
        _sawEthernet |= description.IsEthernet;
        if (!description.IsEthernet && _firstOtherLinkType < 0)
        {
            _firstOtherLinkType = linkType;
            OtherLinkType = $"link type {linkType} ({LinkType.NameOf(linkType)})";
        }

        int at = 16;
        while (at + 4 <= length - 4)
        {
            int code = input.Short(at, _bigEndian);
            int optionLength = input.Short(at + 2, _bigEndian);
            at += 4;
            if (code == EndOfOptions)
            {
                break;
            }

            if (at + optionLength > length - 4)
            {
                throw Damaged($"option {code} of an interface description is longer than the block");
            }

            switch (code)
            {
                case TimestampResolution when optionLength == 1:
                    if (!description.SetResolution(input.Buffer[input.At + at]))
                    {
                        throw Damaged($"an interface has time stamps of resolution {input.Buffer[input.At + at]:x2}");
                    }

                    break;
                case CheckSequenceLength when optionLength == 1:
                    // Some writers give bits, as the draft says, others octets.
                    int unit = input.Buffer[input.At + at];
                    description.CheckSequence = unit >= 16 ? unit / 8 : unit;
                    break;
                case TimestampOffset when optionLength == 8:
                    description.OffsetSeconds = _bigEndian
                        ? (long)Wide(input.Number(at, true), input.Number(at + 4, true))
                        : (long)Wide(input.Number(at + 4, false), input.Number(at, false));
                    break;
            }

            at += (optionLength + 3) & ~3;
        }

        _interfaces.Add(description);
    }

    private Interface? ReadEnhanced(int length)
    {
        if (length < 32)
        {
            throw Damaged($"an enhanced packet block of {length} octets");
        }

        Interface from = InterfaceOf(Input.Number(8, _bigEndian));
        return Take(from, Wide(Input.Number(12, _bigEndian), Input.Number(16, _bigEndian)), 20, length);
    }

    private Interface? ReadObsolete(int length)
    {
        if (length < 32)
        {
            throw Damaged($"a packet block of {length} octets");
        }

        Interface from = InterfaceOf(Input.Short(8, _bigEndian));
        return Take(from, Wide(Input.Number(12, _bigEndian), Input.Number(16, _bigEndian)), 20, length);
    }

    private Interface? ReadSimple(int length)
    {
        if (length < 16)
        {
            throw Damaged($"a simple packet block of {length} octets");
        }

        Interface from = InterfaceOf(0);
        uint wire = Input.Number(8, _bigEndian);
        uint captured = Math.Min(wire, (uint)length - 16);
        if (from.SnapLength != 0)
        {
            captured = Math.Min(captured, from.SnapLength);
        }

        return Fill(from, 12, captured, wire, _lastTime);
    }

    private Interface? Take(Interface from, ulong ticks, int lengthsAt, int length)
    {
        uint captured = Input.Number(lengthsAt, _bigEndian);
        uint wire = Input.Number(lengthsAt + 4, _bigEndian);
        if (captured > length - 32 || captured > LongestPacket)
        {
            throw Damaged($"packet {Number + 1} claims {captured} octets, its block has room for {length - 32}");
        }

        return Fill(from, lengthsAt + 8, captured, wire, from.Microseconds(ticks));
    }

    private Interface? Fill(Interface from, int dataAt, uint captured, uint wire, long time)
    {
        if (captured > LongestPacket)
        {
            throw Damaged($"packet {Number + 1} claims {captured} octets, more than the {LongestPacket} that a capture can hold");
        }

        if (!from.IsEthernet)
        {
            return null;
        }

        Buffer = Input.Buffer;
        At = Input.At + dataAt;
        WireLength = (int)Math.Min(Math.Max(wire, captured), int.MaxValue);
        WireLength = Math.Max(0, WireLength - from.CheckSequence);
        Captured = Math.Min((int)captured, WireLength);
        Time = time;
        _lastTime = time;
        return from;
    }

    private Interface InterfaceOf(uint number)
    {
        if (number >= _interfaces.Count)
        {
            throw Damaged($"packet {Number + 1} names interface {number}, the section describes {_interfaces.Count}");
        }

        return _interfaces[(int)number];
    }

    private void CheckLength(uint length)
    {
        if (length < ShortestBlock || length % 4 != 0)
        {
            throw Damaged($"a block claims a length of {length} octets");
        }
    }

    private void CheckTrailer(uint length, uint trailer, long start)
    {
        if (trailer != length)
        {
            throw new CaptureException($"{Name}: is damaged at offset {start}, behind packet {Number}: a block begins with a length of "
                + $"{length} octets and ends with {trailer}; replayed up to there");
        }
    }

    private void EndsWithin(string where)
    {
        Truncation = $"{Name}: ends {where} at offset {Input.Position}, behind packet {Number}; replayed up to there";
    }

    private CaptureException Damaged(string what)
    {
        return new CaptureException($"{Name}: is damaged at offset {Input.Position}, behind packet {Number}: {what}; "
            + "replayed up to there");
    }

    private static ulong Wide(uint high, uint low)
    {
        return ((ulong)high << 32) | low;
    }

    /// <summary>What an interface description says of the packets that name it.</summary>
    private sealed class Interface
    {
        /// <summary>Time stamp units in a second; a million unless an option says otherwise.</summary>
        private ulong _unitsASecond = 1_000_000;

        public bool IsEthernet { get; init; }

        public uint SnapLength { get; init; }

        public int CheckSequence { get; set; }

        public long OffsetSeconds { get; set; }

        /// <summary>Takes the option if_tsresol: a negative power of ten, or of two where the top bit is set.</summary>
        /// <returns>False when a second has more units than 64 bits can count.</returns>
        public bool SetResolution(byte value)
        {
            int exponent = value & 0x7f;
            if ((value & 0x80) != 0)
            {
                _unitsASecond = exponent < 64 ? 1UL << exponent : 0;
                return exponent < 64;
            }

            if (exponent > 19)
            {
                return false;
            }

            _unitsASecond = 1;
            for (int i = 0; i < exponent; i++)
            {
                _unitsASecond *= 10;
            }

            return true;
        }

        /// <summary>A time stamp as microseconds since 1970.</summary>
        public long Microseconds(ulong ticks)
        {
            if (_unitsASecond == 1_000_000)
            {
                return (long)ticks + (OffsetSeconds * 1_000_000);
            }

            ulong seconds = ticks / _unitsASecond;
            ulong rest = ticks % _unitsASecond;
            return ((long)seconds * 1_000_000) + (long)((UInt128)rest * 1_000_000 / _unitsASecond) + (OffsetSeconds * 1_000_000);
        }
    }
}
