using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>Checks address ranges and the lists of them, and counts the home network.</summary>
public sealed partial class SignatureTable
{
    private int CheckAddresses()
    {
        int i;
        int run = 0;
        int at = SectionAt(TableFormat.Range4Section);
        int ranges = SectionItems(TableFormat.Range4Section);
        _low = new int[ranges];
        _high = new int[ranges];

        // Where the ranges that ascend up to this one begin: lists may share ranges, and none is walked for each list.
        var runs = new short[ranges];
        for (i = 0; i < ranges; i++, at += TableFormat.Range4Record)
        {
            _low[i] = U32(at) ^ int.MinValue;
            _high[i] = U32(at + 4) ^ int.MinValue;
            if (_low[i] > _high[i])
            {
                return TableProblem.Addresses;
            }

            run = i > 0 && _low[i] > _high[i - 1] ? run : i;
            runs[i] = (short)run;
        }

        int ranges6 = SectionItems(TableFormat.Range6Section);
        _range6At = SectionAt(TableFormat.Range6Section);
        var runs6 = new short[ranges6];
        for (i = 0; i < ranges6; i++)
        {
            int rangeAt = _range6At + i * TableFormat.Range6Record;
            if (Compare6(Bytes, rangeAt, rangeAt + Frames.Ipv6.AddressLength) > 0)
            {
                return TableProblem.Addresses;
            }

            run = i > 0 && Compare6(Bytes, rangeAt, rangeAt - Frames.Ipv6.AddressLength) > 0 ? run : i;
            runs6[i] = (short)run;
        }

        int lists = SectionItems(TableFormat.ListSection);
        if (lists == 0)
        {
            return TableProblem.Addresses;
        }

        _lists = new short[lists * Numbers];
        at = SectionAt(TableFormat.ListSection);
        for (i = 0; i < _lists.Length; i += Many6 - First6 + 1, at += 4)
        {
            // Of one version each: its first range, and how many follow each other from there.
            short[] of = (i & First6) == 0 ? runs : runs6;
            int first = U16(at);
            int many = U16(at + 2);
            if (first + many > of.Length || (many > 0 && of[first + many - 1] > first))
            {
                return TableProblem.Addresses;
            }

            _lists[i] = (short)first;
            _lists[i + Many] = (short)many;
        }

        return HoldsAll() ? TableProblem.None : TableProblem.Addresses;
    }

    // List 0 stands for any address, and is not even looked at by the matcher.
    private bool HoldsAll()
    {
        int first = _lists[0];
        int at = _range6At + _lists[First6] * TableFormat.Range6Record;
        bool isAll = _lists[Many] == 1 && _lists[Many6] == 1 && _low[first] == int.MinValue && _high[first] == int.MaxValue;
        for (int i = 0; isAll && i < Frames.Ipv6.AddressLength; i++)
        {
            isAll = Bytes[at + i] == 0 && Bytes[at + Frames.Ipv6.AddressLength + i] == 255;
        }

        return isAll;
    }

    private bool IsList(int list)
    {
        return list * Numbers < _lists.Length;
    }

    private void CountHome()
    {
        int first = FirstOf(_home);
        int many = ManyOf(_home);
        _homeBase = new int[many];
        long size = 0;
        for (int i = 0; i < many; i++)
        {
            _homeBase[i] = (int)(size > int.MaxValue ? int.MaxValue : size);
            size += (long)_high[first + i] - _low[first + i] + 1;
        }

        HomeSize = (int)(size > int.MaxValue ? int.MaxValue : size);
    }
}
