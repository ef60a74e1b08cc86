using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;
using Appliance.Sensor.Frames;

namespace Appliance.Imaging.Judging;

/// <summary>
/// Services that carry what they should protect in the clear, or agreed to a protocol that is known to be weak: told by what the
/// server itself says first, once a month a host. Only the site's own servers: what others serve it can't mend.
/// </summary>
public sealed class Weaknesses
{
    // MS-CIFS 2.2.3.1 and 2.2.4.52.2, behind the four octets of the NetBIOS session service: an answer to a negotiation that
    // agrees.
    private const int SmbProtocol = 4;
    private const int SmbCommand = 8;
    private const int SmbStatus = 9;
    private const int SmbNegotiate = 0x72;
    private const int SmbFlags = 13;
    private const int SmbReply = 0x80;
    private const int SmbWordCount = 36;
    private const int SmbDialect = 37;

    // MS-RDPBCGR 2.2.1.2: a connection confirm, and in it a negotiation response.
    private const int RdpConfirmAt = 5;
    private const int RdpConfirm = 0xd0;
    private const int RdpLength = 3;
    private const int RdpPlainLength = 11;

    // Confirmations of that length that are others': ISO's transport over TCP (RFC 1006) and T.120's conferences.
    private const int IsoPort = 102;
    private const int ConferencePort = 1503;
    private const int RdpTypeAt = 11;
    private const int RdpResponse = 2;
    private const int RdpProtocols = 15;

    // RFC 6143 7.1.1 and 7.1.2: a client names the version, "RFB 003.008"; the server lists security types, each an octet behind
    // their number, and lets the client choose. Before version 3.7 it decides itself, in four octets.
    private const int FirstVncPort = 5900;
    private const int LastVncPort = 5999;
    private const int VncVersionLength = 12;
    private const int VncVersionAt = 10;
    private const int FirstVncWithList = '7';
    private const int MostVncTypes = 4;
    private const int VncDecisionLength = 4;
    private const int VncNone = 1;

    // RFC 854: a negotiation of options, as every server of logins begins.
    private const int TelnetPort = 23;
    private const int Iac = 0xff;
    private const int Will = 0xfb;
    private const int Dont = 0xfe;

    // RFC 5246 7.4.1.3: the version that the server chose.
    private const int TlsHandshake = 22;
    private const int TlsMessageAt = 5;
    private const int ServerHello = 2;
    private const int TlsMajorAt = 9;
    private const int TlsMinorAt = 10;
    private const int LastWeakMinor = 2;

    // Beside a weakness in what was told: its use across the boundary.
    private const int FromOutside = 0x80;

    // Connections whose client spoke a version of VNC before 3.7, and where the server's decision stands: a hash each.
    private const int MostVncFlows = 8;

    private readonly int[] _vncFlows = new int[MostVncFlows];
    private int _nextVncFlow;
    private readonly WeakHosts _told = new WeakHosts();
    private readonly Inventory _inventory;
    private readonly Site _site;
    private readonly StoryTable _stories;
    private readonly StoryTeller _teller;

    /// <summary>Makes a judge of services.</summary>
    /// <param name="site">What the profile says.</param>
    /// <param name="stories">What is told.</param>
    /// <param name="teller">When.</param>
    /// <param name="inventory">Gets what is weak, told or not.</param>
    public Weaknesses(Site site, StoryTable stories, StoryTeller teller, Inventory inventory)
    {
        _inventory = inventory;
        _site = site;
        _stories = stories;
        _teller = teller;
    }

    /// <summary>Looks at the data of a segment.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="conversation">Whose they are.</param>
    public void Take(byte[] bytes, Conversation conversation)
    {
        Tell(WeaknessOf(bytes, conversation), bytes, conversation);
    }

    /// <summary>Tells a weakness of a host, if it is time.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/> of that kind; <see cref="Reason.None"/> for nothing to
    /// tell.</param>
    /// <param name="bytes">Where the frame is.</param>
    /// <param name="conversation">A frame of the host whose weakness it is.</param>
    public void Tell(int reason, byte[] bytes, Conversation conversation)
    {
        if (reason == Reason.None || !_site.IsFromHome(bytes, conversation))
        {
            return;
        }

        if (conversation.Version == 4)
        {
            _inventory.Mark(_inventory.Find(conversation.Source), Inventory.FirstWeak + Reason.WeakMarkOf(reason));
        }

        if (_site.Accepts(reason, bytes, conversation))
        {
            return;
        }

        int now = (int)(conversation.Stamp / 10000);

        // A server shows its weakness by an answer, an old system by what it asks.
        bool isAnswer = !Reason.IsOld(reason);
        int row = isAnswer ? _stories.Find(reason, conversation.Target, conversation.Source)
            : _stories.Find(reason, conversation.Source, conversation.Target);
        if (row >= 0)
        {
            _stories.Touch(row, conversation, isAnswer);
            _stories.Cells[row + Fact.Frames]++;
            return;
        }

        // What is known from inside the site is worse from outside, and told once more then; not the other way round.
        bool isCrossed = _site.IsCrossed(bytes, conversation);
        if (_told.IsTold(conversation.Source, reason | FromOutside, now)
            || (!isCrossed && _told.IsTold(conversation.Source, reason, now)) || _teller.IsFull(reason))
        {
            return;
        }

        row = _teller.Begin(reason, bytes, conversation, isAnswer);
        _stories.Cells[row + Fact.Frames] = 1;
        _stories.Cells[row + Fact.Accepted] = isAnswer ? 1 : 0;
        _stories.Cells[row + Fact.IsOutside] = isCrossed ? 1 : 0;
        if (_teller.Tell(row, reason))
        {
            _told.Tell(conversation.Source, isCrossed ? reason | FromOutside : reason, now);
        }
    }

