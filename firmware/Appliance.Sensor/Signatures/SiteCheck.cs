using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>Checks what the site profile says: groups, explanations, servers, names.</summary>
public sealed partial class SignatureTable
{
    private int CheckSite()
    {
        byte[] bytes = Bytes;
        int site = SectionAt(TableFormat.SiteSection);
        _home = U16(site + TableFormat.SiteHome);
        HomeCriticality = bytes[site + TableFormat.SiteCriticality];
        Countermeasures = bytes[site + TableFormat.SiteCountermeasures];
        SiteNameAt = U16(site + TableFormat.SiteName);
        CollectorAt = U16(site + TableFormat.SiteCollector);
        ClockServerAt = U16(site + TableFormat.SiteClock);
        if (!IsList(_home) || HomeCriticality < 1 || HomeCriticality > 5 || Countermeasures > 5
            || !IsTextOrNone(SiteNameAt) || !IsTextOrNone(CollectorAt) || !IsTextOrNone(ClockServerAt))
        {
            return TableProblem.Site;
        }

        CountHome();
        Groups = SectionItems(TableFormat.GroupSection);
        _groupsAt = SectionAt(TableFormat.GroupSection);
        if (Groups > 255)
        {
            return TableProblem.Site;
        }

        for (int g = 0; g < Groups; g++)
        {
            int at = _groupsAt + g * TableFormat.GroupRecord;
            if (!IsText(U16(at), TableFormat.MostName) || !IsList(U16(at + 2)) || bytes[at + 4] < 1 || bytes[at + 4] > 5
                || bytes[at + 5] != 0
                || (g > 0 && bytes[at + 4] > bytes[at + 4 - TableFormat.GroupRecord]))
            {
                return TableProblem.Site;
            }
        }

        Expected = SectionItems(TableFormat.ExpectedSection);
        _expectedAt = SectionAt(TableFormat.ExpectedSection);
        for (int e = 0; e < Expected; e++)
        {
            int at = _expectedAt + e * TableFormat.ExpectedRecord;
            int protocol = U16(at + 8);
            if (!IsText(U16(at), TableFormat.MostExpectedName) || !IsList(U16(at + 2)) || !IsList(U16(at + 4))
                || !IsPortList(U16(at + 6))
                || (protocol > 255 && protocol != TableFormat.AnyProtocol && !IsService(protocol, U16(at + 6))))
            {
                return TableProblem.Site;
            }
        }

        CallersAt = SectionAt(TableFormat.CallerSection);
        CallersEnd = CallersAt + SectionLength(TableFormat.CallerSection);
        return TableProblem.None;
    }

    // Somebody who serves serves a port.
    private bool IsService(int protocol, int ports)
    {
        return (protocol == (TableFormat.Serves | IpProtocol.Tcp) || protocol == (TableFormat.Serves | IpProtocol.Udp))
            && ports != 0;
    }

    // By which names alerts are known elsewhere; without the section there is no tag, and the number is the one for
    // documentation.
    private int CheckNames()
    {
        int names = SectionAt(TableFormat.NameSection);
        if (names == 0)
        {
            return TableProblem.None;
        }

        TagAt = U16(names);
        Enterprise = U32(names + TableFormat.NameEnterprise);
        return SectionItems(TableFormat.NameSection) == 1
            && (TagAt == 0 || (IsText(TagAt, TableFormat.MostTag) && Bytes[TagAt] != 0))
            && Enterprise > 0 ? TableProblem.None : TableProblem.Names;
    }
}
