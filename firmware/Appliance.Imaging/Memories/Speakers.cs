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

    /// <summary>Whether a message goes back to who opened the connection.</summary>
    /// <param name="conversation">Its frame.</param>
    public bool IsAnswer(Conversation conversation)
    {
        int forth = Requests.FlowOf(conversation.Source, conversation.SourcePort, conversation.Target, conversation.TargetPort);
        int back = Requests.FlowOf(conversation.Target, conversation.TargetPort, conversation.Source, conversation.SourcePort);
        bool isAnswer = _flows[back & (Most - 1)] == back;
        if (!isAnswer && _flows[forth & (Most - 1)] != forth)
        {
            // The first that is seen of a connection: where it began earlier, or the message came in pieces, its ports tell.
            isAnswer = conversation.SourcePort < FirstOfClients && conversation.TargetPort >= FirstOfClients;
            int flow = isAnswer ? back : forth;
            _flows[flow & (Most - 1)] = flow;
        }

        return isAnswer;
    }
}