    // By what the server says; octets that a slot lacks say nothing.
    private int WeaknessOf(byte[] bytes, Conversation conversation)
    {
        int at = conversation.At;
        int seen = conversation.Seen;
        int port = conversation.SourcePort;
        int first = bytes[at];
        if (first == TlsHandshake)
        {
            return seen > TlsMinorAt && bytes[at + TlsMessageAt] == ServerHello && bytes[at + TlsMajorAt] == 3
                && bytes[at + TlsMinorAt] <= LastWeakMinor ? Reason.Ssl3 + bytes[at + TlsMinorAt] : Reason.None;
        }

        if (first == 0 && seen > SmbDialect + 1 && bytes[at + SmbProtocol] == 0xff && bytes[at + SmbProtocol + 1] == 'S'
            && bytes[at + SmbProtocol + 2] == 'M' && bytes[at + SmbProtocol + 3] == 'B' && bytes[at + SmbCommand] == SmbNegotiate)
        {
            // A server that refuses says so by a status, without words.
            return (bytes[at + SmbFlags] & SmbReply) != 0 && BigEndian.Read32(bytes, at + SmbStatus) == 0 && bytes[at + SmbWordCount] != 0
                && (bytes[at + SmbDialect] & bytes[at + SmbDialect + 1]) != 0xff ? Reason.Smb1 : Reason.None;
        }

        if (first == 3 && seen >= RdpPlainLength && bytes[at + 1] == 0 && bytes[at + RdpConfirmAt] == RdpConfirm
            && bytes[at + RdpLength] == conversation.Length)
        {
            bool isPlain = (conversation.Length == RdpPlainLength && port != IsoPort && port != ConferencePort)
                || (seen > RdpProtocols && bytes[at + RdpTypeAt] == RdpResponse && bytes[at + RdpProtocols] == 0);
            return isPlain ? Reason.RdpPlain : Reason.None;
        }

        if (first == 'R' && conversation.TargetPort >= FirstVncPort && conversation.TargetPort <= LastVncPort)
        {
            NoteVncVersion(bytes, conversation);
            return Reason.None;
        }

        if (port >= FirstVncPort && port <= LastVncPort)
        {
            bool isNone = first == 0 ? IsVncDecidedOpen(bytes, conversation) : IsVncOfferedOpen(bytes, conversation);
            return isNone ? Reason.VncOpen : Reason.None;
        }

        bool isTelnet = port == TelnetPort && first == Iac && seen > 1 && bytes[at + 1] >= Will && bytes[at + 1] <= Dont;
        return isTelnet ? Reason.Telnet : Reason.None;
    }

    // "None" among the types that a server lists, whatever stands beside it: whoever wants to comes in without a password.
    private bool IsVncOfferedOpen(byte[] bytes, Conversation conversation)
    {
        int at = conversation.At;
        int count = bytes[at];
        if (count > MostVncTypes || conversation.Length != 1 + count || conversation.Seen != conversation.Length)
        {
            return false;
        }

        bool isOpen = false;
        for (int i = 1; i <= count; i++)
        {
            int type = bytes[at + i];
            for (int other = 1; other < i; other++)
            {
                if (bytes[at + other] == type)
                {
                    return false;
                }
            }

            if (type == 0)
            {
                return false;
            }

            isOpen |= type == VncNone;
        }

        return isOpen;
    }

    // The same four octets say later that a password was wrong (RFC 6143 7.1.3): a decision stands right behind the client's
    // version.
    private bool IsVncDecidedOpen(byte[] bytes, Conversation conversation)
    {
        int at = conversation.At;
        if (conversation.Length != VncDecisionLength || conversation.Seen != VncDecisionLength || bytes[at + 1] != 0 || bytes[at + 2] != 0
            || bytes[at + 3] != VncNone)
        {
            return false;
        }

        int key = VncKeyOf(Requests.FlowOf(conversation.Target, conversation.TargetPort, conversation.Source, conversation.SourcePort),
            BigEndian.Read32(bytes, conversation.Transport + Tcp.Acknowledgment));
        for (int i = 0; i < MostVncFlows; i++)
        {
            if (_vncFlows[i] == key)
            {
                return true;
            }
        }

        return false;
    }

    private void NoteVncVersion(byte[] bytes, Conversation conversation)
    {
        int at = conversation.At;
        if (conversation.Length == VncVersionLength && conversation.Seen == VncVersionLength && bytes[at + 1] == 'F' && bytes[at + 2] == 'B'
            && bytes[at + VncVersionAt] < FirstVncWithList)
        {
            _vncFlows[_nextVncFlow] = VncKeyOf(
                Requests.FlowOf(conversation.Source, conversation.SourcePort, conversation.Target, conversation.TargetPort),
                BigEndian.Read32(bytes, conversation.Transport + Tcp.Sequence) + VncVersionLength);
            _nextVncFlow = (_nextVncFlow + 1) & (MostVncFlows - 1);
        }
    }

    private int VncKeyOf(int flow, int acknowledged)
    {
        int key = (flow * 0x01000193) ^ acknowledged;
        return key == 0 ? 1 : key;
    }
}
