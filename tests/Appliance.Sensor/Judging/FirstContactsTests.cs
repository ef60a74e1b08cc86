using System.Linq;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which attempts are first contacts, and whose number says nothing. Times are centiseconds.</summary>
[TestClass]
public sealed class FirstContactsTests
{
    private const int Monitor = 0x0a010209;
    private const int Other = 0x0a010208;

    private readonly FirstContacts _contacts = new(new Acquaintances(), new Companions(), new SuspicionKeys(new KeyedHash(1)),
        new SiteView(new SignatureTable(), new KeyedHash(1), new Hosts(new KeyedHash(1))));

    [TestMethod]
    [DataRow(39, false)]
    [DataRow(40, true)]
    public void FortyAtHomeAreACrowd(int contacts, bool isCrowd) =>
        Assert.AreEqual(isCrowd, _contacts.IsCrowd(new Probe { Contacts = contacts, LivingBit = 5, Protocol = 6, Actor = Monitor }));

    [TestMethod]
    [DataRow(199, false)]
    [DataRow(200, true)]
    public void OutwardsTwoHundred(int contacts, bool isCrowd) =>
        Assert.AreEqual(isCrowd, _contacts.IsCrowd(new Probe { Contacts = contacts, LivingBit = -1, Protocol = 6, Actor = Monitor }));

    [TestMethod]
    public void EightAreACrowdWhileARouterLooksForAbsentHosts()
    {
        Assert.AreEqual(40, _contacts.CrowdOf(Monitor, 0), "a tap that has just started knows of no router");
        for (int host = 0; host < 8; host++)
        {
            Assert.IsFalse(IsCrowd(8, 1, 1_000), $"{host} hosts are none one after the other");
            _contacts.Take(new Probe
            {
                Actor = Other,
                Target = 0x0a010300 + host,
                Version = 4,
                Protocol = Probe.Arp,
                Outcome = Outcome.Dark,
                LivingBit = 5,
                Now = 1_000,
            });
        }

        Assert.IsTrue(IsCrowd(8, 1, 1_000));
        Assert.IsTrue(IsCrowd(8, 1, 6_999));
        Assert.IsFalse(IsCrowd(8, 1, 7_000), "a minute later");
        Assert.IsFalse(IsCrowd(7, 1, 1_000));
        Assert.IsFalse(IsCrowd(8, Probe.Arp, 1_000), "the router itself");
        bool IsCrowd(int contacts, int protocol, int now) => _contacts.IsCrowd(
            new Probe { Contacts = contacts, LivingBit = 5, Protocol = protocol, Actor = Monitor, Version = 4, Now = now });
    }

    [TestMethod]
    public void ADhcpServerAsksBeforeItOffers()
    {
        Assert.IsTrue(IsCrowd(Monitor, 1));
        Serve(Monitor, 67);
        Assert.IsFalse(IsCrowd(Monitor, 1), "by ping");
        Assert.IsFalse(IsCrowd(Monitor, 256), "and by ARP");
        Assert.IsTrue(IsCrowd(Monitor, 6), "by nothing else");
        Assert.IsTrue(IsCrowd(Other, 1));
        Serve(Other, 67);
        Assert.IsFalse(IsCrowd(Other, 1));
        Assert.IsFalse(IsCrowd(Monitor, 1), "the newest two");
        Serve(Other, 67);
        Assert.IsFalse(IsCrowd(Monitor, 1), "who speaks again is no third");
        Serve(0x0a010207, 67);
        Assert.IsTrue(IsCrowd(Monitor, 1));
        Assert.IsFalse(IsCrowd(Other, 1));
    }

    [TestMethod]
    public void AnOfferIsNoContact()
    {
        Probe offer = Attempt(17, Outcome.Silent);
        offer.SourcePort = 67;
        offer.Port = 68;
        offer.Contacts = 7;
        _contacts.Take(offer);
        Assert.AreEqual(0, offer.Contacts);
        offer.Port = 69;
        _contacts.Take(offer);
        Assert.AreEqual(1, offer.Contacts, "what is no offer is one");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(256)]
    public void AnOfferCoversFourQuestionsForNobody(int protocol)
    {
        Serve(Monitor, 67, port: 68);
        Probe probe = Attempt(protocol, Outcome.Dark);
        probe.Actor = Monitor;
        for (int i = 0; i < 6; i++)
        {
            probe.Target = 0x0a010230 + i;
            probe.Now = 100 + i;
            _contacts.Take(probe);
            Assert.AreEqual(i < 4 ? 0 : i + 1, probe.Contacts);
        }

        Probe other = Attempt(protocol, Outcome.Dark);
        other.Actor = Other;
        Serve(Monitor, 67, port: 68);
        _contacts.Take(other);
        Assert.AreEqual(1, other.Contacts, "nobody else's");
        Probe living = Attempt(protocol, Outcome.Answered);
        living.Actor = Monitor;
        living.Now = 106;
        _contacts.Take(living);
        Assert.AreEqual(7, living.Contacts, "and who is there is asked as ever");
    }

