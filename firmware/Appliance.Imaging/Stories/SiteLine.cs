using Appliance.Imaging.Frames;
using Appliance.Imaging.Judging;
using Appliance.Imaging.Memories;
using Appliance.Sensor.Lines;

namespace Appliance.Imaging.Stories;

/// <summary>Writes what is known of a host of the site: a message of the inventory, and what the line of a newcomer says of
/// it.</summary>
public sealed class SiteLine
{
    private readonly StoryLine _stories;
    private readonly SyslogLine _line;
    private readonly LineBuffer _text;
    private readonly Inventory _inventory;
    private readonly Maker _makers = new Maker();
    private readonly Words _words = new Words(SiteWord.Texts);

    /// <summary>Makes a writer.</summary>
    /// <param name="stories">Begins and ends lines.</param>
    /// <param name="line">The sensor's line: only one is written at a time.</param>
    /// <param name="inventory">Who lives in the imaging network.</param>
    public SiteLine(StoryLine stories, SyslogLine line, Inventory inventory)
    {
        _stories = stories;
        _line = line;
        _text = line.Text;
        _inventory = inventory;
    }

    /// <summary>The row of a host.</summary>
    /// <param name="address">IPv4.</param>
    /// <returns>-1 for none.</returns>
    public int RowOf(int address)
    {
        return _inventory.Find(address);
    }

    /// <summary>Writes a message of the inventory: a host. What does not fit is left out from the end.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="stamp">Microseconds.</param>
    /// <returns>Octets of the line.</returns>
    public int Write(int row, long stamp)
    {
        LineBuffer text = _text;
        int[] cells = _inventory.Cells;
        int services = cells[row + Inventory.Services];
        int marks = cells[row + Inventory.Marks];
        int role = SiteWord.FirstRole + Role.Of(_inventory, row);
        _stories.BeginInventory(stamp);
        Put(SiteWord.Part);
        PutHost(row);
        if (HasCard(row))
        {
            Put(SiteWord.Mac);
            PutCard(row);
            if (MakerOf(row) != Maker.Unknown)
            {
                int at = text.Length;
                Put(SiteWord.Maker);
                PutMaker(row);
                _line.Fits(at);
            }
        }

        int mark = text.Length;
        Put(SiteWord.Role);
        Put(role);
        _line.Fits(mark);
        PutTitles(row);
        PutList(SiteWord.Legacy, SiteWord.FirstLegacy, marks >> Inventory.FirstLegacy, LegacyProtocol.Count);
        PutList(SiteWord.Weak, SiteWord.FirstWeak, marks >> Inventory.FirstWeak, Inventory.WeakCount);
        PutList(SiteWord.Serves, SiteWord.FirstService, services >> 16, Service.Count);
        PutList(SiteWord.Asks, SiteWord.FirstService, services, Service.Count);
        int silent = _inventory.SilentDays(row);
        if (silent > 0)
        {
            mark = text.Length;
            Put(SiteWord.Silent);
            text.PutNumber(silent);
            _line.Fits(mark);
        }

        _stories.EndElement((int)(stamp / 10000));
        Put(role);
        text.PutOctet(' ');
        PutHost(row);
        SayHost(row);
        return _line.End();
    }

    /// <summary>Writes who made a host's card.</summary>
    /// <param name="row">Its row; -1 for none.</param>
    public void PutMaker(int row)
    {
        int maker = row < 0 || !HasCard(row) ? Maker.Unknown : MakerOf(row);
        if (maker == Maker.Unknown)
        {
            Put(SiteWord.UnknownMaker);
        }
        else
        {
            PutWord(_makers.Names, maker);
        }
    }

