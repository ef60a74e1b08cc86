namespace Appliance.Imaging.Memories;

/// <summary>
/// Associations that were asked for and not yet answered: an accept or a rejection comes back on the same connection and need not
/// say whose it is.
/// </summary>
public sealed class Requests
{
    /// <summary>Requests that wait at a time: an answer comes within a round trip, and an imaging network opens a few a second.</summary>
    public const int Most = 8;

    // Of each its connection, 0 when it was answered, and the hashes of its called and its calling title.
    private readonly int[] _cells = new int[Most * Columns];
    private const int Columns = 3;
    private int _next;

    /// <summary>The called title of the request that was found last.</summary>
    public int Called;

    /// <summary>Remembers a request; the oldest gives way.</summary>
    /// <param name="flow">Its connection.</param>
    /// <param name="called">Hash of the called title.</param>
    /// <param name="calling">Hash of the calling title.</param>
    /// <returns>False when it is a retransmission of one that waits.</returns>
    public bool Add(int flow, int called, int calling)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Columns)
        {
            if (cells[at] == flow && cells[at + 1] == called && cells[at + 2] == calling)
            {
                return false;
            }
        }

        cells[_next] = flow;
        cells[_next + 1] = called;
        cells[_next + 2] = calling;
        _next = _next + Columns == cells.Length ? 0 : _next + Columns;
        return true;
    }

    /// <summary>Takes the request that an answer belongs to.</summary>
    /// <param name="flow">The connection.</param>
    /// <returns>Whether there is one.</returns>
    public bool Take(int flow)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Columns)
        {
            if (cells[at] == flow)
            {
                cells[at] = 0;
                Called = cells[at + 1];
                return true;
            }
        }

        return false;
    }

    /// <summary>Names a connection, from either end.</summary>
    /// <param name="client">Who asked.</param>
    /// <param name="clientPort">From which port.</param>
    /// <param name="server">Whom.</param>
    /// <param name="serverPort">At which port.</param>
    /// <returns>Never 0.</returns>
    public static int FlowOf(int client, int clientPort, int server, int serverPort)
    {
        int flow = (client * 0x01000193) ^ server;
        flow = ((flow * 0x01000193) ^ ((clientPort << 16) | serverPort)) * 0x01000193;
        flow ^= (int)((uint)flow >> 15);
        return flow == 0 ? 1 : flow;
    }
}