    [TestMethod]
    public void AWakeCoversOneQuestionForTenMinutes()
    {
        _contacts.SeeWake(1_000);
        _contacts.SeeWake(1_100);
        Assert.AreEqual(0, Ask(1, 0x0a010231, 61_100));
        Assert.AreEqual(0, Ask(256, 0x0a010232, 61_100));
        Assert.AreEqual(0, Ask(1, 0x0a010231, 61_101), "asked again it is no contact, and costs no wake");
        Assert.AreEqual(2, Ask(1, 0x0a010233, 61_102), "two wakes, two questions");
        _contacts.SeeWake(100_000);
        Assert.AreEqual(3, Ask(1, 0x0a010234, 160_001), "too late");
        _contacts.SeeWake(300_000);
        Assert.AreEqual(1, Ask(6, 0x0a010235, 300_100), "a connection is no question whether somebody is up");

        int Ask(int protocol, int target, int now)
        {
            Probe probe = Attempt(protocol, Outcome.Dark);
            probe.Target = target;
            probe.Now = now;
            _contacts.Take(probe);
            return probe.Contacts;
        }
    }

    [TestMethod]
    public void OnlyPort67Serves()
    {
        Serve(Monitor, 68);
        Serve(Other, 67, protocol: 6);
        Assert.IsTrue(IsCrowd(Monitor, 1));
        Assert.IsTrue(IsCrowd(Other, 1));
    }

    [TestMethod]
    public void TheFirstTimeIsAContactAndTheSecondIsNone()
    {
        Probe probe = Attempt(6, Outcome.Silent);
        _contacts.Take(probe);
        Assert.AreEqual((1, false), (probe.Contacts, probe.IsExcused));
        _contacts.Take(probe);
        Assert.AreEqual(0, probe.Contacts);
        probe.Target++;
        _contacts.Take(probe);
        Assert.AreEqual(2, probe.Contacts);
    }

    [TestMethod]
    [DataRow(17, Outcome.Silent, true, DisplayName = "a datagram without an answer")]
    [DataRow(17, Outcome.Dark, false, DisplayName = "one to nobody")]
    [DataRow(17, Outcome.Refused, false)]
    [DataRow(6, Outcome.Silent, false)]
    [DataRow(1, Outcome.Silent, false)]
    public void SilenceToADatagramIsExcused(int protocol, int outcome, bool isExcused)
    {
        Probe probe = Attempt(protocol, outcome);
        _contacts.Take(probe);
        Assert.AreEqual(isExcused, probe.IsExcused);
    }

    [TestMethod]
    [DataRow(Outcome.Silent, 1, true, Outcome.Silent)]
    [DataRow(Outcome.Dark, 1, true, Outcome.Silent)]
    [DataRow(Outcome.Answered, 1, false, Outcome.Answered)]
    [DataRow(Outcome.Open, 1, false, Outcome.Open)]
    [DataRow(Outcome.Dark, 0, false, Outcome.Dark)]
    public void WhoAnnouncesItsOwnAddressIsAnsweredByNobody(int outcome, int port, bool isExcused, int left)
    {
        Probe probe = Attempt(256, outcome);
        probe.Port = port;
        _contacts.Take(probe);
        Assert.AreEqual((isExcused, left), (probe.IsExcused, probe.Outcome));
    }

    [TestMethod]
    public void ArpIsForgottenInFiveSecondsAContact()
    {
        Probe probe = Attempt(256, Outcome.Dark);
        _contacts.Take(probe);
        probe.Target++;
        probe.Now += 511;
        _contacts.Take(probe);
        Assert.AreEqual(2, probe.Contacts);
        probe.Target++;
        probe.Now += 1025;
        _contacts.Take(probe);
        Assert.AreEqual(1, probe.Contacts);
        Assert.AreEqual(1, _contacts.Meet(Other, 0x0a010214, 0, 256, false, 100));
        Assert.AreEqual(1, _contacts.Meet(Other, 0x0a010215, 0, 256, false, 1124));
        for (int i = 0; i < 12; i++)
        {
            probe.Target++;
            _contacts.Take(probe);
        }

        Assert.IsFalse(_contacts.IsScanner(Monitor), "ARP has bursts and no stories");
    }

    [TestMethod]
    [DataRow(6, Outcome.Open, true)]
    [DataRow(17, Outcome.Open, true)]
    [DataRow(6, Outcome.Answered, false)]
    [DataRow(1, Outcome.Open, false)]
    public void WhoTalkedWithTheActorMaySleep(int protocol, int outcome, bool isExcused)
    {
        _contacts.Take(Attempt(protocol, outcome));
        Probe probe = Attempt(6, Outcome.Silent);
        probe.Port = 81;
        _contacts.Take(probe);
        Assert.AreEqual(isExcused, probe.IsExcused);
    }

