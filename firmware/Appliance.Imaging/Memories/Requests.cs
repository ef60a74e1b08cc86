using System;
using Appliance.Imaging.Frames;

namespace Appliance.Imaging.Memories;

/// <summary>
/// Associations that were asked for and not yet answered: an accept or a rejection comes back on the same connection and need not
/// say whose it is.
/// </summary>
public sealed class Requests
{
    /// <summary>Requests that are remembered at a time: an answer comes within a round trip, an imaging network opens a few a
    /// second, and a tool that guesses asks twenty at once.</summary>
    public const int Most = 64;

    /// <summary>Nothing is known of a connection's request.</summary>
    public const int Unknown = 0;

    /// <summary>It waits for its answer.</summary>
    public const int Waits = 1;

    /// <summary>It was answered.</summary>
    public const int Answered = 2;

    /// <summary>It was rejected, and why is still to come.</summary>
    public const int HalfAnswered = 3;

    // Of each its connection, 0 for none, the hashes of its called and its calling title, and what became of it.
    private const int CalledColumn = 1;
    private const int CallingColumn = 2;
    private const int StateColumn = 3;
    private const int Columns = 4;

    // A connection is looked for in one of eight places by its name: as quick as if there were eight.
    private const int Places = 8;
    private readonly int[] _cells = new int[Most * Columns];
    private int _next;

    /// <summary>Both titles of each, made safe, the called one first.</summary>
    public readonly byte[] Titles = new byte[Most * 2 * Title.Room];

    /// <summary>The called title of the request that was answered last; 0 where there was none.</summary>
    public int Called;

    /// <summary>Its calling title; 0 where there was none, or not all of it was seen.</summary>
    public int Calling;

    /// <summary>Where its titles begin in <see cref="Titles"/>; -1 where there was none.</summary>
    public int TitlesAt;

    /// <summary>
    /// Remembers a request; one that was answered gives way, else one of those that wait, by chance: of more than there is room
    /// for, the oldest would always go right before its answer.
    /// </summary>
    /// <param name="flow">Its connection.</param>
    /// <param name="called">Hash of the called title.</param>
    /// <param name="calling">Hash of the calling title.</param>
    /// <param name="titles">Both titles, made safe, the called one first.</param>
    /// <param name="isAnswer">Only its answer was seen: none that waits gives way to it.</param>
    /// <returns>False when it is a retransmission of one that waits.</returns>
    public bool Add(int flow, int called, int calling, byte[] titles, bool isAnswer)
    {
        int[] cells = _cells;
        int at = Find(flow);
        if (at >= 0 && cells[at + StateColumn] == Waits && cells[at + CalledColumn] == called
            && cells[at + CallingColumn] == calling)
        {
            return false;
        }

        if (at < 0)
        {
            at = PlaceFor(flow, isAnswer);
            if (at < 0)
            {
                return true;
            }
        }

        cells[at] = flow;
        cells[at + CalledColumn] = called;
        cells[at + CallingColumn] = calling;
        cells[at + StateColumn] = Waits;
        Array.Copy(titles, 0, Titles, at / Columns * 2 * Title.Room, 2 * Title.Room);
        return true;
    }

    /// <summary>What became of a connection's request until now.</summary>
    /// <param name="flow">The connection.</param>
    /// <returns>A constant of this class.</returns>
    public int StateOf(int flow)
    {
        int at = Find(flow);
        return at < 0 ? Unknown : _cells[at + StateColumn];
    }

    /// <summary>Notes what a connection's request is answered.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="state">A constant of this class.</param>
    public void Answer(int flow, int state)
    {
        int at = Find(flow);
        Called = at < 0 ? 0 : _cells[at + CalledColumn];
        Calling = at < 0 ? 0 : _cells[at + CallingColumn];
        TitlesAt = at < 0 ? -1 : at / Columns * 2 * Title.Room;
        if (at >= 0)
        {
            _cells[at + StateColumn] = state;
        }
    }

    private int PlaceFor(int flow, bool isAnswer)
    {
        int first = FirstOf(flow);
        for (int i = 0; i < Places; i++)
        {
            int at = first + ((_next + i) & (Places - 1)) * Columns;
            if (_cells[at] == 0 || _cells[at + StateColumn] == Answered)
            {
                _next += i + 1;
                return at;
            }
        }

        return isAnswer ? -1 : first + ((flow >> 8) & (Places - 1)) * Columns;
    }

    private int FirstOf(int flow)
    {
        return (flow & (Most / Places - 1)) * Places * Columns;
    }

    private int Find(int flow)
    {
        int first = FirstOf(flow);
        for (int at = first; at < first + Places * Columns; at += Columns)
        {
            if (_cells[at] == flow)
            {
                return at;
            }
        }

        return -1;
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
