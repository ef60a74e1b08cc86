namespace Appliance.Imaging.Memories;

/// <summary>
/// Connections between home and elsewhere that were asked for, each with the card at the far end: the one from which an
/// outsider's frames come, and to which what is meant for outsiders is sent. Where question and answer have the same one, it is a
/// gateway's.
/// </summary>
public sealed class Crossings
{
    /// <summary>Requests that wait at a time: an answer comes within a round trip.</summary>
    public const int Most = 8;

    /// <summary>Home hosts whose conversations show a card to be a gateway's.</summary>
    private const int Least = 2;

    private const int Columns = 2;
    private readonly int[] _cells = new int[Most * Columns];
    private int _next;
    private int _card;
    private int _host;
    private int _hosts;

    /// <summary>Remembers a request; the oldest gives way.</summary>
    /// <param name="flow">Its connection.</param>
    /// <param name="card">A number for the far card.</param>
    public void Ask(int flow, int card)
    {
        _cells[_next] = flow;
        _cells[_next + 1] = card;
        _next = _next + Columns == _cells.Length ? 0 : _next + Columns;
    }

    /// <summary>An answer: whether the far card is known by it to be a gateway's.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="card">A number for the far card.</param>
    /// <param name="host">The home host.</param>
    public bool Answer(int flow, int card, int host)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Columns)
        {
            if (cells[at] == flow && cells[at + 1] == card)
            {
                cells[at] = 0;
                if (_card != card)
                {
                    _card = card;
                    _hosts = 0;
                }

                // Not by one host alone: whoever forges both ends of a conversation would have to be two.
                if (_hosts == 0 || _host != host)
                {
                    _host = host;
                    _hosts++;
                }

                return _hosts >= Least;
            }
        }

        return false;
    }
}