    [TestMethod]
    [DataRow(6, true)]
    [DataRow(17, true)]
    [DataRow(1, false)]
    public void AnOrdinaryClientsTalkIsOneToo(int protocol, bool isExcused)
    {
        Assert.AreEqual(1, _contacts.Meet(Monitor, 0x0a010214, 80, protocol, true, 100));
        Probe probe = Attempt(6, Outcome.Silent);
        probe.Port = 81;
        _contacts.Take(probe);
        Assert.AreEqual(isExcused, probe.IsExcused);
    }

    [TestMethod]
    public void OfTheOutsideOnlyFailuresAreRemembered()
    {
        Probe probe = Attempt(6, Outcome.Answered);
        probe.LivingBit = -1;
        for (int i = 0; i < 3; i++)
        {
            _contacts.Take(probe);
            Assert.AreEqual(1, probe.Contacts);
            probe.Target++;
        }

        probe.Outcome = Outcome.Silent;
        _contacts.Take(probe);
        Assert.AreEqual((1, false), (probe.Contacts, probe.IsExcused));
        probe.Target++;
        _contacts.Take(probe);
        Assert.AreEqual(2, probe.Contacts);
    }

    [TestMethod]
    [DataRow(7, false)]
    [DataRow(8, true)]
    public void EightFailuresAtWhateverServiceAreNoClients(int failures, bool isScanner)
    {
        for (int i = 0; i < failures; i++)
        {
            Probe probe = Attempt(6, i % 3 == 0 ? Outcome.Silent : i % 3 == 1 ? Outcome.Refused : Outcome.Dark);
            probe.Port = 100 + i;
            _contacts.Take(probe);
        }

        Assert.AreEqual(isScanner, _contacts.IsScanner(Monitor));
        _contacts.Forgive(Monitor);
        Assert.IsFalse(_contacts.IsScanner(Monitor));
    }

    [TestMethod]
    public void AnAnswerAtATcpPortSaysNothingAndATalkTakesOneBack()
    {
        for (int i = 0; i < 7; i++)
        {
            Fail(100 + i);
        }

        Probe answered = Attempt(6, Outcome.Answered);
        answered.Port = 200;
        _contacts.Take(answered);
        Assert.AreEqual(1, _contacts.Meet(Monitor, 0x0a010214, 201, 6, false, 100));
        Fail(107);
        Assert.IsTrue(_contacts.IsScanner(Monitor));
        Assert.AreEqual(1, _contacts.Meet(Monitor, 0x0a010214, 202, 6, true, 100));
        Assert.IsFalse(_contacts.IsScanner(Monitor));
        Fail(108);
        Assert.IsFalse(_contacts.IsScanner(Monitor), "the silence of one who talked is excused");
        Probe refused = Attempt(6, Outcome.Refused);
        refused.Port = 109;
        _contacts.Take(refused);
        Assert.IsTrue(_contacts.IsScanner(Monitor));
    }

    [TestMethod]
    public void ItIsAStrangerWhileItKnowsOnlyThoseOfItsStory()
    {
        Probe probe = Attempt(6, Outcome.Silent);
        Assert.IsFalse(_contacts.IsStranger(probe), "who asked nobody has no story");
        foreach (int target in Enumerable.Range(0x0a010214, 5))
        {
            probe.Target = target;
            _contacts.Take(probe);
        }

        Assert.IsTrue(_contacts.IsStranger(probe));
        Assert.IsTrue(_contacts.HasAsked(probe, 0x0a010218));
        Assert.IsFalse(_contacts.HasAsked(probe, 0x0a010219));
        probe.Now += 8 * Limits.Day;
        probe.Target = 0x0a010230;
        _contacts.Take(probe);
        Assert.IsFalse(_contacts.IsStranger(probe), "those of last week are acquaintances");
        probe.Version = 6;
        Assert.IsFalse(_contacts.IsStranger(probe));
    }

    private static Probe Attempt(int protocol, int outcome) => new()
    {
        Version = 4,
        Protocol = protocol,
        Actor = Monitor,
        Target = 0x0a010214,
        Port = 80,
        SourcePort = 4000,
        LivingBit = 20,
        Outcome = outcome,
        Now = 100,
    };

    private void Fail(int port)
    {
        Probe probe = Attempt(6, Outcome.Silent);
        probe.Port = port;
        _contacts.Take(probe);
    }

    private void Serve(int server, int sourcePort, int protocol = 17, int port = 80)
    {
        Probe offer = Attempt(protocol, Outcome.Open);
        offer.Actor = server;
        offer.SourcePort = sourcePort;
        offer.Port = port;
        _contacts.Take(offer);
    }

    private bool IsCrowd(int actor, int protocol) =>
        _contacts.IsCrowd(new Probe { Contacts = 60, LivingBit = 5, Protocol = protocol, Actor = actor });
}
