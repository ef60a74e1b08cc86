using System.Collections.Generic;
using System.Linq;

namespace Appliance.SignatureTool.Learning;

/// <summary>A host that is proposed for a group.</summary>
/// <param name="Host">The host.</param>
/// <param name="Reason">What of the capture speaks for it.</param>
internal sealed record Member(uint Host, string Reason);

/// <summary>Groups by what hosts serve and ask.</summary>
internal sealed class GroupFinder
{
    /// <summary>Clients that make a server of a host: one may be a technician's laptop, two a pair that knows each
    /// other.</summary>
    private const int LeastClients = 3;

    /// <summary>Days on which a host must have stored to an archive before that alone makes a modality of it, or have been
    /// looked for by one of the site before that makes an archive of it: an intruder's one visit is of one day.</summary>
    private const int LeastDays = 2;

    /// <summary>Octets that it sent a connection: an image has more, an echo or a question of an intruder some hundred.</summary>
    private const long LeastStored = 64 * 1024;

    /// <summary>An archive is called by so many times the hosts that call one of its modalities: who asks each modality in turn,
    /// an intruder or a second station, makes a third caller and no archive of it.</summary>
    private const int ArchiveOver = 4;

    private const int Dns = 53;

    // IANA: acr-nema 104, dicom 11112, dicom-iscl 2761, dicom-tls 2762; 4242 is Orthanc's.
    private static readonly int[] DicomPorts = [104, 11112, 2761, 2762, 4242];

    // IANA: hl7.
    private const int Hl7Port = 2575;

    private static readonly int[] ProxyPorts = [3128, 8080, 8888, 1080];

    private readonly IReadOnlyList<HomeNetwork> _home;
    private readonly ISet<uint> _suspects;
    private readonly List<Relation> _all;
    private readonly List<Relation> _served;
    private readonly List<Relation> _dicom;

    /// <summary>Takes a census.</summary>
    /// <param name="census">The census.</param>
    /// <param name="home">Who is at home.</param>
    /// <param name="suspects">Hosts that incidents tell of: what they asked speaks for nobody, and they serve in no
    /// group.</param>
    public GroupFinder(Census census, IReadOnlyList<HomeNetwork> home, ISet<uint> suspects)
    {
        _home = home;
        _suspects = suspects;
        _all = [.. census.Relations.Where(r => r.Accepted > 0 && IsHome(r.Server))];
        _served = [.. _all.Where(r => !suspects.Contains(r.Client) && !suspects.Contains(r.Server))];
        _dicom = [.. _all.Where(IsDicom)];
    }

    /// <summary>Finds the groups that have members, by the names that the shipped rules use.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Member> Members)> Find()
    {
        List<Member> archives = Archives();
        var groups = new List<(string, IReadOnlyList<Member>)>
        {
            ("DNS_SERVERS", Servers(r => r.Service.Port == Dns && r.Conversations > 0, 2, "asked it for names")),
            ("PACS", archives),
            ("MODALITIES", Modalities([.. archives.Select(a => a.Host)])),
            ("HL7_SERVERS", Servers(r => r.Service.Protocol == 6 && r.Conversations > 0
                && (r.Service.Port == Hl7Port || r.Speech.HasFlag(Speech.Hl7)), 1, "sent it HL7")),
            ("PROXIES", Servers(r => r.Service.Protocol == 6 && r.Conversations > 0 && IsHome(r.Client)
                && (r.Speech.HasFlag(Speech.Proxy) || ProxyPorts.Contains(r.Service.Port)), LeastClients, "used it as a proxy")),
        };
        groups.RemoveAll(g => g.Item2.Count == 0);
        return groups;
    }

    /// <summary>Whether a host is asked for names or spoken DICOM to by so many hosts at home, on so many days, that an incident
    /// of it alone is no reason to leave it out: an archive that looks for what is off at night is told of, too.</summary>
    /// <param name="host">The host.</param>
    public bool IsRelied(uint host)
    {
        List<Relation> relations = [.. _all.Where(r => r.Server == host && IsTrusted(r) && (r.Service.Port == Dns || IsDicom(r)))];
        return relations.Select(r => r.Client).Distinct().Count() >= LeastClients
            && relations.SelectMany(r => r.Days).Distinct().Count() >= LeastDays;
    }

