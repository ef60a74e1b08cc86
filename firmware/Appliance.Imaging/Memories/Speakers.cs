using Appliance.Imaging.Frames;

namespace Appliance.Imaging.Memories;

/// <summary>
/// Who speaks first on a connection of HL7 opened it (MLLP R2): the other end only acknowledges, with a header like a message's.
/// The type of a message stands behind the fields that are read.
/// </summary>
public sealed class Speakers
{
    /// <summary>Connections that are remembered; one gives way to another of the same place.</summary>
    public const int Most = 64;

    /// <summary>From where systems of today take a client's ports (Linux; Windows begins higher), and services seldom.</summary>
    public const int FirstOfClients = 32768;

    // Each connection from who opened it; 0 for none.
    private readonly int[] _flows = new int[Most];

    /// <summary>Servers that are remembered; one gives way to another of the same place.</summary>
    private const int MostServers = 128;

    // Below it no client of today asks.
    private const int FirstOfAny = 1024;

    // By their answers to requests for a connection; 0 for none.
    private readonly int[] _servers = new int[MostServers];

    /// <summary>What was asked about last is from who is known for a server, and nothing of its connection was read
    /// before.</summary>
    public bool IsServersFirst;

    /// <summary>Notes who serves at a port from which somebody might ask.</summary>
    /// <param name="server">IPv4.</param>
    /// <param name="port">The port.</param>
    public void NoteServer(int server, int port)
    {
        if (port >= FirstOfAny)
        {
            int key = ServerOf(server, port);
            _servers[key & (MostServers - 1)] = key;
        }
    }

    private int ServerOf(int server, int port)
    {
        return Requests.FlowOf(server, port, 0, 0);
    }

    private bool IsServer(int server, int port)
    {
        int key = ServerOf(server, port);
        return port < FirstOfAny || _servers[key & (MostServers - 1)] == key;
    }

    /// <summary>Whether a message goes back to who opened the connection.</summary>
    /// <param name="conversation">Its frame.</param>
    public bool IsAnswer(Conversation conversation)
    {
        int forth = Requests.FlowOf(conversation.Source, conversation.SourcePort, conversation.Target, conversation.TargetPort);
        int back = Requests.FlowOf(conversation.Target, conversation.TargetPort, conversation.Source, conversation.SourcePort);
        bool isAnswer = _flows[back & (Most - 1)] == back;
        IsServersFirst = false;
        if (!isAnswer && _flows[forth & (Most - 1)] != forth)
        {
            // Who accepted connections there is the server; where they began earlier, its ports tell.
            bool isTargets = IsServer(conversation.Target, conversation.TargetPort);
            IsServersFirst = !isTargets && IsServer(conversation.Source, conversation.SourcePort);
            isAnswer = IsServersFirst
                || (!isTargets && conversation.SourcePort < FirstOfClients && conversation.TargetPort >= FirstOfClients);
            int flow = isAnswer ? back : forth;
            _flows[flow & (Most - 1)] = flow;
        }

        return isAnswer;
    }
}