    /// <summary>Says of a host who made it, what it serves, asks and speaks.</summary>
    /// <param name="row">Its row; -1 for none.</param>
    public void SayHost(int row)
    {
        _text.PutOctet(',');
        _text.PutOctet(' ');
        PutMaker(row);
        if (row < 0)
        {
            return;
        }

        if (HasCard(row))
        {
            Put(SiteWord.Card);
            PutCard(row);
        }

        int services = _inventory.Cells[row + Inventory.Services];
        SayList(SiteWord.SaysServes, SiteWord.FirstService, services >> 16, Service.Count);
        SayList(SiteWord.SaysAsks, SiteWord.FirstService, services, Service.Count);
        SayList(SiteWord.SaysSpeaks, SiteWord.FirstLegacy, _inventory.Cells[row + Inventory.Marks] >> Inventory.FirstLegacy,
            LegacyProtocol.Count);
    }

    /// <summary>Writes which weak services are not told, since the profile accepts them: silence about them says
    /// nothing.</summary>
    /// <param name="accepted">A bit a mark of the inventory.</param>
    public void PutAccepted(int accepted)
    {
        PutList(SiteWord.Accepted, SiteWord.FirstWeak, accepted, Inventory.WeakCount);
    }

    /// <summary>Says the same.</summary>
    /// <param name="accepted">A bit a mark of the inventory.</param>
    public void SayAccepted(int accepted)
    {
        SayList(SiteWord.SaysAccepted, SiteWord.FirstWeak, accepted, Inventory.WeakCount);
    }

    private int MakerOf(int row)
    {
        return _makers.Of((_inventory.Cells[row + Inventory.CardHigh] >> 8) & 0xffffff);
    }

    // A host beyond a router speaks from the router's card, which says nothing of it.
    private bool HasCard(int row)
    {
        int[] cells = _inventory.Cells;
        int high = cells[row + Inventory.CardHigh];
        int low = (cells[row + Inventory.CardLow] >> 16) & 0xffff;
        if (high == 0 && low == 0)
        {
            return false;
        }

        for (int other = 0; other < cells.Length; other += Inventory.Columns)
        {
            if (other != row && cells[other + Inventory.CardHigh] == high && ((cells[other + Inventory.CardLow] >> 16) & 0xffff) == low
                && _inventory.Has(other, Inventory.Router))
            {
                return false;
            }
        }

        return true;
    }

    private void PutHost(int row)
    {
        int address = _inventory.Cells[row + Inventory.Address];
        if (address == Inventory.NoAddress)
        {
            PutCard(row);
        }
        else
        {
            _text.PutIpv4(address);
        }
    }

    private void PutCard(int row)
    {
        int high = _inventory.Cells[row + Inventory.CardHigh];
        int low = _inventory.Cells[row + Inventory.CardLow];
        _text.PutMac(high >> 8, (high << 16) | ((low >> 16) & 0xffff));
    }

    private void PutTitles(int row)
    {
        int mark = _text.Length;
        for (int i = 0; i < Inventory.MostOfHost; i++)
        {
            int at = _inventory.TitleOf(row, i);
            if (at < 0)
            {
                break;
            }

            if (i == 0)
            {
                Put(SiteWord.Titles);
            }
            else
            {
                _text.PutOctet(',');
            }

            _text.PutFrom(_inventory.TitleOctets, at, Title.LengthOf(_inventory.TitleOctets, at));
        }

        _line.Fits(mark);
    }

    private void PutList(int name, int first, int bits, int count)
    {
        int mark = _text.Length;
        bool isFirst = true;
        for (int i = 0; i < count; i++)
        {
            if (((bits >> i) & 1) == 0)
            {
                continue;
            }

            if (isFirst)
            {
                Put(name);
                isFirst = false;
            }
            else
            {
                _text.PutOctet(',');
            }

            Put(first + i);
        }

        _line.Fits(mark);
    }

    private void SayList(int name, int first, int bits, int count)
    {
        bool isFirst = true;
        for (int i = 0; i < count; i++)
        {
            if (((bits >> i) & 1) == 0)
            {
                continue;
            }

            Put(isFirst ? name : SiteWord.Comma);
            isFirst = false;
            Put(first + i);
        }
    }

    private void Put(int word)
    {
        PutWord(_words, word);
    }

    private void PutWord(Words words, int word)
    {
        _text.PutFrom(words.Octets, words.Starts[word], words.Starts[word + 1] - words.Starts[word]);
    }
}