    private static bool IsDicom(Relation relation) => relation.Service.Protocol == 6
        && (DicomPorts.Contains(relation.Service.Port) || relation.Speech.HasFlag(Speech.Dicom));

    private bool IsTrusted(Relation relation) => relation.Conversations > 0 && IsHome(relation.Client)
        && !_suspects.Contains(relation.Client);

    private List<Member> Servers(System.Func<Relation, bool> isOfGroup, int least, string did)
    {
        return [.. _served.Where(isOfGroup).GroupBy(r => r.Server)
            .Select(g => (Host: g.Key, Clients: g.Select(r => r.Client).Distinct().Count(), Services: g.Select(r => r.Service).Distinct()))
            .Where(h => h.Clients >= least).OrderBy(h => h.Host)
            .Select(h => new Member(h.Host, $"{Words.Count(h.Clients, "host")} {did} ({string.Join(", ", h.Services)})"))];
    }

    // Who is stored to and asked by many; and who is ready for DICOM and never asks: a second archive is silent until the first
    // fails.
    private List<Member> Archives()
    {
        var archives = new List<Member>();
        foreach (IGrouping<uint, Relation> host in _dicom.GroupBy(r => r.Server).OrderBy(g => g.Key))
        {
            if (_suspects.Contains(host.Key))
            {
                continue;
            }

            int callers = Callers(host.Key);
            int called = _dicom.Where(r => r.Client == host.Key && r.Conversations > 0).Select(r => r.Server).Distinct().Count();
            string services = string.Join(", ", host.Select(r => r.Service).Distinct());
            if (callers >= LeastClients)
            {
                if (IsOfAnArchive(host.Key, callers))
                {
                    continue;
                }

                archives.Add(new Member(host.Key, $"{Words.Count(callers, "host")} spoke DICOM to it ({services})"
                    + (called > 0 ? $", it to {called}" : "")));
            }
            else if (called == 0 && host.Where(r => IsHome(r.Client) && !_suspects.Contains(r.Client))
                .SelectMany(r => r.AcceptedDays).Distinct().Count() >= LeastDays)
            {
                archives.Add(new Member(host.Key,
                    $"it takes DICOM connections ({services}) and asks nobody: another archive, or a film printer"));
            }
        }

        return archives;
    }

    // Nobody of the internet makes an archive of a host by calling it: what answers him may be a shell.
    private int Callers(uint host) => _dicom.Where(r => r.Server == host && r.Conversations > 0 && !_suspects.Contains(r.Client)
        && (IsHome(r.Client) || Census.IsPrivate(r.Client))).Select(r => r.Client).Distinct().Count();

    // Whether it calls a host, and is called by it, that far more call.
    private bool IsOfAnArchive(uint host, int callers) => _dicom.Exists(r => r.Client == host && r.Conversations > 0
        && _dicom.Exists(b => b.Client == r.Server && b.Server == host && b.Conversations > 0)
        && Callers(r.Server) >= callers * ArchiveOver);

    private List<Member> Modalities(HashSet<uint> archives)
    {
        var modalities = new List<Member>();
        foreach (IGrouping<uint, Relation> host in _dicom.Where(r => archives.Contains(r.Server) && r.Conversations > 0 && IsHome(r.Client)
            && !archives.Contains(r.Client)).GroupBy(r => r.Client).OrderBy(g => g.Key))
        {
            bool isAsked = _dicom.Exists(r => r.Server == host.Key && archives.Contains(r.Client));
            int days = host.SelectMany(r => r.Days).Distinct().Count();
            bool stores = host.Sum(r => r.Sent) >= LeastStored * host.Sum(r => r.Conversations)
                && _dicom.TrueForAll(r => r.Client != host.Key || archives.Contains(r.Server));
            if (isAsked)
            {
                modalities.Add(new Member(host.Key, "it speaks DICOM to an archive, which asks it back"));
            }
            else if (stores && days >= LeastDays && !_suspects.Contains(host.Key))
            {
                modalities.Add(new Member(host.Key, $"it stored to an archive on {days} days, which does not ask it back: see that it is one"));
            }
        }

        return modalities;
    }

    private bool IsHome(uint address) => _home.Any(h => h.Has(address));
}
